"""The worked example of docs/calculations.md, read out of the document itself: the files
printed there are loaded, the figures printed there must be ours in every output."""

from __future__ import annotations

import csv
import datetime
import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command

from funds import fundfile
from funds.figure import Figure
from funds.notation import AmountState
from municipalities import reference as reference_data
from municipalities import textfile
from municipalities.apportion import apportion, apportion_table
from reports.rendering import Reported, report
from reports.table import Amount, Percentage, Table
from tests.docs import fenced, table_under
from workplans import planfile
from workplans.models import Share, WorkPlan
from workplans.services import store_plan
from workplans.sums import plan_sums

TEXT = (Path(settings.BASE_DIR) / "docs" / "calculations.md").read_text(encoding="utf-8")
CODES = ("GM9001", "GM9002", "GM9003")
GAPS = {"PM": "pm", "n.t.b.": "tbd"}


@pytest.fixture
def plan(db: None) -> WorkPlan:
    """The plan of the worked example, with its region and fund, as the document has them."""
    reference_data.load(textfile.read(fenced(TEXT, "reference")).tree)
    fundfile.load(fenced(TEXT, "funds"))
    store_plan(planfile.read(fenced(TEXT, "plan")))
    return WorkPlan.objects.get(slug="rekenvoorbeeld")


@pytest.fixture
def reported(plan: WorkPlan) -> Reported:
    return report(plan)


def printed(figure: Figure | None) -> str:
    """A figure as the document prints it; the space that does not break is a plain one."""
    return str(figure).replace("\u00a0", " ") if figure is not None else ""


def as_json(text: str) -> dict[str, Any]:
    """What the document prints, as the export has it; read without our own parser."""
    euros, *gaps = text.split(" + ")
    known = Decimal(euros.removeprefix("€ ").replace(".", "").replace(",", "."))
    counted = dict(reversed(gap.split(" × ")) for gap in gaps)
    return {
        "known": f"{known:.2f}",
        "gaps": {GAPS[word]: int(count) for word, count in counted.items()},
    }


def exported(plan: WorkPlan, form: str, folder: Path, **options: str) -> str:
    target = folder / f"plan.{form}"
    call_command("export_plan", plan.slug, format=form, output=str(target), **options)
    with target.open(encoding="utf-8-sig", newline="") as file:
        return file.read()


# ---- shares


def test_each_share_is_the_one_in_the_document(plan: WorkPlan) -> None:
    for code, expected in table_under(TEXT, "Shares").items():
        if "by beneficiary" in code:
            continue
        shares = Share.objects.filter(
            cost_line__action__line__code=code[0], cost_line__action__code=code[1:]
        )
        found = {
            share.municipality.code: printed(Figure.of(share.amount.amount))
            if share.amount
            else printed(Figure.gap(AmountState(share.state))).removeprefix("€ 0 + 1 × ")
            for share in shares.select_related("municipality")
        }
        assert {name: found.get(name, "") for name in CODES} == expected


def test_a_joint_action_divides_by_inhabitants_as_the_document_says(reported: Reported) -> None:
    expected = table_under(TEXT, "Shares")["O1 by beneficiary"]
    views = reported.totals.by_municipality
    for code in CODES:
        assert (
            printed(Figure(views["beneficiary"][code].known - views["own"][code].known))
            == (expected[code])
        )


# ---- the figures, as objects


def test_each_figure_of_the_plan_is_the_one_in_the_document(reported: Reported) -> None:
    totals = reported.totals
    found = {
        "total": totals.total,
        **{f"by_line {code}": figure for code, figure in totals.by_line.items()},
        **{f"by_nature {nature}": figure for nature, figure in totals.by_nature.items()},
        "joint": totals.joint,
        "undivided": totals.undivided,
    }
    assert {key: printed(figure) for key, figure in found.items()} == {
        key: row["value"] for key, row in table_under(TEXT, "Plan").items()
    }


def test_each_figure_of_a_municipality_is_the_one_in_the_document(reported: Reported) -> None:
    views = reported.totals.by_municipality
    assert {
        view: {code: printed(figures.get(code)) for code in CODES}
        for view, figures in views.items()
    } == table_under(TEXT, "Municipalities")


