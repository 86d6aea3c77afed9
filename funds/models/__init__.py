"""With what: funds, what a region may draw, what was asked and what was granted."""

from funds.models.application import LINE_KNOWN, Application, ApplicationLine, Grant, Round
from funds.models.entry import PAYMENTS, EnvelopeCounter, GrantEntry
from funds.models.fund import ENVELOPE_FIXED, Envelope, EnvelopeMutation, Fund
from funds.models.rule import FundRule, Rule
from funds.models.withdrawal import ApplicationWithdrawal

__all__ = [
    "ENVELOPE_FIXED",
    "LINE_KNOWN",
    "PAYMENTS",
    "Application",
    "ApplicationLine",
    "ApplicationWithdrawal",
    "Envelope",
    "EnvelopeCounter",
    "EnvelopeMutation",
    "Fund",
    "FundRule",
    "Grant",
    "GrantEntry",
    "Round",
    "Rule",
]
