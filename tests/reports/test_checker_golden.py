"""The checker on the five documents: exactly these findings, in this order, and nothing
false on the sums of the second work plan of the Duin- en Bollenstreek."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from funds import fundfile
from municipalities.models import Municipality, Region
from reports.checker.finding import Severity
from reports.checker.material import Material
from reports.checker.rulebook import check
from reports.rendering import report
from reports.rules import outcome
from tests.factories import RegionFactory, RoleAssignmentFactory, UserFactory
from tests.reports.checking import findings, printed
from workplans import planfile
from workplans.models import WorkPlan
from workplans.services import store_plan

pytestmark = pytest.mark.django_db

FIXTURES = Path(settings.BASE_DIR) / "fixtures"
MEMBERS = {
    "westfriesland": (
        "Westfriesland",
        ["GM0498", "GM0388", "GM0405", "GM1598", "GM0420", "GM0432", "GM0532"],
    ),
    "leidschendam-voorburg": ("Leidschendam-Voorburg", ["GM1916"]),
}
ARITHMETIC = {
    "gedrukt-anders",
    "bedrag-onduidelijk",
    "bedrag-in-tekst-fout",
    "kolom-telt-niet",
    "tranche-telt-niet",
    "twee-schrijfwijzen",
    "bedrag-zonder-cijfer",
}
EXPECTED = {
    "duin-en-bollenstreek-2020": """
aard-structureel       Actie A7, bedrag
geen-monitoring        Actie D2, monitoring
geen-planning          Actie D3, planning
geen-monitoring        Actie D3, monitoring
geen-monitoring        Actie D4, monitoring
""",
    "rijnstreek-2021": """
geen-planning          Het plan
lijst-en-kop           Blok Werkplan Rijnstreek 2021-2022, 3
lijst-en-kop           Blok Werkplan Rijnstreek 2021-2022, 4
verwijzing             Actielijn 1
verwijzing             Actielijn 3
moment-in-tekst        Actie 3h, planning
volgorde               Actie 6d, planning
volgorde               Actie 6d, planning
looptijd               Blok Looptijd
""",
    "omzien-naar-elkaar-2021": """
jaartal-onvolledig     Blok Samenvatting
""",
    "leidschendam-voorburg-2020": """
geen-planning          Het plan
geen-monitoring        Het plan
gedrukt-anders         Inleiding, paragraaf 5: na scenario 4
gedrukt-anders         Inleiding, paragraaf 6: tekort van 26 september
bedrag-onduidelijk     Inleiding, paragraaf 5: tabel, verschil
twee-schrijfwijzen     Inleiding, paragraaf 5: na scenario 4
oormerk-zonder-ruimte  Regel R3
nog-open               Blok Overzicht fase in de piramide
andere-lijn            Blok Overzicht fase in de piramide, Cliëntondersteuning ouderen
""",
    "westfriesland-2019": """
