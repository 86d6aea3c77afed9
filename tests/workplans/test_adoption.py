"""Who decides about a plan, and what they decide: services, guards, and what waits."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils.timezone import localdate

from tests.factories import WorkPlanFactory
from tests.trail import bring
from workplans.adoption import deliberation, what_waits
from workplans.majority import Majority, Outcome
from workplans.models import BodyDecision, DecisionBody, PlanVersion, WorkPlan
from workplans.services import (
    change_body,
    keep_version,
    name_body,
    propose_bodies,
    put_forward,
    record_decision,
    remove_body,
    submit_workplan,
)

pytestmark = pytest.mark.django_db

Kind = DecisionBody.Kind
DAY = datetime.timedelta(days=1)


@pytest.fixture
def plan(bollenstreek: Any, fund: Any) -> WorkPlan:
    return WorkPlanFactory(draft=True, region=bollenstreek, fund=fund)


@pytest.fixture
def version(plan: WorkPlan) -> PlanVersion:
    """The first version, put forward to the colleges of Katwijk, Lisse and Noordwijk."""
    propose_bodies(plan, Kind.EXECUTIVE)
    kept = keep_version(plan, name="Voor de colleges", by=None)
    put_forward(plan, kept, majority=Majority.ALL, on=localdate())
    return kept


def decide(version: PlanVersion, outcome: str, *who: str, **more: Any) -> list[BodyDecision]:
    """Those of the bodies whose name holds one of these words, or all, decide today."""
    bodies = version.plan.bodies.in_order()
    today = localdate()
    said = {"dated_on": today, "on": today, "outcome": outcome} | more
    return [
        record_decision(body, version, **said)
        for body in bodies
        if not who or any(word in body.name for word in who)
    ]


def refused(act: Any) -> str:
    with pytest.raises(ValidationError) as caught:
        act()
    error = caught.value
    if hasattr(error, "error_dict"):
        error = ValidationError([fault for faults in error.error_dict.values() for fault in faults])
    return str(error.error_list[0].code)


def change(plan: WorkPlan, title: str = "Heel anders") -> None:
    WorkPlan.objects.filter(pk=plan.pk).update(title=title)
    plan.refresh_from_db()


class TestWhatWaits:
    def test_nothing_where_nobody_was_named(self, plan) -> None:
        assert what_waits(plan) == []

    def test_nothing_for_who_only_gives_advice(self, plan) -> None:
        name_body(plan, kind=Kind.PORTFOLIO, name="PHO", role=DecisionBody.Role.ADVISES)
        assert what_waits(plan) == []

    def test_a_version_must_be_put_forward(self, plan) -> None:
        name_body(plan, kind=Kind.COUNCIL, name="gemeenteraad van Lisse")
        assert what_waits(plan) == [
            "Er is nog geen versie voorgelegd; kies de versie waarover wordt besloten."
        ]

    def test_everybody_who_has_to_decide_is_named(self, plan, version) -> None:
        name_body(plan, kind=Kind.PORTFOLIO, name="PHO", role=DecisionBody.Role.ADVISES)
        decide(version, Outcome.AGREED, "Katwijk")
        decide(version, Outcome.CONDITIONAL, "Lisse", condition="Eerst de raad.")
        assert what_waits(plan) == [
            "Het college van Lisse is akkoord met versie 1 onder een voorwaarde: Eerst de raad.",
            "Het college van Noordwijk heeft nog niet besloten over versie 1.",
        ]

    def test_nothing_once_the_majority_agreed(self, plan, version) -> None:
        put_forward(plan, version, majority=Majority.TWO_THIRDS, on=localdate())
        decide(version, Outcome.AGREED, "Katwijk", "Lisse")
        assert what_waits(plan) == []

    def test_a_majority_that_cannot_come_any_more_is_said(self, plan, version) -> None:
        decide(version, Outcome.REFUSED, "Katwijk")
        assert what_waits(plan) == [
            "Versie 1 haalt de meerderheid niet meer (allemaal); leg een nieuwe versie voor."
        ]

    def test_a_decision_counts_for_its_own_version_only(self, plan, version) -> None:
        decide(version, Outcome.AGREED)
        change(plan)
        newer = keep_version(plan, name="Aangepast", by=None)
        put_forward(plan, newer, majority=Majority.ALL, on=localdate())
        assert len(what_waits(plan)) == 3
        assert all("versie 2" in sentence for sentence in what_waits(plan))

    def test_what_nobody_decided_about_is_not_adopted(self, plan, version) -> None:
        decide(version, Outcome.AGREED)
        change(plan)
        (sentence,) = what_waits(plan)
        assert sentence.startswith("Het plan is veranderd sinds versie 1, waarover wordt besloten")

    def test_submitting_is_no_change(self, plan, version) -> None:
        decide(version, Outcome.AGREED)
        submit_workplan(plan, on=localdate())
        assert what_waits(WorkPlan.objects.get(pk=plan.pk)) == []

    def test_the_last_decision_by_day_and_then_by_entry_counts(self, plan, version) -> None:
        kept_on = localdate()
        decide(version, Outcome.AGREED, dated_on=kept_on)
        decide(version, Outcome.POSTPONED, "Lisse", dated_on=kept_on)
        assert what_waits(plan) == [
            "Het college van Lisse heeft het besluit over versie 1 aangehouden."
        ]
        decide(version, Outcome.AGREED, "Lisse", dated_on=kept_on + DAY, on=kept_on + DAY)
        decide(version, Outcome.REFUSED, "Lisse", dated_on=kept_on, on=kept_on + DAY)
        assert what_waits(plan) == []


class TestBodies:
    def test_members_are_proposed_once_in_the_order_of_their_names(self, plan) -> None:
        name_body(plan, kind=Kind.COUNCIL, name="gemeenteraad van Lisse")
        made = propose_bodies(plan, Kind.COUNCIL)
        assert [body.name for body in made] == [
            "gemeenteraad van Katwijk",
            "gemeenteraad van Noordwijk",
        ]
        assert [body.municipality.name for body in made] == ["Katwijk", "Noordwijk"]
        assert propose_bodies(plan, Kind.COUNCIL) == []
        assert list(plan.bodies.in_order().values_list("position", flat=True)) == [0, 1, 2]

    def test_a_name_stands_once_in_a_plan(self, plan, version) -> None:
        with pytest.raises(ValidationError, match="staat al bij dit plan"):
            name_body(plan, kind=Kind.EXECUTIVE, name="college van Lisse")

    @pytest.mark.parametrize(
        ("kind", "name", "said"),
        [
            (Kind.PORTFOLIO, "PHO Maatschappij", "Het PHO Maatschappij"),
            (Kind.TABLE, "de Subsidietafel", "De Subsidietafel"),
            (Kind.OTHER, "woej", "Woej"),
        ],
    )
    def test_it_has_the_article_that_belongs_to_it(self, kind, name, said) -> None:
        assert DecisionBody(kind=kind, name=name).in_sentence == said

    def test_what_decided_keeps_its_name_but_not_its_day(self, version) -> None:
        (decision,) = decide(version, Outcome.AGREED, "Lisse")
        body = decision.body
        body.due_on = localdate()
        assert change_body(body).due_on == localdate()
        body.name = "college van Hillegom"
        assert refused(lambda: change_body(body)) == "body_decided"
        assert refused(lambda: remove_body(body)) == "body_decided"

    @pytest.mark.parametrize("column", ["name", "kind", "role"])
    def test_the_database_refuses_it_too(self, version, refuses, column) -> None:
        (decision,) = decide(version, Outcome.AGREED, "Lisse")
        with refuses("body_decided"):
            DecisionBody.objects.filter(pk=decision.body.pk).update(**{column: "anders"})

    def test_who_decided_nothing_can_go(self, plan, version) -> None:
        remove_body(plan.bodies.get(name="college van Lisse"))
        assert plan.bodies.count() == 2

    def test_of_an_adopted_plan_bodies_and_rule_stand_fast(self, plan, version) -> None:
        decide(version, Outcome.AGREED)
        body = plan.bodies.in_order()[0]
        bring(plan, "vastgesteld")
        for act in (
            lambda: name_body(plan, kind=Kind.OTHER, name="Nog iemand"),
            lambda: change_body(body),
            lambda: remove_body(body),
            lambda: put_forward(plan, version, majority=Majority.HALF, on=localdate()),
        ):
            assert refused(act) == "adopted"
        decide(version, Outcome.NOTED, "Lisse")

    def test_who_is_late_waits_for_the_version_that_was_put_forward(self, plan, version) -> None:
        today = localdate()
        plan.bodies.update(due_on=today - DAY)
        late = DecisionBody.objects.late_on
        assert late(today).count() == 3
        assert late(today - DAY).count() == 0
        decide(version, Outcome.AGREED, "Katwijk")
        decide(version, Outcome.POSTPONED, "Lisse")
        assert sorted(body.name for body in late(today)) == [
            "college van Lisse",
            "college van Noordwijk",
        ]

    @pytest.mark.parametrize("status", ["aangeboden", "vastgesteld", "afgesloten"])
    def test_a_list_and_a_plan_know_the_same_bodies_as_late(self, plan, version, status) -> None:
        today = localdate()
        plan.bodies.update(due_on=today - DAY)
        decide(version, Outcome.AGREED, "Katwijk")
        decide(version, Outcome.POSTPONED, "Lisse")
        bring(plan, status)
        plan.refresh_from_db()
        late = {row.body for row in deliberation(plan).standings if row.is_late(today)}
        assert late == set(DecisionBody.objects.late_on(today))
        assert len(late) == (2 if status == "aangeboden" else 0)


class TestDecisions:
    @pytest.fixture
    def decision(self, version, pieter) -> BodyDecision:
        (made,) = decide(version, Outcome.CONDITIONAL, "Lisse", condition="Eerst geld", by=pieter)
        return made

    def test_it_says_who_entered_it(self, decision, pieter) -> None:
        assert (decision.entered_by, decision.entered_by_name) == (pieter, str(pieter))
        pieter.delete()
        decision.refresh_from_db()
        assert (decision.entered_by, decision.entered_by_name != "") == (None, True)

    @pytest.mark.parametrize(
        ("said", "code"),
        [
            ({"dated_on": localdate() + DAY}, "future"),
            ({"dated_on": localdate() - DAY}, "decision_before_version"),
            ({"outcome": Outcome.CONDITIONAL}, "workplans_decision_condition"),
            ({"condition": "Zomaar"}, "workplans_decision_condition"),
        ],
        ids=["still to come", "before the version", "without condition", "with condition"],
    )
    def test_it_is_refused(self, version, said, code) -> None:
        act = {"outcome": Outcome.AGREED} | said
        if code == "workplans_decision_condition":
            with pytest.raises(ValidationError, match="Een voorwaarde hoort bij"):
                decide(version, **act)
        else:
            assert refused(lambda: decide(version, **act)) == code

    def test_of_another_plan_it_is_refused(self, version, bollenstreek, refuses) -> None:
        other = WorkPlanFactory(draft=True, region=bollenstreek)
        foreign = keep_version(other, name="Ander plan", by=None)
        body = version.plan.bodies.in_order()[0]
        with refuses("decision_other_plan"):
            BodyDecision.objects.create(
                body=body, version=foreign, outcome=Outcome.AGREED, dated_on=localdate()
            )
        with refuses("adoption_other_plan"):
            version.plan.adoption.__class__.objects.update(version=foreign)

    @pytest.mark.parametrize(
        "changed",
        [
            {"outcome": "akkoord"},
            {"dated_on": localdate() + DAY},
            {"reference": "B-1"},
            {"condition": "Iets anders"},
            {"entered_by_name": "Iemand"},
        ],
        ids=lambda changed: next(iter(changed)),
    )
    def test_the_database_refuses_a_change(self, decision, refuses, changed) -> None:
        with refuses("decision_append_only"):
            BodyDecision.objects.filter(pk=decision.pk).update(**changed)

    def test_the_database_refuses_to_remove_it(self, decision, refuses) -> None:
        with refuses("decision_append_only"), connection.cursor() as cursor:
            cursor.execute("DELETE FROM workplans_bodydecision")
