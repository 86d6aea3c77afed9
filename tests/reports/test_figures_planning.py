"""Actions over time: what counts in which quarter, how sure, and what is left out."""

import pytest

from reports.figures.planning import planning
from tests.factories import ActionFactory
from tests.reports.drawings import cells, check, description, plan_of, read, texts
from workplans.cells import Cell

QUARTERS_2020 = ("Q1 2020", "Q2 2020", "Q3 2020", "Q4 2020")


def drawn(*texts_of_planning, first=2020, last=2021):
    (line,) = plan_of("cirkel", first=first, last=last)
    for n, typed in enumerate(texts_of_planning, start=1):
        ActionFactory(line=line, code=str(n), amount=None, planning=typed)
    content, _totals = read(line.plan)
    drawing = planning(content)
    if drawing is not None:
        check(drawing)
    return drawing


def counts(drawing) -> dict[str, str]:
    """By quarter the last column: how many actions."""
    return {row[0]: row[-1] for row in cells(drawing)}


def test_second_plan_in_table_and_words(loaded):
    drawing = planning(read(loaded)[0])
    check(drawing)
    assert drawing.caption == "Acties per kwartaal"
    assert [column.heading for column in drawing.table.columns] == [
        "Kwartaal",
        "Kwartaal bekend",
        "Alleen het jaar bekend",
        "Acties",
    ]
    assert cells(drawing) == [
        ["Q1 2020", "2", "12", "14"],
        *([name, "0", "12", "12"] for name in QUARTERS_2020[1:]),
        *([f"Q{n} 2021", "0", "1", "1"] for n in range(1, 5)),
    ]
    assert description(drawing) == (
        "Q1 2020: 14 acties: 2 met een bekend kwartaal, 12 waarvan alleen het jaar bekend is. "
        "Q2 2020 tot en met Q4 2020: 12 acties: 12 waarvan alleen het jaar bekend is. "
        "Q1 2021 tot en met Q4 2021: 1 actie: 1 waarvan alleen het jaar bekend is. "
        "D3 heeft geen planning en staat er niet in."
    )
    assert drawing.notes == ("D3 heeft geen planning en staat er niet in.",)


@pytest.mark.parametrize(
    ("typed", "kind", "quarters"),
    [
        ("Q2 2020", "Kwartaal bekend", ["Q2 2020"]),
        ("Q4 2020 - Q1 2021", "Kwartaal bekend", ["Q4 2020", "Q1 2021"]),
        ("2020", "Alleen het jaar bekend", [*QUARTERS_2020]),
        ("Q4 2020 - 2020", "Alleen het jaar bekend", ["Q4 2020"]),
        ("vanaf Q3 2021", "Doorlopend of zonder begin of einde", ["Q3 2021", "Q4 2021"]),
        ("t/m Q2 2020", "Doorlopend of zonder begin of einde", ["Q1 2020", "Q2 2020"]),
        (
            "Doorlopend",
            "Doorlopend of zonder begin of einde",
            [*QUARTERS_2020, *(f"Q{n} 2021" for n in range(1, 5))],
        ),
    ],
)
def test_what_a_planning_counts_as(db, typed, kind, quarters):
    drawing = drawn(typed)
    assert [name for name, count in counts(drawing).items() if count == "1"] == quarters
    assert [column.heading for column in drawing.table.columns[1:-1]] == [kind]
    assert kind in texts(drawing)


def test_action_counts_once_in_a_quarter_and_by_its_surest_entry(db):
    drawing = drawn("2020; Q2 2020")
    assert cells(drawing)[1] == ["Q2 2020", "1", "0", "1"]


def test_what_has_no_moment_is_named(db):
    drawing = drawn("2020", "", "n.t.b.", "zodra er geld is, in 2020", "zie #13", "", "NB")
    assert drawing.notes == (
        "A2 en A6 hebben geen planning en staan er niet in.",
        "A3, A5 en A7 hebben nog geen datum en staan er niet in.",
        "A4 is in eigen woorden gepland en staat er niet in.",
    )


def test_unread_planning_is_named(db):
    (line,) = plan_of("cirkel")
    ActionFactory(line=line, code="1", planning="2020")
    ActionFactory(line=line, code="2", planning=Cell("Q5 2020", unread=True))
    assert planning(read(line.plan)[0]).notes == ("A2 is niet gelezen en staat er niet in.",)


def test_part_outside_the_period_is_named(db):
    drawing = drawn("2019 - Q1 2020", "2030")
    assert drawing.notes[0].startswith("A1 en A2 vallen voor een deel of helemaal buiten")
    assert counts(drawing)["Q1 2020"] == "1"
    assert counts(drawing)["Q2 2020"] == "0"


def test_long_list_of_codes_is_shortened(db):
    (note,) = drawn("2020", *[""] * 15).notes
    assert note.endswith("A12, A13 en nog 3 acties hebben geen planning en staan er niet in.")


def test_many_years_are_drawn_by_year(db):
    drawing = drawn("Q1 2020 - Q2 2027", "vanaf 2025", first=2020, last=2027)
    assert drawing.caption == "Acties per jaar"
    assert cells(drawing)[5] == ["2025", "1", "1", "2"]


def test_six_years_are_still_drawn_by_quarter(db):
    assert len(drawn("2020", last=2025).table.rows) == 24


def test_numbers_that_do_not_fit_above_quarters_are_drawn_by_year(db):
    (line,) = plan_of("cirkel", last=2025)
    ActionFactory.create_batch(120, line=line, amount=None)
    drawing = planning(read(line.plan)[0])
    check(drawing)
    assert cells(drawing)[0] == ["2020", "120", "120"]


def test_nothing_to_draw(db):
    assert drawn() is None
    assert drawn("", "n.t.b.") is None
    assert drawn("2020", first=2000, last=2040) is None
