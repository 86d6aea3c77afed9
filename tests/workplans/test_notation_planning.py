"""Planning: every string of the five documents, what is refused, and the round trip.

The lists hold facts of the documents: name, text as printed, and how we write it. UP
and LV have no planning column. WF has two, so its list holds start and end apart.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funds.notation import NotationError
from workplans.notation.moments import Moment
from workplans.notation.planning import (
    Planning,
    PlanningEntry,
    PlanningState,
    format_planning,
    planning_as_json,
    read_planning,
)

HERE = Path(__file__).parent


def rows(name: str) -> list[list[str]]:
    text = (HERE / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines()]


DOCUMENTS = rows("planning_documents.tsv")
WESTFRIESLAND = rows("planning_westfriesland.tsv")
CELLS = sorted({cell for row in WESTFRIESLAND for cell in row[1:3]})


@pytest.mark.parametrize(("text", "written"), [row[1:] for row in DOCUMENTS])
def test_planning_of_the_documents_is_read(text: str, written: str) -> None:
    planning = read_planning(text)

    assert planning.by_hand is (written == "handmatig")
    assert format_planning(planning) == (text if planning.by_hand else written)


def test_rijnstreek_has_seventeen_plannings_of_which_two_are_sentences() -> None:
    read = [read_planning(text) for document, text, _ in DOCUMENTS if document == "RS"]

    assert len(read) == 17
    assert sum(planning.by_hand for planning in read) == 2


@pytest.mark.parametrize(("start", "end", "written"), [row[1:] for row in WESTFRIESLAND])
def test_two_columns_of_westfriesland_are_one_planning(start: str, end: str, written: str) -> None:
    planning = read_planning(f"Start: {start} Eind: {end}")

    assert not planning.by_hand
    assert format_planning(planning) == written


def test_westfriesland_has_94_activities() -> None:
    assert len(WESTFRIESLAND) == 94


@pytest.mark.parametrize("cell", CELLS)
def test_single_cell_of_westfriesland_is_read(cell: str) -> None:
    planning = read_planning(cell)

    assert planning.entries
    assert not planning.by_hand
    assert read_planning(format_planning(planning)) == planning


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("2020", [{"from": "2020-Q1", "to": "2020-Q4"}]),
        ("Q1 '19 t/m Q4 '19", [{"from": "2019-Q1", "to": "2019-Q4"}]),
        ("2021 Q2-2023", [{"from": "2021-Q2", "to": "2023-Q4"}]),
        ("2020/2021", [{"from": "2020-Q1", "to": "2021-Q4", "alternative": True}]),
        ("Vanaf 2021 Q3", [{"from": "2021-Q3", "to": None}]),
        ("Doorlopend", [{"from": None, "to": None, "continuous": True}]),
        ("Zie #13", [{"from": None, "to": None, "reference": "13"}]),
        ("n.v.t.", [{"from": None, "to": None, "state": "not_applicable"}]),
        ("Start: Q1 '19 Eind: NB", [{"from": "2019-Q1", "to": None, "state": "unknown"}]),
        (
            "Q1 '19 (HRN) Q2 '19 (WF6)",
            [
                {"from": "2019-Q1", "to": "2019-Q1", "group": "HRN"},
                {"from": "2019-Q2", "to": "2019-Q2", "group": "WF6"},
            ],
        ),
        (
            "Besluitvorming: 2021 Q2 Uitvoering: 2021 Q2-2023",
            [
                {"from": "2021-Q2", "to": "2021-Q2", "label": "Besluitvorming"},
                {"from": "2021-Q2", "to": "2023-Q4", "label": "Uitvoering"},
            ],
        ),
        ("", []),
    ],
)
def test_json_has_the_keys_of_the_plan_file(text: str, entries: list[dict[str, object]]) -> None:
    assert planning_as_json(read_planning(text)) == {"entries": entries, "by_hand": False}


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("2e kwartaal 2021", "Q2 2021"),
        ("vierde kwartaal van 2021", "Q4 2021"),
        ("kwartaal 3 2021", "Q3 2021"),
        ("eerste helft 2021", "Q1 t/m Q2 2021"),
        ("2e halfjaar 2021", "Q3 t/m Q4 2021"),
        ("tweede helft 2021 t/m 2022", "Q3 2021 t/m 2022"),
        ("2018 – 2023", "2018 t/m 2023"),
        ("2018 tot en met 2023", "2018 t/m 2023"),
        ("2021 Q4 - 2022 Q1", "Q4 2021 t/m Q1 2022"),
        ("2020-Q4 2021", "2020 t/m Q4 2021"),
        ("2021-Q2", "Q2 2021"),
        ("Q1 en Q2 2021", "Q1 t/m Q2 2021"),
        ("2020 of 2021", "2020 en/of 2021"),
        ("Q1/Q2 2020", "Q1 2020 en/of Q2 2020"),
        ("2020 en 2022", "2020; 2022"),
        ("met ingang van 2021", "vanaf 2021"),
        ("per 2023", "vanaf 2023"),
        ("uiterlijk Q3 2021", "t/m Q3 2021"),
        ("continu vanaf Q2 2020", "doorlopend vanaf Q2 2020"),
        ("nader te bepalen", "n.t.b."),
        ("Fase 1: 2021 Fase 2: 2022", "Fase 1: 2021; Fase 2: 2022"),
        ("Start bouw: Q1 2020", "Start bouw: Q1 2020"),
        ("zie punt 37 + 38", "zie #37 + 38"),
    ],
)
def test_other_ways_of_writing(text: str, written: str) -> None:
    planning = read_planning(text)

    assert not planning.by_hand
    assert format_planning(planning) == written


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("voorjaar 2021", [("2021-Q1", "2021-Q4")]),
        ("eind 2021", [("2021-Q1", "2021-Q4")]),
        ("maart 2021", [("2021-Q1", "2021-Q1")]),
        ("per 01-07-2022", [("2022-Q3", "2022-Q3")]),
        ("Oplevering verwacht in Q3-Q4 2022", [("2022-Q3", "2022-Q4")]),
        ("Q1 2020 (verwacht)", [("2020-Q1", "2020-Q1")]),
        ("Besluit in Q5 2020", [("2020-Q1", "2020-Q4")]),
        ("jaarlijks", []),
    ],
)
def test_sentence_is_kept_as_typed_with_what_it_names(
    text: str, named: list[tuple[str, str]]
) -> None:
    planning = read_planning(text)
    entries = planning_as_json(planning)["entries"]

    assert planning.by_hand
    assert format_planning(planning) == text
    assert isinstance(entries, list)
    assert [(entry["from"], entry["to"]) for entry in entries] == named


@pytest.mark.parametrize(
    ("text", "code", "advice"),
    [
        ("Q5 2020", "no_such_quarter", "Q1, Q2, Q3 of Q4"),
        ("Uitvoering: Q5 2020", "no_such_quarter", "Q1, Q2, Q3 of Q4"),
        ("5e kwartaal 2020", "no_such_quarter", "Q1, Q2, Q3 of Q4"),
        ("3e helft 2020", "no_such_half", "eerste helft 2020"),
        ("2021-2020", "backwards", "bedoelt u 2020 t/m 2021?"),
        ("2020 Q4-Q2", "backwards", "bedoelt u Q2 t/m Q4 2020?"),
        ("Start: Q4 '19 Eind: Q1 '19", "backwards", "bedoelt u Q1 t/m Q4 2019?"),
        ("Q1", "year_missing", "schrijf bijvoorbeeld Q1 2020"),
        ("Q1 19", "no_year", "vier cijfers"),
        ("2021-22", "no_year", "vier cijfers"),
        ("2020/'21", "book_year", "2020 t/m 2021 of 2020 en/of 2021"),
        ("2020/2022", "not_adjacent", "2020 en/of 2021"),
        ("tot 2022", "until", "schrijf t/m"),
        ("Q1 '19 Q4 '19", "not_apart", "t/m ertussen"),
        ("Start: NB Eind: n.t.b.", "two_states", "NB, n.t.b. of n.v.t."),
        ("Start: Q1 '19 (HRN) Q2 '19 (WF6) Eind: Q4 '19 (HRN)", "groups_differ", "groepen"),
        ("Start: Zie #13 Eind: Zie #14", "references_differ", "Zie #13"),
        ("Start: 2020/2021 Eind: 2022", "not_one_moment", "één moment"),
        ("2021?", "no_planning", "schrijf bijvoorbeeld"),
        ("-", "no_planning", "schrijf bijvoorbeeld"),
    ],
)
def test_planning_words_without_a_planning_are_refused(text: str, code: str, advice: str) -> None:
    with pytest.raises(NotationError) as refused:
        read_planning(text)

    assert refused.value.code == code
    assert advice in refused.value.sentence
    assert refused.value.sentence.endswith((".", "?"))


moments = st.builds(Moment, st.integers(1990, 2050), st.one_of(st.none(), st.integers(1, 4)))
labels = st.sampled_from(["", "Besluitvorming", "Fase 1", "Start bouw", "Financiële keuze"])
groups = st.sampled_from(["", "HRN", "WF6", "overige gemeenten", "Kaag en Braassem"])


@st.composite
def entries(draw: st.DrawFn) -> PlanningEntry:
    """Any entry that can be written: dated, open, continuous, undated, a reference."""
    return replace(draw(bodies()), label=draw(labels), group=draw(groups))


@st.composite
def bodies(draw: st.DrawFn) -> PlanningEntry:
    start, end = draw(st.none() | moments), draw(st.none() | moments)
    if start and end and start.first > end.last:
        start, end = end, start
    continuous = draw(st.booleans())
    may_have_state = not (start and end) and not (continuous and (start or end))
    state = draw(st.sampled_from(PlanningState)) if may_have_state else PlanningState.STATED
    if not (start or end or continuous or state):
        return PlanningEntry(reference=draw(st.sampled_from(["13", "A6", "37 + 38"])))
    following = start.following() if start else None
    if following and not (continuous or state) and draw(st.booleans()):
        return PlanningEntry(start, following, alternative=True)
    return PlanningEntry(start, end, continuous=continuous, state=state)


@given(st.lists(entries(), max_size=4))
def test_what_is_written_is_read_as_the_same(listed: list[PlanningEntry]) -> None:
    planning = Planning(tuple(listed))

    assert read_planning(format_planning(planning)) == planning


@given(st.text(alphabet="Q12340 '-/;,:().tmdeNBzie#", max_size=25))
def test_any_text_is_read_by_hand_or_refused_and_survives_writing(text: str) -> None:
    try:
        planning = read_planning(text)
    except NotationError:
        return
    assert read_planning(format_planning(planning)) == planning


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"start": Moment(2021), "end": Moment(2020)},
        {"start": Moment(2020), "end": Moment(2020), "alternative": True},
        {"start": Moment(2020), "end": Moment(2021, 1), "alternative": True},
        {"start": Moment(2020), "state": PlanningState.TBD, "continuous": True},
        {"reference": "13", "continuous": True},
        {"reference": "nergens"},
        {"continuous": True, "label": "NB"},
        {"continuous": True, "group": "a) b"},
    ],
)
def test_entry_that_cannot_be_written_cannot_exist(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"."):
        PlanningEntry(**wrong)  # type: ignore[arg-type]
