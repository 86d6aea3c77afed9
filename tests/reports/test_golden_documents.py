"""G5 to G14: what the five documents hold, counted in the database after loading their
plan files; and the same counts and sums on the page, in the PDF and in the json."""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from lxml.html import HtmlElement

from funds.notation import NotationError, read_amount
from municipalities.models import Municipality, Region
from reports import rendering
from reports.content import fetch
from reports.plan_totals import plan_totals
from reports.pots import nature_table
from reports.rendering import report
from reports.rules import outcome
from reports.table import Amount, Table
from tests.conftest import DB2, FIXTURES
from tests.factories import RoleAssignmentFactory
from tests.reports.reading import number, page_ends, parse, pdf_row, pdf_text, seen
from tests.reports.test_pdf_engine import tagged, walk
from tests.reports.verapdf import VeraPdf
from workplans import planfile
from workplans.gazetteer import places_of
from workplans.models import (
    Action,
    ActionLine,
    ActionPoint,
    BlockRow,
    CostLine,
    Goal,
    IntendedResult,
    Share,
    WorkPlan,
)
from workplans.notation.planning import read_planning
from workplans.services import store_plan

pytestmark = pytest.mark.django_db

SLUGS = tuple(path.stem for path in sorted(DB2.parent.glob("*.yaml")))
LV, UP, RS, WF = SLUGS[1:]
TEXTS = FIXTURES.parent / "tests"


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    """The PDF of each plan, made once: it takes seconds."""
    return {}


@pytest.fixture
def pdf_of(documents: dict[str, WorkPlan], made: dict[str, bytes]) -> Callable[[str], bytes]:
    def pdf(slug: str) -> bytes:
        if slug not in made:
            made[slug] = rendering.pdf(report(documents[slug]))
        return made[slug]

    return pdf


@pytest.fixture
def page_of(documents: dict[str, WorkPlan], client: Any, gijs: Any) -> Callable[[str], HtmlElement]:
    for region in {plan.region for plan in documents.values()}:
        RoleAssignmentFactory(user=gijs, reader_of_region=True, region=region)
    client.force_login(gijs)
    return lambda slug: parse(client.get(documents[slug].get_absolute_url()).content)


@pytest.fixture
def tree_of(documents: dict[str, WorkPlan]) -> Callable[[str], dict[str, Any]]:
    return lambda slug: json.loads(rendering.json(report(documents[slug])))


def captioned(page: HtmlElement) -> dict[str, HtmlElement]:
    return {seen(table.find("caption")): table for table in page.iter("table")}


def body_rows(table: HtmlElement) -> list[HtmlElement]:
    """The rows that say something: no headings between them, no total."""
    return table.xpath("./tbody/tr[not(contains(@class, 'group') or contains(@class, 'total'))]")


def rows_on(page: HtmlElement, start: str) -> int:
    """How many rows the tables have whose caption begins so."""
    found = [table for caption, table in captioned(page).items() if caption.startswith(start)]
    assert found, f"no table {start!r}"
    return sum(len(body_rows(table)) for table in found)


def actions_in(tree: dict[str, Any]) -> list[dict[str, Any]]:
    """Every action of an export, also those under points and parts."""
    return [action for line in tree["lines"] for action in _of_line(line)]


