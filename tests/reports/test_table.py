"""What a reader may sort in a table, and by what."""

from __future__ import annotations

from decimal import Decimal

from funds.figure import Figure
from funds.notation import AmountState
from funds.templatetags.figures import bare, euro
from reports.action_columns import _first_moment
from reports.table import (
    TALL,
    Amount,
    Column,
    Percentage,
    Place,
    Places,
    Row,
    State,
    Table,
    Text,
    Titled,
    widths,
)
from workplans.notation.planning import read_planning

COLUMNS = (Column("nr", "Nr"),)


def table(*kinds: str, may_sort: bool = True) -> Table:
    rows = tuple(
        Row(str(n), (Text("x"),), kind=kind)  # type: ignore[arg-type]
        for n, kind in enumerate(kinds)
    )
    return Table("t", "T", COLUMNS, rows, may_sort=may_sort)


def test_rows_of_one_kind_with_totals_below_may_be_sorted() -> None:
    assert table("body", "body").is_sortable
    assert table("body", "body", "total").is_sortable
    assert not table("body", "body", may_sort=False).is_sortable


def test_groups_and_totals_between_hold_their_place() -> None:
    assert not table("group", "body", "body").is_sortable
    assert not table("body", "total", "body", "total").is_sortable
    assert not table("body", "total").is_sortable


def test_long_table_keeps_its_head_in_sight() -> None:
    assert not table(*["body"] * TALL).is_tall
    assert table(*["body"] * (TALL + 1)).is_tall


def test_short_table_is_half_a_page_of_paper_at_most() -> None:
    columns = (Column("nr", "Nr", width=10), Column("tekst", "Tekst", width=90))
    line = Row("r", (Text("1"), Text("woord")))
    story = Row("r", (Text("1"), Text("woord " * 100)))
    assert Table("t", "T", columns, (line,) * 11).is_short
    assert not Table("t", "T", columns, (line,) * 12).is_short
    assert Table("t", "T", columns, (story,) * 2).is_short
    assert not Table("t", "T", columns, (story,) * 3).is_short


def test_narrow_column_stays_narrow_where_there_are_few() -> None:
    assert widths([6, 24, 18]) == [6, 54, 40]
    assert widths([50, 50]) == [50, 50]
    assert widths([8, 8]) == [50, 50], "nothing else can take the room"
    assert sum(widths([6, 18, 17, 35, 11, 11, 13])) == 100


def test_key_of_a_cell_is_what_it_means_not_how_it_looks() -> None:
    gaps = {AmountState.PM: 2}
    for cell, key in (
        (Text("01-03-2020", order="2020-03-01"), "2020-03-01"),
        (Text("A10"), "A10"),
        (Titled("Leren", "uitleg"), "Leren"),
        (Amount(Figure(Decimal("1250.5"), {})), "1250.50"),
        (Amount(Figure(Decimal(100), gaps)), "100.00"),
        (Amount(Figure(Decimal(0), {})), "0.00"),
        (Amount(Figure.gap(AmountState.PM)), ""),
        (Amount(Figure(Decimal(0), gaps)), "0.00"),
        (Amount(None, text="n.v.t."), ""),
        (Percentage(Decimal("12.5")), "12.50"),
        (Percentage(None), ""),
        (Places("K, L", places=(Place("1", "Katwijk"), Place("2", "Lisse"))), "Katwijk, Lisse"),
        (Places("typed", lead_text="Duin en Bollen"), "Duin en Bollen"),
        (Places("typed"), "typed"),
        (State("concept", "Concept"), "Concept"),
    ):
        assert cell.sort_key == key, cell


def test_planning_sorts_by_its_first_moment() -> None:
    for typed, key in (
        ("2020", "2020-1"),
        ("Q3 2020", "2020-3"),
        ("Q3 2020 t/m Q2 2021", "2020-3"),
        ("doorlopend", ""),
    ):
        assert _first_moment(read_planning(typed)) == key


def test_cents_are_decided_for_the_whole_column() -> None:
    def row(key: str, asked: str, left: str) -> Row:
        amounts = (Amount(Figure.of(Decimal(asked))), Amount(Figure.of(Decimal(left))))
        return Row(key, (Text(key), *amounts))

    columns = (Column("nr", "Nr"), Column("a", "A", "amount"), Column("b", "B", "amount"))
    rows = (row("1", "1250.50", "12"), row("2", "-3", "0"), Row("3", (Text("3"),) * 3))
    found = Table("t", "T", columns, rows)
    printed = [
        [bare(cell.figure, cell.cents) for cell in row.cells if isinstance(cell, Amount)]
        for row in found.rows
    ]
    assert printed == [["1.250,50", "12"], ["−3,00", "0"], []]
    assert [cell.plain for cell in found.rows[1].cells] == ["2", "-3.00", "0.00"]


def test_a_count_is_never_parted_from_what_it_counts() -> None:
    figure = Figure.of(Decimal(10)) + Figure.gap(AmountState.PM)
    kept = "+\u00a01\u00a0×\u00a0PM"
    assert kept in bare(figure).replace("&nbsp;", "\u00a0")
    assert euro(figure) == f"€\u00a010 {kept}"
