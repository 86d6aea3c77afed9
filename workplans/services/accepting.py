"""Accepting what the checker found, and taking that back."""

from __future__ import annotations

import hashlib
from dataclasses import astuple, dataclass

from django.core.signing import Signer

from municipalities.guard import guarded
from municipalities.models import User
from workplans.models import AcceptedFinding, WorkPlan


@dataclass(frozen=True)
class Said:
    """A finding by what identifies it: code of the rule, place, and the sentence with
    the value in it."""

    rule: str
    place: str
    sentence: str

    @property
    def key(self) -> str:
        """The same for the same finding, in whatever plan."""
        return hashlib.sha256("\n".join(astuple(self)).encode()).hexdigest()

    @property
    def token(self) -> str:
        """The finding as an address carries it; nobody makes one up."""
        return _SIGNER.sign_object(astuple(self), compress=True)

    @classmethod
    def of_token(cls, token: str) -> Said:
        """Raises `signing.BadSignature`."""
        return cls(*_SIGNER.unsign_object(token))


_SIGNER = Signer(salt="finding")


def accept_finding(plan: WorkPlan, said: Said, *, reason: str, user: User) -> AcceptedFinding:
    """Accept a finding of a plan. Raises `ValidationError`, also where somebody was first."""
    row = AcceptedFinding(
        plan=plan,
        key=said.key,
        rule=said.rule,
        place=said.place,
        sentence=said.sentence,
        reason=reason,
        user=user,
    )
    with guarded():
        row.full_clean()
        row.save()
    return row


def reopen_finding(row: AcceptedFinding) -> None:
    """Take an acceptance back: the finding is open again. Twice does nothing."""
    with guarded():
        AcceptedFinding.objects.filter(pk=row.pk).delete()
