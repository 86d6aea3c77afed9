"""What a pasted table does: columns, rows, values, and the page without JavaScript."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import ActionFactory, ActionLineFactory, WorkPlanFactory
from workplans.desk import page
from workplans.desk.fields import ACTION
from workplans.desk.matching import key_of_heading, match, table_of
from workplans.desk.pasting import Pasting, outlook, paste, summary
from workplans.desk.values import value_of
from workplans.editing import Add, Put
from workplans.models import Action, ActionLine
from workplans.notation.clipboard import read_text

FIELDS = tuple(ACTION.values())


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("Nr.", "code"), ("Actie", "title"), ("ACTIVITEITEN", "title"),
        ("Toelichting", "description"), ("Bedrag in €", "amount"), ("Kosten (€)", "amount"),
        ("Kosten 2020", "amount"), ("Gemeente(n)", "municipalities"), ("Partner(s)", "partners"),
        ("Start (verwacht)", "start"), ("Dekking", "funding"), ("Aard", "nature"), ("Eind", "end"),
        ("Doelgroep", "target_group"), ("Monitoring", "monitoring"), ("Planning", "planning"),
        ("Kleur", ""), ("", ""), ("€", ""),
    ],
)  # fmt: skip
def test_a_heading_is_known_by_what_people_write(heading: str, key: str) -> None:
    assert key_of_heading(heading, FIELDS) == key


def test_what_holds_no_values_is_left_out_and_said() -> None:
    text = (
        "Werkplan\nNr\tActie\tBedrag\n1\tEen\t€ 1\n\nNr\tActie\tBedrag\n"
        "\tTotaal beeld\tPM\n3\tTotaal\t€ 3\n\tTotaal lijn A\t€ 4\n\tTotaal overzicht\tmaken\n"
    )
    found = table_of(read_text(text), FIELDS, None)
    assert [row[1] for row in found.rows] == ["Een", "Totaal", "Totaal overzicht"]
    assert " ".join(found.notes) == (
        "Boven de koppen stond: “Werkplan”. Dat is weggelaten. Weggelaten omdat het een "
        "optelling is: “Totaal beeld PM”, “Totaal lijn A € 4”. De koppen staan er 2 keer; zij "
        "tellen één keer. 1 lege rij is weggelaten."
    )


def test_without_headings_the_columns_go_on_from_where_the_paste_begins() -> None:
    table = table_of(read_text("Q1 2020\tKatwijk\tx\n"), FIELDS, None)
    columns = [ACTION[key] for key in ("title", "planning", "municipalities")]
    assert match(table, columns, FIELDS, "planning") == ("planning", "municipalities", "")


@given(st.text())
def test_any_text_is_a_table_without_a_fault(text: str) -> None:
    table = table_of(read_text(text), FIELDS, None)
    keys = match(table, FIELDS, FIELDS, "")
    assert len(keys) == len(table.headings)
    assert len(set(keys) - {""}) == sum(bool(key) for key in keys)


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("partners", "de Brug, Binnenvest; GGD", ["de Brug", "Binnenvest", "GGD"]),
        ("partners", "gemeenten (Lisse, Katwijk)", ["gemeenten (Lisse, Katwijk)"]),
        ("partners", "- Brug\n• GGD", ["Brug", "GGD"]),
        ("nature", "Structureel", "structureel"),
        ("status", "Nieuw", "nieuw"),
        ("amount", "€\n5", "€ 5"),
        ("description", "een\ntwee", "een\ntwee"),
    ],
)
def test_a_text_becomes_a_value(key: str, text: str, value: Any) -> None:
    assert value_of(ACTION[key], text) == value


# ---- deciding


@pytest.fixture
def line(db: None, bollenstreek: Any) -> ActionLine:
    plan = WorkPlanFactory(region=bollenstreek)
    found = ActionLineFactory(plan=plan, code="A")
    ActionFactory(line=found, code="1", title="Een", amount="€ 80.000,-", planning="Q2 2020")
    ActionFactory(line=found, code="2", title="Twee", amount=None)
    return found


def pasted(line: ActionLine, text: str, *, start: int | None = None, **options: Any) -> Pasting:
    shown = page.sheet(line.plan)
    target = page.target(shown, f"line:{line.pk}/actions")
    assert target is not None
    fields = list(target.fields.values())
    table = table_of(read_text(text), fields, None)
    keys = match(table, target.columns, fields, options.pop("column", ""))
    where = "" if start is None else list(target.parts)[start]
    clears = options.pop("clears", False)
    return paste(target, table, keys, shown.places, start=where, clears=clears)


def states(found: Pasting) -> list[str]:
    return [row.state for row in found.rows]


def test_rows_go_by_their_number(line: ActionLine) -> None:
    found = pasted(line, "Nr\tActie\tKosten\nA2\tTwee\t€ 5\n1.\tEen\t80000\n\tDrie\t\nA9\tVier\t\n")
    assert states(found) == ["changed", "same", "new", "new"]
    assert (summary(found), outlook(found)) == (
        "2 rijen toegevoegd, 1 gewijzigd",
        "2 rijen komen erbij, 1 verandert",
    )
    put, *adds = found.changes()
    assert isinstance(put, Put)
    assert (put.key, put.was, put.now) == ("amount", None, "€ 5")
    assert [add.tree["code"] for add in adds if isinstance(add, Add)] == ["3", "9"]


def test_without_numbers_rows_go_on_from_where_the_paste_begins(line: ActionLine) -> None:
    found = pasted(line, "Anders\nNieuw\n", start=1, column="title")
    assert states(found) == ["changed", "new"]
    assert states(pasted(line, "Een\nTwee\n", start=0, column="title")) == ["same", "same"]


def test_what_reads_alike_is_the_same(line: ActionLine) -> None:
    found = pasted(line, "Nr\tKosten\tPlanning\n1\t80.000,00\t2e kwartaal 2020\n")
    assert states(found) == ["same"]
    assert outlook(found) == "Er verandert niets"


def test_an_empty_cell_changes_nothing_unless_asked(line: ActionLine) -> None:
    text = "Nr\tActie\tPlanning\n1\tEen\t\n"
    assert states(pasted(line, text)) == ["same"]
    (put,) = pasted(line, text, clears=True).changes()
    assert (put.key, put.now) == ("planning", "")  # type: ignore[union-attr]


def test_a_number_that_is_there_twice_gives_the_second_the_next(line: ActionLine) -> None:
    found = pasted(line, "Nr\tActie\n7\tEen\n7\tTwee\n")
    assert [row.tree["code"] for row in found.rows] == ["7", "8"]
    assert found.left == 1


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Actie\tAard\nX\tsoms\n", "“soms” is hier geen keuze; kies uit: incidenteel"),
        ("Actie\tAard\nX\tincidenteel\n", "Een aard hoort bij een bedrag; vul ook het bedrag in."),
        ("Nr\tActie\n1234567890123\tX\n", "De tekst is langer dan 12 tekens"),
    ],
)
def test_what_no_plan_holds_is_left_out(line: ActionLine, text: str, sentence: str) -> None:
    (row,) = pasted(line, text).rows
    assert row.state == "new"
    assert sentence in " ".join(cell.refusal for cell in row.cells)


def test_a_row_without_a_title_is_left_out(line: ActionLine) -> None:
    found = pasted(line, f"Actie\tBedrag\n\t€ 5\n{'x' * 201}\t€ 6\n")
    assert states(found) == ["refused", "refused"]
    assert found.changes() == []


def test_several_lines_in_the_cell_of_an_action_describe_it(line: ActionLine) -> None:
    (row,) = pasted(line, 'Actie\tBedrag\n"Inloop\nelke dag"\tPM\n').rows
    assert (row.tree["title"], row.tree["description"]) == ("Inloop", "elke dag")


# ---- the page


@pytest.fixture
def client_of(cast: Any, client: Client) -> Client:
    client.force_login(cast["pieter"])
    return client


def address(line: ActionLine) -> str:
    return reverse("workplans:part_paste", args=[line.plan.slug, f"line:{line.pk}"])


def test_a_paste_is_stored_as_it_was_seen(client_of: Client, line: ActionLine) -> None:
    text = {"tekst": "Nr\tActie\n2\tAnders\n\tDrie\n"}
    seen = (
        client_of.post(address(line), text | {"stap": "bekijk"}).context["form"]["gezien"].value()
    )
    Action.objects.filter(code="2").update(title="Van een ander")
    sent = text | {"stap": "bewaar", "gezien": seen}
    again = client_of.post(address(line), sent)
    assert again.status_code == 422
    assert "Het plan is intussen veranderd" in again.content.decode()
    sent["gezien"] = again.context["form"]["gezien"].value()
    assert client_of.post(address(line), sent).status_code == 302
    assert list(line.actions.order_by("pk").values_list("title", flat=True)) == [
        "Een", "Anders", "Drie",
    ]  # fmt: skip


def test_all_is_stored_or_nothing(client_of: Client, line: ActionLine) -> None:
    rows = "".join(f"Actie {n}\t{'Z9' if n == 510 else ''}\n" for n in range(511))
    sent = {"tekst": f"Actie\tNa actie\n{rows}"}
    shown = client_of.post(address(line), sent)
    sent |= {"stap": "bewaar", "gezien": shown.context["form"]["gezien"].value()}
    answer = client_of.post(address(line), sent)
    assert answer.status_code == 422
    assert "Rij 511, Na actie" in answer.content.decode()
    assert line.actions.count() == 2


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "Hier staat geen tabel"),
        ({"tekst": "\n\n\t\n"}, "Hier staat geen tabel"),
        ({"tekst": "a\n" * 2_002}, "Deze tabel heeft 2.002 rijen; plak er hoogstens 2.000"),
        ({"tekst": "a", "rij": "action:0"}, "action:0"),
        ({"tekst": "a", "kop": "soms"}, "soms"),
    ],
)
def test_what_is_no_table_is_said(
    client_of: Client, line: ActionLine, sent: dict[str, str], sentence: str
) -> None:
    answer = client_of.post(address(line), sent)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_what_was_pasted_is_shown_as_text(client_of: Client, line: ActionLine) -> None:
    sent = {
        "html": "<table><tr><td>Actie</td><td>Bedrag</td></tr><tr><td>&lt;script&gt;x<td>5</table>"
    }
    shown = client_of.post(address(line), sent).content.decode()
    assert "&lt;script&gt;x" in shown
    assert "<script>x" not in shown


@pytest.mark.parametrize("part", ["plan", "line:0", "action:1", "block:x", "rule:1"])
def test_what_has_no_rows_takes_no_table(client_of: Client, line: ActionLine, part: str) -> None:
    url = reverse("workplans:part_paste", args=[line.plan.slug, part])
    assert client_of.get(url).status_code == 404
    assert client_of.post(url, {"lijst": "../x"}).status_code == 404


def test_a_plan_of_two_thousand_rows_asks_no_more_of_the_database(
    client_of: Client, line: ActionLine, django_assert_max_num_queries: Any
) -> None:
    rows = "".join(f"Actie {n}\t€ {n}\n" for n in range(2_000))
    with django_assert_max_num_queries(45):
        answer = client_of.post(address(line), {"tekst": f"Actie\tBedrag\n{rows}"})
    assert answer.context["pasting"].count("new") == 2_000
    assert answer.content.decode().count('<th scope="row">') == 100
