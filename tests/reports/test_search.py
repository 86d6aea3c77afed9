"""The search page: what is found, in which order, for whom, and what it says if nothing is."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from funds.models import Fund
from municipalities.models import Region, User
from reports.search import Group, search
from reports.search_hits import Piece, passage, pieces
from tests.factories import (
    ActionFactory,
    ActionLineFactory,
    ApplicationFactory,
    BlockFactory,
    EnvelopeMutationFactory,
    WorkPlanFactory,
    euro,
)
from workplans.models import Action, ActionLine


@pytest.fixture
def line(bollenstreek: Region) -> ActionLine:
    plan = WorkPlanFactory(region=bollenstreek, title="Omzien naar elkaar", slug="omzien")
    return ActionLineFactory(plan=plan, code="A", title="Persoonlijke situatie")


@pytest.fixture
def action(line: ActionLine) -> Action:
    return ActionFactory(
        line=line,
        code="6",
        title="Gewoon thuis",
        description="Beschermd wonen in de eigen woning, met nachtopvang.",
        amount="€ 650.000,-",
    )


def group(user: User, typed: str, key: str) -> Group:
    return next(group for group in search(user, typed).groups if group.key == key)


def titles(user: User, typed: str, key: str = "acties") -> list[str]:
    return ["".join(p.text for p in hit.title) for hit in group(user, typed, key).hits]


def shown(client: Client, user: User, **query: Any) -> str:
    client.force_login(user)
    response = client.get(reverse("reports:search"), query)
    assert response.status_code == 200
    return response.content.decode()


# ---- what is found


@pytest.mark.parametrize(
    "typed",
    [
        "A6",
        "a 6",
        "650.000",
        "650000",
        "€ 650.000,-",
        "Gewoon thuis",
        "gewone",
        "besch",
        "BESCHERMDE woningen",
        "thuis 650000 wonen",
        "opvang",
        "beschremd",
        "nachtopvnag",
    ],
)
def test_an_action_is_found_by(typed: str, anna: User, action: Action) -> None:
    assert titles(anna, typed) == ["Gewoon thuis"]


@pytest.mark.parametrize("typed", ["A7", "650.001", "65", "thuis klimaat", "thuisloos"])
def test_an_action_is_not_found_by(typed: str, anna: User, action: Action) -> None:
    assert titles(anna, typed) == []


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        ("elkaar", "/werkplannen/omzien/"),
        ("bollenstreek 2020", "/werkplannen/omzien/"),
        ("persoonlijke situaties", "/werkplannen/omzien/#lijn-A"),
        ("wachtlijst", "/werkplannen/omzien/#tekst-2"),
    ],
)
def test_a_plan_is_found_at_the_place(typed: str, url: str, anna: User, line: ActionLine) -> None:
    BlockFactory(plan=line.plan, position=1, title="Inleiding")
    BlockFactory(plan=line.plan, position=2, title="Hoofdlijn", text="Er zijn wachtlijsten.")
    assert [hit.url for hit in group(anna, typed, "plannen").hits] == [url]


def test_a_hit_leads_to_its_row_on_the_page(client: Client, anna: User, action: Action) -> None:
    (hit,) = group(anna, "A6", "acties").hits
    page, anchor = hit.url.split("#")
    client.force_login(anna)
    assert f'id="{anchor}"' in client.get(page).content.decode()


def test_a_section_hit_leads_to_its_text(client: Client, anna: User, line: ActionLine) -> None:
    BlockFactory(plan=line.plan, position=2, title="Wachtlijsten")
    BlockFactory(plan=line.plan, position=1, title="Inleiding")
    (hit,) = group(anna, "wachtlijst", "plannen").hits
    page, anchor = hit.url.split("#")
    client.force_login(anna)
    html = client.get(page).content.decode()
    assert "Wachtlijsten" in html.split(f'id="{anchor}"')[1].split("</h2>")[0]


@pytest.mark.parametrize("typed", ["investeringsfonds", "leiden maatschappelijk", "wijkbus 40.000"])
def test_a_fund_is_found_by(typed: str, anna: User, fund: Fund, bollenstreek: Region) -> None:
    envelope = fund.envelopes.get(region=bollenstreek)
    ApplicationFactory(envelope=envelope, title="Wijkbus")
    EnvelopeMutationFactory(envelope=envelope, amount=euro(40_000))
    assert titles(anna, typed, "fondsen") == [fund.name]


# ---- order


def test_code_and_title_go_before_title_words_and_those_before_text(
    anna: User, line: ActionLine
) -> None:
    ActionFactory(line=line, position=1, title="Wonen", description="met zorg voor ouderen")
    ActionFactory(line=line, position=2, title="Zorg voor ouderen thuis")
    ActionFactory(line=line, position=3, title="Zorg voor ouderen")
    ActionFactory(line=line, position=4, title="Ouderen: zorg en meer")
    assert titles(anna, "zorg voor ouderen") == [
        "Zorg voor ouderen",
        "Zorg voor ouderen thuis",
        "Ouderen: zorg en meer",
        "Wonen",
    ]


def test_a_code_goes_before_texts_that_name_it(anna: User, action: Action) -> None:
    ActionFactory(line=action.line, position=0, code="1", title="Vervolg op A6")
    assert titles(anna, "A6") == ["Gewoon thuis", "Vervolg op A6"]


def test_newest_plan_goes_first_and_the_plan_keeps_its_order(
    anna: User, bollenstreek: Region
) -> None:
    for year in (2018, 2022):
        plan = WorkPlanFactory(region=bollenstreek, first_year=year, last_year=year)
        late = ActionLineFactory(plan=plan, position=2, code="B")
        early = ActionLineFactory(plan=plan, position=1, code="A")
        ActionFactory(line=late, title=f"Loket {year} B")
        ActionFactory(line=early, title=f"Loket {year} A")
    expected = ["Loket 2022 A", "Loket 2022 B", "Loket 2018 A", "Loket 2018 B"]
    assert titles(anna, "loket") == expected


def test_words_that_are_everywhere_keep_the_same_order(
    anna: User, line: ActionLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(12):
        plan = WorkPlanFactory(region=line.plan.region)
        where = ActionLineFactory(plan=plan, code="A")
        ActionFactory(line=where, code=f"{n}", title=f"Loket {n}", description="Balie")
        ActionFactory(line=where, code=f"{n}x", title=f"Wijk {n}", description="Loket")
    page = search(anna, "loket", only="acties").groups[0]
    monkeypatch.setattr("workplans.search.MOST_COUNTED", 3)
    walked = search(anna, "loket", only="acties").groups[0]
    assert [hit.url for hit in walked.hits] == [hit.url for hit in page.hits]
    assert (walked.count, walked.is_more) == (3, True)
    assert (page.count, page.is_more) == (24, False)


# ---- for whom


def test_carla_finds_nothing_of_another_region(
    client: Client, carla: User, anna: User, action: Action, fund: Fund, bollenstreek: Region
) -> None:
    BlockFactory(plan=action.line.plan, text="Bollenveldenproject")
    mine = fund.envelopes.get(region=bollenstreek)
    ApplicationFactory(envelope=mine, title="Tulpenvervoer")
    EnvelopeMutationFactory(envelope=mine, amount=euro(77_100))
    secrets = ["A6", "gewoon", "650.000", "nachtopvang", "bollenveldenproject", "omzien"]
    secrets += ["tulpenvervoer", "77.100", "beschermd", "bollenstreek"]
    faults = ["nachtopvnag", "bollenveldenprojcet", "tulpenvervoor", "beschremd", "velden"]
    for typed in (*secrets, *faults, "gewoon thuis", "opvang"):
        page = search(carla, typed)
        assert page.count == 0, typed
        assert (page.corrections, page.words) == ((), ()), typed
        html = shown(client, carla, q=typed)
        html = re.sub(
            r"<section class=\"stack tight narrow-page\">.*?</section>", "", html, flags=re.DOTALL
        )
        html = html.replace(f'value="{typed}"', "").replace(f"‘{typed}’", "")
        html = re.sub(r"<title>.*?</title>", "", html, flags=re.DOTALL)
        html = re.sub(r'name="terug" value="[^"]*"', "", html)
        for secret in secrets[1:]:
            assert secret not in html.lower(), (typed, secret)
    assert search(anna, "tulpenvervoor").corrections == (("tulpenvervoor", "tulpenvervoer"),)


def test_counts_are_of_what_one_may_see(
    anna: User, carla: User, action: Action, rijnstreek: Region
) -> None:
    plan = WorkPlanFactory(region=rijnstreek)
    ActionFactory(line__plan=plan, title="Gewoon wonen")
    assert [titles(user, "gewoon") for user in (anna, carla)] == [
        ["Gewoon thuis"],
        ["Gewoon wonen"],
    ]
    assert [group(user, "gewoon", "acties").count for user in (anna, carla)] == [1, 1]


def test_a_correction_is_a_word_that_the_reader_has(
    carla: User, action: Action, rijnstreek: Region
) -> None:
    ActionFactory(line__plan=WorkPlanFactory(region=rijnstreek), title="Dagopvang")
    page = search(carla, "nachtopvnag opvang")
    assert page.corrections == ()
    assert search(carla, "dagopvnag").corrections == (("dagopvnag", "dagopvang"),)


def test_a_correction_is_never_a_form_that_only_others_wrote(
    carla: User, line: ActionLine, rijnstreek: Region
) -> None:
    ActionFactory(line=line, title="Dagopvangen")
    ActionFactory(line__plan=WorkPlanFactory(region=rijnstreek), title="Dagopvang")
    assert search(carla, "dagopvangne").corrections == (("dagopvangne", "dagopvang"),)


def test_fund_manager_finds_submitted_plans_and_the_whole_fund(
    fenna: User, fund: Fund, bollenstreek: Region
) -> None:
    draft = WorkPlanFactory(draft=True, region=bollenstreek, fund=fund, title="Schets tuinen")
    given = WorkPlanFactory(submitted=True, region=bollenstreek, fund=fund, title="Plan tuinen")
    assert titles(fenna, "tuinen", "plannen") == [given.title] != [draft.title]
    assert titles(fenna, "bollenstreek", "fondsen") == [fund.name]


@pytest.mark.parametrize("name", ["gijs", "hanna", "technician"])
def test_who_has_no_plans_finds_none(name: str, cast: dict[str, User], action: Action) -> None:
    assert search(cast[name], "gewoon").count == 0


# ---- the page


def test_matches_are_marked_and_the_text_is_escaped(
    client: Client, anna: User, line: ActionLine
) -> None:
    ActionFactory(line=line, title="Huizen <b>& meer", description='Een huis\'s "deur" <script>')
    html = shown(client, anna, q="huis")
    assert "<mark>Huizen</mark> &lt;b&gt;&amp; meer" in html
    assert "<script>" not in html
    assert "<mark>huis&#x27;s</mark>" in html


def test_without_a_question_the_page_explains(client: Client, anna: User) -> None:
    assert "Wat u kunt zoeken" in shown(client, anna)


def test_nothing_found_says_what_to_try(client: Client, anna: User, action: Action) -> None:
    other = ActionFactory(line=action.line, title="Klimaat")
    html = shown(client, anna, q="thuis klimaat")
    assert "Niets gevonden" in html
    assert "?q=thuis" in html
    assert "?q=klimaat" in html
    assert other.title not in html


def test_a_corrected_word_is_named(client: Client, anna: User, action: Action) -> None:
    html = shown(client, anna, q="beschremd")
    assert "Niets gevonden voor ‘beschremd’" in html
    assert "‘beschermd’" in html


def test_the_page_says_that_a_long_question_is_cut(client: Client, anna: User) -> None:
    words = "een plan voor jeugd ouderen wonen zorg werk sport taal klimaat water natuur cultuur"
    assert "eerste tien woorden" in shown(client, anna, q=words)
    assert "eerste tien woorden" not in shown(client, anna, q="jeugd " * 20)


def test_ten_of_each_and_the_rest_behind_a_link(
    client: Client, anna: User, line: ActionLine
) -> None:
    for n in range(62):
        ActionFactory(line=line, code=f"{n}", title=f"Loket {n}")
    first = group(anna, "loket", "acties")
    assert (len(first.hits), first.count, first.has_more) == (10, 62, True)
    assert "groep=acties" in shown(client, anna, q="loket")
    pages = [search(anna, "loket", only="acties", number=n).groups[0].hits for n in (1, 2, 3)]
    assert [len(hits) for hits in pages] == [50, 12, 0]
    assert len({hit.url for hits in pages for hit in hits}) == 62
    html = shown(client, anna, q="loket", groep="acties", pagina="2")
    assert "Vorige" in html
    assert "Volgende" not in html


@pytest.mark.parametrize(
    "typed",
    [
        "x" * 1_000,
        "opvang " * 150,
        "een woord " * 100,
        "\x00",
        "thuis\x00gewoon",
        "%",
        "_ % \\",
        "'",
        '"',
        "';--",
        "') OR 1=1 --",
        "& | ! <-> ( :* )",
        "thuis:*",
        "!thuis",
        "'thuis' & 'gewoon'",
        "{a,b}",
        "%(all)s %s",
        "…!?.,;:-",
        "de het een",
        "\ud800".encode("utf-8", "replace").decode(),
        "🎉",
        "ﷺ" * 200,
        "1" * 200,
        "<script>alert(1)</script>",
    ],
)
def test_anything_may_be_typed(typed: str, client: Client, anna: User, action: Action) -> None:
    html = shown(client, anna, q=typed)
    assert "<script>" not in html


@pytest.mark.parametrize(
    "query",
    [
        {"groep": "geheim"},
        {"groep": "acties", "pagina": "-1"},
        {"groep": "acties", "pagina": "9" * 500},
        {"groep": "acties", "pagina": "²"},
        {"groep": "acties", "pagina": "twee"},
    ],
)
def test_any_address_is_answered(
    query: dict[str, str], client: Client, anna: User, action: Action
) -> None:
    shown(client, anna, q="thuis", **query)


def test_queries_do_not_grow_with_what_is_found(
    anna: User, line: ActionLine, django_assert_max_num_queries: Any
) -> None:
    for n in range(10):
        plan = WorkPlanFactory(region=line.plan.region, title=f"Loketplan {n} loket")
        ActionFactory(line__plan=plan, title=f"Loket {n}")
    with django_assert_max_num_queries(26):
        assert search(anna, "loket").count == 20


# ---- marks


def test_text_is_cut_where_marks_begin_and_end() -> None:
    assert pieces("De huizen, huis.", frozenset({"huizen"})) == (
        Piece("De "),
        Piece("huizen", is_match=True),
        Piece(", huis."),
    )


def test_passage_stands_around_the_first_match() -> None:
    text = "woord " * 50 + "doel " + "einde " * 50
    cut = "".join(piece.text for piece in passage(text, frozenset({"doel"})))
    assert "doel" in cut
    assert cut.startswith("… woord")
    assert cut.endswith("einde …")
    assert len(cut) < 190


def test_passage_without_a_match_is_the_beginning() -> None:
    assert "".join(p.text for p in passage("a  b\nc", frozenset())) == "a b c"
