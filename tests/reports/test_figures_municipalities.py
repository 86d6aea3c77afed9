"""The amount per municipality: one, five, and all 342 of them."""

from reports.figures.municipalities import MOST_BARS, municipalities
from tests.factories import ActionFactory
from tests.reports.drawings import areas, cells, check, description, plain, plan_of, read, texts


def test_second_plan_in_table_and_words(loaded):
    drawing = municipalities(*read(loaded))
    check(drawing)
    assert cells(drawing) == [
        ["Katwijk", "€ 452.500"],
        ["Noordwijk", "€ 235.000"],
        ["Teylingen", "€ 235.000"],
        ["Lisse", "€ 220.000"],
        ["Hillegom", "€ 140.000"],
        ["Totaal", "€ 1.282.500"],
    ]
    assert texts(drawing)[:3] == ["K", "Katwijk", "452.500"]
    assert "Lisse: € 220.000." in description(drawing)
    assert [plain(note) for note in drawing.notes] == [
        "Gezamenlijke acties (€ 258.000) tellen mee bij de penvoerder."
    ]


def test_each_of_seven_has_its_strip_and_abbreviation(db):
    (line,) = plan_of("cirkel", members=7)
    ActionFactory(line=line, equal=True)
    drawing = municipalities(*read(line.plan))
    check(drawing)
    for n, letter in enumerate("ABCDEFG", start=1):
        assert len(areas(drawing, str(n))) == 2
        assert letter in texts(drawing)


def test_more_than_seven_have_names_only(db):
    (line,) = plan_of("cirkel", members=8)
    ActionFactory(line=line, equal=True)
    drawing = municipalities(*read(line.plan))
    check(drawing)
    assert areas(drawing, "1") == []
    assert "A" not in texts(drawing)
    assert len(areas(drawing, "granted")) == 8


def test_one_municipality(db):
    (line,) = plan_of("cirkel", members=1)
    ActionFactory(line=line, municipalities="A")
    drawing = municipalities(*read(line.plan))
    check(drawing)
    assert areas(drawing, "1") == [4, 400]


def test_of_all_municipalities_the_largest_are_drawn_and_the_table_has_all(db):
    (line,) = plan_of("cirkel", members=342)
    ActionFactory(line=line, equal=True, amount="€ 342.000")
    drawing = municipalities(*read(line.plan))
    check(drawing)
    assert len(areas(drawing, "granted")) == MOST_BARS
    assert len(drawing.table.rows) == 343
    assert drawing.notes == (
        "In beeld staan de 20 gemeenten met het hoogste bedrag; de tabel heeft alle 342.",
    )


def test_unknown_amounts_stand_under_the_bar(db):
    (line,) = plan_of("cirkel")
    ActionFactory(line=line, municipalities="A")
    ActionFactory(line=line, municipalities="A", pm=True)
    ActionFactory(line=line, municipalities="B", pm=True)
    drawing = municipalities(*read(line.plan))
    check(drawing)
    assert "+ 1 × PM" in texts(drawing)
    assert "PM" in texts(drawing)
    assert [row[1] for row in cells(drawing)[:2]] == ["€ 10.000 + 1 × PM", "PM"]


def test_what_is_not_divided_is_an_open_bar(db):
    (line,) = plan_of("cirkel")
    ActionFactory(line=line, municipalities="A")
    ActionFactory(line=line)
    drawing = municipalities(*read(line.plan))
    check(drawing)
    assert "Niet verdeeld" in texts(drawing)
    assert cells(drawing)[-2:] == [["Niet verdeeld", "€ 10.000"], ["Totaal", "€ 20.000"]]


def test_without_a_known_amount_nothing_is_drawn(db):
    (line,) = plan_of("cirkel")
    assert municipalities(*read(line.plan)) is None
    ActionFactory(line=line, municipalities="A", pm=True)
    assert municipalities(*read(line.plan)) is None