def _of_line(line: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from line.get("actions", [])
    for part in [*line.get("points", []), *line.get("parts", [])]:
        yield from _of_line(part)


def rows_in(tree: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    blocks = [block for block in tree["blocks"] if block["kind"] == kind]
    return [row for block in blocks for row in block.get("rows", [])]


def rows(slug: str, kind: str) -> list[BlockRow]:
    return list(
        BlockRow.objects.filter(block__plan__slug=slug, block__kind=kind)
        .prefetch_related("partners")
        .order_by("block__position", "position")
    )


def amounts(table: Table) -> dict[str, list[Decimal | None]]:
    """The known amounts of each row of a table, by its heading."""
    return {
        row.cells[0].plain: [
            cell.figure.known if isinstance(cell, Amount) and cell.figure else None
            for cell in row.cells[1:]
        ]
        for row in table.rows
    }


class TestG5Rijnstreek:
    def test_rows(self, documents) -> None:
        actions = Action.objects.filter(line__plan__slug=RS)
        assert len(rows(RS, "terugblik")) == 15
        assert actions.filter(kind="project").count() == 6
        assert actions.exclude(kind="project").count() == 24
        assert len(rows(RS, "werkgroepen")) == 10

    def test_page_and_json(self, page_of, tree_of) -> None:
        page, tree = page_of(RS), tree_of(RS)
        assert rows_on(page, "Realisatie 2018-2020") == len(rows_in(tree, "terugblik")) == 15
        assert rows_on(page, "Acties van ") == len(actions_in(tree)) == 30
        assert rows_on(page, "Werkgroepen") == len(rows_in(tree, "werkgroepen")) == 10

    def test_17_plannings_of_which_two_are_sentences(self, documents) -> None:
        cells = Action.objects.filter(line__plan__slug=RS).exclude(planning_text="")
        texts = set(cells.values_list("planning_text", flat=True))
        by_hand = {text for text in texts if read_planning(text).by_hand}
        assert len(texts) == 17
        assert len(by_hand) == 2
        assert set(cells.filter(planning_by_hand=True).values_list("planning_text", flat=True)) == (
            by_hand
        )
        assert not cells.filter(planning_unread=True).exists()


class TestG6Omzien:
    def test_rows(self, documents) -> None:
        lines = ActionLine.objects.filter(plan__slug=UP)
        assert Counter(lines.values_list("kind", flat=True)) == {
            "cirkel": 3,
            "onderdeel": 6,
            "randvoorwaarde": 1,
        }
        results = IntendedResult.objects.filter(line__plan__slug=UP)
        assert results.filter(parent=None).exclude(line__kind="randvoorwaarde").count() == 19
        assert results.filter(parent=None, line__kind="randvoorwaarde").count() == 1
        assert results.exclude(parent=None).count() == 3
        assert Goal.objects.filter(line__plan__slug=UP).count() == 9
        principles = Counter(row.block.position for row in rows(UP, "uitgangspunten"))
        assert list(principles.values()) == [9, 8]
        focus = Counter(row.status for row in rows(UP, "speerpunten"))
        assert sorted(focus.values(), reverse=True) == [8, 6]
        assert len(rows(UP, "organisatie")) == 5

    def test_page_and_json(self, page_of, tree_of, documents) -> None:
        page, tree = page_of(UP), tree_of(UP)
        results = page.xpath("//ul[contains(@class, 'results')]/li")
        parts = [part for line in tree["lines"] for part in [line, *line.get("parts", [])]]
        written = [result for part in parts for result in part.get("results", [])]
        assert len(written) == 20
        assert len(results) == len(written) + sum(len(r.get("results", [])) for r in written) == 23
        assert rows_on(page, "Speerpunten 2021-2023") == len(rows_in(tree, "speerpunten")) == 14
        assert rows_on(page, "Projectorganisatie") == len(rows_in(tree, "organisatie")) == 5
        assert str(report(documents[UP]).figures.value("resultaten")) == "20"


class TestG7Subsidietafel:
    WANTED = {
        "verschil": "936191.49",
        "ingediend": "3438675.63",
        "reductie": "582386.86",
        "oormerk-rest": "12424.56",
    }

    def test_figures_everywhere(self, documents, page_of, pdf_of) -> None:
        named = report(documents[LV]).figures
        page = captioned(page_of(LV))["Cijfers van het plan"]
        on_page = {seen(row.find("th")): seen(row[1]) for row in page.xpath("./tbody/tr")}
        text = pdf_text(pdf_of(LV))
        titles = {figure.code: figure.title for figure in documents[LV].figures.all()}
        for code, amount in self.WANTED.items():
            value = named.value(f"cijfer {code}")
            assert value.figure.known == Decimal(amount)
            assert value.figure.is_complete
            assert number(on_page[titles[code]]) == Decimal(amount)
            assert on_page[titles[code]].removeprefix("€ ") in text
        assert named.value("cijfer verschil-deel").percentage == Decimal("23.28")
        assert on_page[titles["verschil-deel"]] == "23,28 %"

    def test_malformed_amount_is_kept_as_printed(self, documents) -> None:
        (printed,) = documents[LV].printed.filter(text="€ 936,191,49")
        assert (printed.state, printed.amount, printed.figure) == (
            "unread",
            None,
            "cijfer verschil",
        )
        with pytest.raises(NotationError):
            read_amount(printed.text)


class TestG8Phases:
    def test_rows(self, documents) -> None:
        phases = rows(LV, "fasen")
        marks = [
            int(row.marks[0]) if " van " in row.marks else len(row.marks.split(","))
            for row in phases
        ]
        assert (len(phases), sum(marks)) == (19, 56)
        lost = [int(row.marks[0]) for row in phases if " van " in row.marks]
        assert (len(lost), sum(lost)) == (10, 20)
        assert Counter(marks)[4] == 9
        assert len(rows(LV, "leden")) == 11

    def test_page_and_json(self, page_of, tree_of) -> None:
        page, tree = page_of(LV), tree_of(LV)
        matrix = captioned(page)["Overzicht fase in de piramide"]
        crosses = [seen(cell) for row in body_rows(matrix) for cell in row]
        assert len(body_rows(matrix)) == len(rows_in(tree, "fasen")) == 19
        assert crosses.count("x") == 36
        assert crosses.count("?") == 40
        assert rows_on(page, "Leden van de tafel") == len(rows_in(tree, "leden")) == 11

    def test_two_thirds_is_eight_votes(self, documents, page_of) -> None:
        reported = report(documents[LV])
        rule = next(rule for rule in reported.content.rules if rule.kind == "meerderheid")
        assert outcome(rule, reported.content, reported.figures).value == "8 stemmen"
        (row,) = [
            row
            for row in body_rows(captioned(page_of(LV))["Regels van het plan"])
            if seen(row[0]) == rule.code
        ]
        assert "8 stemmen" in seen(row)


class TestG9Westfriesland:
    def test_rows(self, documents) -> None:
        assert ActionLine.objects.filter(plan__slug=WF, kind="thema").count() == 10
        assert ActionPoint.objects.filter(line__plan__slug=WF).count() == 44
        assert Action.objects.filter(line__plan__slug=WF).count() == 94
        costs = CostLine.objects.filter(action__line__plan__slug=WF)
        assert Counter(costs.values_list("state", flat=True)) == {
            "known": 33,
            "not_applicable": 49,
            "pm": 7,
            "blank": 3,
            "unknown": 1,
            "tbd": 1,
        }

    def test_page_pdf_and_json(self, documents, page_of, pdf_of, tree_of) -> None:
        page, tree = page_of(WF), tree_of(WF)
        assert rows_on(page, "Acties van ") == len(actions_in(tree)) == 94
        assert sum(len(line["points"]) for line in tree["lines"]) == 44
        total = tree["totals"]["total"]
        assert total == {
            "known": "1182082.00",
            "gaps": {"pm": 7, "tbd": 1, "unknown": 1, "blank": 3},
        }
        budget = captioned(page)["Begroting in €, naar aard"]
        (row,) = budget.xpath("./tbody/tr[last()]")
        assert number(seen(row[-1])) == 1_182_082
        assert "7 × PM" in seen(row[-1])
        assert "1.182.082" in pdf_text(pdf_of(WF))

    def test_totals_by_theme(self, tree_of) -> None:
        by_line = tree_of(WF)["totals"]["by_line"]
        assert [int(Decimal(by_line[f"T{n}"]["known"])) for n in range(1, 11)] == [
            14_200,
            154_382,
            10_000,
            0,
            566_000,
            200_000,
            57_500,
            75_000,
            10_000,
            95_000,
        ]


class TestG10WhoPays:
    def test_matrix(self, documents, page_of, pdf_of) -> None:
        table = nature_table(fetch(documents[WF]))
        assert table is not None
        found = amounts(table)
        wanted = {
            "Lokaal": [98_600, 60_782, 75_000, None, 234_382],
            "Regiobudget": [324_200, 92_500, 62_500, None, 479_200],
            "Voorlopig regiobudget": [None, 130_000, 138_500, None, 268_500],
            "50% budget Hoorn, 50% regiobudget": [200_000, None, None, None, 200_000],
            "Totaal": [622_800, 283_282, 276_000, 0, 1_182_082],
        }
        assert {heading: found[heading] for heading in wanted} == wanted
        rest = {heading: row[-1] for heading, row in found.items() if heading not in wanted}
        assert rest == {"Niet vermeld": 0, "Innovatiemiddelen": 0}
        page = captioned(page_of(WF))["Dekking in €, naar aard"]
        on_page = {seen(row[0]): seen(row[-1]) for row in page.xpath("./tbody/tr")}
        assert {heading: number(on_page[heading]) for heading in wanted} == {
            heading: row[-1] for heading, row in wanted.items()
        }
        assert on_page["Innovatiemiddelen"] == "PM"
        printed = pdf_row(pdf_text(pdf_of(WF)), "Dekking in €, naar aard", "Regiobudget")
        assert 479_200 in printed

    def test_pots_of_the_split_items(self, documents) -> None:
        by_pot = report(documents[WF]).totals.by_pot
        assert by_pot["regiobudget"].known == 847_700
        assert by_pot["budget hoorn"].known == 100_000
        cost = CostLine.objects.get(
            action__line__plan__slug=WF, action__point__code="52", action__code="B"
        )
        assert [(f.pot, f.amount.amount) for f in cost.funding.all()] == [
            ("budget Hoorn", 100_000),
            ("regiobudget", 100_000),
        ]
        assert not cost.shares.filter(capacity=Share.Capacity.BEARER).exists()

    BORNE = {
        "Drechterland": "5289.82",
        "Enkhuizen": "5042.85",
        "Hoorn": "37500.00",
        "Koggenland": "6146.16",
        "Medemblik": "12023.25",
        "Opmeer": "3116.47",
        "Stede Broec": "5881.45",
    }

    def test_27b_is_borne_by_hoorn_and_the_six(self, documents, page_of, pdf_of, tree_of) -> None:
        wanted = {name: Decimal(amount) for name, amount in self.BORNE.items()}
        shares = Share.objects.filter(
            cost_line__action__line__plan__slug=WF, capacity=Share.Capacity.BEARER
        ).select_related("municipality", "cost_line__action__point", "cost_line__action__line")
        assert {share.cost_line.action.full_code for share in shares} == {"27B"}
        assert {share.municipality.name: share.amount.amount for share in shares} == wanted
        assert sum(a for name, a in wanted.items() if name != "Hoorn") == Decimal(37_500)
        bearer = tree_of(WF)["totals"]["by_municipality"]["bearer"]
        codes = {m.name: m.code for m in Municipality.objects.all()}
        assert {name: Decimal(bearer[codes[name]]["known"]) for name in wanted} == wanted
        page = captioned(page_of(WF))["Wat gemeenten zelf dragen in €"]
        on_page = {seen(row[0]): number(seen(row[1])) for row in page.xpath("./tbody/tr")}
        assert on_page == wanted | {"Totaal": Decimal(75_000)}
        text = pdf_text(pdf_of(WF))
        for name, amount in wanted.items():
            assert pdf_row(text, "Wat gemeenten zelf dragen in €", name) == [amount]


class TestG11Annex:
    TOTALS = (55_407, 52_820, 207_214, 64_377, 125_935, 32_643, 61_604)

    def test_largest_remainder_makes_both_columns_exact(self, documents, page_of, pdf_of) -> None:
        (found,) = report(documents[WF]).figures.distributions.values()
        assert [row.total for row in found.rows] == list(self.TOTALS)
        assert sum(row.total for row in found.rows) == 600_000
        assert [sum(row.tranches[n] for row in found.rows) for n in (0, 1)] == [300_000, 300_000]
        assert all(sum(row.tranches) == row.total for row in found.rows)
        caption = "Verdeling van € 600.000 over de gemeenten, exclusief btw"
        page = captioned(page_of(WF))[caption]
        on_page = [number(seen(row[-1])) for row in page.xpath("./tbody/tr")]
        assert on_page == [*self.TOTALS, 600_000]
        text = pdf_text(pdf_of(WF))
        assert pdf_row(text, caption, "Totaal")[-1] == 600_000
        assert pdf_row(text, caption, "Hoorn")[-1] == 207_214

    def test_what_is_printed_is_kept_with_its_faults(self, documents) -> None:
        printed = documents[WF].printed.filter(figure__startswith="verdeling ")
        by_place = {row.figure: row for row in printed}
        assert by_place["verdeling Koggenland totaal"].text == "€ 64,376"
        assert by_place["verdeling Koggenland totaal"].amount is None
        names = [row.municipality.name for row in documents[WF].region.memberships.all()]
        tranches = [by_place[f"verdeling {name} tranche"].amount.amount for name in names]
        assert sum(tranches) == 299_997


class TestG12Strings:
    """What was typed comes back as it was typed."""

    def test_money(self, documents) -> None:
        texts = [row.split("\t")[1] for row in lines_of("funds/money.txt")]
        assert len(texts) == 120
        cells = [self._cell(text) for text in texts]
        assert [cell["unread"] for cell in cells if isinstance(cell, dict)] == [
            "€ 936,191,49",
            "€          64,376",
        ]
        actions = [{"amount": cell} for cell in cells]
        assert [action["amount"] for action in self._back(actions)] == cells

    def test_planning(self, documents) -> None:
        typed = [row.split("\t")[1] for row in lines_of("workplans/planning_documents.tsv")]
        actions: list[dict[str, Any]] = [{"planning": text} for text in typed if text]
        for row in lines_of("workplans/planning_westfriesland.tsv"):
            _, start, end, _ = row.split("\t")
            cells = {"start": start, "end": end}
            actions.append({key: text for key, text in cells.items() if text})
        assert len(actions) == 21 + 94
        back = self._back(actions)
        assert [
            {key: action[key] for key in cells} for action, cells in zip(back, actions, strict=True)
        ] == (actions)

    @pytest.mark.parametrize("slug", SLUGS)
    def test_every_file_comes_back_byte_for_byte(self, slug: str, documents) -> None:
        text = (DB2.parent / f"{slug}.yaml").read_text(encoding="utf-8")
        assert planfile.to_yaml(planfile.dump(documents[slug])) == text

    def _cell(self, text: str) -> str | dict[str, str]:
        try:
            read_amount(text)
        except NotationError:
            return {"unread": text}
        return text

    def _back(self, actions: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The actions after storing them and reading them back from the database."""
        tree = {
            "penvoerder": "1",
            "plan": {
                "slug": "alle-teksten",
                "title": "Alle teksten",
                "kind": "jaarwerkplan",
                "region": "westfriesland",
                "period": "2019",
                "status": "concept",
                "as_of": "2019-01-01",
            },
            "lines": [
                {
                    "code": "A",
                    "title": "Lijn",
                    "kind": "thema",
                    "actions": [
                        {"code": str(n), "title": f"Actie {n}", **action}
                        for n, action in enumerate(actions, start=1)
                    ],
                }
            ],
        }
        store_plan(planfile.read(planfile.to_yaml(tree)))
        plan = WorkPlan.objects.get(slug="alle-teksten")
        return planfile.read(planfile.to_yaml(planfile.dump(plan))).tree["lines"][0]["actions"]


def lines_of(name: str) -> list[str]:
    return (TEXTS / name).read_text(encoding="utf-8").splitlines()


class TestG14Municipalities:
    def test_noordwijkerhout_ended_in_noordwijk(self, documents) -> None:
        ended = Municipality.objects.get(name="Noordwijkerhout")
        assert (ended.valid_until, ended.merged_into.name) == (date(2018, 12, 31), "Noordwijk")

    @pytest.mark.parametrize(
        ("slug", "before", "after"),
        [("holland-rijnland", 14, 13), ("duin-en-bollenstreek", 6, 5)],
    )
    def test_members_of_a_region_by_day(self, documents, slug, before, after) -> None:
        region = Region.objects.get(slug=slug)
        assert len(places_of(region, date(2018, 12, 31)).members) == before
        assert len(places_of(region, date(2019, 1, 1)).members) == after

    def test_a_plan_of_2020_has_five(self, documents) -> None:
        members = [place.name for place in fetch(documents[SLUGS[0]]).members]
        assert members == ["Katwijk", "Noordwijk", "Teylingen", "Lisse", "Hillegom"]


class TestEveryDocument:
    @pytest.mark.parametrize("slug", SLUGS)
    def test_each_table_is_on_the_page_and_in_the_pdf_row_for_row(
        self, slug: str, documents, page_of, pdf_of
    ) -> None:
        page = captioned(page_of(slug))
        for table in report(documents[slug]).document.tables:
            assert len(page[table.caption].xpath("./tbody/tr")) == len(table.rows), table.caption
        printed = parse(rendering.html(report(documents[slug])))
        wanted = [len(table.xpath(".//tr")) for table in printed.iter("table")]
        with pikepdf.open(io.BytesIO(pdf_of(slug))) as opened:
            found = tagged(list(walk(opened.Root.StructTreeRoot)), "Table")
            assert [len(tagged(list(walk(table)), "TR")) for table in found] == wanted

    @pytest.mark.parametrize("slug", SLUGS)
    def test_no_page_ends_with_what_leads_to_the_next(self, slug: str, pdf_of) -> None:
        """A heading, a caption or the head of a table stands above what it is about."""
        with pikepdf.open(io.BytesIO(pdf_of(slug))) as opened:
            _cover, *ends = page_ends(opened)
        leads = {"H2", "H3", "H4", "H5", "H6", "Caption", "THead", "GroupRow"}
        assert {n: end for n, end in enumerate(ends, start=2) if leads & {*end}} == {}

    @pytest.mark.parametrize("slug", SLUGS)
    def test_pdf_is_the_same_byte_for_byte(self, slug: str, documents, pdf_of) -> None:
        assert rendering.pdf(report(documents[slug])) == pdf_of(slug)

    def test_veraPDF_finds_each_compliant(self, pdf_of, tmp_path, verapdf: VeraPdf) -> None:
        """As PDF/A-3a and PDF/UA-1."""
        paths: list[Path] = []
        for slug in SLUGS:
            paths.append(tmp_path / f"{slug}.pdf")
            paths[-1].write_bytes(pdf_of(slug))
        is_compliant, said = verapdf.report(paths)
        assert is_compliant, said

    @pytest.mark.parametrize("slug", SLUGS)
    def test_totals_of_the_json_are_those_of_the_database(
        self, slug: str, documents, tree_of
    ) -> None:
        totals = plan_totals(fetch(documents[slug]))
        costs = CostLine.objects.filter(action__line__plan__slug=slug, state="known")
        known = sum((cost.amount.amount for cost in costs), Decimal())
        assert Decimal(tree_of(slug)["totals"]["total"]["known"]) == totals.total.known == known

    @pytest.mark.parametrize("slug", SLUGS)
    def test_no_reference_of_a_text_leads_nowhere(self, slug: str, page_of) -> None:
        """Except where the source itself refers to what is not there (RS)."""
        prose = page_of(slug).xpath("//div[@class='prose']")
        broken = [text for text in map(seen, prose) if "Bestaat niet" in text]
        assert len(broken) == (2 if slug == RS else 0), broken
