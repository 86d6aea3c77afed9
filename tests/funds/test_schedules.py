"""Payments that are planned: versions that stand fast, never more than what may be paid,
and what is due of them."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from funds.balance import balances
from funds.calendar import dues, waiting_dues
from funds.ledger import change_grant, close_years, correct, decide, pay, settle
from funds.models import Application, GrantEntry, Instalment, PaymentSchedule
from funds.scheduling import make_schedule, propose_schedule
from tests.conftest import insert_like
from tests.factories import ApplicationFactory, asked

pytestmark = pytest.mark.django_db

DAY = datetime.date(2020, 4, 1)
JUNE = datetime.date(2020, 6, 1)
LATER = datetime.date(2020, 12, 31)
TERMS = "01-04-2020 40%\n01-10-2020 40%\nrest 01-05-2021"


@pytest.fixture
def application(fund, bollenstreek, fenna) -> Application:
    """600 and 400,01 granted on the day."""
    envelope = fund.envelopes.get(region=bollenstreek)
    lines = [asked(600, code="A1"), asked("400.01", code="A2")]
    made = ApplicationFactory(envelope=envelope, lines=lines, title="Samen verder")
    for line in made.lines.all():
        decide(line, line.amount.amount, on=DAY, by=fenna)
    return made


def scheduled(application, by, text=TERMS, *, on=DAY, reason="") -> PaymentSchedule:
    proposal = propose_schedule(application, text)
    return make_schedule(application, proposal, typed=text, reason=reason, on=on, by=by)


def found(application, on=LATER) -> list[tuple[str, Decimal, Decimal, Decimal]]:
    rows = dues(Application.objects.filter(pk=application.pk), on)
    return [(f"{due.day:%d-%m-%Y}", due.planned, due.paid, due.open) for due in rows]


def grant_of(application, code="A1"):
    return application.lines.get(code=code).grant


def first_of(schedule, code="A1") -> Instalment:
    return schedule.instalments.filter(grant__line__code=code).order_by("due_on").first()


class TestPlanning:
    def test_what_is_planned_is_all_there_is(self, application, fenna) -> None:
        scheduled(application, fenna)
        assert found(application) == [
            ("01-04-2020", 400, 0, 400),
            ("01-10-2020", 400, 0, 400),
            ("01-05-2021", Decimal("200.01"), 0, Decimal("200.01")),
        ]

    def test_a_new_version_replaces_what_is_open(self, application, fenna) -> None:
        first = scheduled(application, fenna)
        pay(
            grant_of(application),
            Decimal(240),
            reference="1",
            instalment=first_of(first),
            on=JUNE,
            by=fenna,
        )
        second = scheduled(application, fenna, "rest 01-02-2021", on=JUNE, reason="Later")
        assert second.number == 2
        left = Decimal("760.01")
        assert found(application) == [("01-04-2020", 240, 240, 0), ("01-02-2021", left, 0, left)]
        before = found(application, JUNE - datetime.timedelta(days=1))
        assert [row[1] for row in before] == [400, 400, Decimal("200.01")]
        assert first.instalments.count() == 6

    def test_a_line_that_is_paid_is_named_as_such(self, application, fenna) -> None:
        pay(grant_of(application), Decimal(600), reference="1", on=JUNE, by=fenna)
        with pytest.raises(ValidationError) as refusal:
            propose_schedule(application, "A1 € 10 01-10-2020")
        assert "op A1 samen" in refusal.value.messages[0]
        rest = propose_schedule(application, "20% 01-10-2020; rest 01-12-2020")
        assert list(rest.planned.values()) == [{"A2": 200_00}, {"A2": 200_01}]

    def test_a_reason_is_asked_of_a_new_version(self, application, fenna) -> None:
        scheduled(application, fenna)
        with pytest.raises(ValidationError, match="Schrijf op waarom"):
            scheduled(application, fenna, "rest 01-02-2021")

    @pytest.mark.parametrize("what", ["earlier", "locked"])
    def test_the_day_of_a_version(self, what, application, fenna) -> None:
        scheduled(application, fenna, on=JUNE)
        if what == "locked":
            close_years(application.envelope.fund, until=LATER)
        with pytest.raises(ValidationError) as refusal:
            scheduled(application, fenna, on=DAY, reason="Anders")
        code = {"earlier": "schedule_follows", "locked": "entry_locked"}[what]
        assert refusal.value.error_list[0].code == code

    def test_what_became_less_is_taken_off_the_last(self, application, fenna) -> None:
        """A change, a payment beside the schedule and a settlement, in turn."""
        scheduled(application, fenna)
        grant = grant_of(application)
        change_grant(grant, Decimal(500), reason="Minder", on=JUNE, by=fenna)
        assert [row[3] for row in found(application)] == [400, 400, Decimal("100.01")]
        pay(grant, Decimal(50), reference="1", on=JUNE, by=fenna)
        rows = found(application)
        assert rows[1] == ("01-06-2020", 0, 50, 0)
        assert [row[3] for row in rows] == [400, 0, 370, Decimal("80.01")]
        settle(grant, Decimal(300), ground="Verantwoord", on=LATER, by=fenna)
        assert sum(row[3] for row in found(application)) == Decimal("650.01")
        settle(grant_of(application, "A2"), Decimal(0), ground="Niets", on=LATER, by=fenna)
        assert sum(row[3] for row in found(application)) == 250


class TestPaying:
    def test_no_more_than_the_instalment(self, application, fenna) -> None:
        part = first_of(scheduled(application, fenna))
        grant, said = part.grant, {"instalment": part, "on": JUNE, "by": fenna}
        pay(grant, Decimal(200), reference="1", **said)
        with pytest.raises(ValidationError) as refusal:
            pay(grant, Decimal("40.01"), reference="2", **said)
        assert refusal.value.messages == [
            "Van deze termijn staat nog € 40 open; betaal hoogstens € 40, of betaal buiten het "
            "schema."
        ]
        pay(grant, Decimal(40), reference="2", **said)

    @pytest.mark.parametrize("what", ["line", "replaced", "before"])
    def test_only_one_that_can_be_paid(self, what, application, fenna) -> None:
        part = first_of(scheduled(application, fenna, on=JUNE))
        on = DAY if what == "before" else JUNE
        grant = grant_of(application, "A2" if what == "line" else "A1")
        if what == "replaced":
            scheduled(application, fenna, "rest 01-02-2021", on=JUNE, reason="Anders")
        with pytest.raises(ValidationError) as refusal:
            pay(grant, Decimal(1), reference="1", instalment=part, on=on, by=fenna)
        assert refusal.value.error_list[0].code == "instalment_elsewhere"

    def test_what_is_taken_back_is_open_again(self, application, fenna) -> None:
        part = first_of(scheduled(application, fenna))
        entry = pay(part.grant, Decimal(240), reference="1", instalment=part, on=JUNE, by=fenna)
        correct(entry, reason="Dubbel", on=LATER, by=fenna)
        assert found(application)[0] == ("01-04-2020", 400, 0, 400)
        assert found(application, JUNE)[0] == ("01-04-2020", 400, 240, 160)

    def test_all_that_is_paid_stands_in_the_calendar(self, application, fenna) -> None:
        part = first_of(scheduled(application, fenna))
        pay(part.grant, Decimal(240), reference="1", instalment=part, on=JUNE, by=fenna)
        wrong = pay(part.grant, Decimal(60), reference="2", on=JUNE, by=fenna)
        pay(grant_of(application, "A2"), Decimal(7), reference="3", on=LATER, by=fenna)
        correct(wrong, reason="Dubbel", on=LATER, by=fenna)
        for on in (JUNE, LATER):
            (balance,) = balances([application.envelope], on)
            assert sum(row[2] for row in found(application, on)) == balance.paid.known


class TestDatabase:
    """What the services never do."""

    def test_no_instalment_comes_later(self, application, fenna, refuses) -> None:
        scheduled(application, fenna)
        with refuses("schedule_sum"):
            insert_like(Instalment, due_on=LATER, amount=Decimal(1))

    def test_no_more_than_may_be_paid(self, application, fenna, refuses) -> None:
        proposal = propose_schedule(application, TERMS)
        pay(grant_of(application), Decimal(1), reference="1", on=JUNE, by=fenna)
        with pytest.raises(ValidationError) as refusal:
            make_schedule(application, proposal, typed=TERMS, on=JUNE, by=fenna)
        assert refusal.value.messages == [
            "Op A1 Actie is nog € 599 te betalen en het betaalschema plant € 600; plan hoogstens "
            "€ 599."
        ]

    def test_no_instalment_before_its_grant(self, application, fenna) -> None:
        with pytest.raises(ValidationError) as refusal:
            scheduled(application, fenna, "01-03-2020 10%")
        assert refusal.value.error_list[0].code == "schedule_day"

    def test_none_of_another_application(self, application, fenna, refuses) -> None:
        scheduled(application, fenna)
        other = ApplicationFactory(envelope=application.envelope)
        with refuses("schedule_elsewhere"):
            insert_like(PaymentSchedule, application_id=other.pk, amount=Decimal(240))
            insert_like(
                Instalment,
                schedule_id=PaymentSchedule.objects.order_by("-pk")[0].pk,
                amount=Decimal(240),
            )

    def test_it_stands_fast(self, application, fenna, refuses) -> None:
        scheduled(application, fenna)
        with refuses("schedule_append_only"):
            Instalment.objects.update(due_on=LATER)
        with refuses("schedule_append_only"):
            PaymentSchedule.objects.update(reason="Anders")

    def test_a_correction_keeps_the_instalment(self, application, fenna, refuses) -> None:
        part = first_of(scheduled(application, fenna))
        entry = pay(part.grant, Decimal(240), reference="1", instalment=part, on=JUNE, by=fenna)
        with refuses("instalment_correction"):
            insert_like(
                GrantEntry,
                corrects_id=entry.pk,
                amount=Decimal(-240),
                reference="",
                reason="Anders",
                instalment_id=None,
            )


class TestPages:
    @pytest.fixture
    def url(self, application, client, fenna):
        client.force_login(fenna)
        slug = application.envelope.fund.slug
        return lambda step: reverse("funds:application_step", args=[slug, application.pk, step])

    def test_it_is_shown_and_then_made_as_shown(self, application, client, url) -> None:
        said = {"on": "2020-04-01", "typed_terms": TERMS}
        shown = client.post(url("betaalschema"), said)
        assert shown.status_code == 200
        assert "400,00" in shown.content.decode()
        assert not PaymentSchedule.objects.exists()
        said["seen"] = shown.context["form"].proposed.digest
        other = client.post(url("betaalschema"), said | {"typed_terms": "rest 01-05-2021"})
        assert "komt anders uit dan u net zag" in other.content.decode()
        assert client.post(url("betaalschema"), said).status_code == 302
        assert application.schedules.get().typed == TERMS

    def test_an_instalment_that_was_paid_meanwhile_is_not_paid_again(
        self, application, client, url, fenna
    ) -> None:
        propose = propose_schedule(application, "01-04-2020 € 100 voorschot")
        make_schedule(application, propose, typed="x", reason="", on=DAY, by=fenna)
        opened = client.get(url("betalen")).context["form"]
        said = {"on": "2020-06-01", "kind": "voorschot", "reference": "2020-7"}
        said |= {"instalment": opened["instalment"].initial}
        said |= {
            name: f"{field.initial}".replace(".", ",")
            for name, field in opened.fields.items()
            if "-" in name
        }
        assert client.post(url("betalen"), said).status_code == 302
        again = client.post(url("betalen"), said | {"reference": "2020-8"})
        assert again.status_code == 422
        assert "staat intussen niet meer open" in again.content.decode()

    def test_a_schedule_of_somebody_else_is_not_replaced_unseen(
        self, application, client, url, fenna
    ) -> None:
        said = {"on": "2020-04-01", "typed_terms": TERMS, "reason": "Anders"}
        seen = client.post(url("betaalschema"), said).context["form"].proposed.digest
        scheduled(application, fenna)
        answer = client.post(url("betaalschema"), said | {"seen": seen})
        assert "komt anders uit dan u net zag" in answer.content.decode()
        assert application.schedules.count() == 1

    def test_what_cannot_be_read_stays_in_the_field(self, client, url) -> None:
        said = {"on": "2020-04-01", "typed_terms": "01-04-2020 120%"}
        response = client.post(url("betaalschema"), said)
        assert response.status_code == 422
        assert "samen meer dan 100%" in response.content.decode()
        assert "01-04-2020 120%" in response.content.decode()

    def test_paying_opens_with_the_first_that_is_open(
        self, application, client, url, fenna
    ) -> None:
        schedule = scheduled(application, fenna)
        form = client.get(url("betalen")).context["form"]
        assert form["instalment"].initial == "2020-04-01-voorschot"
        amounts = {name: f"{field.initial}" for name, field in form.fields.items() if "-" in name}
        assert list(amounts.values()) == ["240.00", "160.00"]
        wanted = client.get(f"{url('betalen')}?termijn=2021-05-01-eindbetaling").context["form"]
        assert wanted.fields["kind"].initial == "eindbetaling"
        said = {
            "on": "2020-06-01",
            "kind": "voorschot",
            "reference": "2020-7",
            "instalment": "2020-04-01-voorschot",
        } | {name: amount.replace(".", ",") for name, amount in amounts.items()}
        first = next(iter(amounts))
        refused = client.post(url("betalen"), said | {first: "240,01"})
        assert refused.status_code == 422
        assert "betaal hoogstens dat" in refused.content.decode()
        assert client.post(url("betalen"), said | {"kind": "eindbetaling"}).status_code == 302
        assert set(GrantEntry.objects.values_list("kind", flat=True)) == {"voorschot"}
        paid = GrantEntry.objects.values_list("instalment__schedule", "instalment__due_on")
        assert set(paid) == {(schedule.pk, DAY)}
        beside = said | {"instalment": "buiten", "reference": "2020-8", first: "1"}
        assert client.post(url("betalen"), beside).status_code == 302
        assert GrantEntry.objects.filter(instalment=None).count() == 2


def test_what_is_due_waits_for_who_manages_the_fund(application, fenna, pieter) -> None:
    scheduled(application, fenna)
    assert [due.open for due in waiting_dues(fenna, on=DAY)] == [400]
    soon = datetime.date(2020, 9, 20)
    assert [due.late(soon) for due in waiting_dues(fenna, on=soon)] == [400, 0]
    assert waiting_dues(pieter, on=soon) == []
