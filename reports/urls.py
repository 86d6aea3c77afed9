"""Pages that show figures."""

from django.urls import path

from reports import (
    adoption_views,
    calendar_views,
    distribution_views,
    fund_views,
    letter_views,
    progress_views,
    publication_views,
    reconciliation_views,
    register_views,
    round_scenario_views,
    scenario_views,
    version_views,
    views,
)

app_name = "reports"
urlpatterns = [
    path("", views.start, name="start"),
    path("werkplannen/", views.workplan_list, name="workplan_list"),
    path("werkplannen/<slug:slug>/", views.workplan_detail, name="workplan_detail"),
    path(
        "werkplannen/<slug:slug>/download/<slug:form>/",
        views.workplan_download,
        name="workplan_download",
    ),
    path("werkplannen/<slug:slug>/controle/", views.workplan_check, name="workplan_check"),
    path(
        "werkplannen/<slug:slug>/controle/download/<slug:form>/",
        views.workplan_check_download,
        name="workplan_check_download",
    ),
    path("werkplannen/<slug:slug>/totalen/", views.workplan_totals, name="workplan_totals"),
    path("werkplannen/<slug:slug>/regels/", views.workplan_rules, name="workplan_rules"),
    path("werkplannen/<slug:slug>/overzicht/", views.workplan_overview, name="workplan_overview"),
    path(
        "werkplannen/<slug:slug>/overzicht/<slug:form>/",
        views.workplan_overview_download,
        name="workplan_overview_download",
    ),
    path("werkplannen/<slug:slug>/versies/", version_views.version_list, name="version_list"),
    path(
        "werkplannen/<slug:slug>/versies/vergelijken/",
        version_views.version_compare,
        name="version_compare",
    ),
    path(
        "werkplannen/<slug:slug>/versies/vergelijken/<slug:form>/",
        version_views.version_compare_download,
        name="version_compare_download",
    ),
    path(
        "werkplannen/<slug:slug>/versies/<int:number>/",
        version_views.version_detail,
        name="version_detail",
    ),
    path(
        "werkplannen/<slug:slug>/versies/<int:number>/download/<slug:form>/",
        version_views.version_download,
        name="version_download",
    ),
    path(
        "werkplannen/<slug:slug>/besluiten/", adoption_views.adoption_detail, name="adoption_detail"
    ),
    path(
        "werkplannen/<slug:slug>/publiceren/",
        publication_views.publication_create,
        name="publication_create",
    ),
    path("openbaar/", publication_views.public_list, name="public_list"),
    # Before the plans, for which it would be the slug of one.
    path("openbaar/subsidieregister/", register_views.register_detail, name="register_detail"),
    path(
        "openbaar/subsidieregister/<slug:form>/",
        register_views.register_download,
        name="register_download",
    ),
    path("openbaar/<slug:slug>/", publication_views.public_detail, name="public_detail"),
    path(
        "openbaar/<slug:slug>/download/<slug:form>/",
        publication_views.public_download,
        name="public_download",
    ),
    path(
        "werkplannen/<slug:slug>/voortgang/",
        progress_views.progress_detail,
        name="progress_detail",
    ),
    path(
        "werkplannen/<slug:slug>/voortgang/download/<slug:form>/",
        progress_views.progress_download,
        name="progress_download",
    ),
    path("werkplannen/<slug:slug>/scenarios/", scenario_views.scenario_list, name="scenario_list"),
    path(
        "werkplannen/<slug:slug>/scenarios/<int:number>/",
        scenario_views.scenario_detail,
        name="scenario_detail",
    ),
    path("zoeken/", views.search, name="search"),
    path("fondsen/", views.fund_list, name="fund_list"),
    path("fondsen/<slug:slug>/", views.fund_detail, name="fund_detail"),
    path(
        "fondsen/<slug:slug>/rondes/<int:number>/scenarios/",
        round_scenario_views.round_scenario_list,
        name="round_scenario_list",
    ),
    path(
        "fondsen/<slug:slug>/rondes/<int:number>/scenarios/<int:scenario>/",
        round_scenario_views.round_scenario_detail,
        name="round_scenario_detail",
    ),
    path("fondsen/<slug:slug>/regels/", views.fund_rules, name="fund_rules"),
    path("fondsen/<slug:slug>/register/", register_views.fund_register, name="fund_register"),
    path(
        "fondsen/<slug:slug>/aansluiting/",
        reconciliation_views.fund_reconcile,
        name="fund_reconcile",
    ),
    path("fondsen/<slug:slug>/ruimte/", fund_views.fund_room, name="fund_room"),
    path("fondsen/<slug:slug>/veranderd/", fund_views.fund_changes, name="fund_changes"),
    path("fondsen/<slug:slug>/boekingen/", fund_views.fund_entries, name="fund_entries"),
    path(
        "fondsen/<slug:slug>/boekingen/download/<slug:form>/",
        fund_views.fund_entries_download,
        name="fund_entries_download",
    ),
    path("fondsen/<slug:slug>/kalender/", calendar_views.fund_calendar, name="fund_calendar"),
    path(
        "fondsen/<slug:slug>/kalender/download/<slug:form>/",
        calendar_views.fund_calendar_download,
        name="fund_calendar_download",
    ),
    path("fondsen/<slug:slug>/brieven/", letter_views.letter_list, name="letter_list"),
    path(
        "fondsen/<slug:slug>/brieven/zip/<int:part>/",
        letter_views.letter_batch_download,
        name="letter_batch_download",
    ),
    path(
        "fondsen/<slug:slug>/aanvragen/<int:number>/brieven/<slug:kind>/<slug:key>/",
        letter_views.letter_download,
        name="letter_download",
    ),
    path(
        "fondsen/<slug:slug>/aanvragen/<int:number>/",
        fund_views.application_detail,
        name="application_detail",
    ),
    path(
        "fondsen/<slug:slug>/verdelingen/",
        distribution_views.distribution_list,
        name="distribution_list",
    ),
    path(
        "fondsen/<slug:slug>/verdelingen/nieuw/<slug:region>/",
        distribution_views.distribution_create,
        name="distribution_create",
    ),
    path(
        "fondsen/<slug:slug>/verdelingen/<int:number>/",
        distribution_views.distribution_detail,
        name="distribution_detail",
    ),
    path(
        "fondsen/<slug:slug>/verdelingen/<int:number>/download/<slug:form>/",
        distribution_views.distribution_download,
        name="distribution_download",
    ),
    path("fondsen/<slug:slug>/reserve/", distribution_views.reserve_detail, name="reserve_detail"),
]
