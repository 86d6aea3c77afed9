"""Money that moves outside a decision is shown with the rules first, and keeps what they
said."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from funds.balance import standings
from funds.deciding import effect
from funds.models import EnvelopeMutation, Fund, FundRule, ReserveMovement, Rule
from funds.moving import distribution_move, mutation_move, reserve_move
from funds.rules import Verdict
from tests.factories import (
    ApplicationFactory,
    EarmarkFactory,
    EnvelopeMutationFactory,
    ReserveMovementFactory,
    asked,
    euro,
)

pytestmark = pytest.mark.django_db

DAY = datetime.date(2020, 4, 1)
Kind = Rule.Kind


def rule(fund: Fund, code: str, kind: Kind, amount: int, **more: Any) -> FundRule:
    return FundRule.objects.create(
        fund=fund,
        code=code,
        kind=kind,
        title=f"Regel {code}",
        state="known",
        amount_text=f"€ {amount}",
        amount=euro(amount),
        **more,
    )


@pytest.fixture
def council(fund: Fund) -> FundRule:
    """What is above 50 from the reserve is for the council."""
    return rule(fund, "R1", Kind.THRESHOLD, 50, applies_to="reserve", severity="waarschuwen")


def said(move: Any) -> dict[str, Verdict]:
    return {found.rule.code: found.verdict for found in move.outcomes}


def test_only_what_goes_out_is_held_to_a_threshold(fund, council) -> None:
    assert said(reserve_move(fund, Decimal(-50), name="Uit")) == {"R1": Verdict.KEPT}
    assert said(reserve_move(fund, Decimal("-50.01"), name="Uit")) == {"R1": Verdict.TO_DO}
    assert said(reserve_move(fund, Decimal(500), name="Erbij")) == {"R1": Verdict.KEPT}


def test_a_rule_can_name_the_reserve_as_it_would_be(fund) -> None:
    rule(fund, "R2", Kind.MINIMUM, 100, figure="fonds reserve", severity="blokkeren")
    ReserveMovementFactory(fund=fund, amount=150)
    assert said(reserve_move(fund, Decimal(-50), name="Uit")) == {"R2": Verdict.KEPT}
    broken = reserve_move(fund, Decimal(-51), name="Uit")
    assert broken.faults[0].startswith("R2 Regel R2 houdt dit besluit tegen")
    drawn = distribution_move(fund, Decimal(51), name="Deel", from_reserve=True)
    assert said(drawn) == {"R2": Verdict.BROKEN}
    assert said(distribution_move(fund, Decimal(51), name="Deel", from_reserve=False)) == {}


def test_a_mutation_is_held_to_the_envelope_after_it(fund, bollenstreek) -> None:
    envelope = fund.envelopes.get(region=bollenstreek)
    most = int(envelope.amount.amount)
    rule(fund, "R3", Kind.CEILING, most, figure="fonds beschikbaar")
    up = mutation_move(envelope, Decimal(1), name="Meer")
    assert said(up) == {"R3": Verdict.BROKEN}
    assert [str(figure) for _, figure in up.figures][1] == str(
        mutation_move(envelope, Decimal(0), name="Niets").figures[0][1]
    )
    assert said(mutation_move(envelope, Decimal(-1), name="Minder")) == {"R3": Verdict.KEPT}


def sent_twice(client: Any, url: str, typed: dict[str, str]) -> Any:
    """The form as it comes back the first time, and the answer when what was shown is
    sent along."""
    shown = client.post(url, typed)
    assert shown.status_code == 200
    assert "Wat dit doet" in shown.content.decode()
    return client.post(url, typed | {"seen": shown.context["form"].effect.digest})


def test_a_withdrawal_keeps_what_the_rules_said(client, fenna, fund, council) -> None:
    ReserveMovementFactory(fund=fund, amount=100)
    client.force_login(fenna)
    url = reverse("funds:reserve_move", args=[fund.slug])
    typed = {"kind": "onttrekking", "amount": "60", "on": "2020-04-01"}
    typed |= {"reason": "Opvang", "decision": "Raad 4"}
    assert sent_twice(client, url, typed).status_code == 302
    made = ReserveMovement.objects.get(kind="onttrekking")
    assert [answer["verdict"] for answer in made.answers] == ["Vraagt een besluit"]
    page = client.get(reverse("reports:reserve_detail", args=[fund.slug])).content.decode()
    assert "R1 Regel R1: vraagt een besluit" in page


def test_a_rule_that_blocks_refuses(client, fenna, fund) -> None:
    rule(fund, "R2", Kind.MINIMUM, 100, figure="fonds reserve", severity="blokkeren")
    ReserveMovementFactory(fund=fund, amount=100)
    client.force_login(fenna)
    url = reverse("funds:reserve_move", args=[fund.slug])
    typed = {"kind": "onttrekking", "amount": "1", "on": "2020-04-01"}
    answer = client.post(url, typed | {"reason": "Opvang", "decision": "Raad 4"})
    assert answer.status_code == 422
    assert "houdt dit besluit tegen" in answer.content.decode()
    assert ReserveMovement.objects.count() == 1


def test_mutations_and_conclusions_are_shown_first(client, fenna, fund, bollenstreek) -> None:
    rule(fund, "R4", Kind.THRESHOLD, 50, severity="waarschuwen")
    envelope = fund.envelopes.get(region=bollenstreek)
    waits = EnvelopeMutationFactory(envelope=envelope, conditional=True)
    client.force_login(fenna)
    add = reverse("funds:mutation_add", args=[fund.slug, envelope.pk])
    typed = {"amount": "60", "dated_on": "2020-04-01", "reason": "Erbij"}
    assert sent_twice(client, add, typed).status_code == 302
    conclude = reverse("funds:mutation_conclude", args=[fund.slug, waits.pk])
    typed = {"amount": "70", "on": "2020-04-01", "reason": "Akkoord"}
    assert sent_twice(client, conclude, typed).status_code == 302
    made = EnvelopeMutation.objects.filter(condition="").order_by("pk")
    kept = [[answer["verdict"] for answer in row.answers] for row in made]
    assert kept == [["Vraagt een besluit"], ["Vraagt een besluit"]]
    # What waits for a condition moves nothing yet.
    typed = {"dated_on": "2020-04-01", "reason": "Later", "condition": "Als de raad wil"}
    assert client.post(add, typed).status_code == 302
    room = client.get(reverse("reports:fund_room", args=[fund.slug])).content.decode()
    assert "R4 Regel R4: vraagt een besluit" in room


@pytest.mark.parametrize("named", [{"title": "Jeugd"}, {"applies_to": "jeugd"}])
def test_a_rule_of_an_earmark_is_held_to_the_earmark(fund, bollenstreek, named) -> None:
    envelope = fund.envelopes.get(region=bollenstreek)
    earmark = EarmarkFactory(envelope=envelope, name="Jeugd", minimum=euro(500), maximum=euro(700))
    made = rule(fund, "R5", Kind.EARMARK, 1)
    FundRule.objects.filter(pk=made.pk).update(**named)
    application = ApplicationFactory(envelope=envelope, lines=[asked(800)])
    (line,) = standings(application.lines.order_by("position"), DAY)

    def found(amount: int) -> Any:
        (one,) = effect(
            application, {line: Decimal(amount)}, on=DAY, within={line: earmark}
        ).outcomes
        return one.verdict, one.value.replace("\u00a0", " ")

    assert found(400) == (Verdict.KEPT, "€ 400 beschikt, € 100 blijft vrij")
    assert found(701)[0] == Verdict.BROKEN
