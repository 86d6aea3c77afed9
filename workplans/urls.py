"""Steps with a plan, and what people say and are told about it; the pages that show one
are in reports."""

from django.urls import include, path

from workplans import comment_views, notice_views, version_views, views

app_name = "workplans"
of_plans = [
    path("<slug:slug>/indienen/", views.workplan_submit, name="workplan_submit"),
    path("<slug:slug>/controle/bevinding/", views.finding_accept, name="finding_accept"),
    path("<slug:slug>/volgend-jaar/", views.workplan_copy, name="workplan_copy"),
    path("<slug:slug>/versies/bewaren/", version_views.version_keep, name="version_keep"),
    path(
        "<slug:slug>/versies/<int:number>/terug/",
        version_views.version_restore,
        name="version_restore",
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
of_notices = [
    path("", notice_views.notice_list, name="notice_list"),
    path("instellingen/", notice_views.notice_settings, name="notice_settings"),
]
urlpatterns = [
    path("werkplannen/", include(of_plans)),
    path("meldingen/", include(of_notices)),
]
