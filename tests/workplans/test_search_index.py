"""The index follows its tables, whatever writes them, and holds nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from funds.search import read_question
from municipalities.models import Municipality, Region, User
from tests.factories import ActionFactory, ActionLineFactory, BlockFactory, WorkPlanFactory
from workplans.models import Action, CostLine, WorkPlan
from workplans.search import PlanSearch


def rows(sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())


def one(sql: str, *parameters: Any) -> Any:
    return rows(sql, *parameters)[0][0]


@pytest.fixture
def plan(bollenstreek: Region) -> WorkPlan:
    return WorkPlanFactory(region=bollenstreek, title="Omzien naar elkaar")


@pytest.fixture
def action(plan: WorkPlan) -> Action:
    return ActionFactory(line__plan=plan, line__code="A", code="6", title="Gewoon thuis")


def found(user: User, typed: str) -> tuple[int, ...]:
    return PlanSearch(user).actions(read_question(typed)).keys


def index() -> list[Any]:
    """All that the index holds, in an order of its own."""
    return [
        rows("SELECT * FROM workplans_search_action ORDER BY action_id"),
        rows("SELECT * FROM workplans_search_text ORDER BY kind, source_id"),
        rows("SELECT DISTINCT * FROM workplans_search_word ORDER BY word"),
        rows("SELECT * FROM funds_search ORDER BY kind, source_id"),
        rows("SELECT DISTINCT * FROM funds_search_word ORDER BY word"),
    ]


# ---- words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("De Eén cliënt’s regio's", ["de", "een", "client", "regio"]),
        ("€ 650.000,- en € 1.250.000,00", ["650000", "en", "1250000"]),
        ("€ 1.250,50", ["1250_50"]),
        ("jeugd-ggz en/of 2020/2021", ["jeugd", "ggz", "en", "of", "2020", "2021"]),
        ("31.12.2020", ["31", "12", "2020"]),
        ("Straße Ærø ŁÓDŹ", ["strasse", "aero", "lodz"]),
        ("naam_van het veld", ["naam", "van", "het", "veld"]),
        ("'; DROP TABLE x; -- & | ! ( ) <-> :*", ["drop", "table", "x"]),
        ("Ελλάδα 日本", ["ελλαδα", "日本"]),
        ("  \t\n ", []),
    ],
)
def test_words_of_a_text(text: str, words: list[str], db: None) -> None:
    assert [word.lower() for word in one("SELECT search_words(%s)", text)] == words


@pytest.mark.parametrize(
    ("one_form", "other"),
    [
        ("huizen", "huis"),
        ("brieven", "brief"),
        ("gemeenten", "gemeente"),
        ("dagbestedingen", "dagbesteding"),
        ("ondersteunen", "ondersteuning"),
    ],
)
def test_dutch_forms_have_one_stem(one_form: str, other: str, db: None) -> None:
    assert one("SELECT search_stem(%s) = search_stem(%s)", one_form, other)


def test_a_word_without_end_is_no_obstacle(plan: WorkPlan) -> None:
    ActionFactory(line__plan=plan, description="x" * 90_000 + " ﷺ" * 4_000)
    assert one("SELECT max(length(words)) FROM workplans_search_action") < 100


# ---- who writes


def test_service_writes_are_found(anna: User, action: Action) -> None:
    assert found(anna, "gewoon thuis") == (action.pk,)


def test_plain_sql_is_found_and_what_it_replaced_is_not(anna: User, action: Action) -> None:
    rows("UPDATE workplans_action SET title = 'Nachtopvang' WHERE id = %s RETURNING 1", action.pk)
    assert found(anna, "nachtopvang") == (action.pk,)
    assert found(anna, "gewoon") == ()


def test_copy_is_found(anna: User, action: Action) -> None:
    columns = "action_id, position, text, state, nature, nature_note, vat, cover, basis, bound, "
    columns += "is_provisional, note, funding_text, amount_currency, amount, label, "
    columns += "municipalities_text, municipalities_unread, sharing"
    row = f"{action.pk}\t9\t\tknown\t\t\t\t\t\t\tf\t\t\tEUR\t47110\t\t\tf\tundivided\n"
    statement = f"COPY workplans_costline ({columns}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        copy.write(row)
    assert found(anna, "47.110") == (action.pk,)


def test_bulk_update_and_deletion_are_followed(anna: User, action: Action) -> None:
    Action.objects.filter(pk=action.pk).update(monitoring="kwartaalgesprek")
    assert found(anna, "kwartaalgesprekken") == (action.pk,)
    Action.objects.filter(pk=action.pk).delete()
    assert found(anna, "kwartaalgesprekken") == ()
    assert one("SELECT count(*) FROM workplans_search_action") == 0


def test_cost_line_that_moves_changes_both_actions(anna: User, action: Action) -> None:
    other = ActionFactory(line=action.line, amount="€ 12,50")
    CostLine.objects.filter(action=action).delete()
    CostLine.objects.filter(action=other).update(action=action)
    assert found(anna, "12,50") == (action.pk,)


def test_new_code_of_a_line_is_the_code_of_its_actions(anna: User, action: Action) -> None:
    action.line.code = "K"
    action.line.save()
    assert found(anna, "K6") == (action.pk,)
    assert found(anna, "A6") == ()


def test_new_name_of_a_region_finds_its_plans(anna: User, plan: WorkPlan) -> None:
    Region.objects.filter(pk=plan.region_id).update(name="Zandstreek")
    assert PlanSearch(anna).plans(read_question("zandstreek")).keys == (plan.pk,)
    assert PlanSearch(anna).plans(read_question("bollenstreek")).keys == ()


def test_index_is_what_a_rebuild_makes(fund: Any, action: Action, leiden: Municipality) -> None:
    WorkPlanFactory(submitted=True, region=action.line.plan.region, fund=fund)
    section = BlockFactory(plan=action.line.plan, text="Wachtlijsten en € 5.000")
    section.text = "Zonder wachtlijst"
    section.save()
    Municipality.objects.filter(pk=leiden.pk).update(name="Sleutelstad")
    Action.objects.filter(pk=action.pk).update(title="Anders")
    kept = index()
    rows("SELECT workplans_search_rebuild(), funds_search_rebuild()")
    assert index() == kept
    assert any(kept[0]), "the test compares something"


def test_index_has_no_history(action: Action) -> None:
    names = {name for (name,) in rows("SELECT relname FROM pg_class WHERE relkind = 'r'")}
    assert {name for name in names if "search" in name and "event" in name} == set()


@pytest.mark.django_db(transaction=True)
def test_flush_leaves_nothing_behind() -> None:
    ActionFactory(title="Vergeetachtig")
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE workplans_workplan, municipalities_region CASCADE")
    assert index()[:3] == [[], [], []]


# ---- vocabulary


def test_words_are_learnt_once_and_forgotten_with_their_last_text(action: Action) -> None:
    words = "SELECT count(*) FROM workplans_search_word WHERE word = 'kringloopwinkel'"
    ActionFactory(line=action.line, description="Een kringloopwinkel")
    second = ActionFactory(line=action.line, description="De kringloopwinkel")
    assert one(words) == 1
    second.delete()
    assert one(words) == 1
    Action.objects.filter(description="Een kringloopwinkel").update(description="")
    assert one(words) == 0


def test_codes_and_amounts_are_no_words_to_guess(action: Action) -> None:
    guessed = {word for (word,) in rows("SELECT word FROM workplans_search_word")}
    assert "gewoon" in guessed
    assert not [word for word in guessed if any(letter.isdigit() for letter in word)]


def test_lines_and_blocks_belong_to_the_plan(anna: User, plan: WorkPlan) -> None:
    ActionLineFactory(plan=plan, title="Mantelzorg")
    BlockFactory(plan=plan, text="Vrijwilligerswerk")
    plans = PlanSearch(anna).plans(read_question("mantelzorg vrijwilligerswerk elkaar"))
    assert plans.keys == (plan.pk,)
