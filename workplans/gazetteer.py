"""The names and figures that a plan's cells may use, fetched once per plan."""

import datetime

from municipalities.models import GroupMembership, Municipality, PopulationFigure, Region
from workplans.notation.places import Ended, Places

ONE_DAY = datetime.timedelta(days=1)


def places_of(region: Region, first_day: datetime.date) -> Places:
    """What may be named in the plans of a region that start on that day. Four queries.

    Holds every municipality by name, so that a fault can say why one does not fit.
    """
    memberships = list(region.memberships.select_related("municipality").order_by("position", "pk"))
    members = tuple(
        m.municipality.code for m in memberships if m.municipality.is_valid_on(first_day)
    )
    groups: dict[str, set[str]] = {}
    named = GroupMembership.objects.filter(group__region=region).order_by("group__name")
    for name, code in named.values_list("group__name", "municipality__code"):
        groups.setdefault(name, set()).add(code)
    everyone = list(Municipality.objects.select_related("merged_into"))
    figures = PopulationFigure.objects.filter(
        municipality__memberships__region=region, reference_date__isnull=False
    ).values_list("reference_date", "municipality__code", "inhabitants")
    populations: dict[datetime.date, dict[str, int]] = {}
    for day, code, inhabitants in figures.order_by("reference_date", "municipality__code"):
        populations.setdefault(day, {})[code] = inhabitants
    return Places(
        region=region.name,
        first_day=first_day,
        members=members,
        names={m.code: m.name for m in everyone},
        abbreviations={m.abbreviation: m.municipality.code for m in memberships if m.abbreviation},
        groups={
            **dict.fromkeys((*region.aliases, region.name), members),
            **{
                name: tuple(code for code in members if code in codes)
                for name, codes in groups.items()
            },
        },
        ended={
            m.code: Ended(m.valid_until + ONE_DAY, m.merged_into.code if m.merged_into else "")
            for m in everyone
            if m.valid_until is not None
        },
        populations=populations,
    )
