"""A row that is longer than a page of paper."""

from __future__ import annotations

import re
from typing import Any

import pytest

from reports.rendering import pdf, report
from reports.table import LINES_ON_A_PAGE, Place, Places, Rich, Row, Text, Titled
from tests.factories import ActionFactory, BlockFactory, WorkPlanFactory
from tests.reports.reading import pdf_text
from tests.reports.verapdf import VeraPdf


@pytest.mark.django_db
def test_breaks_below_a_repeated_head(bollenstreek, tmp_path, verapdf: VeraPdf) -> None:
    plan = WorkPlanFactory(region=bollenstreek)
    ActionFactory(line__plan=plan, description="Een zin die telkens terugkomt. " * 300)
    typed = "Ook een tabel in een tekst heeft dit vaak. " * 300
    BlockFactory(plan=plan, text=f"| Taak | Toelichting |\n| A | {typed}|")
    made = pdf(report(plan))
    text = pdf_text(made)
    # Of each sentence a word that no line breaks.
    holding = [page for page in text.split("\f") if re.search(r"\bzin\b", page)]
    assert len(re.findall(r"\bzin\b", text)) == 300
    assert len(holding) > 2
    assert all("Monitoring" in page for page in holding)
    with_head = [page for page in text.split("\f") if "Monitoring" in page]
    assert all("zin" in page or "Totaal" in page for page in with_head), "no head stands alone"
    of_table = [page for page in text.split("\f") if re.search(r"\bvaak\b", page)]
    assert len(re.findall(r"\bvaak\b", text)) == 300
    assert len(of_table) > 2
    assert all("Toelichting" in page for page in of_table)
    path = tmp_path / "long.pdf"
    path.write_bytes(made)
    is_compliant, said = verapdf.report([path])
    assert is_compliant, said


@pytest.mark.parametrize(
    ("cell", "is_long"),
    [
        (Text("kort"), False),
        (Text("a" * 1_000), True),
        (Rich("| a | b |\n" * 20), False),
        (Rich("| a | b |\n" * 40), True),
        (Titled("Titel", "a" * 900), False),
        (Titled("Titel", "a" * 5_000), True),
        (Places("alle", places=(Place("GM0001", "Naam"),) * LINES_ON_A_PAGE), False),
        (Places("alle", places=(Place("GM0001", "Naam"),) * (LINES_ON_A_PAGE + 1)), True),
    ],
)
def test_only_a_row_that_may_not_fit_may_break(cell: Any, is_long: bool) -> None:
    assert Row("rij", (cell,)).is_long is is_long
