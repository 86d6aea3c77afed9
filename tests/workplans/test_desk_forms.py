"""The editor without JavaScript: a page for each thing that can be done."""

from __future__ import annotations

import json

import pytest

from tests.browser_form import filled_in
from tests.reports.reading import parse, seen
from tests.workplans.desks import at, change, number, put, small_plan
from workplans import planfile
from workplans.desk.short import shortened
from workplans.models import Action, ActionLine, Block, WorkPlan

pytestmark = pytest.mark.django_db

PARTS = {
    "blocks": ("plan", {"kind": "tekst", "title": "Nieuw blok"}, "title", "Ander blok"),
    "lines": ("plan", {"code": "B", "title": "Lijn", "kind": "thema"}, "title", "Andere lijn"),
    "rules": (
        "plan",
        {"code": "R", "kind": "afspraak", "title": "Regel"},
        "title",
        "Andere regel",
    ),
    "figures": ("plan", {"code": "f", "title": "Cijfer", "amount": "€ 1"}, "title", "Ander"),
    "printed": ("plan", {"where": "blz. 2", "text": "€ 1"}, "where", "blz. 3"),
    "parts": ("line", {"code": "A1", "title": "Deel", "kind": "thema"}, "title", "Ander deel"),
    "points": ("line", {"code": "P", "title": "Punt"}, "title", "Ander punt"),
    "actions": ("line", {"title": "Actie"}, "title", "Andere actie"),
    "results": ("line", {"code": "r1", "text": "Resultaat"}, "text", "Ander resultaat"),
    "rows": ("block", {"title": "Rij"}, "title", "Andere rij"),
}
"""By list: what it is in, what a new part is asked, and a key with another value."""


@pytest.fixture
def plan(bollenstreek) -> WorkPlan:
    plan = small_plan(bollenstreek)
    Block.objects.filter(plan=plan, title="Inleiding").update(kind="uitgangspunten", text="")
    return plan


def owner(plan: WorkPlan, kind: str) -> str:
    if kind == "line":
        return f"line:{ActionLine.objects.get(plan=plan, code='A').pk}"
    return (
        f"block:{Block.objects.get(plan=plan, title='Inleiding').pk}" if kind == "block" else kind
    )


def parts(plan: WorkPlan, into: str, name: str) -> list[tuple[str, planfile.Tree]]:
    """The parts of a list with their handles, as they are stored."""
    from workplans.editing.parts import LISTS, Parts, Place, kind_of

    found = Parts(planfile.dump(plan, keys=True))
    kind = LISTS[kind_of(into)][name]
    return [(f"{kind}:{part[planfile.KEY]}", part) for part in found.list_of(Place(into, name))]


def of(client, url, **typed):
    """Send a form as it stands there, but for what is typed."""
    return client.post(url, filled_in(client.get(url)) | typed)


@pytest.mark.parametrize("name", PARTS)
def test_every_kind_of_part_is_added_changed_and_removed(page, plan, name) -> None:
    kind, asked, key, other = PARTS[name]
    into = owner(plan, kind)
    before = parts(plan, into, name)

    answer = of(page, at(plan, "part_add", into, name), **asked)
    assert answer.status_code == 302, answer.content.decode()
    *old, (handle, made) = parts(plan, into, name)
    assert [one for one, _ in old] == [one for one, _ in before]
    assert asked.items() <= made.items()
    assert answer.url == at(plan, "part_edit", handle)

    answer = of(page, answer.url, **{key: other})
    assert answer.status_code == 302
    assert answer.url.endswith(f"#{handle.replace(':', '-')}")
    assert parts(plan, into, name)[-1][1][key] == other

    answer = of(page, at(plan, "part_remove", handle))
    assert answer.status_code == 302
    assert [one for one, _ in parts(plan, into, name)] == [one for one, _ in before]


def test_a_form_that_is_sent_unchanged_writes_nothing(page, plan) -> None:
    before = number(plan)
    handles = ["plan", owner(plan, "line"), owner(plan, "block")]
    handles += [f"action:{action.pk}" for action in Action.objects.filter(line__plan=plan)]
    for handle in handles:
        assert of(page, at(plan, "part_edit", handle)).status_code == 302
    assert number(plan) == before


def test_the_head_of_the_plan_is_changed(page, plan) -> None:
    answer = of(page, at(plan, "part_edit", "plan"), title="Anders", period="2020")
    assert answer.status_code == 302
    plan.refresh_from_db()
    assert (plan.title, plan.first_year, plan.last_year) == ("Anders", 2020, 2020)


