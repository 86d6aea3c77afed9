"""Steps with a plan, and what people say and are told about it; the pages that show one
are in reports."""

from django.urls import include, path

from workplans import (
    adoption_views,
    comment_views,
    desk_views,
    notice_views,
    part_views,
    paste_views,
    progress_views,
    publication_views,
    scenario_views,
    version_views,
    views,
)

app_name = "workplans"
of_plans = [
    path("nieuw/", views.workplan_new, name="workplan_new"),
    path("<slug:slug>/indienen/", views.workplan_submit, name="workplan_submit"),
    path("<slug:slug>/stap/<slug:name>/", views.plan_step, name="plan_step"),
    path("<slug:slug>/controle/bevinding/", views.finding_accept, name="finding_accept"),
    path("<slug:slug>/volgend-jaar/", views.workplan_copy, name="workplan_copy"),
    path("<slug:slug>/bewerken/", desk_views.plan_edit, name="plan_edit"),
    path("<slug:slug>/bewerken/wijzigingen/", desk_views.plan_change, name="plan_change"),
    path("<slug:slug>/bewerken/stand/", desk_views.plan_state, name="plan_state"),
    path("<slug:slug>/bewerken/lezen/", desk_views.plan_read, name="plan_read"),
    path("<slug:slug>/bewerken/tekst/", desk_views.text_read, name="text_read"),
    path("<slug:slug>/bewerken/<str:handle>/", part_views.part_edit, name="part_edit"),
    path("<slug:slug>/bewerken/<str:handle>/boom/", desk_views.part_tree, name="part_tree"),
    path("<slug:slug>/bewerken/<str:handle>/waarheen/", part_views.part_move, name="part_move"),
    path("<slug:slug>/bewerken/<str:handle>/weg/", part_views.part_remove, name="part_remove"),
    path("<slug:slug>/bewerken/<str:handle>/plakken/", paste_views.part_paste, name="part_paste"),
    path(
        "<slug:slug>/bewerken/<str:handle>/nieuw/<str:name>/", part_views.part_add, name="part_add"
    ),
    path("<slug:slug>/versies/bewaren/", version_views.version_keep, name="version_keep"),
    path(
        "<slug:slug>/versies/<int:number>/terug/",
        version_views.version_restore,
        name="version_restore",
    ),
    path("<slug:slug>/besluiten/regel/", adoption_views.adoption_edit, name="adoption_edit"),
    path("<slug:slug>/besluiten/organen/", adoption_views.body_create, name="body_create"),
    path("<slug:slug>/besluiten/organen/<int:number>/", adoption_views.body_edit, name="body_edit"),
    path(
        "<slug:slug>/besluiten/vastleggen/", adoption_views.decision_record, name="decision_record"
    ),
    path(
        "<slug:slug>/intrekken/",
        publication_views.publication_withdraw,
        name="publication_withdraw",
    ),
    path("<slug:slug>/opmerkingen/", comment_views.comment_list, name="comment_list"),
    path("<slug:slug>/opmerkingen/nieuw/", comment_views.comment_create, name="comment_create"),
    path(
        "<slug:slug>/opmerkingen/<int:number>/",
        comment_views.comment_detail,
        name="comment_detail",
    ),
    path(
        "<slug:slug>/opmerkingen/<int:number>/<slug:step>/",
        comment_views.comment_step,
        name="comment_step",
    ),
]
of_progress = [
    path("openen/", progress_views.progress_open, name="progress_open"),
    path("<int:year>-<int:half>/klaar-op/", progress_views.progress_due, name="progress_due"),
    path(
        "<int:year>-<int:half>/<int:number>/",
        progress_views.progress_write,
        name="progress_write",
    ),
    path("<int:year>-<int:half>/<slug:step>/", progress_views.progress_step, name="progress_step"),
]
of_scenarios = [
    path("tafel/", scenario_views.table_edit, name="table_edit"),
    path("nieuw/", scenario_views.scenario_create, name="scenario_create"),
    path("<int:number>/naam/", scenario_views.scenario_edit, name="scenario_edit"),
    path(
        "<int:number>/bewerkingen/<int:place>/",
        scenario_views.operation_edit,
        name="operation_edit",
    ),
    path(
        "<int:number>/bewerkingen/<slug:kind>/", scenario_views.operation_add, name="operation_add"
    ),
    path("<int:number>/stemmen/", scenario_views.scenario_vote, name="scenario_vote"),
    path("<int:number>/kiezen/", scenario_views.scenario_choose, name="scenario_choose"),
]
of_notices = [
    path("", notice_views.notice_list, name="notice_list"),
    path("instellingen/", notice_views.notice_settings, name="notice_settings"),
]
urlpatterns = [
    path("werkplannen/<slug:slug>/voortgang/", include(of_progress)),
    path("werkplannen/<slug:slug>/scenarios/", include(of_scenarios)),
    path("werkplannen/", include(of_plans)),
    path("meldingen/", include(of_notices)),
]
