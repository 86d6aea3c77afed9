"""The Django admin: for maintenance by a technical sign-in, no step of the process."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Any

from django.contrib.admin import AdminSite, site
from django.contrib.admin.apps import AdminConfig
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator

OURS = ("workplans", "funds", "municipalities")
NOT_YOURS = "Het beheer is voor de beheerder; vraag die om te doen wat u nodig hebt."


class Site(AdminSite):
    """The admin under our own name; its sign-in is that of the application."""

    site_title = "Beheer van Penvoerder"
    site_header = "Beheer van Penvoerder"
    index_title = "Gegevens"

    def get_urls(self) -> list[Any]:
        """Without the address that finds a page for any row of any table: our pages name
        no such link, and it fails on what has no table."""
        return [url for url in super().get_urls() if getattr(url, "name", "") != "view_on_site"]

    @method_decorator(login_not_required)
    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Send on to our own sign-in, or inside; never in circles."""
        # This module is read before the models are; their views are not to be had yet.
        from django.contrib.auth.views import redirect_to_login

        inside = reverse("admin:index", current_app=self.name)
        if not request.user.is_authenticated:
            return redirect_to_login(request.GET.get("next", inside))
        self._refuse_others(request)
        return HttpResponseRedirect(inside)

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        """What is found is named so that no two choices look alike."""
        from municipalities.admin import ChoiceView  # reads the models, which come later

        return ChoiceView.as_view(admin_site=self)(request)

    def admin_view(
        self, view: Callable[..., HttpResponse], cacheable: bool = False
    ) -> Callable[..., HttpResponse]:
        inner = super().admin_view(view, cacheable)

        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.user.is_authenticated:
                self._refuse_others(request)
            return inner(request, *args, **kwargs)

        return update_wrapper(guarded, inner)

    def _refuse_others(self, request: HttpRequest) -> None:
        if not self.has_permission(request):
            raise PermissionDenied(NOT_YOURS)


class SiteConfig(AdminConfig):
    default_site = "config.admin.Site"

    def ready(self) -> None:
        """Find the pages of our apps; those that packages bring along stay away: they
        are not in Dutch and not about our data."""
        super().ready()
        for model in list(site._registry):
            if model._meta.app_label not in OURS:
                site.unregister(model)
