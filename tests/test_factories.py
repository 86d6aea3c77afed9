"""Impossible test data is a bug: what a factory makes, the model accepts."""

import inspect

import pytest
from django.db.models import Model

from municipalities.guard import check_now
from tests import factories

pytestmark = pytest.mark.django_db

FACTORIES = [
    made
    for _, made in inspect.getmembers(factories, inspect.isclass)
    if issubclass(made, factories.DjangoModelFactory)
    and not made._meta.abstract
    and made.__module__ == factories.__name__
]
WITH_TRAITS = [(made, trait) for made in FACTORIES for trait in ("", *made._meta.parameters)]


@pytest.mark.parametrize(
    ("made", "trait"), WITH_TRAITS, ids=lambda part: getattr(part, "__name__", part) or "plain"
)
def test_what_a_factory_makes_is_valid(made: type, trait: str) -> None:
    row: Model = made(**({trait: True} if trait else {}))
    row.full_clean()
    check_now()


def test_two_of_a_kind_do_not_collide() -> None:
    for made in FACTORIES:
        made.create_batch(2)
    check_now()


def test_a_draft_has_something_to_submit_and_a_submitted_plan_has_submitted_it() -> None:
    draft = factories.WorkPlanFactory(draft=True)
    submitted = factories.WorkPlanFactory(submitted=True)
    cost = factories.plans.CostLine.objects.get(action__line__plan=draft)
    assert [share.amount for share in cost.shares.all()] == [factories.euro(3000)] * 3
    assert draft.applications.get().application is None
    assert not draft.is_submitted
    assert submitted.applications.get().application.lines.get().amount == factories.euro(9000)
    assert submitted.is_submitted


def test_the_cast_has_the_roles_it_is_introduced_with(cast) -> None:
    roles = {
        name: [str(assignment) for assignment in user.role_assignments.all()]
        for name, user in cast.items()
    }
    assert roles == {
        "anna": ["beleidsmedewerker Katwijk"],
        "pieter": ["projectleider Duin- en Bollenstreek"],
        "bram": ["lezer Duin- en Bollenstreek"],
        "carla": ["beleidsmedewerker Alphen aan den Rijn"],
        "fenna": ["fondsbeheerder Leiden"],
        "hanna": ["beheerder"],
        "gijs": [],
        "technician": [],
    }


@pytest.mark.parametrize("turn", [1, 2, 3])
def test_the_real_data_are_whole_each_time_they_are_loaded(loaded, turn: int) -> None:
    assert loaded.region.memberships.count() == 6
    assert sum(line.actions.count() for line in loaded.lines.all()) == 15
    assert loaded.applications.get().application.lines.count() == 15
    for model in (type(loaded), factories.funds.Grant, factories.plans.Share):
        for row in model.objects.all():
            row.full_clean()
    factories.WorkPlanFactory(submitted=True)
    check_now()


def test_the_cast_lives_among_the_real_data(anna, carla, fund, loaded) -> None:
    assert fund.envelopes.count() == 2
    assert loaded.region.memberships.filter(municipality__role_assignments__user=anna).exists()
    assert not loaded.region.memberships.filter(municipality__role_assignments__user=carla)
