"""The Django admin: for maintenance by a technical sign-in, no step of the process."""

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig


class Site(AdminSite):
    """The admin under our own name; its sign-in is that of the application."""

    site_title = "Beheer van Penvoerder"
    site_header = "Beheer van Penvoerder"
    index_title = "Gegevens"


class SiteConfig(AdminConfig):
    default_site = "config.admin.Site"
