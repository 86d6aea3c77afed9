"""All addresses; each app has its own table of contents."""

from django.contrib import admin
from django.urls import include, path

from config import views

urlpatterns = [
    # Before the pages of a plan, for which nieuw/ would be the slug of one.
    path("", include("workplans.urls")),
    path("", include("funds.urls")),
    path("", include("reports.urls")),
    path("", include("municipalities.urls")),
    path("beheer/", admin.site.urls),
    path("weergave/", views.display, name="display"),
    path("sneltoetsen/", views.shortcuts, name="shortcuts"),
    path("toegankelijkheid/", views.accessibility, name="accessibility"),
    path("patronen/", views.patterns, name="patterns"),
]