def test_known_amounts_add_up_in_every_view(reported: Reported) -> None:
    totals = reported.totals
    for view, beside in (("recipient", 0), ("own", totals.joint.known), ("beneficiary", 0)):
        figures = totals.by_municipality[view].values()
        known = sum(figure.known for figure in figures) + beside + totals.undivided.known
        assert known == totals.total.known


def test_lines_and_natures_add_up_with_their_gaps(reported: Reported) -> None:
    totals = reported.totals
    for parts in (totals.by_line, totals.by_nature):
        assert sum(parts.values(), Figure.zero()) == totals.total


def test_the_list_of_plans_has_the_same_total(plan: WorkPlan, reported: Reported) -> None:
    assert plan_sums([plan]) == {plan.pk: reported.totals.total}


@pytest.mark.parametrize("day", ["2024-02-20", "2024-03-31", "2024-04-01"])
def test_each_figure_of_the_fund_is_the_one_in_the_document(plan: WorkPlan, day: str) -> None:
    (position,) = report(plan, on=datetime.date.fromisoformat(day)).positions
    balance = position.balance
    assert balance is not None
    for name, row in table_under(TEXT, "Fund").items():
        if name == "used_if_granted":
            assert f"{balance.used_if_granted} %".replace(".", ",") == row[day]
        else:
            source = position if name in ("requested_here", "draft") else balance
            assert printed(getattr(source, name)) == row[day], name


# ---- the tables of page and PDF


def amounts(table: Table, column: str) -> dict[str, str]:
    """A column of a table by key of the row, in the words of the document."""
    place = [part.key for part in table.columns].index(column)
    found = {}
    for row in table.rows:
        cell = row.cells[place]
        assert isinstance(cell, Amount)
        found[row.key] = printed(cell.figure)
    return found


def table(reported: Reported, key: str) -> Table:
    (found,) = [part for part in reported.document.tables if part.key == key]
    return found


@pytest.mark.parametrize(
    ("column", "view"),
    [("ontvanger", "recipient"), ("eigen", "own"), ("begunstigde", "beneficiary")],
)
def test_the_table_of_municipalities_shows_the_document(
    reported: Reported, column: str, view: str
) -> None:
    plan_figures = table_under(TEXT, "Plan")
    expected = dict(table_under(TEXT, "Municipalities")[view])
    expected["gezamenlijk"] = plan_figures["joint"]["value"] if view == "own" else ""
    expected["niet-verdeeld"] = plan_figures["undivided"]["value"]
    expected["totaal"] = plan_figures["total"]["value"]
    assert amounts(table(reported, "gemeenten"), column) == expected


def test_the_share_of_the_total_is_that_of_the_known_amounts(reported: Reported) -> None:
    row = table(reported, "gemeenten").rows[0]
    assert row.cells[2] == Percentage(Decimal("36.90"))


def test_the_budget_shows_the_document(reported: Reported) -> None:
    expected = {key: row["value"] for key, row in table_under(TEXT, "Plan").items()}
    budget = table(reported, "begroting")
    by_row = amounts(budget, "totaal")
    assert by_row["lijn-W"] == expected["by_line W"]
    assert by_row["lijn-O"] == expected["by_line O"]
    assert by_row["O4"] == ""
    for nature, column in (
        ("incidental", "incidenteel"),
        ("structural", "structureel"),
        ("multi_year", "meerjarig"),
        ("unstated", "niet vermeld"),
    ):
        assert amounts(budget, column)["totaal"] == expected[f"by_nature {nature}"]


@pytest.mark.parametrize("line", ["W", "O"])
def test_the_table_of_a_line_ends_in_its_total(reported: Reported, line: str) -> None:
    expected = table_under(TEXT, "Plan")[f"by_line {line}"]["value"]
    assert amounts(table(reported, f"acties-{line}"), "bedrag")["totaal"] == expected


def test_gaps_that_do_not_add_up_are_explained_under_the_table(reported: Reported) -> None:
    notes = " ".join(table(reported, "gemeenten").notes)
    assert "tellen daarom niet op tot het aantal onder het totaal" in notes
    assert "naar inwoners op 01-01-2023 verdeeld" in notes


