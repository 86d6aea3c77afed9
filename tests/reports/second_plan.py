"""A second plan, made for the tests: three municipalities, cents, PM, percentages,
inhabitants, and a joint action. Every figure below was divided by hand.

Inhabitants on 1 January 2019: Katwijk 50, Lisse 30, Noordwijk 20, of 100 in all.
The codes are in the order Katwijk, Lisse, Noordwijk: so goes a cent that is left over.
"""

from __future__ import annotations

import datetime

from municipalities.models import Region
from tests.factories import PopulationFigureFactory
from workplans import planfile
from workplans.models import WorkPlan
from workplans.services import store_plan

INHABITANTS = {"GM0537": 50, "GM0553": 30, "GM0575": 20}

TEXT = """\
penvoerder: 1
plan:
  slug: tweede-plan
  title: Tweede plan
  kind: jaarwerkplan
  region: duin-en-bollenstreek
  period: "2020"
  as_of: 2020-06-30
  joint: gelijk
lines:
  - code: A
    title: Eerste lijn
    kind: thema
    actions:
      - code: "1"
        title: Gelijk, met centen
        amount: € 1.000,01
        nature: incidenteel
        municipalities: gelijk over de gemeenten
      - code: "2"
        title: Nog niet bekend
        amount: PM
        nature: incidenteel
        municipalities: Lisse
      - code: "3"
        title: In procenten
        amount: € 100,-
        nature: structureel
        municipalities: K 50%, N 30%, L 20%
  - code: B
    title: Tweede lijn
    kind: thema
    actions:
      - code: "1"
        title: Naar inwoners
        amount: € 999,99
        municipalities: naar rato van inwoners
      - code: "2"
        title: Samen
        amount: € 10,-
        municipalities: Duin- en Bollenstreek, penvoerder Noordwijk
"""

# A1  333,34  333,34  333,33     A3  50  20  30
# B1: of 99.999 cents Katwijk has 49.999,5, Lisse 29.999,7 and Noordwijk 19.999,8: the two
# cents that are left go to Noordwijk and Lisse.
# B2  € 10,- is paid to Noordwijk; by beneficiary it is 3,34  3,33  3,33.
TOTAL = "2110.00"
RECEIVES = {"GM0537": "883.33", "GM0553": "653.34", "GM0575": "573.33"}
BENEFITS = {"GM0537": "886.67", "GM0553": "656.67", "GM0575": "566.66"}
BY_NATURE = {"incidental": "1000.01", "structural": "100.00", "unstated": "1009.99"}


def second_plan(region: Region) -> WorkPlan:
    """Store the plan for a region whose members are Katwijk, Noordwijk and Lisse."""
    for membership in region.memberships.select_related("municipality"):
        PopulationFigureFactory(
            municipality=membership.municipality,
            reference_date=datetime.date(2019, 1, 1),
            inhabitants=INHABITANTS[membership.municipality.code],
        )
    store_plan(planfile.read(TEXT))
    return WorkPlan.objects.get(slug="tweede-plan")
