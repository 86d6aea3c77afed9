"""G1 to G4: the same figures on the page, in the PDF's text, in JSON and in csv, from
one calculation; and again for a second plan with cents, gaps and other divisions."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from reports import rendering
from reports.rendering import Reported, report
from tests.reports import second_plan
from tests.reports.reading import (
    csv_cells,
    number,
    pdf_row,
    pdf_text,
    tables,
)
from workplans.models import WorkPlan

NAMES = {
    "GM0537": "Katwijk",
    "GM0575": "Noordwijk",
    "GM1525": "Teylingen",
    "GM0553": "Lisse",
    "GM0534": "Hillegom",
}
COLUMNS = {
    "recipient": ("Ontvangt", "ontvanger", 0),
    "own": ("Eigen acties", "eigen", 2),
    "beneficiary": ("Heeft er baat bij", "begunstigde", 3),
}
NATURES = {
    "incidental": "Incidenteel",
    "structural": "Structureel",
    "unstated": "Niet vermeld",
}
MUNICIPAL = "Bedrag per gemeente in €, op drie manieren geteld"
BUDGET = "Begroting in €, naar aard"
FUND = "Investeringsfonds maatschappelijke zorg Holland Rijnland: stand op 01-03-2020"
FUND_KEY = "fonds-investeringsfonds-mz-holland-rijnland"
STEPS = {
    "remaining": ("Nog beschikbaar", "nog-beschikbaar"),
    "remaining_if_granted": ("Resteert na toekenning", "resteert"),
    "used_if_granted": ("Gebruikt na toekenning", "gebruikt"),
}

Figures = dict[str, Decimal]
Money = dict[str, str] | dict[str, int]


class Output(ABC):
    """One way in which the figures of a plan come out."""

    @abstractmethod
    def municipal(self, view: str, codes: list[str]) -> Figures:
        """By CBS code, and the total of the column under `total`."""

    @abstractmethod
    def nature(self, names: list[str]) -> Figures: ...

    @abstractmethod
    def fund(self) -> Figures: ...


class Computed(Output):
    def __init__(self, reported: Reported) -> None:
        self.reported = reported

    def municipal(self, view: str, codes: list[str]) -> Figures:
        totals = self.reported.totals
        found = {code: totals.by_municipality[view][code].known for code in codes}
        return found | {"total": totals.total.known}

    def nature(self, names: list[str]) -> Figures:
        return {name: self.reported.totals.by_nature[name].known for name in names}

    def fund(self) -> Figures:
        (position,) = self.reported.positions
        assert position.balance is not None
        assert position.balance.used_if_granted is not None
        return {
            "remaining": position.balance.remaining.known,
            "remaining_if_granted": position.balance.remaining_if_granted.known,
            "used_if_granted": position.balance.used_if_granted,
        }


class Page(Output):
    def __init__(self, page: bytes) -> None:
        self.tables = tables(page)

    def municipal(self, view: str, codes: list[str]) -> Figures:
        column = self.tables[MUNICIPAL].column(COLUMNS[view][0])
        found = {code: number(column[NAMES[code]]) for code in codes}
        return found | {"total": number(column["Totaal"])}

    def nature(self, names: list[str]) -> Figures:
        table = self.tables[BUDGET]
        return {name: number(table.cell("Totaal", NATURES[name])) for name in names}

    def fund(self) -> Figures:
        column = self.tables[FUND].column("Bedrag in €")
        return {key: number(column[heading]) for key, (heading, _) in STEPS.items()}


class Pdf(Output):
    def __init__(self, pdf: bytes) -> None:
        self.text = pdf_text(pdf)

    def municipal(self, view: str, codes: list[str]) -> Figures:
        at = COLUMNS[view][2]
        rows = {code: pdf_row(self.text, MUNICIPAL, NAMES[code]) for code in codes}
        total = pdf_row(self.text, MUNICIPAL, "Totaal")
        return {code: row[at] for code, row in rows.items()} | {"total": total[at]}

    def nature(self, names: list[str]) -> Figures:
        return dict(zip(names, pdf_row(self.text, BUDGET, "Totaal"), strict=False))

    def fund(self) -> Figures:
        return {key: pdf_row(self.text, FUND, heading)[0] for key, (heading, _) in STEPS.items()}


class Json(Output):
    def __init__(self, body: bytes) -> None:
        self.totals: dict[str, Any] = json.loads(body)["totals"]

    def municipal(self, view: str, codes: list[str]) -> Figures:
        figures = self.totals["by_municipality"][view]
        found = {code: Decimal(figures[code]["known"]) for code in codes}
        return found | {"total": Decimal(self.totals["total"]["known"])}

    def nature(self, names: list[str]) -> Figures:
        return {name: Decimal(self.totals["by_nature"][name]["known"]) for name in names}

    def fund(self) -> Figures:
        (fund,) = self.totals["funds"]
        amounts = {key: Decimal(fund[key]["known"]) for key in list(STEPS)[:2]}
        return amounts | {"used_if_granted": Decimal(fund["used_if_granted"])}


class Csv(Output):
    def __init__(self, body: bytes) -> None:
        self.cells = csv_cells(body)

    def value(self, *key: str) -> Decimal:
        table, row, column = key
        return Decimal(self.cells[table, row, column][0])

    def municipal(self, view: str, codes: list[str]) -> Figures:
        column = COLUMNS[view][1]
        found = {code: self.value("gemeenten", code, column) for code in codes}
        return found | {"total": self.value("gemeenten", "totaal", column)}

    def nature(self, names: list[str]) -> Figures:
        return {name: self.value("begroting", "totaal", NATURES[name].lower()) for name in names}

    def fund(self) -> Figures:
        return {key: self.value(FUND_KEY, row, "bedrag") for key, (_, row) in STEPS.items()}


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    """The PDF of each plan, made once: it takes seconds."""
    return {}


@pytest.fixture(params=["computed", "page", "pdf", "json", "csv"])
def output(
    request: pytest.FixtureRequest, client: Any, tmp_path: Path, made: dict[str, bytes]
) -> Callable[[WorkPlan], Output]:
    """The figures of a plan as each of the five shows them."""

    def exported(plan: WorkPlan) -> bytes:
        path = tmp_path / request.param
        call_command("export_plan", plan.slug, format=request.param, output=str(path), verbosity=0)
        return path.read_bytes()

    def page(plan: WorkPlan) -> bytes:
        client.force_login(request.getfixturevalue("pieter"))
        return client.get(plan.get_absolute_url()).content

    def pdf(plan: WorkPlan) -> bytes:
        if plan.slug not in made:
            made[plan.slug] = rendering.pdf(report(plan))
        return made[plan.slug]

    readers: dict[str, Callable[[WorkPlan], Output]] = {
        "computed": lambda plan: Computed(report(plan)),
        "page": lambda plan: Page(page(plan)),
        "pdf": lambda plan: Pdf(pdf(plan)),
        "json": lambda plan: Json(exported(plan)),
        "csv": lambda plan: Csv(exported(plan)),
    }
    return readers[request.param]


def money(amounts: Money) -> Figures:
    return {key: Decimal(amount) for key, amount in amounts.items()}


class TestDuinEnBollenstreek:
    def test_g1_what_each_municipality_receives(self, output, loaded) -> None:
        assert output(loaded).municipal("recipient", list(NAMES)) == money(
            {
                "GM0537": 452_500,
                "GM0575": 235_000,
                "GM1525": 235_000,
                "GM0553": 220_000,
                "GM0534": 140_000,
                "total": 1_282_500,
            }
        )

    def test_g2_incidental_and_structural(self, output, loaded) -> None:
        found = output(loaded).nature(["incidental", "structural"])
        assert found == money({"incidental": 104_500, "structural": 1_178_000})

    def test_g3_what_is_left_in_the_fund(self, output, loaded) -> None:
        assert output(loaded).fund() == money(
            {"remaining": 1_590_466, "remaining_if_granted": 307_966, "used_if_granted": "89.51"}
        )

    def test_g4_who_benefits(self, output, loaded) -> None:
        assert output(loaded).municipal("beneficiary", list(NAMES)) == money(
            {
                "GM0537": 371_100,
                "GM0575": 261_600,
                "GM1525": 286_600,
                "GM0553": 171_600,
                "GM0534": 191_600,
                "total": 1_282_500,
            }
        )

    def test_own_actions_leave_the_joint_ones_out(self, output, loaded) -> None:
        assert output(loaded).municipal("own", list(NAMES)) == money(
            {
                "GM0537": 319_500,
                "GM0575": 210_000,
                "GM1525": 235_000,
                "GM0553": 120_000,
                "GM0534": 140_000,
                "total": 1_282_500,
            }
        )


class TestSecondPlan:
    """Cents, PM, percentages, inhabitants: `tests.reports.second_plan` divides by hand."""

    @pytest.fixture
    def plan(self, bollenstreek) -> WorkPlan:
        return second_plan.second_plan(bollenstreek)

    def test_what_each_municipality_receives(self, output, plan) -> None:
        found = output(plan).municipal("recipient", list(second_plan.RECEIVES))
        assert found == money(second_plan.RECEIVES | {"total": second_plan.TOTAL})

    def test_who_benefits(self, output, plan) -> None:
        found = output(plan).municipal("beneficiary", list(second_plan.BENEFITS))
        assert found == money(second_plan.BENEFITS | {"total": second_plan.TOTAL})

    def test_nature(self, output, plan) -> None:
        found = output(plan).nature(list(second_plan.BY_NATURE))
        assert found == money(second_plan.BY_NATURE)

    def test_gap_reaches_the_total_of_its_municipality(self, client, plan, pieter) -> None:
        client.force_login(pieter)
        page = tables(client.get(plan.get_absolute_url()).content)
        column = page[MUNICIPAL].column("Ontvangt")
        assert column["Lisse"] == "653,34 + 1 × PM"
        assert number(column["Totaal"]) == Decimal(second_plan.TOTAL)
        assert column["Totaal"].endswith(" + 1 × PM")
        assert "PM" not in column["Katwijk"]
        cells = csv_cells(rendering.csv_table(report(plan)))
        assert cells["gemeenten", "GM0553", "ontvanger"] == ("653.34", "pm:1")
        assert cells["gemeenten", "GM0537", "ontvanger"] == ("883.33", "bekend")
        totals = json.loads(rendering.json(report(plan)))["totals"]
        assert totals["by_municipality"]["recipient"]["GM0553"] == {
            "known": "653.34",
            "gaps": {"pm": 1},
        }


def test_json_holds_exactly_the_keys_of_the_format(loaded, tmp_path) -> None:
    """As documented in the format of plan files, no more and no fewer."""
    path = tmp_path / "plan.json"
    call_command("export_plan", loaded.slug, format="json", output=str(path), verbosity=0)
    tree = json.loads(path.read_bytes())
    assert set(tree) == {
        "penvoerder",
        "plan",
        "applications",
        "blocks",
        "lines",
        "printed",
        "base",
        "totals",
    }
    totals = tree["totals"]
    assert set(totals) == {
        "total",
        "by_line",
        "by_nature",
        "by_municipality",
        "joint",
        "undivided",
        "funds",
    }
    assert list(totals["by_line"]) == ["A", "B", "C", "D"]
    assert set(totals["by_nature"]) == {"incidental", "structural", "multi_year", "unstated"}
    assert set(totals["by_municipality"]) == {"recipient", "own", "beneficiary", "bearer"}
    assert totals["joint"] == {"known": "258000.00", "gaps": {}}
    assert totals["undivided"] == {"known": "0.00", "gaps": {}}
    (fund,) = totals["funds"]
    assert fund == {
        "fund": "investeringsfonds-mz-holland-rijnland",
        "region": "duin-en-bollenstreek",
        "on": "2020-03-01",
        "available": {"known": "2935466.00", "gaps": {}},
        "granted": {"known": "1345000.00", "gaps": {}},
        "remaining": {"known": "1590466.00", "gaps": {}},
        "requested": {"known": "1282500.00", "gaps": {}},
        "requested_here": {"known": "1282500.00", "gaps": {}},
        "draft": {"known": "0.00", "gaps": {}},
        "remaining_if_granted": {"known": "307966.00", "gaps": {}},
        "used_if_granted": "89.51",
    }
