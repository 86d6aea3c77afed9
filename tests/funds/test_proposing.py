"""Four eyes: what one proposes another confirms, exactly so, and nobody grants alone."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from funds.balance import Standing, standings
from funds.deciding import effect
from funds.ledger import decide
from funds.models import Fund, Grant, GrantProposal, ProposedGrant
from funds.proposing import ask_four_eyes, confirm, propose, withdraw_proposal
from funds.waiting import undecided_applications, waiting_proposals
from municipalities.models import User
from tests.factories import (
    ApplicationFactory,
    ApplicationLineFactory,
    EarmarkFactory,
    asked,
)

pytestmark = pytest.mark.django_db

DAY = datetime.date(2020, 4, 1)


@pytest.fixture
def application(fund, bollenstreek):
    """600 and 400 asked of a fund that asks four eyes."""
    Fund.objects.update(four_eyes=True)
    envelope = fund.envelopes.get(region=bollenstreek)
    return ApplicationFactory(envelope=envelope, lines=[asked(600), asked(400)])


@pytest.fixture
def proposal(application, fenna) -> GrantProposal:
    """500 on the first line, proposed by fenna."""
    return proposed(application, fenna, 500)


def first(application) -> Standing:
    return standings(application.lines.order_by("position"), DAY)[0]


def proposed(application, by: User, amount: int) -> GrantProposal:
    amounts = {first(application): Decimal(amount)}
    shown = effect(application, amounts, on=DAY)
    return propose(application, amounts, shown=shown, decision="B1", on=DAY, by=by)


def code(refusal) -> str:
    return refusal.value.error_list[0].code


def test_another_confirms_exactly_what_was_proposed(proposal, application, floor) -> None:
    (grant,) = confirm(proposal, by=floor)
    assert (grant.amount.amount, grant.dated_on, grant.decision) == (500, DAY, "B1")
    proposal.refresh_from_db()
    assert (proposal.outcome, proposal.closed_by) == ("bevestigd", floor)
    assert proposal.closed_at is not None


def test_not_by_oneself(proposal, fenna) -> None:
    with pytest.raises(ValidationError) as refusal:
        confirm(proposal, by=fenna)
    assert refusal.value.messages == [
        "U hebt dit zelf voorgesteld; laat een andere fondsbeheerder het bevestigen."
    ]


def test_void_when_it_would_do_something_else(proposal, application, floor) -> None:
    EarmarkFactory(envelope=application.envelope)
    with pytest.raises(ValidationError) as refusal:
        confirm(proposal, by=floor)
    assert code(refusal) == "proposal_void"
    assert not Grant.objects.exists()


def test_withdrawn_it_makes_place_for_another(proposal, application, fenna, floor) -> None:
    with pytest.raises(ValidationError) as refusal:
        proposed(application, floor, 400)
    assert "al een voorstel" in refusal.value.messages[0]
    withdraw_proposal(proposal, by=floor)
    with pytest.raises(ValidationError) as refusal:
        confirm(proposal, by=floor)
    assert code(refusal) == "proposal_closed"
    (grant,) = confirm(proposed(application, floor, 400), by=fenna)
    assert grant.amount.amount == 400


class TestTheDatabase:
    def test_no_grant_without_a_proposal(self, application, fenna) -> None:
        with pytest.raises(ValidationError) as refusal:
            decide(application.lines.first(), Decimal(1), on=DAY, by=fenna)
        assert code(refusal) == "four_eyes"

    @pytest.mark.parametrize("fault", ["same person", "amount", "day", "earmark", "nobody"])
    def test_not_another_than_was_proposed(self, proposal, fenna, floor, fault, refuses) -> None:
        line = proposal.lines.get().line
        said = {"amount": 500, "dated_on": DAY, "entered_by": floor, "earmark": None}
        said |= {
            "same person": {"entered_by": fenna},
            "amount": {"amount": 499},
            "day": {"dated_on": datetime.date(2020, 4, 2)},
            "earmark": {"earmark": EarmarkFactory(envelope=proposal.application.envelope)},
            "nobody": {"entered_by": None},
        }[fault]
        with refuses("four_eyes"):
            Grant.objects.create(line=line, **said)

    def test_a_withdrawn_one_is_none(self, proposal, fenna, floor, refuses) -> None:
        withdraw_proposal(proposal, by=fenna)
        with refuses("four_eyes"):
            Grant.objects.create(
                line=proposal.lines.get().line, amount=500, dated_on=DAY, entered_by=floor
            )

    @pytest.mark.parametrize(
        "change",
        [{"decision": "Anders"}, {"digest": "x"}],
    )
    def test_a_proposal_stands_fast(self, proposal, change, refuses) -> None:
        with refuses("proposal_kept"):
            GrantProposal.objects.update(**change)

    def test_what_is_closed_stays_so(self, proposal, floor, refuses) -> None:
        confirm(proposal, by=floor)
        with refuses("proposal_kept"):
            GrantProposal.objects.update(outcome="", closed_by=None)

    def test_nobody_confirms_their_own(self, proposal, fenna, refuses) -> None:
        with refuses("funds_proposal_other"):
            GrantProposal.objects.update(outcome="bevestigd", closed_by=fenna)

    def test_the_lines_are_of_its_application(self, proposal, refuses) -> None:
        with refuses("proposed_line"):
            ProposedGrant.objects.create(proposal=proposal, line=ApplicationLineFactory(), amount=1)


def test_it_waits_for_the_other(proposal, application, fenna, floor) -> None:
    assert waiting_proposals(floor) == [proposal]
    assert waiting_proposals(fenna) == []
    found = [each.application for each in undecided_applications(floor, on=DAY)]
    assert application not in found


def test_four_eyes_want_two_managers(fund, fenna, request) -> None:
    with pytest.raises(ValidationError) as refusal:
        ask_four_eyes(fund)
    assert code(refusal) == "one_manager"
    request.getfixturevalue("floor")
    assert ask_four_eyes(fund).four_eyes


def test_from_the_form_to_the_grant(client, application, fenna, floor) -> None:
    """The form proposes what it showed, and the page confirms it for another."""
    slug, line = application.envelope.fund.slug, application.lines.first()
    form = reverse("funds:application_step", args=[slug, application.pk, "beschikken"])
    said = {"on": "2020-04-01", f"regel-{line.pk}": "600"}
    client.force_login(fenna)
    shown = client.post(form, said).context["form"].effect
    assert client.post(form, said | {"seen": shown.digest}).status_code == 302
    assert not Grant.objects.exists()
    page = reverse("funds:proposal_detail", args=[slug, GrantProposal.objects.get().pk])
    assert client.post(page, {"step": "bevestigen"}).status_code == 422
    client.force_login(floor)
    assert "bevestig het voorstel" in client.get(reverse("reports:start")).content.decode()
    assert "Bevestig het voorstel" in client.get(page).content.decode()
    assert client.post(page, {"step": "bevestigen"}).status_code == 302
    assert Grant.objects.get().amount.amount == 600