geen-ontvanger         Het plan
punten-ontbreken       Het plan
code-ontbreekt         Actie 3A
aard-structureel       Actie 3D, bedrag
nog-open               Actie 4B, bedrag
code-ontbreekt         Actie 10B
code-ontbreekt         Actie T3A
punt-zonder-nummer     Actie T3A
nog-open               Actie 13A, bedrag
code-ontbreekt         Actie 13A
nog-open               Actie 13B, bedrag
code-dubbel            Actie 13A
nog-open               Actie 13E, bedrag
nog-open               Actie 14B, bedrag
code-ontbreekt         Actie 35B
nog-open               Actie 47C, start
nog-open               Actie 47C, eind
aard-structureel       Actie 49B, bedrag
moment-in-tekst        Actie 50A, planning
nog-open               Actie 15A, eind
nog-open               Actie 15B, bedrag
nog-open               Actie 15B, start
nog-open               Actie 15B, eind
acties-zonder-letter   Actie 18
nog-open               Actie 18, bedrag
nog-open               Actie 20B, bedrag
nog-open               Actie 20B, start
nog-open               Actie 20B, eind
code-ontbreekt         Actie 20B
nog-open               Actie 22, bedrag
nog-open               Actie 31B, bedrag
nog-open               Actie 33B, bedrag
aard-meerjarig         Actie 40, bedrag
nog-open               Actie 51, bedrag
bedrag-onduidelijk     Bijlage 1, Koggenland, totaal bedrag
kolom-telt-niet        Bijlage 1, Totaal, bedrag per tranche
kolom-telt-niet        Bijlage 1, Totaal, totaal bedrag
tranche-telt-niet      Bijlage 1, Drechterland, totaal bedrag
tranche-telt-niet      Bijlage 1, Hoorn, totaal bedrag
tranche-telt-niet      Bijlage 1, Medemblik, totaal bedrag
engelse-notatie        Bijlage 1, Drechterland, inwoners (1-1-2017)
drempel                Regel WF-R6
""",
}


@pytest.fixture
def stored(reference: None) -> None:
    """The funds and the regions that the five plans are for."""
    for slug, (name, codes) in MEMBERS.items():
        if not Region.objects.filter(slug=slug).exists():
            by_code = Municipality.objects.in_bulk(codes, field_name="code")
            RegionFactory(slug=slug, name=name, members=[by_code[code] for code in codes])
    fundfile.load((FIXTURES / "funds.yaml").read_text(encoding="utf-8"))


def store(slug: str) -> WorkPlan:
    text = (FIXTURES / "plans" / f"{slug}.yaml").read_text(encoding="utf-8")
    store_plan(planfile.read(text))
    return WorkPlan.objects.select_related("region", "programme").get(slug=slug)


@pytest.mark.parametrize("slug", EXPECTED)
def test_findings_of_each_document(slug: str, stored: None) -> None:
    """And each leads to a place that is on the page."""
    plan = store(slug)
    checked = findings(plan)
    said = [f"{finding.rule.code:<22} {finding.where}" for finding in checked]
    assert said == EXPECTED[slug].strip().splitlines()
    reader = UserFactory()
    RoleAssignmentFactory(user=reader, role="lezer", region=plan.region)
    client = Client()
    client.force_login(reader)
    page = client.get(plan.get_absolute_url()).content.decode()
    there = {f"#{name}" for name in re.findall(r'id="([^"]+)"', page)}
    for finding in checked:
        address, mark, anchor = finding.url.partition("#")
        assert address == plan.get_absolute_url()
        assert not mark or f"#{anchor}" in there, finding.url


def test_nothing_false_on_the_sums_of_the_second_work_plan(stored: None) -> None:
    """Every total that the document prints, held against ours."""
    plan = store("duin-en-bollenstreek-2020")
    for text, figure in (
        ("€ 1.282.500,-", "totaal"),
        ("€ 1.178.000,-", "aard structureel"),
        ("€ 104.500,-", "aard incidenteel"),
        ("€ 650.000,-", "totaal A6"),
        ("€ 75.000,-", "totaal C1"),
        ("€ 452.500,-", "gemeente Katwijk"),
        ("€ 235.000,-", "gemeente Noordwijk"),
        ("€ 235.000,-", "gemeente Teylingen"),
        ("€ 220.000,-", "gemeente Lisse"),
        ("€ 140.000,-", "gemeente Hillegom"),
        ("€2.935.466,-", "fonds beschikbaar"),
        ("€ 1.345.000,-", "fonds beschikt"),
        ("€ 1.590.466,-", "fonds nog beschikbaar"),
        ("€ 1.282.500,-", "fonds aangevraagd"),
    ):
        digits = re.sub(r"\D", "", text)
        printed(plan, text, figure, digits)
    assert [f for f in findings(plan) if f.rule.code in ARITHMETIC] == []
    printed(plan, "€ 1.282.501,-", "totaal", "1282501")
    assert [f.rule.code for f in findings(plan) if f.rule.code in ARITHMETIC] == ["gedrukt-anders"]


def test_threshold_of_westfriesland(stored: None) -> None:
    """G13: seven payments from the regional budget above € 50.000, 52B by its half; not
    47A, which is just that, and not 5B and 27B, which are local."""
    reported = report(store("westfriesland-2019"))
    content = reported.content
    rule = next(rule for rule in content.rules if rule.code == "WF-R6")
    over = {
        part.action.full_code: part.figure.known
        for part in outcome(rule, content, reported.figures).over
        if part.figure is not None
    }
    assert {code: int(amount) for code, amount in over.items()} == {
        "47B": 60_000,
        "47C": 100_000,
        "49C": 90_000,
        "50A": 72_000,
        "50C": 95_000,
        "52B": 100_000,
        "37 + 38A": 80_000,
    }


def test_no_document_has_what_stops_a_submission(stored: None) -> None:
    for slug in EXPECTED:
        assert Severity.BLOCK not in {finding.severity for finding in findings(store(slug))}


def test_checking_asks_the_database_once(stored: None, django_assert_num_queries) -> None:
    """For the printed figures; all else was fetched with the plan."""
    reported = report(store("westfriesland-2019"))
    with django_assert_num_queries(1):
        assert check(reported)
    with django_assert_num_queries(0):
        assert Material(reported, ()).texts
