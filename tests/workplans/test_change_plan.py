"""Storing batches of changes: what the tree becomes, what the rows are, what is refused."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from funds.notation import AmountState
from municipalities.guard import check_now
from municipalities.models import Municipality, User
from municipalities.recorded import event_model
from tests.factories import (
    ActionFactory,
    ActionLineFactory,
    BlockFactory,
    PopulationFigureFactory,
    UserFactory,
    WorkPlanFactory,
)
from tests.trail import bring
from tests.workplans import every_key
from workplans import planfile
from workplans.editing import (
    Add,
    Gone,
    Impossible,
    Move,
    Parts,
    Put,
    Remove,
    apply,
    read_changes,
    way_back,
)
from workplans.editing.applying import Applied, seen
from workplans.editing.parts import LISTS, Place
from workplans.lifecycle import PRESENT
from workplans.models import Action, ActionLine, CostLine, PlanChange, PlanRevision, WorkPlan
from workplans.services import store_plan, take_step
from workplans.services.editing import ROWS, Clashed, Refused, change_plan

pytestmark = pytest.mark.django_db
CONCEPT = every_key.TEXT.replace("status: aangeboden", "status: concept").replace(
    "    submitted_on: 2020-03-01\n", ""
)


@pytest.fixture
def writer() -> User:
    return UserFactory(display_name="Beleidsmedewerker Lisse")


@pytest.fixture
def change(writer):
    """`change(plan, …)`: store a batch under a new key."""

    def store(plan: WorkPlan, *changes: Any, key: uuid.UUID | None = None) -> dict[str, Any]:
        return change_plan(plan, changes, key=key or uuid.uuid4(), by=writer)

    return store


@pytest.fixture
def plan() -> WorkPlan:
    """Two lines with actions, and a block."""
    plan = WorkPlanFactory(title="Plan")
    for code in "AB":
        line = ActionLineFactory(plan=plan, code=code, title=f"Lijn {code}")
        for number in "12":
            ActionFactory(line=line, code=number, title=f"Actie {code}{number}", equal=True)
    BlockFactory(plan=plan, title="Inleiding")
    return plan


def tree_of(plan: WorkPlan) -> dict[str, Any]:
    return planfile.dump(WorkPlan.objects.get(pk=plan.pk), keys=True)


def handles(plan: WorkPlan) -> dict[str, str]:
    """Handles by title, or by kind where there is none."""
    parts = Parts(tree_of(plan))
    return {part.get("title") or handle: handle for handle, part in parts.found.items()}


def number_of(plan: WorkPlan) -> int:
    return PlanRevision.objects.get(plan=plan).number


def keys_of(plan: WorkPlan) -> dict[str, set[int]]:
    return {
        kind: set(model._default_manager.filter(**{path: plan}).values_list("pk", flat=True))
        for kind, (model, path) in ROWS.items()
    }


def expected(before: dict[str, Any], changes: Any) -> Applied:
    done = apply(before, changes)
    assert isinstance(done, Applied)
    return done


def stores(plan: WorkPlan, change: Any, *changes: Any) -> dict[str, Any]:
    """Store, and hold what is there then against what `apply` says; keys included."""
    before = tree_of(plan)
    done = expected(before, changes)
    had = keys_of(plan)
    answer: dict[str, Any] = change(plan, *changes)
    check_now()
    assert sorted(answer["removed"]) == sorted(done.removed)
    new = {handle for handle in done.parts.found if handle.startswith("new:")}
    assert answer["new"].keys() == new
    for handle in new:
        done.parts.found[handle][planfile.KEY] = int(answer["new"][handle].partition(":")[2])
    assert tree_of(plan) == planfile.normalised(done.tree, keys=True)
    assert answer["number"] == number_of(plan)
    gone, come = by_kind(done.removed), by_kind(answer["new"].values())
    assert keys_of(plan) == {kind: had[kind] - gone[kind] | come[kind] for kind in ROWS}
    return answer


def by_kind(nodes: Any) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {kind: set() for kind in ROWS}
    for kind, _, key in (node.partition(":") for node in nodes):
        found[kind].add(int(key))
    return found


# ---- every kind of part of every plan


NEW = {
    "blocks": {"kind": "tekst", "title": "Nieuw blok"},
    "lines": {"code": "NW", "title": "Nieuwe lijn", "kind": "cirkel",
              "actions": [{"title": "Eerste"}, {"title": "Tweede"}]},
    "parts": {"code": "NO", "title": "Nieuw onderdeel", "kind": "onderdeel"},
    "rules": {"code": "NR", "kind": "afspraak", "title": "Nieuwe regel"},
    "figures": {"code": "nieuw", "title": "Nieuw cijfer", "amount": "€ 1"},
    "printed": {"where": "blz. 99", "text": "€ 9"},
    "points": {"title": "Nieuw punt", "actions": [{"title": "Onder het punt"}]},
    "actions": {"title": "Nieuwe actie", "amount": "€ 5"},
    "results": {"text": "Nieuw resultaat", "results": [{"text": "Deel"}]},
    "rows": {"title": "Nieuwe rij"},
}  # fmt: skip
NEW_INSIDE = {"results": {"text": "Nieuw deelresultaat"}}
TEXTS = {
    "plan": "title",
    "line": "title",
    "point": "title",
    "action": "title",
    "result": "text",
    "block": "title",
    "row": "title",
    "rule": "title",
    "figure": "title",
    "printed": "note",
}
PLANS = [
    "duin-en-bollenstreek-2020",
    "leidschendam-voorburg-2020",
    "omzien-naar-elkaar-2021",
    "rijnstreek-2021",
    "westfriesland-2019",
    "alle-sleutels-2020",
]


@pytest.fixture
def of_slug(request):
    def get(slug: str) -> WorkPlan:
        if slug == "alle-sleutels-2020":
            every_key.make_all_it_names()
            every_key.load()
        else:
            request.getfixturevalue("documents")
        return WorkPlan.objects.get(slug=slug)

    return get


def one_of_each(parts: Parts) -> dict[tuple[str, str], str]:
    """The last part of each kind in each kind of list."""
    return {(parts.kind(place.into), place.name): handle for handle, place in parts.places.items()}


@pytest.mark.parametrize("slug", PLANS)
def test_every_kind_of_part_is_put_moved_added_and_removed(slug, of_slug, change) -> None:
    plan = of_slug(slug)
    parts = Parts(tree_of(plan))
    each = [(node, parts.places[node]) for node in one_of_each(parts).values()]
    assert len(each) > 3
    keys = {node: TEXTS[parts.kind(node)] for node, _ in each} | {"plan": "title"}
    stores(
        plan,
        change,
        *(Put(node, key, parts.found[node].get(key), "Anders") for node, key in keys.items()),
    )
    stores(plan, change, *(Move(node, place.into, place.name, "") for node, place in each))
    news = [
        Add(f"new:{n}", place.into, place.name, node, new_for(place))
        for n, (node, place) in enumerate(each)
    ]
    answer = stores(plan, change, *news)
    parts = Parts(tree_of(plan))
    added = [answer["new"][f"new:{n}"] for n in range(len(each))]
    stores(plan, change, *(Remove(node, seen(parts.found[node])) for node in reversed(added)))


def new_for(place: Place) -> dict[str, Any]:
    inside = place.into.startswith("result:") and NEW_INSIDE.get(place.name)
    return inside or NEW[place.name]


@pytest.mark.parametrize("slug", PLANS)
def test_every_kind_of_part_goes_and_comes_back(slug, of_slug, change) -> None:
    """Parts that nothing in the plan names."""
    plan = of_slug(slug)
    before = tree_of(plan)
    parts = Parts(before)
    gone: set[str] = set()
    batch = []
    kinds = {"block", "row", "rule", "figure", "printed", "point"}
    if any("action" in part for part in parts.found.values()):
        kinds.remove("point")  # a row names an action, perhaps one of that point
    for (kind, _), node in one_of_each(parts).items():
        if kind in kinds and node not in gone:
            batch.append(Remove(node, seen(parts.found[node])))
            gone |= set(parts.inside(node))
    stores(plan, change, *batch)
    stores(plan, change, *way_back(batch, before).changes)
    assert planfile.normalised(tree_of(plan)) == planfile.normalised(before)


# ---- rows stay the same rows


def test_a_line_keeps_its_row_and_those_below_when_its_code_and_place_change(plan, change) -> None:
    at = handles(plan)
    stores(
        plan,
        change,
        Put(at["Lijn A"], "code", "A", "B"),
        Put(at["Lijn B"], "code", "B", "A"),
        Move(at["Lijn B"], "plan", "lines", ""),
    )


def test_what_leaves_a_line_that_goes_stays_the_same_rows(plan, change) -> None:
    at = handles(plan)
    line = {"code": "A", "title": "Lijn A", "kind": "cirkel"}
    stores(
        plan,
        change,
        Move(at["Actie A1"], at["Lijn B"], "actions", ""),
        Move(at["Actie A2"], at["Lijn B"], "actions", "end"),
        Remove(at["Lijn A"], line),
    )


def test_what_leaves_any_part_that_goes_stays_the_same_rows(named, change) -> None:
    """A part of a line, a part of a result, an action of a point, a row of a block."""
    every_key.load(CONCEPT)
    plan = every_key.plan()
    parts = Parts(tree_of(plan))
    for (owner, name), node in one_of_each(parts).items():
        if owner == "plan":
            continue
        place = Parts(tree_of(plan)).places[node]
        above = Parts(tree_of(plan)).places[place.into]
        if (
            name in ("parts", "results")
            and owner in ("line", "result")
            and LISTS[parts.kind(above.into)].get(above.name) == parts.kind(node)
        ):
            stores(plan, change, Move(node, above.into, above.name, ""))
    point = next(
        h for h, p in Parts(tree_of(plan)).found.items() if p.get("title") == "Alleen een kopje"
    )
    action = Parts(tree_of(plan)).found[point]["actions"][0]
    line = Parts(tree_of(plan)).places[point].into
    stores(
        plan,
        change,
        Move(f"action:{action[planfile.KEY]}", line, "actions", "end"),
        Remove(point, {"title": "Alleen een kopje"}),
    )
    block = next(h for h, p in Parts(tree_of(plan)).found.items() if p.get("kind") == "terugblik")
    row = Parts(tree_of(plan)).found[block]["rows"][0]
    stores(
        plan,
        change,
        Add("new:b", "plan", "blocks", "end", {"kind": "terugblik", "title": "Wat is gedaan"}),
        Move(f"row:{row[planfile.KEY]}", "new:b", "rows", ""),
        Remove(block, {"kind": "terugblik", "title": "Wat is gedaan"}),
    )


def test_a_line_that_becomes_a_part_and_the_line_above_it_that_goes(plan, change) -> None:
    at = handles(plan)
    stores(plan, change, Move(at["Lijn B"], at["Lijn A"], "parts", ""))
    line = Parts(tree_of(plan)).found[at["Lijn A"]]
    bare = {key: value for key, value in seen(line).items() if key != "parts"}
    stores(plan, change, Move(at["Lijn B"], "plan", "lines", "end"), Remove(at["Lijn A"], bare))


@pytest.mark.parametrize("kind", ["action", "line", "block", "row", "rule", "figure", "printed"])
def test_a_new_part_is_a_new_row_also_in_the_place_of_one_that_goes(kind, named, change) -> None:
    """With the same code, or in the same place, in one batch."""
    every_key.load()
    plan = every_key.plan()
    parts = Parts(tree_of(plan))
    titles = {"action": "Zonder punt", "line": "Organisatie", "rule": "Twee derde beslist"}
    titles |= {"figure": "Als deel", "block": "Verdeling van het budget"}
    found = [h for h, part in parts.found.items() if parts.kind(h) == kind]
    node = next((h for h in found if parts.found[h].get("title") == titles.get(kind)), found[-1])
    place, was = parts.places[node], seen(parts.found[node])
    stores(plan, change, Remove(node, was), Add("new:a", place.into, place.name, "end", was))


@pytest.mark.parametrize("kind", ["rule", "figure", "line", "result", "point", "action"])
def test_two_parts_swap_their_codes(kind, named, change) -> None:
    every_key.load()
    plan = every_key.plan()
    parts = Parts(tree_of(plan))
    with_code = [h for h, p in parts.found.items() if parts.kind(h) == kind and "code" in p]
    if kind == "action":
        with_code = [h for h in with_code if parts.found[h]["code"] in "AB"]
    one, other = with_code[0], with_code[1]
    codes = [parts.found[node]["code"] for node in (one, other)]
    stores(
        plan,
        change,
        Put(one, "code", codes[0], codes[1]),
        Put(other, "code", codes[1], codes[0]),
    )


def test_a_reference_date_stays_with_an_action_that_gets_another_code(named, change) -> None:
    """Until its text changes, though newer figures came."""
    every_key.load(CONCEPT.replace("gelijk over de gemeenten", "naar rato van inwoners"))
    plan = every_key.plan()
    action = Action.objects.get(line__plan=plan, title="Plaatsen inrichten")
    assert action.key_date == datetime.date(2019, 1, 1)
    for municipality in Municipality.objects.filter(memberships__region=plan.region):
        PopulationFigureFactory(municipality=municipality, reference_date=datetime.date(2020, 1, 1))
    stores(plan, change, Put(f"action:{action.pk}", "code", "B", "C"))
    stores(plan, change, Put(f"action:{action.pk}", "note", None, "Anders"))
    action.refresh_from_db()
    assert (action.code, action.key_date) == ("C", datetime.date(2019, 1, 1))


# ---- in place and whole


def tables(plan: WorkPlan) -> dict[str, Any]:
    """Every row of every table of the plan, but for keys that were given out."""
    found = {}
    for model in apps.get_app_config("workplans").get_models():
        if hasattr(model, "pgh_tracked_model") or model in (PlanRevision, PlanChange):
            continue
        names = [
            f.attname
            for f in model._meta.concrete_fields
            if f.attname not in ("id", "cost_line_id")
        ]
        found[model.__name__] = sorted(
            repr(row) for row in model._default_manager.values_list(*names)
        )
    return found


CELLS = [
    ("amount", "€ 600"),
    ("amount", None),
    ("amount", "onleesbaar"),
    ("planning", "Q1 2020"),
    ("planning", "Q5 2020"),
    ("municipalities", "Aa"),
    ("municipalities", "Atlantis"),
    ("start", "2020"),
    ("end", "Q9 2020"),
    ("after", ["18"]),
    ("results", ["1a", "P7"]),
    ("partners", ["De Brug", "wij"]),
    ("quantities", ["3 plaatsen"]),
    ("status", "nieuw"),
    ("budget_title", "Kort"),
    ("follows", "plan-2019/Z9"),
    ("description", "Met [[18]] en *nadruk*"),
    ("costs", [{"label": "2020", "amount": "€ 5"}, {"amount": "veel", "municipalities": "Top"}]),
]


@pytest.mark.parametrize(("key", "now"), CELLS)
def test_a_cell_in_place_and_in_the_whole_plan_gives_the_same_rows(key, now, named, change) -> None:
    every_key.load()
    plan = every_key.plan()
    action = Action.objects.get(line__plan=plan, title="Onderzoek naar plaatsen")
    node = f"action:{action.pk}"
    there = Parts(tree_of(plan)).found[node]
    batch = [Put(node, key, seen(there.get(key)), now)]
    if key == "costs":
        batch = [
            Put(node, name, there[name], None) for name in ("amount", "nature") if name in there
        ] + batch
    found = []
    for extra in ([], [Put("plan", "title", "Alles wat een plan kan hebben", "Alles")]):
        with transaction.atomic():
            change(plan, *batch, *extra)
            found.append(tables(plan) | {"WorkPlan": None})
            transaction.set_rollback(True)
    assert found[0] == found[1]


# ---- what cannot be read


def test_what_cannot_be_read_stays_as_typed_and_is_a_gap(plan, change) -> None:
    node = handles(plan)["Actie A1"]
    change(plan, Put(node, "amount", "€ 10.000,-", "€ 64,376"), Put(node, "planning", "2020", "Q5"))
    action = Parts(tree_of(plan)).found[node]
    assert (action["amount"], action["planning"]) == ({"unread": "€ 64,376"}, {"unread": "Q5"})
    assert CostLine.objects.get(action=node.partition(":")[2]).state == AmountState.UNREAD


def test_what_cannot_be_read_in_a_new_row_of_a_whole_plan(plan, change) -> None:
    row = {
        "title": "Nieuw",
        "costs": [{"amount": "veel", "label": "a"}, {"amount": "€ 5"}],
        "start": "ooit",
    }
    answer = change(plan, Add("new:a", handles(plan)["Lijn A"], "actions", "end", row))
    there = Parts(tree_of(plan)).found[answer["new"]["new:a"]]
    assert there["costs"][0]["amount"] == {"unread": "veel"}
    assert there["costs"][1]["amount"] == "€ 5"


def test_an_unread_cell_is_read_again_when_its_neighbour_makes_it_readable(plan, change) -> None:
    node = handles(plan)["Actie A1"]
    split = "A: € 5,-, B: € 4,-"
    change(plan, Put(node, "municipalities", "gelijk over de gemeenten", split))
    assert Parts(tree_of(plan)).found[node]["municipalities"] == {"unread": split}
    change(plan, Put(node, "amount", "€ 10.000,-", "€ 9,-"))
    assert Parts(tree_of(plan)).found[node]["municipalities"] == split
    assert CostLine.objects.get(action=node.partition(":")[2]).shares.count() == 2


def test_the_unread_cells_of_others_stay_as_they_are(plan, change) -> None:
    at = handles(plan)
    change(plan, Put(at["Actie A1"], "amount", "€ 10.000,-", "veel"))
    change(plan, Put(at["Lijn A"], "code", "A", "C"))
    assert Parts(tree_of(plan)).found[at["Actie A1"]]["amount"] == {"unread": "veel"}


def test_a_submitted_plan_with_an_unread_cell_is_still_edited(change) -> None:
    plan = WorkPlanFactory(submitted=True)
    action = Action.objects.get(line__plan=plan)
    change(plan, Put(f"action:{action.pk}", "planning", "2020", "ooit"))
    change(plan, Put("plan", "title", plan.title, "Ander plan"))
    assert WorkPlan.objects.get(pk=plan.pk).title == "Ander plan"


# ---- refusals


@pytest.mark.parametrize(
    ("title", "key", "was", "now"),
    [
        ("Actie A1", "title", "Actie A1", ""),
        ("Actie A1", "title", "Actie A1", "x" * 201),
        ("Actie A1", "title", "Actie A1", ["x"]),
        ("Actie A1", "status", None, "klaar"),
        ("Actie A1", "kleur", None, "rood"),
        ("Actie A1", "after", None, ["Z9"]),
        ("Actie A1", "after", None, ["A1"]),
        ("Actie A1", "results", None, ["Z9"]),
        ("Actie A1", "quantities", None, ["veel te veel"]),
        ("Actie A1", "follows", None, "plan-1999/A1"),
        ("Actie A1", "costs", None, [{"amount": "€ 1"}]),
        ("Actie A1", "costs", None, ["€ 1"]),
        ("Actie A1", "partners", None, "een"),
        ("Actie A1", "description", None, "x" * 100_001),
        ("Actie A1", "code", "1", None),
        ("Actie A1", "code", "1", "x" * 13),
        ("Lijn A", "code", "A", None),
        ("Lijn A", "kind", "cirkel", "vierkant"),
        ("Lijn A", "columns", None, ["kleur"]),
        ("Inleiding", "kind", "tekst", None),
        ("Inleiding", "lines", None, ["Z"]),
        ("plan", "title", "Plan", ""),
        ("plan", "period", "2020-2021", "2021-2020"),
        ("plan", "as_of", "2020-03-01", "2020-02-30"),
        ("plan", "joint", "gelijk", "inwoners 1999-01-01"),
        ("plan", "programme", None, "dat-is-er-niet"),
        ("plan", "applications", None, [{"fund": "x", "round": "y"}]),
    ],
)
def test_a_refusal_names_the_part_and_the_key(title, key, was, now, plan, change) -> None:
    node = handles(plan).get(title, title)
    before = (tree_of(plan), number_of(plan))
    with pytest.raises(Refused) as caught:
        change(plan, Put(handles(plan)["Actie B2"], "note", None, "x"), Put(node, key, was, now))
    (found, *_) = caught.value.refusals
    assert found.node == node
    assert found.key.partition(".")[0] in (key, "amount", "" if now is None else key)
    assert found.sentence.endswith(".")
    assert (tree_of(plan), number_of(plan)) == before
    assert not PlanChange.objects.exists()


def test_two_lines_with_one_code_are_refused_at_one_of_them(plan, change) -> None:
    at = handles(plan)
    with pytest.raises(Refused) as caught:
        change(plan, Put(at["Lijn A"], "code", "A", "B"))
    (found,) = caught.value.refusals
    assert found.node in (at["Lijn A"], at["Lijn B"])
    assert found.key == "code"


def test_what_is_wrong_inside_a_new_part_is_named_there(plan, change) -> None:
    line = {"code": "C", "title": "C", "kind": "cirkel", "actions": [{"title": "x"}, {"note": "y"}]}
    with pytest.raises(Refused) as caught:
        change(plan, Add("new:a", "plan", "lines", "end", line))
    assert [(found.node, found.key) for found in caught.value.refusals] == [
        ("new:a.actions.1", "title")
    ]


def test_what_others_name_is_not_taken_away(plan, change) -> None:
    at = handles(plan)
    change(plan, Put(at["Actie B1"], "after", None, ["A1"]))
    with pytest.raises(Refused) as caught:
        change(plan, Remove(at["Actie A1"], seen(Parts(tree_of(plan)).found[at["Actie A1"]])))
    (found,) = caught.value.refusals
    assert (found.node, found.key) == (at["Actie B1"], "after")


def test_a_list_holds_no_more_than_a_file_of_the_plan_may(plan, change) -> None:
    rows = [{"text": f"Resultaat {n}"} for n in range(100)]
    line = handles(plan)["Lijn A"]
    change(plan, *(Add(f"new:{n}", line, "results", "end", row) for n, row in enumerate(rows)))
    with pytest.raises(Refused) as caught:
        change(plan, Add("new:a", line, "results", "end", {"text": "Een te veel"}))
    assert [(found.node, found.key) for found in caught.value.refusals] == [(line, "results")]


# ---- whole or not at all, once, and in turn


def test_a_batch_is_stored_once(plan, change) -> None:
    key, node = uuid.uuid4(), handles(plan)["Lijn A"]
    batch = [Add("new:a", node, "actions", "end", {"title": "Nieuw"})]
    first = change(plan, *batch, key=key)
    assert change(plan, *batch, key=key) == first
    assert Action.objects.filter(title="Nieuw").count() == 1
    assert PlanChange.objects.count() == 1


def test_a_batch_that_was_stored_is_answered_after_the_adoption_too(plan, change) -> None:
    key, node = uuid.uuid4(), handles(plan)["Actie A1"]
    first = change(plan, Put(node, "note", None, "x"), key=key)
    bring(plan, "vastgesteld")
    assert change(plan, Put(node, "note", None, "x"), key=key) == first
    with pytest.raises(ValidationError) as caught:
        change(plan, Put(node, "note", "x", "y"))
    assert caught.value.code == "plan_adopted"


@pytest.mark.parametrize("stop", ["clash", "gone", "impossible", "refused"])
def test_a_batch_is_whole_or_not_at_all(stop, plan, change) -> None:
    at = handles(plan)
    second, error = {
        "clash": (Put(at["Actie A1"], "title", "Anders", "x"), Clashed),
        "gone": (Put("action:0", "title", "", "x"), Gone),
        "impossible": (Put("plan", "slug", plan.slug, "x"), Impossible),
        "refused": (Put(at["Actie A1"], "status", None, "x"), Refused),
    }[stop]
    before = tree_of(plan)
    for first in (
        Put(at["Actie A2"], "note", None, "x"),
        Add("new:a", at["Lijn A"], "actions", "end", {"title": "x"}),
    ):
        with pytest.raises(error):
            change(plan, first, second)
    assert tree_of(plan) == before
    assert not PlanChange.objects.exists()


def test_who_is_second_is_told_what_is_there_now(plan, change) -> None:
    node = handles(plan)["Actie A1"]
    change(plan, Put(node, "title", "Actie A1", "Van mij"))
    with pytest.raises(Clashed) as caught:
        change(plan, Put(node, "title", "Actie A1", "Van jou"))
    (clash,) = caught.value.clashes
    assert (clash.node, clash.key, clash.theirs) == (node, "title", "Van mij")
    change(plan, Put(node, "title", "Van mij", "Van jou"))


def test_a_row_that_goes_under_the_cursor(plan, change) -> None:
    at = handles(plan)
    action = Parts(tree_of(plan)).found[at["Actie A1"]]
    change(plan, Remove(at["Actie A1"], seen(action)))
    for late in (
        Put(at["Actie A1"], "note", None, "x"),
        Move(at["Actie A1"], at["Lijn B"], "actions", ""),
    ):
        with pytest.raises(Gone):
            change(plan, late)
    new = Add("new:a", at["Lijn A"], "actions", at["Actie A1"], {"title": "Daarna"})
    stores(plan, change, new)


@pytest.mark.parametrize("kind", sorted(ROWS))
def test_a_part_of_another_plan_is_gone_and_never_touched(kind, plan, named, change) -> None:
    every_key.load()
    theirs = every_key.plan()
    parts = Parts(tree_of(theirs))
    node = next(handle for handle in parts.found if parts.kind(handle) == kind)
    before, place, key = tree_of(theirs), parts.places[node], TEXTS[kind]
    for change_of_theirs in (
        Put(node, key, parts.found[node].get(key), "Van ons"),
        Remove(node, seen(parts.found[node])),
        Move(node, place.into if place.into == "plan" else handles(plan)["Lijn A"], place.name, ""),
    ):
        with pytest.raises((Gone, Impossible)):
            change(plan, change_of_theirs)
    assert tree_of(theirs) == before


def test_nothing_new_is_no_change(plan, change) -> None:
    before = number_of(plan)
    answer = change(plan, Put(handles(plan)["Actie A1"], "title", "x", "Actie A1"))
    assert answer == {"written": [], "removed": [], "new": {}, "number": before}
    assert not PlanChange.objects.exists()


# ---- the number


def test_the_number_goes_up_for_every_kind_of_writer(plan, change, client, technician) -> None:
    at, numbers = handles(plan), [number_of(plan)]

    def went_up() -> None:
        numbers.append(number_of(plan))
        assert numbers[-1] > numbers[-2]

    change(plan, Put(at["Actie A1"], "note", None, "van de editor"))
    went_up()
    client.force_login(technician)
    line = ActionLine.objects.get(plan=plan, code="A")
    page = client.get(reverse("admin:workplans_actionline_change", args=[line.pk]))
    form = page.context["adminform"].form
    sent = {name: form[name].value() or "" for name in form.fields}
    for inline in page.context["inline_admin_formsets"]:
        for name, value in inline.formset.management_form.initial.items():
            sent[f"{inline.formset.prefix}-{name}"] = value
        for row in inline.formset.forms:
            sent |= {row.add_prefix(name): row[name].value() or "" for name in row.fields}
    sent = {k: ", ".join(v) if isinstance(v, list) else v for k, v in sent.items()}
    answer = client.post(page.request["PATH_INFO"], sent | {"title": "Van de beheerder"})
    assert answer.status_code == 302, answer.context["errors"]
    went_up()
    tree = planfile.dump(plan)
    tree["lines"][0]["title"] = "Van het bestand"
    store_plan(planfile.read(planfile.to_yaml(tree)), replace=True)
    went_up()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE workplans_action SET note = 'van SQL' WHERE line_id = %s", [line.pk])
    went_up()
    change(plan, Put(at["Actie A1"], "note", "van SQL", "weer van de editor"))
    went_up()
    first, last = PlanChange.objects.filter(plan=plan)
    assert (first.before, first.after) == (numbers[0], numbers[1])
    assert (last.before, last.after) == (numbers[4], numbers[5])
    assert first.after < last.before, "a hole: others wrote in between"


def test_changes_of_the_editor_make_a_chain(plan, change, writer) -> None:
    node = handles(plan)["Actie A1"]
    for was, now in ((None, "1"), ("1", "2"), ("2", "3")):
        change(plan, Put(node, "note", was, now))
    rows = list(PlanChange.objects.filter(plan=plan))
    assert [row.before for row in rows[1:]] == [row.after for row in rows[:-1]]
    assert [row.changes[0]["now"] for row in rows] == ["1", "2", "3"]
    assert {row.by for row in rows} == {writer}
    assert rows[0].changes == [{"do": "put", "node": node, "key": "note", "was": None, "now": "1"}]


def test_history_has_every_change_with_who(plan, change, writer) -> None:
    node = handles(plan)["Actie A1"]
    change(plan, Put(node, "note", None, "in place"))
    change(plan, Put(node, "note", "in place", "whole"), Put(node, "code", "1", "9"))
    events = event_model(Action).objects.filter(
        pgh_obj_id=node.partition(":")[2], pgh_label="update"
    )
    assert [event.note for event in events.order_by("pgh_id")] == ["in place", "whole"]
    assert {event.pgh_context.metadata["user"] for event in events} == {writer.pk}


# ---- much


def queries_of_a_cell(plan: WorkPlan, change: Any, was: str, now: str) -> list[str]:
    put = Put(handles(plan)["Actie A1"], "amount", was, now)
    with CaptureQueriesContext(connection) as queries:
        change(plan, put)
    return [query["sql"].partition(" ")[0] for query in queries]


def test_a_cell_takes_the_same_queries_however_large_the_plan(plan, change) -> None:
    line = ActionLine.objects.get(plan=plan, code="A")
    counts, was = [], "€ 10.000,-"
    for total, now in ((4, "€ 1,-"), (15, "€ 2,-"), (200, "€ 3,-")):
        there = Action.objects.filter(line__plan=plan).count()
        for n in range(there, total):
            ActionFactory(line=line, code=f"x{n}", equal=True)
        counts.append(queries_of_a_cell(plan, change, was, now))
        was = now
    assert counts[1] == counts[0]
    assert counts[2] == counts[0]
    assert len(counts[0]) < 60


def test_a_text_of_a_hundred_thousand_characters(plan, change) -> None:
    node = handles(plan)["Actie A1"]
    text = "é" * 99_999 + "."
    stores(plan, change, Put(node, "description", None, text))


def test_html_is_text(plan, change) -> None:
    at = handles(plan)
    html = "<script>alert(1)</script> & <b>vet</b> {{7*7}} %s '; DROP TABLE x; --"
    stores(
        plan,
        change,
        Put(at["Actie A1"], "note", None, html),
        Put(at["Lijn A"], "title", "Lijn A", html),
        Put(at["Inleiding"], "text", Parts(tree_of(plan)).found[at["Inleiding"]]["text"], html),
    )


def test_two_thousand_rows_come_in_four_batches(plan, change) -> None:
    line = handles(plan)["Lijn B"]
    # A line holds two thousand actions; two are there.
    for batch in range(4):
        rows = [
            {"do": "add", "handle": f"new:{n}", "into": line, "name": "actions", "after": "end",
             "tree": {"title": f"Rij {batch * 500 + n}", "amount": "€ 5"}}
            for n in range(500 if batch < 3 else 498)
        ]  # fmt: skip
        answer = change(plan, *read_changes(rows))
        assert len(answer["new"]) == len(rows)
    actions = Parts(tree_of(plan)).found[line]["actions"]
    assert [action["title"] for action in actions[2:]] == [f"Rij {n}" for n in range(1998)]
    assert [action["code"] for action in actions] == [str(n + 1) for n in range(2000)]
    with pytest.raises(Refused):
        change(plan, Add("new:a", line, "actions", "end", {"title": "Een te veel"}))


def test_who_waited_while_the_plan_took_a_step_is_told(plan, change) -> None:
    """The right to change it was asked of the plan as it was."""
    stale = WorkPlan.objects.get(pk=plan.pk)
    take_step(plan, PRESENT, on=plan.as_of)
    with pytest.raises(ValidationError) as caught:
        change(stale, Put(handles(plan)["Actie A1"], "title", "Actie A1", "Anders"))
    assert caught.value.messages == [
        "Het plan is intussen in afstemming; kopieer uw tekst en laad de pagina opnieuw."
    ]
    assert Action.objects.filter(title="Actie A1").exists()
