"""Reference data from fixtures/reference.yaml: groups and organisations, and a second
run that changes nothing."""

import copy

import pytest

from municipalities import reference as reference_data
from municipalities import textfile
from municipalities.models import MunicipalityGroup, Organisation, Region
from tests.conftest import FIXTURES

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree() -> dict:
    text = (FIXTURES / "reference.yaml").read_text(encoding="utf-8")
    return textfile.read(text).tree


def test_a_second_run_changes_nothing(reference: None, tree) -> None:
    events = Organisation.pgh_event_model.objects.count()
    assert events
    assert reference_data.load(tree) == 0
    assert Organisation.pgh_event_model.objects.count() == events


def test_groups_have_the_municipalities_that_the_annual_plan_means(reference: None) -> None:
    groups = {
        group.name: [member.municipality.name for member in group.memberships.order_by("pk")]
        for group in MunicipalityGroup.objects.filter(region__slug="westfriesland")
    }
    assert groups == {
        "HRN": ["Hoorn"],
        "WF6": ["Drechterland", "Enkhuizen", "Koggenland", "Medemblik", "Opmeer", "Stede Broec"],
    }
    region = Region.objects.get(slug="westfriesland")
    assert region.centre_municipality.name == "Hoorn"
    assert region.memberships.count() == 7


def test_organisations_have_aliases_and_a_parent(reference: None, tree) -> None:
    assert Organisation.objects.count() == len(tree["organisations"])
    indigo = Organisation.objects.get(name="Indigo Haaglanden")
    assert (indigo.parent.name, indigo.aliases) == (
        "Parnassia Groep",
        ["Indigo", "Indigo Preventie"],
    )


def test_no_name_or_alias_is_of_two_organisations(tree) -> None:
    """A partner as printed is found by any of the names: it must be one organisation."""
    owners: dict[str, set[str]] = {}
    for row in tree["organisations"]:
        for name in (row["name"], *row.get("aliases", [])):
            owners.setdefault(name.casefold(), set()).add(row["name"])
    assert [name for name, found in owners.items() if len(found) > 1] == []


def test_what_differs_is_changed_and_nothing_else(reference: None, tree) -> None:
    other = copy.deepcopy(tree)
    row = next(row for row in other["organisations"] if row["name"] == "Reakt")
    del row["aliases"]
    other["regions"][-2]["groups"]["HRN"].append("GM0432")
    assert reference_data.load(other) == 2
    assert Organisation.objects.get(name="Reakt").aliases == []
    hrn = MunicipalityGroup.objects.get(name="HRN")
    assert [member.municipality.name for member in hrn.memberships.all()] == ["Hoorn", "Opmeer"]
