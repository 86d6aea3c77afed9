"""What goes with a decision: as it is written, as it is kept, and what comes of it."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from funds.balance import standings
from funds.clauses import Clause, ClauseError, Provided, read_clauses
from funds.deciding import effect
from funds.ledger import decide, decide_all
from funds.models import Fund, GrantProposal, Obligation, Provision
from funds.proposing import confirm, propose, withdraw_proposal
from funds.provisions import (
    obligation_standings,
    pressing_obligations,
    provide,
    provisions,
    record_outcome,
)
from tests.factories import (
    ApplicationFactory,
    ObligationFactory,
    ProvisionFactory,
    UserFactory,
    asked,
)

DAY = datetime.date(2020, 4, 1)
DUE = datetime.date(2021, 4, 30)
YEAR = (datetime.date(2020, 1, 1), datetime.date(2020, 12, 31))
REPORT = Clause("verplichting", "Lever het verslag in", DUE)
PROVIDED = Provided(*YEAR, (REPORT,))


class TestWriting:
    @pytest.mark.parametrize(
        ("line", "read"),
        [
            ("Lever het verslag in, vóór 01-05-2021", REPORT),
            ("Lever het verslag in voor 1 mei 2021.", REPORT),
            ("Lever het verslag in, uiterlijk op 30-04-2021", REPORT),
            ("Verplichting: Lever het verslag in uiterlijk 2021-04-30", REPORT),
            ("Lever het verslag in, 30-4-2021", REPORT),
            ("voorwaarde: Vraag een offerte", Clause("voorwaarde", "Vraag een offerte")),
            ("Lever het verslag in, vo\u0301o\u0301r 1\u00a0mei  2021", REPORT),
            ("Verantwoord 2020 tot en met 31-12-2020", None),
            ("Start niet voor 01-05-2027", None),
        ],
    )
    def test_a_line(self, line, read) -> None:
        assert read_clauses(line) == (read or Clause("verplichting", line),)

    def test_empty_lines_say_nothing(self) -> None:
        assert [each.text for each in read_clauses("Eén\n\n  Twee  \n")] == ["Eén", "Twee"]
        assert not Provided(clauses=read_clauses(" \n"))

    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            ("A\nB, vóór 31-02-2021", "Op regel 2 staat 31-02-2021, en die dag bestaat niet"),
            ("Voorwaarde: , 01-05-2021", "Op regel 1 staat niet wat de ontvanger moet doen"),
            ("x" * 501, "Regel 1 is 501 tekens lang"),
            ("Lever in, vóór 01-01-0001", "Op regel 1 staat 01-01-0001; kijk het jaar na"),
        ],
    )
    def test_what_cannot_be_taken(self, text, sentence) -> None:
        with pytest.raises(ClauseError, match=sentence):
            read_clauses(text)


@pytest.fixture
def application(fund, bollenstreek):
    envelope = fund.envelopes.get(region=bollenstreek)
    return ApplicationFactory(envelope=envelope, lines=[asked(600), asked(400)])


@pytest.fixture
def obligation(application, fenna) -> Obligation:
    """To hand in a report by 30 April 2021, of a decision of 1 April 2020."""
    amounts = {application.lines.first().pk: Decimal(600)}
    decide_all(application, amounts, provided=PROVIDED, on=DAY, by=fenna)
    return Obligation.objects.get()


def code(refusal) -> str:
    return refusal.value.error_list[0].code


def test_it_comes_with_the_decision(obligation, application) -> None:
    (provision,) = provisions(application, DAY)
    assert (provision.starts_on, provision.ends_on) == YEAR
    assert not provisions(application, DAY - datetime.timedelta(days=1))
    (standing,) = obligation_standings([provision], DUE)
    assert (standing.is_open, standing.is_late) == (True, False)
    (standing,) = obligation_standings([provision], DUE + datetime.timedelta(days=1))
    assert standing.is_late


def test_the_last_that_came_of_it_counts(obligation, fenna) -> None:
    def record(outcome: str, day: datetime.date) -> None:
        record_outcome(obligation, outcome, on=day, note="Brief", by=fenna)

    met = datetime.date(2021, 3, 1)
    record("voldaan", met)
    (standing,) = obligation_standings([obligation.provision], DUE)
    assert (standing.is_open, standing.entry.dated_on) == (False, met)
    assert not pressing_obligations(fenna, on=DUE)
    record("heropend", met)
    assert pressing_obligations(fenna, on=DUE) == [obligation]
    for outcome, day, fault in [
        ("heropend", met, "obligation_same"),
        ("vervallen", DAY, "obligation_day"),
    ]:
        with pytest.raises(ValidationError) as refusal:
            record(outcome, day)
        assert code(refusal) == fault


def test_it_waits_four_weeks_before_its_day(obligation, fenna, carla) -> None:
    assert pressing_obligations(fenna, on=DUE - datetime.timedelta(days=28)) == [obligation]
    assert not pressing_obligations(fenna, on=DUE - datetime.timedelta(days=29))
    assert not pressing_obligations(carla, on=DUE)


class TestTheDatabase:
    def test_no_period_without_a_grant(self, application, fenna) -> None:
        decide(application.lines.first(), Decimal(0), on=DAY, by=fenna)
        with pytest.raises(ValidationError) as refusal:
            provide(application, PROVIDED, on=DAY, by=fenna)
        assert code(refusal) == "provision_granted"

    @pytest.mark.parametrize("days", [(YEAR[0], None), (None, YEAR[0]), (YEAR[1], YEAR[0])])
    def test_a_period_has_two_days_in_order(self, days, refuses) -> None:
        with refuses("funds_provision_period"):
            ProvisionFactory(starts_on=days[0], ends_on=days[1])

    def test_none_on_the_proposal_of_another_day(self, refuses) -> None:
        with refuses("provision_proposal"):
            ProvisionFactory(dated_on=DAY)

    def test_not_due_before_the_decision(self, refuses) -> None:
        with refuses("obligation_due"):
            ObligationFactory(due_on=datetime.date(2020, 2, 29))

    @pytest.mark.django_db(transaction=True)
    def test_none_later(self, refuses) -> None:
        provision = ProvisionFactory()
        with refuses("obligation_later"):
            ObligationFactory(provision=provision)

    def test_nothing_comes_of_what_is_only_proposed(self, fenna) -> None:
        with pytest.raises(ValidationError) as refusal:
            record_outcome(ObligationFactory(), "voldaan", on=DUE, note="Brief", by=fenna)
        assert code(refusal) == "obligation_proposed"

    def test_it_stands_fast(self, obligation, refuses) -> None:
        with refuses("obligation_append_only"):
            Obligation.objects.update(due_on=None)
        with refuses("provision_append_only"):
            Provision.objects.update(ends_on=DUE)


@pytest.fixture
def proposal(application, fenna) -> GrantProposal:
    """What is provided, proposed by fenna in a fund that asks four eyes."""
    Fund.objects.update(four_eyes=True)
    amounts = {standings(application.lines.order_by("position"), DAY)[0]: Decimal(600)}
    shown = effect(application, amounts, on=DAY)
    return propose(application, amounts, shown=shown, provided=PROVIDED, on=DAY, by=fenna)


class TestFourEyes:
    def test_it_comes_with_the_confirmation(self, proposal, application) -> None:
        assert not provisions(application, DAY)
        assert not Obligation.objects.standing()
        confirm(proposal, by=UserFactory())
        (provision,) = provisions(application, DAY)
        (standing,) = obligation_standings([provision], DAY)
        assert standing.obligation.text == REPORT.text
        assert Obligation.objects.standing().get() == standing.obligation

    def test_not_of_one_that_was_withdrawn(self, proposal, application, fenna) -> None:
        withdraw_proposal(proposal, by=fenna)
        assert not provisions(application, DAY)

    def test_nobody_adds_one_alone(self, proposal, application, fenna) -> None:
        withdraw_proposal(proposal, by=fenna)
        with pytest.raises(ValidationError) as refusal:
            provide(application, PROVIDED, on=DAY, by=fenna)
        assert code(refusal) == "provision_four_eyes"


class TestThePages:
    def test_from_the_form_to_what_came_of_it(self, client, application, fenna) -> None:
        """Typed text is read back, decided as it was shown, and marked as met."""
        slug, line = application.envelope.fund.slug, application.lines.first()
        form = reverse("funds:application_step", args=[slug, application.pk, "beschikken"])
        said = {
            "on": "2020-04-01",
            f"regel-{line.pk}": "600",
            "starts_on": "2020-01-01",
            "ends_on": "2020-12-31",
            "obligations": "Lever het verslag in, vóór 01-05-2021",
        }
        client.force_login(fenna)
        shown = client.post(form, said)
        assert "uiterlijk 30 april 2021" in shown.content.decode()
        seal = shown.context["form"].seal
        again = client.post(form, said | {"seen": seal, "obligations": "Iets anders"})
        assert again.context["form"].has_changed_since
        assert client.post(form, said | {"seen": seal}).status_code == 302
        obligation = Obligation.objects.get()
        page = client.get(reverse("reports:application_detail", args=[slug, application.pk]))
        text = page.content.decode()
        assert "1 januari 2020" in text
        assert obligation.text in text
        mark = reverse("funds:obligation_record", args=[slug, obligation.pk])
        assert mark in text
        assert "verplichting is te laat" in client.get("/").content.decode()
        met = {"outcome": "voldaan", "on": "2021-03-01", "note": "Verslag ontvangen"}
        assert client.post(mark, met).status_code == 302
        assert obligation.entries.get().entered_by == fenna
        assert "Toch weer open" in client.get(mark).content.decode()

    @pytest.mark.parametrize(
        ("typed", "field"),
        [
            ({"starts_on": "2020-01-01"}, "ends_on"),
            ({"starts_on": "2020-02-01", "ends_on": "2020-01-01"}, "ends_on"),
            ({"starts_on": "2020-01-01", "ends_on": "9999-12-31"}, "ends_on"),
            ({"obligations": "Verslag, vóór 31-02-2021"}, "obligations"),
            ({"obligations": "Verslag, vóór 01-04-2020"}, "obligations"),
            ({"amount": "0", "obligations": "Verslag"}, "__all__"),
        ],
    )
    def test_what_the_form_refuses(self, client, application, fenna, typed, field) -> None:
        line = application.lines.first()
        said = {"on": "2020-04-01", f"regel-{line.pk}": typed.pop("amount", "600")} | typed
        slug = application.envelope.fund.slug
        form = reverse("funds:application_step", args=[slug, application.pk, "beschikken"])
        client.force_login(fenna)
        answer = client.post(form, said)
        assert answer.status_code == 422
        assert list(answer.context["form"].errors) == [field]

    def test_a_colleague_reads_it_in_the_proposal(
        self, client, proposal, application, fenna
    ) -> None:
        client.force_login(fenna)
        page = reverse("funds:proposal_detail", args=[application.envelope.fund.slug, proposal.pk])
        assert REPORT.text in client.get(page).content.decode()
