"""The forms by which a beheerder makes and keeps people."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AdminPasswordChangeForm, BaseUserCreationForm
from django.core.exceptions import ValidationError

from municipalities.models import RoleAssignment, User


class _EmailInLowerCase:
    """An address is one address, whatever its capitals."""

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).lower()  # type: ignore[attr-defined]
        others = User.objects.exclude(pk=self.instance.pk)  # type: ignore[attr-defined]
        if others.filter(email__iexact=email).exists():
            raise ValidationError(
                "Er is al iemand met dit e-mailadres; zoek die persoon op of neem een ander adres.",
                code="email_taken",
            )
        return email


class NewUserForm(_EmailInLowerCase, BaseUserCreationForm):
    """A person with a first password, checked like any other."""

    class Meta:
        model = User
        fields = ("display_name", "email")
        field_classes: dict[str, type[forms.Field]] = {}


class UserForm(_EmailInLowerCase, forms.ModelForm):
    """A person as others see them; the password is changed on its own page."""

    class Meta:
        model = User
        fields = ("display_name", "email", "is_active")


class PasswordForm(AdminPasswordChangeForm):
    """A new password for somebody; signing in without one does not exist here."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("usable_password", None)


class RoleAssignmentForm(forms.ModelForm):
    """A role and where it holds; which goes with which, the model knows."""

    class Meta:
        model = RoleAssignment
        fields = ("user", "role", "municipality", "region")
        help_texts = {
            "municipality": "Voor een beleidsmedewerker, fondsbeheerder of lezer.",
            "region": "Voor een projectleider of lezer.",
        }
