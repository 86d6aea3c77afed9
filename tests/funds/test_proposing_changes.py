"""Four eyes on what was granted: it goes up only as one proposed and another confirmed."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from funds.balance import balances, standings
from funds.deciding import effect
from funds.ledger import change_grant, close_years, correct, pay
from funds.models import Fund, Grant, GrantEntry, GrantProposal
from funds.proposing import confirm, propose, withdraw_proposal
from funds.requesting import refuse_request
from funds.waiting import waiting_proposals
from municipalities.models import User
from tests.browser_form import filled_in
from tests.factories import (
    ApplicationFactory,
    ChangeRequestFactory,
    EarmarkFactory,
    GrantFactory,
    asked,
)
from tests.reports.reading import words
from tests.sessions import at_once

pytestmark = pytest.mark.django_db

DAY, LATER = datetime.date(2020, 4, 1), datetime.date(2020, 6, 1)


@pytest.fixture
def application(fund, bollenstreek, fenna):
    """Of 600 and 400 asked, 500 and 300 were granted before the fund asked four eyes."""
    envelope = fund.envelopes.get(region=bollenstreek)
    application = ApplicationFactory(envelope=envelope, lines=[asked(600), asked(400)])
    for line, amount in zip(application.lines.order_by("position"), (500, 300), strict=True):
        GrantFactory(line=line, amount=amount, dated_on=DAY, by=fenna)
    Fund.objects.update(four_eyes=True)
    application.envelope.fund.refresh_from_db()
    return application


def granted(application) -> list[Decimal | None]:
    found = standings(application.lines.order_by("position"), datetime.date.max)
    return [each.granted for each in found]


def proposed(application, by: User, *wanted: int | None, on: datetime.date = LATER):
    found = standings(application.lines.order_by("position"), datetime.date.max)
    amounts = {
        each: Decimal(amount)
        for each, amount in zip(found, wanted, strict=False)
        if amount is not None
    }
    shown = effect(application, amounts, on=on)
    return propose(application, amounts, shown=shown, reason="Meer", on=on, by=by)


def code(refusal) -> str:
    return refusal.value.error_list[0].code


def by_plain_sql(grant: Grant, amount: int, by: User, on: datetime.date = LATER) -> None:
    GrantEntry.objects.create(
        grant=grant,
        fund=grant.line.application.envelope.fund,
        kind="wijziging",
        amount=amount,
        reason="Meer",
        dated_on=on,
        entered_by=by,
    )


def test_another_confirms_what_goes_up_and_down_together(application, fenna, floor) -> None:
    left = balances([application.envelope], LATER)[0].remaining.known
    proposal = proposed(application, fenna, 650, 250)
    assert waiting_proposals(floor) == [proposal]
    assert granted(application) == [500, 300]
    changed = confirm(proposal, by=floor)
    assert granted(application) == [650, 250]
    assert {grant.line.position for grant in changed} == {1, 2}
    entries = GrantEntry.objects.order_by("pk")
    assert [entry.amount.amount for entry in entries] == [-50, 150]
    assert {(entry.reason, entry.entered_by) for entry in entries} == {("Meer", floor)}
    assert balances([application.envelope], LATER)[0].remaining.known == left - 100


def test_its_effect_is_what_it_adds(application, fenna) -> None:
    found = standings(application.lines.order_by("position"), LATER)
    shown = effect(application, {found[0]: Decimal(650), found[1]: Decimal(250)}, on=LATER)
    assert shown.granted.known == 100
    assert shown.after.requested == shown.before.requested


def test_within_the_earmark_that_it_was_decided_in(fund, bollenstreek) -> None:
    envelope = fund.envelopes.get(region=bollenstreek)
    earmark = EarmarkFactory(envelope=envelope, maximum=600)
    application = ApplicationFactory(envelope=envelope, lines=[asked(900)])
    GrantFactory(line=application.lines.get(), amount=500, dated_on=DAY, earmark=earmark)
    (standing,) = standings(application.lines.all(), datetime.date.max)
    within = {standing: earmark}
    assert effect(application, {standing: Decimal(600)}, on=LATER, within=within).faults == []
    (fault,) = effect(application, {standing: Decimal(601)}, on=LATER, within=within).faults
    assert "de wijziging vraagt daarvan €\xa0101. Verhoog met hoogstens €\xa0100." in fault


def test_it_grants_or_it_changes(fund, bollenstreek, fenna) -> None:
    """Nothing of a proposal is passed over in silence when it is confirmed."""
    envelope = fund.envelopes.get(region=bollenstreek)
    application = ApplicationFactory(envelope=envelope, lines=[asked(600), asked(400)])
    GrantFactory(line=application.lines.first(), amount=500, dated_on=DAY, by=fenna)
    with pytest.raises(ValueError, match="never both"):
        proposed(application, fenna, 600, 100)


class TestAtOnceRefused:
    def test_up_by_one_person(self, application, fenna) -> None:
        with pytest.raises(ValidationError) as refusal:
            change_grant(
                Grant.objects.get(line__position=1), Decimal(501), reason="x", on=LATER, by=fenna
            )
        assert code(refusal) == "four_eyes_change"

    def test_to_what_it_is(self, application, fenna) -> None:
        with pytest.raises(ValidationError) as refusal:
            proposed(application, fenna, 500)
        assert code(refusal) == "no_change"
        assert not GrantProposal.objects.exists()

    def test_before_a_later_change(self, application, fenna) -> None:
        grant = Grant.objects.get(line__position=1)
        change_grant(grant, Decimal(400), reason="Minder", on=LATER, by=fenna)
        with pytest.raises(ValidationError) as refusal:
            proposed(application, fenna, 600, on=DAY)
        assert code(refusal) == "changed_later"


def test_down_and_taken_back_by_one_person(application, fenna) -> None:
    grant = Grant.objects.get(line__position=1)
    lower = change_grant(grant, Decimal(400), reason="Minder", on=LATER, by=fenna)
    correct(lower, reason="Vergissing", on=LATER, by=fenna)
    assert granted(application) == [500, 300]


def test_not_taken_back_above_what_two_people_decided(application, fenna, floor) -> None:
    """What was lowered was made up for by two; taking the lowering back would be both."""
    grant = Grant.objects.get(line__position=1)
    lower = change_grant(grant, Decimal(400), reason="Minder", on=LATER, by=fenna)
    confirm(proposed(application, fenna, 520), by=floor)
    with pytest.raises(ValidationError) as refusal:
        correct(lower, reason="Vergissing", on=LATER, by=fenna)
    assert code(refusal) == "four_eyes_change"
    again = change_grant(grant, Decimal(300), reason="Minder", on=LATER, by=fenna)
    correct(again, reason="Vergissing", on=LATER, by=fenna)
    assert granted(application) == [520, 300]


def test_void_when_the_grant_became_another(application, fenna, floor) -> None:
    proposal = proposed(application, fenna, 600)
    grant = Grant.objects.get(line__position=1)
    change_grant(grant, Decimal(400), reason="Minder", on=LATER, by=floor)
    with pytest.raises(ValidationError) as refusal:
        confirm(proposal, by=floor)
    assert code(refusal) == "proposal_void"
    assert granted(application) == [400, 300]


def test_not_taken_back_above_it_on_a_past_day(application, fenna, floor) -> None:
    grant = Grant.objects.get(line__position=1)
    lower = change_grant(grant, Decimal(400), reason="Minder", on=LATER, by=fenna)
    july, august = LATER + datetime.timedelta(30), LATER + datetime.timedelta(60)
    confirm(proposed(application, fenna, 520, on=july), by=floor)
    change_grant(grant, Decimal(420), reason="Minder", on=august, by=fenna)
    with pytest.raises(ValidationError) as refusal:
        correct(lower, reason="Vergissing", on=LATER, by=fenna)
    assert code(refusal) == "four_eyes_change"
    correct(lower, reason="Vergissing", on=august, by=fenna)
    assert granted(application) == [520, 300]


class TestARequestOfTheRecipient:
    """Who confirms answers it, so both have seen it."""

    def test_that_came_meanwhile(self, client, application, fenna, floor) -> None:
        proposal = proposed(application, fenna, 550)
        wish = ChangeRequestFactory(
            grant=Grant.objects.get(line__position=1), requested=200, reason="Minder nodig"
        )
        slug = application.envelope.fund.slug
        client.force_login(floor)
        page = reverse("funds:proposal_detail", args=[slug, proposal.pk])
        shown = words(client.get(page))
        assert "gevraagd € 200: Minder nodig" in shown
        assert "Dit voorstel is vervallen" in shown
        with pytest.raises(ValidationError) as refusal:
            confirm(proposal, by=floor)
        assert code(refusal) == "proposal_void"
        wish.refresh_from_db()
        assert wish.outcome == ""

    def test_that_was_refused_meanwhile(self, application, fenna, floor) -> None:
        wish = ChangeRequestFactory(grant=Grant.objects.get(line__position=1), requested=600)
        proposal = proposed(application, fenna, 600)
        refuse_request(wish, reason="Nee", by=floor)
        with pytest.raises(ValidationError) as refusal:
            confirm(proposal, by=floor)
        assert code(refusal) == "proposal_void"


def test_void_when_it_starts_from_elsewhere(application, fenna, floor) -> None:
    """The sum of what is added is the same, and what happens to each line is not."""
    second = Grant.objects.get(line__position=2)
    lower = change_grant(second, Decimal(200), reason="Minder", on=DAY, by=fenna)
    proposal = proposed(application, fenna, 650, 150)
    correct(lower, reason="Vergissing", on=LATER, by=floor)
    first = Grant.objects.get(line__position=1)
    change_grant(first, Decimal(400), reason="Minder", on=LATER, by=floor)
    with pytest.raises(ValidationError) as refusal:
        confirm(proposal, by=floor)
    assert code(refusal) == "proposal_void"


class TestWhatNobodyCouldConfirm:
    """Refused when it is proposed, by the database that would refuse it afterwards."""

    def refused(self, application, by, *wanted, on=LATER) -> str:
        with pytest.raises(ValidationError) as refusal:
            proposed(application, by, *wanted, on=on)
        assert not GrantProposal.objects.exists()
        assert not GrantEntry.objects.filter(kind="wijziging").exists()
        return code(refusal)

    def test_before_the_grant(self, application, fenna) -> None:
        early = DAY - datetime.timedelta(10)
        assert self.refused(application, fenna, 600, on=early) == "entry_day"

    def test_in_a_closed_year(self, application, fenna) -> None:
        close_years(application.envelope.fund, until=LATER)
        assert self.refused(application, fenna, 600) == "entry_locked"

    def test_below_what_was_paid(self, application, fenna) -> None:
        second = Grant.objects.get(line__position=2)
        pay(second, Decimal(300), reference="K1", on=DAY, by=fenna)
        assert self.refused(application, fenna, 650, 250) == "change_below_paid"

    def test_a_decision_in_a_closed_year(self, fund, bollenstreek, fenna) -> None:
        Fund.objects.update(four_eyes=True)
        envelope = fund.envelopes.get(region=bollenstreek)
        application = ApplicationFactory(envelope=envelope, lines=[asked(600)])
        close_years(fund, until=LATER)
        assert self.refused(application, fenna, 500) == "entry_locked"


class TestTheDatabase:
    @pytest.mark.parametrize("fault", ["same person", "amount", "nobody", "withdrawn", "day"])
    def test_not_another_than_was_proposed(self, application, fenna, floor, fault, refuses) -> None:
        day = DAY if fault == "day" else LATER
        proposal = proposed(application, fenna, 600, on=day)
        if fault == "withdrawn":
            withdraw_proposal(proposal, by=fenna)
        by = {"same person": fenna, "nobody": None}.get(fault, floor)
        with refuses("four_eyes_change"):
            by_plain_sql(Grant.objects.get(line__position=1), 99 if fault == "amount" else 100, by)

    def test_not_twice(self, application, fenna, floor, refuses) -> None:
        proposed(application, fenna, 600)
        grant = Grant.objects.get(line__position=1)
        by_plain_sql(grant, 100, floor)
        with refuses("four_eyes_change"):
            by_plain_sql(grant, 100, floor)

    def test_not_more_until_a_later_day(self, application, fenna, floor, refuses) -> None:
        proposed(application, fenna, 501)
        grant = Grant.objects.get(line__position=1)
        by_plain_sql(grant, -499, floor, on=datetime.date(2029, 1, 1))
        with refuses("four_eyes_change"):
            by_plain_sql(grant, 500, floor)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("level", ["READ COMMITTED", "REPEATABLE READ"])
def test_not_twice_at_the_same_moment(application, fenna, floor, level) -> None:
    proposed(application, fenna, 600)
    grant = Grant.objects.get(line__position=1)

    def act() -> str:
        try:
            with transaction.atomic():
                connection.cursor().execute(f"SET TRANSACTION ISOLATION LEVEL {level}")
                by_plain_sql(grant, 100, floor)
        except DatabaseError as error:
            diagnosis = error.__cause__.diag
            return diagnosis.constraint_name or diagnosis.sqlstate
        return "changed"

    outcomes = at_once(*[act] * 5)
    assert outcomes.count("changed") == 1
    assert set(outcomes) <= {"changed", "four_eyes_change", "40001"}
    assert granted(application) == [600, 300]


class TestThePages:
    def test_from_the_form_to_the_grant(self, client, application, fenna, floor) -> None:
        slug, line = application.envelope.fund.slug, application.lines.first()
        wish = ChangeRequestFactory(grant=line.grant, requested=650)
        form = reverse("funds:application_step", args=[slug, application.pk, "wijzigen"])
        client.force_login(fenna)
        opened = client.get(form)
        assert "bevestigt een andere fondsbeheerder de hele wijziging" in words(opened)
        said = filled_in(opened) | {"on": "2020-06-01", "reason": "Meer deelnemers"}
        seen = client.post(form, said)
        assert "Verschil met nu € 150" in words(seen)
        assert not GrantProposal.objects.exists()
        assert client.post(form, filled_in(seen)).status_code == 302
        assert granted(application) == [500, 300]
        assert "Er ligt al een voorstel" in words(client.get(form))
        page = reverse("funds:proposal_detail", args=[slug, GrantProposal.objects.get().pk])
        client.force_login(floor)
        shown = words(client.get(page))
        assert ", nu € 500, gevraagd € 650: Er is minder nodig € 650" in shown
        assert "Reden: Meer deelnemers" in shown
        assert client.post(page, {"step": "bevestigen"}).status_code == 302
        assert granted(application) == [650, 300]
        wish.refresh_from_db()
        assert wish.outcome == "toegewezen"
        assert "nu € 500" not in words(client.get(page))

    def test_a_fault_is_said_before_anybody_confirms(self, client, application, fenna) -> None:
        slug, line = application.envelope.fund.slug, application.lines.first()
        form = reverse("funds:application_step", args=[slug, application.pk, "wijzigen"])
        client.force_login(fenna)
        far = {"on": "2020-06-01", "reason": "Meer", f"regel-{line.pk}": "99000000"}
        answer = client.post(form, far)
        assert answer.status_code == 422
        assert "Verhoog met hoogstens" in words(answer)
        assert not GrantProposal.objects.exists()

    def test_down_needs_no_proposal(self, client, application, fenna) -> None:
        slug, line = application.envelope.fund.slug, application.lines.first()
        form = reverse("funds:application_step", args=[slug, application.pk, "wijzigen"])
        client.force_login(fenna)
        said = {"on": "2020-06-01", "reason": "Minder", f"regel-{line.pk}": "450"}
        assert client.post(form, said).status_code == 302
        assert granted(application) == [450, 300]
