"""All addresses; each app has its own table of contents."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("reports.urls")),
    path("werkplannen/", include("workplans.urls")),
    path("", include("municipalities.urls")),
    path("beheer/", admin.site.urls),
]
