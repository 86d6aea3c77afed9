"""A plan that uses every key of the plan file, and what it names."""

from __future__ import annotations

from pathlib import Path

from municipalities.models import GroupMembership, MunicipalityGroup, Organisation
from tests.factories import (
    ActionFactory,
    ActionLineFactory,
    EnvelopeFactory,
    MunicipalityFactory,
    PopulationFigureFactory,
    RegionFactory,
    RegionMembershipFactory,
    RoundFactory,
    WorkPlanFactory,
)
from workplans import planfile
from workplans.models import IntendedResult, WorkPlan
from workplans.services import Outcome, store_plan

TEXT = (Path(__file__).parent / "every_key.yaml").read_text(encoding="utf-8")


def make_all_it_names() -> None:
    """Make what the file names: a region with groups, a fund, an earlier plan, a programme."""
    region = RegionFactory(slug="drie", name="Drie", members=0)
    groups = {
        name: MunicipalityGroup.objects.create(region=region, name=name) for name in ("Top", "Laag")
    }
    for name, inhabitants, group in (
        ("Aa", 100, "Top"),
        ("Berg", 200, "Laag"),
        ("Cel", 700, "Laag"),
    ):
        municipality = MunicipalityFactory(name=name)
        RegionMembershipFactory(region=region, municipality=municipality)
        PopulationFigureFactory(municipality=municipality, inhabitants=inhabitants)
        GroupMembership.objects.create(group=groups[group], municipality=municipality)
    fund = RoundFactory(slug="eerste", fund__slug="fonds").fund
    EnvelopeFactory(region=region, fund=fund, amount=100_000)
    earlier = ActionLineFactory(plan=WorkPlanFactory(slug="plan-2019", region=region), code="Z")
    ActionFactory(line=earlier, code="9")
    programme = WorkPlanFactory(slug="programma-drie", region=region, kind="uitvoeringsprogramma")
    IntendedResult.objects.create(
        line=ActionLineFactory(plan=programme, code="P"), position=0, code="7", text="Beter"
    )
    Organisation.objects.create(name="De Brug", kind="welzijn", aliases=["Brugge"])


def load(text: str = TEXT) -> Outcome:
    return store_plan(planfile.read(text))


def plan() -> WorkPlan:
    return WorkPlan.objects.get(slug="alle-sleutels-2020")


def written() -> str:
    return planfile.to_yaml(planfile.dump(plan()))
