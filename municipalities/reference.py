"""Loading reference data by natural key: a second run changes nothing."""

from __future__ import annotations

import datetime
import re
from typing import Any

from municipalities.days import read_day
from municipalities.guard import guarded
from municipalities.models import (
    GroupMembership,
    Municipality,
    MunicipalityGroup,
    Organisation,
    PopulationFigure,
    Region,
    RegionMembership,
)
from municipalities.upsert import upsert

UNKNOWN_DAY = "onbekend"


@guarded()
def load(tree: dict[str, Any]) -> int:
    """Bring municipalities, figures, regions, groups and organisations up to the tree.

    Adds and changes, removes nothing; returns the number of rows that changed. Raises
    `ValidationError` where a submitted plan rests on what would change. The tree is our
    own fixtures/reference.yaml: its form is not checked here.
    """
    changed = 0
    for row in tree["municipalities"]:
        changed += _municipality(row)
    by_code = {m.code: m for m in Municipality.objects.all()}
    for row in tree["municipalities"]:
        if "merged_into" in row:
            changed += upsert(
                Municipality,
                {"code": row["code"]},
                {"merged_into": by_code[row["merged_into"]]},
            )
        for day, inhabitants in row.get("inhabitants", {}).items():
            source = tree["sources"][day]
            changed += _population(by_code[row["code"]], day, int(inhabitants), source)
    for row in tree["regions"]:
        changed += _region(row, by_code)
    for row in tree.get("organisations", []):
        changed += _organisation(row)
    for row in tree.get("organisations", []):
        if "parent" in row:
            parent = Organisation.objects.get(name=row["parent"])
            changed += upsert(Organisation, {"name": row["name"]}, {"parent": parent})
    return changed


def sort_name(name: str) -> str:
    """The name by which people look it up: `'s-Gravenhage` under `gravenhage`."""
    return re.sub(r"^['’]?[st][ -]+", "", name.lower())


def _municipality(row: dict[str, Any]) -> bool:
    wanted = {
        "name": row["name"],
        "sort_name": sort_name(row["name"]),
        "province": row["province"],
        "valid_from": _day(row.get("valid_from")),
        "valid_until": _day(row.get("valid_until")),
    }
    return upsert(Municipality, {"code": row["code"]}, wanted)


def _population(municipality: Municipality, day: str, inhabitants: int, source: str) -> bool:
    dated = _day(day) if day != UNKNOWN_DAY else None
    wanted = {
        "inhabitants": inhabitants,
        "status": PopulationFigure.Status.FINAL if dated else PopulationFigure.Status.DEMO,
        "source": source,
    }
    return upsert(PopulationFigure, {"municipality": municipality, "reference_date": dated}, wanted)


def _region(row: dict[str, Any], by_code: dict[str, Municipality]) -> bool:
    wanted = {
        "name": row["name"],
        "kind": row["kind"],
        "parent": Region.objects.get(slug=row["parent"]) if "parent" in row else None,
        "aliases": row.get("aliases", []),
        "centre_municipality": by_code.get(row.get("centre", "")),
    }
    changed = upsert(Region, {"slug": row["slug"]}, wanted)
    region = Region.objects.get(slug=row["slug"])
    for position, (code, abbreviation) in enumerate(row["members"].items(), start=1):
        changed += upsert(
            RegionMembership,
            {"region": region, "municipality": by_code[code]},
            {"abbreviation": abbreviation, "position": position},
        )
    for name, codes in row.get("groups", {}).items():
        changed += upsert(MunicipalityGroup, {"region": region, "name": name}, {})
        group = MunicipalityGroup.objects.get(region=region, name=name)
        for code in codes:
            changed += upsert(GroupMembership, {"group": group, "municipality": by_code[code]}, {})
    return changed


def _organisation(row: dict[str, Any]) -> bool:
    wanted = {"kind": row["kind"], "aliases": row.get("aliases", [])}
    return upsert(Organisation, {"name": row["name"]}, wanted)


def _day(text: str | None) -> datetime.date | None:
    return read_day(text) if text else None
