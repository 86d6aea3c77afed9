"""Steps with a fund; the pages that show one are in reports."""

from django.urls import include, path

from funds import (
    carry_views,
    completion_views,
    obligation_views,
    proposal_views,
    request_views,
    reserve_views,
    room_views,
    scenario_views,
    views,
)

app_name = "funds"
of_scenarios = [
    path("nieuw/", scenario_views.round_scenario_create, name="round_scenario_create"),
    path("<int:scenario>/naam/", scenario_views.round_scenario_edit, name="round_scenario_edit"),
    path(
        "<int:scenario>/bewerkingen/<int:place>/",
        scenario_views.round_operation_edit,
        name="round_operation_edit",
    ),
    path(
        "<int:scenario>/bewerkingen/<slug:kind>/",
        scenario_views.round_operation_add,
        name="round_operation_add",
    ),
    path(
        "<int:scenario>/oormerken/",
        scenario_views.round_scenario_earmarks,
        name="round_scenario_earmarks",
    ),
    path(
        "<int:scenario>/kiezen/",
        scenario_views.round_scenario_choose,
        name="round_scenario_choose",
    ),
    path(
        "<int:scenario>/bevestigen/",
        scenario_views.round_choice_confirm,
        name="round_choice_confirm",
    ),
]
urlpatterns = [
    path("fondsen/<slug:slug>/rondes/<int:number>/scenarios/", include(of_scenarios)),
    path("fondsen/<slug:slug>/ruimte/nieuw/", room_views.envelope_add, name="envelope_add"),
    path(
        "fondsen/<slug:slug>/ruimte/<int:number>/bijstellen/",
        room_views.mutation_add,
        name="mutation_add",
    ),
    path(
        "fondsen/<slug:slug>/ruimte/<int:number>/overhevelen/",
        carry_views.carry_over_make,
        name="carry_over_make",
    ),
    path(
        "fondsen/<slug:slug>/overhevelingen/<int:number>/terugnemen/",
        carry_views.carry_over_take_back,
        name="carry_over_take_back",
    ),
    path(
        "fondsen/<slug:slug>/bijstellingen/<int:number>/afhandelen/",
        room_views.mutation_conclude,
        name="mutation_conclude",
    ),
    path("fondsen/<slug:slug>/oormerken/nieuw/", room_views.earmark_add, name="earmark_add"),
    path(
        "fondsen/<slug:slug>/oormerken/<int:number>/wijzigen/",
        room_views.earmark_change,
        name="earmark_change",
    ),
    path("fondsen/<slug:slug>/rondes/nieuw/", room_views.round_open, name="round_open"),
    path(
        "fondsen/<slug:slug>/rondes/<int:number>/wijzigen/",
        room_views.round_change,
        name="round_change",
    ),
    path(
        "fondsen/<slug:slug>/voorstellen/<int:number>/",
        proposal_views.proposal_detail,
        name="proposal_detail",
    ),
    path(
        "fondsen/<slug:slug>/aanvragen/<int:number>/aanvulling/vragen/",
        completion_views.completion_ask,
        name="completion_ask",
    ),
    path(
        "fondsen/<slug:slug>/aanvullingen/<int:number>/",
        completion_views.completion_answer,
        name="completion_answer",
    ),
    path(
        "fondsen/<slug:slug>/verplichtingen/<int:number>/",
        obligation_views.obligation_record,
        name="obligation_record",
    ),
    path(
        "fondsen/<slug:slug>/verzoeken/<int:number>/afwijzen/",
        request_views.request_refuse,
        name="request_refuse",
    ),
    path("fondsen/<slug:slug>/vier-ogen/", proposal_views.fund_four_eyes, name="fund_four_eyes"),
    path("fondsen/<slug:slug>/afsluiten/", views.fund_close, name="fund_close"),
    path(
        "fondsen/<slug:slug>/aanvragen/<int:number>/<slug:step>/",
        views.application_step,
        name="application_step",
    ),
    path(
        "fondsen/<slug:slug>/boekingen/<int:number>/terugnemen/",
        views.entry_correct,
        name="entry_correct",
    ),
    path(
        "fondsen/<slug:slug>/verdelingen/<int:number>/terugnemen/",
        reserve_views.distribution_take_back,
        name="distribution_take_back",
    ),
    path("fondsen/<slug:slug>/reserve/boeken/", reserve_views.reserve_move, name="reserve_move"),
    path(
        "fondsen/<slug:slug>/reserve/<int:number>/terugnemen/",
        reserve_views.reserve_correct,
        name="reserve_correct",
    ),
]
