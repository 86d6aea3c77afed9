"""A refusal by the database reaches a person as a Dutch sentence."""

import re
from decimal import Decimal

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection

from municipalities.guard import SENTENCES, _taken, check_now, guarded, violation
from municipalities.models import Municipality, RegionMembership
from tests.factories import (
    ApplicationFactory,
    CostLineFactory,
    MunicipalityFactory,
    RegionFactory,
    WorkPlanFactory,
)
from workplans.models import Share, WorkPlan

pytestmark = pytest.mark.django_db


def refusal(act) -> ValidationError:
    with pytest.raises(ValidationError) as caught, guarded():
        act()
    return caught.value


def test_a_sum_says_what_was_found_and_what_was_expected() -> None:
    line = CostLineFactory(amount="€ 12.345,60", municipalities="A")
    refused = refusal(lambda: Share.objects.update(amount=Decimal("1234.5")))
    assert refused.code == "share_sum"
    assert refused.messages == [
        "De verdeling (1.234,50) telt niet op tot het bedrag van de kostenregel (12.345,60); pas "
        "de aandelen of het bedrag aan."
    ]
    assert refused.params["cost_line"] == str(line.pk)


def test_a_state_says_what_to_do() -> None:
    CostLineFactory(amount="PM", municipalities="A")
    refused = refusal(lambda: Share.objects.update(state="known", amount=1))
    assert refused.code == "share_state"
    assert refused.messages[0].startswith("Zolang het bedrag niet bekend is")


def test_a_municipality_is_named_with_the_day() -> None:
    CostLineFactory(municipalities="A")
    gone = MunicipalityFactory(name="’s-Graveland % {weg}", ended=True)
    refused = refusal(lambda: Share.objects.update(municipality=gone))
    assert refused.code == "share_municipality"
    assert refused.messages[0].startswith("’s-Graveland % {weg} bestaat niet op 01-01-2020")


def test_a_ledger_says_that_it_never_changes() -> None:
    application = ApplicationFactory()
    refused = refusal(lambda: type(application).objects.update(title="Anders"))
    assert refused.code == "append_only"
    assert refused.messages[0].startswith("Wat is ingediend of beschikt, verandert niet meer")


def test_a_check_has_its_own_sentence() -> None:
    plan = WorkPlanFactory()
    refused = refusal(lambda: WorkPlan.objects.filter(pk=plan.pk).update(last_year=2019))
    assert refused.code == "workplans_plan_period"
    assert refused.messages == [
        "De periode loopt van een eerder naar een later jaar, zoals 2020-2021."
    ]


def test_a_unique_constraint_has_its_own_sentence() -> None:
    region = RegionFactory()
    first = region.memberships.first()
    again = RegionMembership(region=region, municipality=first.municipality)
    assert refusal(again.save).messages == ["Deze gemeente is al lid van deze regio."]


def test_a_refusal_without_a_sentence_goes_on_as_it_is() -> None:
    with pytest.raises(IntegrityError) as caught, guarded():
        Municipality(code="GM9999", name=None, sort_name="zonder naam").save()
    assert violation(caught.value) is None


def test_a_unique_field_says_which_value_is_taken() -> None:
    again = Municipality(code=MunicipalityFactory().code, name="Dubbel", sort_name="dubbel")
    assert refusal(again.save).messages == [
        "Er is al een gemeente met deze waarde bij CBS-code; kies een andere waarde."
    ]


def test_every_unique_field_of_ours_is_known_by_the_name_that_the_database_gave() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.conrelid::regclass::text, c.conname FROM pg_constraint c "
            "WHERE c.contype = 'u' AND c.conrelid::regclass::text ~ %s",
            ["^(municipalities|funds|workplans)_"],
        )
        unique = cursor.fetchall()
    ours = {c.name for model in apps.get_models() for c in model._meta.constraints}
    models = {model._meta.db_table: model for model in apps.get_models()}
    fields = [(models[t], name) for t, name in unique if t in models and name not in ours]
    assert len(fields) >= 5
    assert [name for model, name in fields if _taken(model, name) is None] == []


def test_nothing_is_kept_of_a_refused_block() -> None:
    line = CostLineFactory(amount="€ 100,-", municipalities="A")
    refusal(lambda: (RegionFactory(slug="blijft-niet"), line.shares.update(amount=Decimal(99))))
    assert not apps.get_model("municipalities.Region").objects.filter(slug="blijft-niet").exists()
    assert line.shares.get().amount.amount == 100


def test_a_service_inside_a_service_is_checked_at_the_inner_end() -> None:
    CostLineFactory(amount="€ 100,-", municipalities="A")
    with guarded():
        with pytest.raises(ValidationError), guarded():
            Share.objects.update(amount=Decimal(99))
        Share.objects.update(amount=Decimal(100))


def test_after_a_check_the_guards_wait_for_the_end_again() -> None:
    CostLineFactory(amount="€ 100,-", municipalities="A")
    check_now()
    Share.objects.update(amount=Decimal(99))
    Share.objects.update(amount=Decimal(100))
    check_now()


def test_every_constraint_of_ours_has_a_dutch_sentence() -> None:
    silent = [
        constraint.name
        for app in ("municipalities", "funds", "workplans")
        for model in apps.get_app_config(app).get_models()
        for constraint in model._meta.constraints
        if "%(name)s" in str(constraint.violation_error_message)
    ]
    assert silent == []


def test_every_guard_in_the_database_raises_a_name_that_has_a_sentence() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT (regexp_matches(prosrc, $$CONSTRAINT = ([^;,]+)$$, 'g'))[1] "
            "FROM pg_proc WHERE proname LIKE 'guard_%' OR proname = 'touch_plan'"
        )
        # `WHEN 'funds_round' THEN` asks which table it is, and raises nothing.
        named = r"(?<!WHEN )'(\w+)'"
        raised = {name for (said,) in cursor.fetchall() for name in re.findall(named, said)}
        cursor.execute(
            "SELECT DISTINCT split_part(encode(tgargs, 'escape'), '\\000', 1) FROM pg_trigger "
            "WHERE tgfoid = 'guard_ledger'::regproc"
        )
        raised |= {name for (name,) in cursor.fetchall()}
        # A guard with many sums first says in `refusal` which of them is wrong.
        cursor.execute(
            "SELECT (regexp_matches(prosrc, $$(?:THEN|ELSE|refusal :=)\\s+'(\\w+)'$$, 'g'))[1] "
            "FROM pg_proc WHERE prosrc LIKE '%CONSTRAINT = refusal%'"
        )
        raised |= {name for (name,) in cursor.fetchall()}
    assert raised == set(SENTENCES)
