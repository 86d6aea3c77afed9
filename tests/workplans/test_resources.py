"""The list of actions as a file: through the same form, and the same cells."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from tests.browser_form import import_list
from tests.factories import ActionFactory, ActionLineFactory
from workplans import planfile
from workplans.models import Action, ActionLine, WorkPlan

HEAD = "Plan;Actielijn;Code;Titel;Bedrag;Planning;Gemeenten\n"
IMPORT = "admin:workplans_action_import"


@pytest.fixture
def imports(desk: Client) -> Callable[..., str]:
    def send(content: str | bytes, name: str = "acties.csv") -> str:
        return import_list(desk, "workplans_action", content, name)

    return send


@pytest.fixture
def line(bollenstreek: object) -> ActionLine:
    return ActionLineFactory(plan__slug="plan-2020", plan__region=bollenstreek, code="A")


def test_actions_come_in_with_what_their_cells_say(
    imports: Callable[..., str], line: ActionLine
) -> None:
    file = HEAD + (
        "plan-2020;A;1;Opvang;€ 80.000,-;2020;Katwijk\n"
        "plan-2020;A;2;Onderzoek;PM;doorlopend;gelijk over de gemeenten\n"
        "plan-2020;A;3;Overleg;;;"
    )
    assert "Ingelezen. 3 nieuw" in imports(file)
    first, second, third = line.actions.all()
    assert first.cost_lines.get().shares.get().amount.amount == Decimal(80_000)
    assert second.cost_lines.get().shares.count() == 3
    assert not third.cost_lines.exists()
    assert "Dit bestand verandert niets" in imports(file)
    text = imports(file.replace("€ 80.000,-", "€ 90.000,-"))
    assert "0 nieuw, 1 gewijzigd, 2 ongewijzigd" in text
    assert first.cost_lines.get().shares.get().amount.amount == Decimal(90_000)


@pytest.mark.parametrize(
    ("row", "heading", "sentence"),
    [
        ("plan-2020;A;2;B;€ 64,376;;", "Bedrag", "bedoelt u"),
        ("plan-2020;A;2;B;;Q5 2020;", "Planning", "Q5"),
        ("plan-2020;A;2;B;€ 1;;Utrecht", "Gemeenten", "Utrecht"),
        ("plan-2020;Z;2;B;;;", "Actielijn", "heeft geen actielijn Z; bekend zijn: A."),
        ("plan-2099;A;2;B;;;", "Actielijn", "plan-2099 heeft geen actielijnen"),
        ("plan-2020;A;2;;;;", "Titel", "verplicht"),
        ("plan-2020;A;1;B;;;", "", "staat ook op rij 2"),
    ],
)
def test_a_broken_row_is_named_with_its_column(
    imports: Callable[..., str], line: ActionLine, row: str, heading: str, sentence: str
) -> None:
    text = imports(f"{HEAD}plan-2020;A;1;Goed;€ 1;;\n{row}")
    flat = " ".join(text.split())
    assert f'<th scope="row">Rij 3</th><td>{heading}</td>' in flat
    assert sentence in text
    assert not Action.objects.exists()


def test_columns_that_are_not_in_the_file_stay(
    imports: Callable[..., str], line: ActionLine
) -> None:
    action = ActionFactory(line=line, code="1", municipalities="Lisse", nature="structural")
    assert "1 gewijzigd" in imports("Plan;Actielijn;Code;Titel\nplan-2020;A;1;Anders")
    action.refresh_from_db()
    assert (action.title, action.municipalities_text) == ("Anders", "Lisse")
    assert action.cost_lines.get().nature == "structural"


def test_a_code_that_is_there_twice_is_left_alone(
    imports: Callable[..., str], line: ActionLine
) -> None:
    ActionFactory.create_batch(2, line=line, code="1")
    assert "heeft 1 twee keer" in imports("Plan;Actielijn;Code;Titel\nplan-2020;A;1;Anders")


@pytest.mark.parametrize("kind", [0, 1, 2], ids=["csv", "xlsx", "ods"])
def test_what_goes_out_comes_in_again_unchanged(
    desk: Client, imports: Callable[..., str], loaded: WorkPlan, kind: int
) -> None:
    line = loaded.lines.first()
    ActionFactory(line=line, code="98", unread=True)
    ActionFactory(line=line, code="99", amount="", description="- een\n- twee\n\n=1")
    before = planfile.to_yaml(planfile.dump(loaded))
    file = desk.post(reverse("admin:workplans_action_export"), {"format": str(kind)})
    text = imports(file.content, name=f"acties.{('csv', 'xlsx', 'ods')[kind]}")
    assert "Dit bestand verandert niets" in text
    assert planfile.to_yaml(planfile.dump(loaded)) == before
