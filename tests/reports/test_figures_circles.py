"""The circles around the resident: every line named, every action a dot."""

import pytest

from funds.notation import AmountState
from reports.figures.circles import circles
from tests.factories import ActionFactory
from tests.reports.drawings import SVG, cells, check, description, plain, plan_of, read, root, texts

KINDS = ("cirkel", "cirkel", "cirkel", "cirkel", "organisatie")


def dots(drawing) -> int:
    """Dots are the discs in ink."""
    return sum(e.get("class") == "f-ink" for e in root(drawing).iter(f"{SVG}circle"))


def test_second_plan_in_table_and_words(loaded):
    drawing = circles(*read(loaded))
    check(drawing)
    assert cells(drawing) == [
        ["A", "Persoonlijke situatie", "9", "€ 1.088.000"],
        ["B", "De informele ondersteuning", "1", "€ 15.000"],
        ["C", "De formele ondersteuning is in evenwicht", "1", "€ 75.000"],
        ["D", "Organisatie", "4", "€ 104.500"],
        ["", "Totaal", "15", "€ 1.282.500"],
    ]
    assert description(drawing).startswith(
        "Van binnen naar buiten: de inwoner, dan A Persoonlijke situatie (9 acties, € 1.088.000)"
    )
    assert description(drawing).endswith("Daaronder: D Organisatie (4 acties, € 104.500).")
    assert dots(drawing) == 11


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_one_to_four_circles(db, count):
    lines = plan_of(*KINDS[:count])
    drawing = circles(*read(lines[0].plan))
    check(drawing)
    rings = [e for e in root(drawing).iter(f"{SVG}circle") if "s-ring-1" in e.get("class", "")]
    assert len(rings) == count


def test_no_circles_and_too_many_are_not_drawn(db):
    assert circles(*read(plan_of("organisatie")[0].plan)) is None
    assert circles(*read(plan_of(*["cirkel"] * 5)[0].plan)) is None


def test_long_title_is_wrapped_and_whole_in_the_description(db):
    (line,) = plan_of("cirkel")
    line.title = "Meer inwoners wonen zelfstandig met hulp van buren, vrijwilligers en de wijk"
    line.save()
    drawing = circles(*read(line.plan))
    check(drawing)
    assert texts(drawing)[2:4] == ["Meer inwoners wonen", "zelfstandig met hulp van…"]
    assert line.title in description(drawing)


def test_line_without_amounts_shows_actions_only(db):
    (line,) = plan_of("cirkel")
    ActionFactory(line=line, amount=None)
    assert "1 actie" in texts(circles(*read(line.plan)))


def test_unknown_amounts_stand_in_the_label(db):
    (line,) = plan_of("cirkel")
    ActionFactory.create_batch(3, line=line, pm=True)
    ActionFactory(line=line, amount="n.t.b.")
    drawing = circles(*read(line.plan))
    check(drawing)
    assert plain(texts(drawing)[-1]) == "4 acties · 3 × PM + 1 × n.t.b."
    assert drawing.table.rows[0].cells[-1].figure.gaps == {AmountState.PM: 3, AmountState.TBD: 1}


def test_every_gap_of_a_label_is_written_out(db):
    (line,) = plan_of("cirkel")
    ActionFactory.create_batch(12, line=line, pm=True)
    ActionFactory(line=line, amount="n.t.b.")
    ActionFactory(line=line, amount="niet bekend")
    ActionFactory(line=line, amount="")
    drawing = circles(*read(line.plan))
    check(drawing)
    gaps = [plain(words) for words in texts(drawing) if words.startswith("+")]
    assert "15 acties · 12 × PM" in map(plain, texts(drawing))
    assert " ".join(gaps) == "+ 1 × n.t.b. + 1 × niet bekend + 1 × niet ingevuld"
    assert all(words.startswith("+ ") for words in gaps)
    assert len(gaps) > 1


def test_two_hundred_actions_are_two_hundred_dots(db):
    lines = plan_of("cirkel", "cirkel")
    ActionFactory.create_batch(200, line=lines[0], amount=None, planning="")
    drawing = circles(*read(lines[0].plan))
    check(drawing)
    assert dots(drawing) == 200


def test_text_of_a_plan_is_text(db):
    (line,) = plan_of("cirkel")
    line.title = "<b>Zorg</b> & wonen"
    line.save()
    assert line.title in texts(circles(*read(line.plan)))