def test_a_part_moves_to_any_place_of_its_kind(page, plan) -> None:
    into = owner(plan, "line")
    of(page, at(plan, "part_add", into, "points"), code="P", title="Punt")
    ((point, _),) = parts(plan, into, "points")
    (one, _), (two, _) = parts(plan, into, "actions")
    form = parse(page.get(at(plan, "part_move", one)).content)
    places = {option.get("value"): seen(option) for option in form.xpath("//option")}
    assert places == {
        f"{into}/actions/": "Als eerste in A Preventie",
        f"{into}/actions/{two}": "Na 2 Overleg (A Preventie)",
        f"{point}/actions/": "Als eerste in P Punt",
    }
    page.post(at(plan, "part_move", one), {"place": f"{into}/actions/{two}"})
    assert [handle for handle, _ in parts(plan, into, "actions")] == [two, one]
    page.post(at(plan, "part_move", one), {"place": f"{point}/actions/"})
    assert [handle for handle, _ in parts(plan, point, "actions")] == [one]
    answer = page.post(at(plan, "part_move", one), {"place": "plan/lines/"})
    assert answer.status_code == 422
    for other in (two, point):
        assert page.post(at(plan, "part_move", other), {}).status_code == 422


def test_a_long_name_ends_at_a_word_with_a_sign(page, plan) -> None:
    title = "Regionaal uitvoeringsprogramma van de maatschappelijke zorg en beschermd wonen erbij"
    WorkPlan.objects.filter(pk=plan.pk).update(title=title)
    tree = parse(page.get(at(plan, "part_edit", "plan")).content)
    name = "Regionaal uitvoeringsprogramma van de maatschappelijke zorg en beschermd wonen…"
    assert [seen(one) for one in tree.xpath('//p[@class="lead"]')] == [name]
    assert seen(tree.xpath('//*[@class="crumbs"]//*[@aria-current]')[0]) == name


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("een twee", "een twee"),
        ("een twee drie", "een twee…"),
        ("een, tweede drie", "een…"),
        ("eentweedrie", "eentweedr…"),
        ("", ""),
    ],
)
def test_at_most_ten_characters(text, short) -> None:
    assert shortened(text, 10) == short


def test_a_clash_keeps_what_was_typed_and_goes_through_the_second_time(page, plan) -> None:
    handle = f"action:{Action.objects.get(line__plan=plan, code='1').pk}"
    url = at(plan, "part_edit", handle)
    form = filled_in(page.get(url))
    change(page, plan, put(handle, "title", "Opvang", "Nachtopvang"))

    answer = page.post(url, form | {"title": "Dagopvang"})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "Projectleider Duin- en Bollenstreek heeft hier om " in text
    assert "“Nachtopvang” van gemaakt" in text
    assert Action.objects.get(line__plan=plan, code="1").title == "Nachtopvang"

    again = filled_in(answer)
    assert again["title"] == ["Dagopvang"]
    assert page.post(url, again).status_code == 302
    assert Action.objects.get(line__plan=plan, code="1").title == "Dagopvang"


def test_what_somebody_else_changed_elsewhere_in_the_part_stays(page, plan) -> None:
    handle = f"action:{Action.objects.get(line__plan=plan, code='1').pk}"
    url = at(plan, "part_edit", handle)
    form = filled_in(page.get(url))
    change(page, plan, put(handle, "description", None, "Van een ander"))
    assert page.post(url, form | {"title": "Dagopvang"}).status_code == 302
    action = Action.objects.get(line__plan=plan, code="1")
    assert (action.title, action.description) == ("Dagopvang", "Van een ander")


def test_a_refusal_stands_at_its_field_and_keeps_what_was_typed(page, plan) -> None:
    handle = f"action:{Action.objects.get(line__plan=plan, code='1').pk}"
    answer = of(page, at(plan, "part_edit", handle), title="", description="Blijft staan")
    assert answer.status_code == 422
    assert "Een actie heeft een titel; vul die in." in answer.content.decode()
    assert filled_in(answer)["description"] == ["Blijft staan"]


def test_what_a_browser_never_sends_is_no_fault_of_ours(page, plan) -> None:
    handle = f"action:{Action.objects.get(line__plan=plan, code='1').pk}"
    url = at(plan, "part_edit", handle)
    form = filled_in(page.get(url))
    for seen_before in ("geen json", "[]", "3", "[" * 100_000):
        answer = page.post(url, form | {"gezien": seen_before, "title": "Dagopvang"})
        assert answer.status_code == 422
        gone = page.post(at(plan, "part_remove", handle), {"gezien": seen_before})
        assert gone.status_code == 422
    answer = page.post(url, form | {"title": "stuur\x07teken"})
    assert answer.status_code == 422
    assert "stuurteken" in answer.content.decode()


