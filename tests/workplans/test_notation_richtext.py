"""The safe subset of text: what it makes, and what stays text whatever it looks like."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workplans.notation.richtext import (
    MOST_COLUMNS,
    Kind,
    Mark,
    Piece,
    Run,
    figures,
    plain_text,
    read_text,
)

PLAIN = Mark.PLAIN


def test_every_piece_and_every_mark_is_read() -> None:
    text = (
        "### Aanleiding\nWij doen *dit* en **dat**.[^1]\n\n"
        "Drie punten:\n- zie [[A1]]\n- kost {{totaal A}}\n\n1. een\n2. twee\n\n"
        "> Zo voelt het.\n\nMeer op [de website](https://voorbeeld.nl/plan).\n\n[^1]: De bron."
    )
    assert read_text(text) == (
        Piece(Kind.HEADING, ((Run(PLAIN, "Aanleiding"),),)),
        Piece(
            Kind.PARAGRAPH,
            (
                (
                    Run(PLAIN, "Wij doen "),
                    Run(Mark.EMPHASIS, "dit"),
                    Run(PLAIN, " en "),
                    Run(Mark.STRONG, "dat"),
                    Run(PLAIN, "."),
                    Run(Mark.FOOTNOTE, "1", "1"),
                ),
            ),
        ),
        Piece(Kind.PARAGRAPH, ((Run(PLAIN, "Drie punten:"),),)),
        Piece(
            Kind.LIST,
            (
                (Run(PLAIN, "zie "), Run(Mark.CROSS_REFERENCE, "A1", "A1")),
                (Run(PLAIN, "kost "), Run(Mark.FIGURE, "{{totaal A}}", "totaal A")),
            ),
        ),
        Piece(Kind.NUMBERED, ((Run(PLAIN, "een"),), (Run(PLAIN, "twee"),))),
        Piece(Kind.QUOTE, ((Run(PLAIN, "Zo voelt het."),),)),
        Piece(
            Kind.PARAGRAPH,
            (
                (
                    Run(PLAIN, "Meer op "),
                    Run(Mark.LINK, "de website", "https://voorbeeld.nl/plan"),
                    Run(PLAIN, "."),
                ),
            ),
        ),
        Piece(Kind.NOTES, ((Run(Mark.FOOTNOTE, "1", "1"), Run(PLAIN, "De bron.")),)),
    )


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[klik](javascript:alert(1))",
        "[klik](data:text/html,x)",
        "2 * 3 * 4",
        "** los **",
        "[[]]",
        "{{}}",
    ],
)
def test_what_is_not_in_the_subset_stays_text(text: str) -> None:
    assert read_text(text) == (Piece(Kind.PARAGRAPH, ((Run(PLAIN, text),),)),)


def test_rows_between_bars_are_a_table() -> None:
    """With the row of dashes that others write, or without."""
    typed = "Vooraf:\n| Taak | Wie |{}\n| *Opvang* | |\n|a\\|b|[[A1]]|\nNa."
    _, table, _ = read_text(typed.format(""))
    assert (table.kind, table.columns) == (Kind.TABLE, 2)
    assert table.rows == (
        ((Run(PLAIN, "Taak"),), (Run(PLAIN, "Wie"),)),
        ((Run(Mark.EMPHASIS, "Opvang"),), ()),
        ((Run(PLAIN, "a|b"),), (Run(Mark.CROSS_REFERENCE, "A1", "A1"),)),
    )
    assert read_text(typed.format("\n|:--|---|"))[1] == table


@pytest.mark.parametrize(
    "text",
    ["| a | b |", "| a |\n| b |", "| a\\|\n| b\\|", "| |\n| | |", ("| a " * 21 + "|\n") * 2 + "b"],
)
def test_what_is_no_table_stays_text(text: str) -> None:
    lines = "".join(run.text for piece in read_text(text) for run in piece.lines[0])
    assert {piece.kind for piece in read_text(text)} == {Kind.PARAGRAPH}
    assert lines.replace("\n", "") == text.replace("\n", "")


def test_rows_of_a_table_are_as_wide_as_the_widest() -> None:
    """The first row that says something is its heading."""
    (table,) = read_text(f"| |\n| a |\n{'| b ' * MOST_COLUMNS}|\n| |")
    assert table.columns == MOST_COLUMNS
    assert [["".join(run.text for run in cell) for cell in row] for row in table.rows] == [
        ["a"] + [""] * (MOST_COLUMNS - 1),
        ["b"] * MOST_COLUMNS,
        [""] * MOST_COLUMNS,
    ]


def test_plain_text_is_the_words_alone() -> None:
    text = (
        "### Kop\nMet *nadruk*.[^1]\n\n| Taak | Wie |\n| Opvang | [[A1]] |\n\n- € 5\n\n[^1]: Bron"
    )
    assert plain_text(text) == "Kop Met nadruk. Taak Wie Opvang A1 € 5 Bron"


def test_an_amount_stays_together() -> None:
    assert read_text("van € 5.000 nu")[0].lines[0][0].text == "van €\u00a05.000 nu"


def test_live_figures_are_found_in_order() -> None:
    assert figures("Eerst {{totaal}}.\n\n- dan {{ acties A }}") == ("totaal", "acties A")


@given(st.text(max_size=300))
def test_reading_never_fails_and_loses_no_letter(text: str) -> None:
    said = "".join(run.text for piece in read_text(text) for line in piece.lines for run in line)
    letters = [c for c in text if c.isalpha()]
    address = [c for c in said if c.isalpha()]
    assert set(address) <= set(letters)


@given(st.text(alphabet="ab -#>.\n1", max_size=200))
def test_plain_words_are_all_kept(text: str) -> None:
    said = "".join(run.text for piece in read_text(text) for line in piece.lines for run in line)
    assert [c for c in said if c in "ab"] == [c for c in text if c in "ab"]
