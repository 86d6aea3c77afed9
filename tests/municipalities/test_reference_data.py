"""The reference data that comes along: regions with groups, and organisations."""

from __future__ import annotations

import datetime

import pytest

from municipalities.models import Organisation, Region
from workplans.gazetteer import places_of
from workplans.notation.partners import fold
from workplans.notation.shares import read_shares

pytestmark = pytest.mark.django_db


def names(text: str, region: str) -> list[str]:
    places = places_of(Region.objects.get(slug=region), datetime.date(2019, 1, 1))
    return [places.name(code) for code in read_shares(text, places).municipalities]


def test_westfriesland_has_its_groups_and_its_order(loaded) -> None:
    six = ["Drechterland", "Enkhuizen", "Koggenland", "Medemblik", "Opmeer", "Stede Broec"]
    assert names("gelijk over WF6", "westfriesland") == six
    assert names("HRN", "westfriesland") == ["Hoorn"]
    everyone = names("gelijk over de gemeenten", "westfriesland")
    assert everyone == [*six[:2], "Hoorn", *six[2:]]
    region = Region.objects.get(slug="westfriesland")
    assert region.centre_municipality.name == "Hoorn"


def test_leidschendam_voorburg_stands_alone(loaded) -> None:
    assert names("LV", "leidschendam-voorburg") == ["Leidschendam-Voorburg"]


def test_no_spelling_means_two_organisations(loaded) -> None:
    rows = list(Organisation.objects.values_list("name", "aliases"))
    spellings = [
        spelling for own, aliases in rows for spelling in {fold(name) for name in (own, *aliases)}
    ]
    assert [s for s in set(spellings) if spellings.count(s) > 1] == []
    assert Organisation.objects.filter(parent__isnull=False).exists()
