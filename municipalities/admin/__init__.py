"""The Django admin of people and reference data, and what all admin pages share."""

from municipalities.admin import people, places
from municipalities.admin.choices import ChoiceView
from municipalities.admin.guarded import (
    DerivedAdmin,
    GuardedAdmin,
    GuardedForms,
    GuardedRows,
    LedgerAdmin,
    LedgerInline,
    LinesField,
    ReadOnlyInline,
)
from municipalities.admin.history import register_history
from municipalities.admin.imports import ListPages

__all__ = [
    "ChoiceView",
    "DerivedAdmin",
    "GuardedAdmin",
    "GuardedForms",
    "GuardedRows",
    "LedgerAdmin",
    "LedgerInline",
    "LinesField",
    "ListPages",
    "ReadOnlyInline",
    "people",
    "places",
    "register_history",
]
