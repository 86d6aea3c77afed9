"""A role has the scope that belongs to it, and an answer has a reason."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from municipalities.models import RoleAssignment, User
from municipalities.permissions import YES, no
from tests.factories import MunicipalityFactory, RegionFactory, RoleAssignmentFactory, UserFactory

pytestmark = pytest.mark.django_db

ALLOWED = {
    "beleidsmedewerker": {"gemeente"},
    "projectleider": {"regio"},
    "fondsbeheerder": {"gemeente"},
    "lezer": {"gemeente", "regio"},
    "beheerder": {""},
}


@pytest.mark.parametrize("scope", ["", "gemeente", "regio", "gemeente en regio"])
@pytest.mark.parametrize("role", RoleAssignment.Role.values)
def test_a_role_has_the_scope_that_belongs_to_it(role, scope, refuses, accepts) -> None:
    assignment = RoleAssignment(
        user=UserFactory(),
        role=role,
        municipality=MunicipalityFactory() if "gemeente" in scope else None,
        region=RegionFactory() if "regio" in scope else None,
    )
    if scope in ALLOWED[role]:
        with accepts():
            assignment.save()
        return
    with pytest.raises(ValidationError) as caught:
        assignment.full_clean()
    assert "Een beleidsmedewerker of fondsbeheerder hoort bij een gemeente" in str(caught.value)
    with refuses("municipalities_role_scope"):
        assignment.save()


def test_a_role_nobody_knows_is_refused(refuses) -> None:
    with refuses("municipalities_role_scope"):
        RoleAssignment.objects.create(user=UserFactory(), role="directeur")


@pytest.mark.parametrize("trait", ["project_leader", "reader_of_municipality", None])
def test_the_same_role_twice_is_refused(trait, refuses) -> None:
    first = RoleAssignmentFactory(**({trait: True} if trait else {}))
    first.pk = None
    first._state.adding = True
    with refuses("municipalities_role_once"):
        first.save()


def test_a_verdict_is_a_claim_with_a_reason() -> None:
    refused = no("Alleen de projectleider mag dit.")
    assert YES
    assert not refused
    assert refused.reason == "Alleen de projectleider mag dit."
    YES.require()
    with pytest.raises(PermissionDenied, match="Alleen de projectleider"):
        refused.require()


def test_who_enters_the_admin(cast) -> None:
    assert [name for name, user in cast.items() if user.is_staff] == ["hanna", "technician"]


@pytest.mark.parametrize(
    ("permission", "allowed"),
    [
        ("municipalities.change_municipality", {"hanna", "technician"}),
        ("municipalities.delete_roleassignment", {"hanna", "technician"}),
        ("municipalities.add_populationfigure", {"hanna", "technician"}),
        ("municipalities.change_municipalityevent", {"technician"}),
        ("workplans.change_workplan", {"technician"}),
        ("funds.view_grant", {"technician"}),
    ],
)
def test_what_they_may_do_there(cast, permission, allowed) -> None:
    assert {name for name, user in cast.items() if user.has_perm(permission)} == allowed


def test_an_inactive_beheerder_may_nothing(hanna) -> None:
    hanna.is_active = False
    assert not hanna.is_staff
    assert not hanna.has_perm("municipalities.change_municipality")


def test_an_address_is_one_whatever_its_capitals() -> None:
    user = User.objects.create_user("Anna@Voorbeeld.NL", "geheim", display_name="Anna")
    assert user.email == "anna@voorbeeld.nl"
    assert User.objects.get_by_natural_key("ANNA@voorbeeld.nl") == user
