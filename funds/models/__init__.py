"""With what: funds, what a region may draw, what was asked and what was granted."""

from funds.models.application import Application, ApplicationLine, Grant, Round
from funds.models.fund import ENVELOPE_FIXED, Envelope, EnvelopeMutation, Fund

__all__ = [
    "ENVELOPE_FIXED",
    "Application",
    "ApplicationLine",
    "Envelope",
    "EnvelopeMutation",
    "Fund",
    "Grant",
    "Round",
]
