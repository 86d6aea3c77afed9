"""Steps with a plan; the pages that show one are in reports."""

from django.urls import path

from workplans import desk_views, paste_views, views

app_name = "workplans"
urlpatterns = [
    path("<slug:slug>/indienen/", views.workplan_submit, name="workplan_submit"),
    path("<slug:slug>/controle/bevinding/", views.finding_accept, name="finding_accept"),
    path("<slug:slug>/volgend-jaar/", views.workplan_copy, name="workplan_copy"),
    path("<slug:slug>/bewerken/", desk_views.plan_edit, name="plan_edit"),
    path("<slug:slug>/bewerken/wijzigingen/", desk_views.plan_change, name="plan_change"),
    path("<slug:slug>/bewerken/stand/", desk_views.plan_state, name="plan_state"),
    path("<slug:slug>/bewerken/lezen/", desk_views.plan_read, name="plan_read"),
    path("<slug:slug>/bewerken/<str:handle>/", desk_views.part_edit, name="part_edit"),
    path("<slug:slug>/bewerken/<str:handle>/boom/", desk_views.part_tree, name="part_tree"),
    path("<slug:slug>/bewerken/<str:handle>/waarheen/", desk_views.part_move, name="part_move"),
    path("<slug:slug>/bewerken/<str:handle>/weg/", desk_views.part_remove, name="part_remove"),
    path("<slug:slug>/bewerken/<str:handle>/plakken/", paste_views.part_paste, name="part_paste"),
    path(
        "<slug:slug>/bewerken/<str:handle>/nieuw/<str:name>/", desk_views.part_add, name="part_add"
    ),
]
