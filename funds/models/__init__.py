"""With what: funds, what a region may draw, what was asked, what was granted
and what was distributed."""

from funds.models.application import LINE_KNOWN, Application, ApplicationLine, Grant
from funds.models.distribution import Distribution, DistributionShare, DistributionTranche
from funds.models.earmark import Earmark
from funds.models.entry import PAYMENTS, EnvelopeCounter, GrantEntry
from funds.models.fund import ENVELOPE_FIXED, Envelope, EnvelopeMutation, Fund
from funds.models.proposal import GrantProposal, ProposedGrant
from funds.models.reserve import ReserveCounter, ReserveMovement
from funds.models.round import Round, RoundCounter
from funds.models.rule import FundRule, Rule
from funds.models.scenario import NamedOperations, RoundChoice, RoundScenario
from funds.models.withdrawal import ApplicationWithdrawal

__all__ = [
    "ENVELOPE_FIXED",
    "LINE_KNOWN",
    "PAYMENTS",
    "Application",
    "ApplicationLine",
    "ApplicationWithdrawal",
    "Distribution",
    "DistributionShare",
    "DistributionTranche",
    "Earmark",
    "Envelope",
    "EnvelopeCounter",
    "EnvelopeMutation",
    "Fund",
    "FundRule",
    "Grant",
    "GrantEntry",
    "GrantProposal",
    "NamedOperations",
    "ProposedGrant",
    "ReserveCounter",
    "ReserveMovement",
    "Round",
    "RoundChoice",
    "RoundCounter",
    "RoundScenario",
    "Rule",
]