# ---- the files


def test_json_shows_the_document(plan: WorkPlan, tmp_path: Path) -> None:
    totals = json.loads(exported(plan, "json", tmp_path))["totals"]
    for key, row in table_under(TEXT, "Plan").items():
        name, _, part = key.partition(" ")
        found = totals[name][part] if part else totals[name]
        assert found == as_json(row["value"]), key
    for view, row in table_under(TEXT, "Municipalities").items():
        expected = {code: as_json(text) for code, text in row.items() if text}
        assert totals["by_municipality"][view] == expected


@pytest.mark.parametrize("day", ["2024-02-20", "2024-03-31", "2024-04-01"])
def test_json_shows_the_fund_on_a_day(plan: WorkPlan, day: str, tmp_path: Path) -> None:
    (found,) = json.loads(exported(plan, "json", tmp_path, on=day))["totals"]["funds"]
    assert (found["fund"], found["region"], found["on"]) == ("streekfonds", "driestroom", day)
    for name, row in table_under(TEXT, "Fund").items():
        if name == "used_if_granted":
            assert f"{found[name]} %".replace(".", ",") == row[day]
        else:
            assert found[name] == as_json(row[day]), name


def test_csv_shows_the_document(plan: WorkPlan, tmp_path: Path) -> None:
    lines = csv.DictReader(exported(plan, "csv", tmp_path).splitlines(), delimiter=";")
    cells = {
        (line["tabel"], line["rij"], line["kolom"]): (line["waarde"], line["toestand"])
        for line in lines
    }
    views = {"ontvanger": "recipient", "eigen": "own", "begunstigde": "beneficiary"}
    for column, view in views.items():
        for code, text in table_under(TEXT, "Municipalities")[view].items():
            assert cells["gemeenten", code, column] == as_csv(text)
    total = table_under(TEXT, "Plan")["total"]["value"]
    assert cells["gemeenten", "totaal", "ontvanger"] == as_csv(total)
    assert cells["begroting", "totaal", "totaal"] == as_csv(total)


def as_csv(text: str) -> tuple[str, str]:
    figure = as_json(text)
    gaps = " ".join(f"{state}:{count}" for state, count in figure["gaps"].items())
    return figure["known"], gaps or "bekend"


def test_the_plan_in_the_document_stands_in_the_layout_of_the_writer(plan: WorkPlan) -> None:
    assert planfile.to_yaml(planfile.dump(plan)) == fenced(TEXT, "plan")


# ---- dividing


def test_dividing_in_units_gives_the_table_of_the_document() -> None:
    rows = table_under(TEXT, "Dividing")
    weights, alone, more, first, second = (
        {name: int(number) for name, number in row.items()} for row in rows.values()
    )
    assert (alone, more) == (apportion(82, weights), apportion(83, weights))
    assert more["Opmeer"] < alone["Opmeer"]
    tranches = apportion_table([82, 1], weights)
    assert {name: [first[name], second[name]] for name in weights} == tranches


def test_the_counter_example_of_the_document_is_one() -> None:
    assert "tranches of 9\nand 6 over weights 3, 3, 4, 4, 4" in TEXT
    weights = {"GM1": 3, "GM2": 3, "GM3": 4, "GM4": 4, "GM5": 4}
    cells = apportion_table([9, 6], weights)
    assert [sum(column) for column in zip(*cells.values(), strict=True)] == [9, 6]
    assert {key: sum(row) for key, row in cells.items()} != apportion(15, weights)
    assert all(row[1] == 1 for row in (cells["GM1"], cells["GM2"]))


def test_every_figure_of_an_export_is_defined_in_the_document(plan, tmp_path: Path) -> None:
    totals = json.loads(exported(plan, "json", tmp_path))["totals"]
    keys = {*totals, *totals["by_municipality"], *totals["by_nature"], *totals["funds"][0]}
    beside = {"funds", "fund", "region", "on", "by_municipality"}
    missing = [key for key in sorted(keys - beside) if not re.search(rf"`{key}`", TEXT)]
    assert missing == []
