"""Signing in and out, and one's own password: the pages of allauth that we use.

Making an account and changing an address is done by a beheerder, so those pages do not
exist here; the one that says so has to, for the sign-in page refers to it by name.
"""

from allauth.account import views
from django.urls import path, re_path

urlpatterns = [
    path("inloggen/", views.login, name="account_login"),
    path("inloggen/nieuw/", views.signup, name="account_signup"),
    path("inloggen/gesloten/", views.account_inactive, name="account_inactive"),
    path("uitloggen/", views.logout, name="account_logout"),
    path("wachtwoord/wijzigen/", views.password_change, name="account_change_password"),
    path("wachtwoord/vergeten/", views.password_reset, name="account_reset_password"),
    path(
        "wachtwoord/vergeten/verstuurd/",
        views.password_reset_done,
        name="account_reset_password_done",
    ),
    re_path(
        r"^wachtwoord/nieuw/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "wachtwoord/nieuw/klaar/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
]
