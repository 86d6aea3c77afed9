"""With what: funds, what a region may draw, what was asked, what was granted
and what was distributed."""

from funds.models.application import LINE_KNOWN, Application, ApplicationLine, Grant
from funds.models.carry import CarryOver
from funds.models.completion import CompletionRequest
from funds.models.distribution import Distribution, DistributionShare, DistributionTranche
from funds.models.earmark import Earmark
from funds.models.entry import PAYMENTS, EnvelopeCounter, GrantEntry
from funds.models.fund import ENVELOPE_FIXED, Envelope, EnvelopeMutation, Fund
from funds.models.proposal import GrantProposal, ProposedGrant
from funds.models.provision import Obligation, ObligationEntry, Provision
from funds.models.recipient import Accountability, ChangeRequest
from funds.models.reserve import ReserveCounter, ReserveMovement
from funds.models.round import Round, RoundCounter
from funds.models.rule import FundRule, Rule
from funds.models.scenario import NamedOperations, RoundChoice, RoundScenario
from funds.models.schedule import Instalment, PaymentSchedule
from funds.models.withdrawal import ApplicationWithdrawal

__all__ = [
    "ENVELOPE_FIXED",
    "LINE_KNOWN",
    "PAYMENTS",
    "Accountability",
    "Application",
    "ApplicationLine",
    "ApplicationWithdrawal",
    "CarryOver",
    "ChangeRequest",
    "CompletionRequest",
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
    "Instalment",
    "NamedOperations",
    "Obligation",
    "ObligationEntry",
    "PaymentSchedule",
    "ProposedGrant",
    "Provision",
    "ReserveCounter",
    "ReserveMovement",
    "Round",
    "RoundChoice",
    "RoundCounter",
    "RoundScenario",
    "Rule",
]