def test_an_amount_may_be_absent_or_still_to_be_filled_in(page, plan) -> None:
    handle = f"action:{Action.objects.get(line__plan=plan, code='2').pk}"
    url = at(plan, "part_edit", handle)

    def costs() -> list[str]:
        return [cost.text for cost in Action.objects.get(code="2").cost_lines.all()]

    assert of(page, url, amount="", geen_bedrag="on", nature="").status_code == 302
    assert costs() == []
    form = filled_in(page.get(url))
    assert form["geen_bedrag"] == ["on"]
    del form["geen_bedrag"]
    assert page.post(url, form | {"amount": ""}).status_code == 302
    assert costs() == [""]


def test_what_was_changed_since_it_was_shown_is_not_removed(page, plan) -> None:
    handle = f"action:{Action.objects.get(line__plan=plan, code='1').pk}"
    url = at(plan, "part_remove", handle)
    form = filled_in(page.get(url))
    change(page, plan, put(handle, "title", "Opvang", "Nachtopvang"))
    answer = page.post(url, form)
    assert answer.status_code == 422
    assert "Projectleider Duin- en Bollenstreek heeft dit om " in answer.content.decode()
    assert json.loads(filled_in(answer)["gezien"][0])["title"] == "Nachtopvang"
    assert page.post(url, filled_in(answer)).status_code == 302


def test_what_is_not_in_the_plan_is_not_found(page, plan, bollenstreek) -> None:
    other = small_plan(bollenstreek)
    foreign = f"line:{ActionLine.objects.get(plan=other).pk}"
    for handle in (foreign, "line:0", "zap:1", "plan:1"):
        for name in ("part_edit", "part_move", "part_remove"):
            assert page.get(at(plan, name, handle)).status_code == 404
        assert page.get(at(plan, "part_add", handle, "actions")).status_code == 404
    for name in ("part_move", "part_remove"):
        assert page.get(at(plan, name, "plan")).status_code == 404
    assert page.get(at(plan, "part_add", "plan", "applications")).status_code == 404


def test_a_block_comes_above_or_below_the_one_that_was_pointed_at(page, plan) -> None:
    first, second = Block.objects.filter(plan=plan).order_by("position")
    url = at(plan, "part_add", "plan", "blocks")
    for after, title in (("", "Eerst"), (f"block:{first.pk}", "Ertussen")):
        page.post(f"{url}?na={after}", {"kind": "tekst", "title": title})
    titles = Block.objects.filter(plan=plan).order_by("position").values_list("title", flat=True)
    assert list(titles) == ["Eerst", first.title, "Ertussen", second.title]


def test_a_block_asks_what_its_kind_has(page, plan) -> None:
    """A division has its amount, which a text has not; what stands there is never hidden."""
    block = Block.objects.create(plan=plan, position=9, kind="verdeling", options={"lines": ["A"]})
    url = at(plan, "part_edit", f"block:{block.pk}")
    assert page.get(url).context["form"].fields.keys() >= {"amount", "key", "tranches", "lines"}
    text = Block.objects.get(plan=plan, title="Acties")
    Block.objects.filter(pk=text.pk).update(kind="tekst")
    fields = page.get(at(plan, "part_edit", f"block:{text.pk}")).context["form"].fields
    assert not fields.keys() & {"amount", "key", "tranches", "lines"}


def test_what_stands_beside_the_document_is_typed_in_the_editor(page, plan) -> None:
    add = {"do": "add", "handle": "new:1", "into": "plan", "name": "printed", "after": "end"}
    said = change(page, plan, add | {"tree": {"where": "blz. 2", "text": "€  1"}}).json()
    row = parse(page.get(at(plan, "plan_edit")).content).xpath(
        f"//tr[@data-node='{said['new']['new:1']}']"
    )
    assert [seen(cell) for cell in row[0].xpath("td[@data-key]")][:2] == ["blz. 2", "€ 1"]
    pasted = page.post(
        at(plan, "part_paste", "plan"),
        {"lijst": "printed", "tekst": "Plaats in de bron\tZoals gedrukt\nblz. 3\t€ 2\n"},
    )
    assert "1 rij komt erbij" in pasted.content.decode()
