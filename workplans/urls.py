"""Steps with a plan; the pages that show one are in reports."""

from django.urls import path

from workplans import views

app_name = "workplans"
urlpatterns = [
    path("<slug:slug>/indienen/", views.workplan_submit, name="workplan_submit"),
    path("<slug:slug>/controle/bevinding/", views.finding_accept, name="finding_accept"),
    path("<slug:slug>/volgend-jaar/", views.workplan_copy, name="workplan_copy"),
]
