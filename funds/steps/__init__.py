"""The steps on an application, each a form; most are of the fund manager alone."""

from funds.steps.change import ChangeForm
from funds.steps.decide import DecideForm
from funds.steps.form import StepForm
from funds.steps.pay import PayForm
from funds.steps.recipient import AccountForm, RequestForm
from funds.steps.recover import RecoverForm
from funds.steps.schedule import ScheduleForm
from funds.steps.settle import SettleForm

STEPS: dict[str, type[StepForm]] = {
    "beschikken": DecideForm,
    "wijzigen": ChangeForm,
    "wijziging-vragen": RequestForm,
    "betaalschema": ScheduleForm,
    "betalen": PayForm,
    "verantwoorden": AccountForm,
    "vaststellen": SettleForm,
    "terugvorderen": RecoverForm,
}
"""Word of the address to form, in the order of the life of a grant."""
