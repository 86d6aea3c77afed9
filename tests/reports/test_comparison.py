"""What changed between two plans: exactly that, in words and in money."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from municipalities import textfile
from reports.comparison import Comparison, compare, compare_csv, summary
from reports.comparison.matching import match
from reports.comparison.words import Run, runs
from reports.rendering import report, report_version
from workplans import planfile, words
from workplans.models import WorkPlan
from workplans.planfile import Tree
from workplans.services import keep_version, store_plan

NBSP = "\u00a0"


class TestWords:
    def test_a_short_text_is_shown_before_and_after(self) -> None:
        assert runs("€ 10.000", "PM") == (Run("removed", "€ 10.000"), Run("added", "PM"))

    @pytest.mark.parametrize(("old", "new", "kind"), [("", "PM", "added"), ("PM", "", "removed")])
    def test_what_came_or_went_whole_is_one_stretch(self, old, new, kind) -> None:
        assert runs(old, new) == (Run(kind, "PM"),)

    def test_of_a_long_text_only_the_words_that_differ_are_marked(self) -> None:
        old = "De gemeenten maken samen een plan voor de opvang van mensen zonder huis."
        new = "De vijf gemeenten maken samen een plan voor de zorg van mensen zonder huis."
        assert runs(old, new) == (
            Run("same", "De "),
            Run("added", "vijf "),
            Run("same", "gemeenten maken samen een plan voor de "),
            Run("removed", "opvang "),
            Run("added", "zorg "),
            Run("same", "van mensen zonder huis."),
        )

    def test_what_stayed_far_from_a_change_is_left_out(self) -> None:
        far = " ".join(f"woord{n}" for n in range(200))
        kinds = [run.kind for run in runs(f"{far} oud", f"{far} nieuw")]
        assert kinds == ["left out", "same", "removed", "added"]
        assert len("".join(run.text for run in runs(f"{far} oud", f"{far} nieuw"))) < 200

    def test_of_a_table_only_the_words_that_differ_are_marked(self) -> None:
        old = "| Gemeente | Wat er gebeurt |\n| Katwijk | opvang voor de nacht |\n| Lisse | PM |"
        new = "| Gemeente | Wat er gebeurt |\n| Katwijk | opvang voor de dag |\n| Lisse | PM |"
        assert runs(old, new) == (
            Run("same", "| Gemeente | Wat er gebeurt |\n| Katwijk | opvang voor de "),
            Run("removed", "nacht "),
            Run("added", "dag "),
            Run("same", "|\n| Lisse | PM |"),
        )

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("a b " * 40, "b a " * 40),
            ("een\ntwee\n" * 30, "twee\neen\n" * 29),
            ("x " * 3000, "y " * 3000),
        ],
    )
    def test_both_texts_can_be_read_back(self, old, new) -> None:
        """Where nothing is left out: what stayed and went is the old one, and so on."""
        found = runs(old, new)
        if "left out" in {run.kind for run in found}:
            pytest.skip("shortened")
        assert "".join(run.text for run in found if run.kind != "removed").split() == new.split()
        assert "".join(run.text for run in found if run.kind != "added").split() == old.split()


class TestMatching:
    @staticmethod
    def told(old: str, new: str) -> list[str]:
        """Letters stand for things, each with itself as key."""
        found = match(old, new, lambda letter: letter)
        return [f"{p.old or '+'}{p.new or '-'}{'!' if p.moved else ''}" for p in found]

    def test_what_is_gone_stands_where_it_stood(self) -> None:
        assert self.told("abc", "axc") == ["aa", "+x", "b-", "cc"]
        assert self.told("abc", "xy") == ["+x", "+y", "a-", "b-", "c-"]

    def test_one_that_moved_is_said_once_and_not_all_others(self) -> None:
        assert self.told("abcde", "bcdea") == ["bb", "cc", "dd", "ee", "aa!"]

    def test_equal_keys_are_paired_in_order(self) -> None:
        assert self.told("aab", "aaab") == ["aa", "aa", "+a", "bb"]

    def test_what_reads_alike_is_the_same_thing(self) -> None:
        old = ["samen werken aan een warm huis", "iets anders"]
        new = ["samen werken aan een nieuw huis"]
        found = match(old, new, words=lambda text: text)
        assert [(pair.old, pair.new) for pair in found] == [
            (old[0], new[0]),
            (old[1], None),
        ]


def test_every_key_of_the_plan_file_has_words() -> None:
    """A new key of the schema would change unseen otherwise."""
    schema = planfile.schema()
    defined = schema["$defs"]
    inside = {"rows", "actions", "parts", "slug"}
    for shape, labels in (
        (schema["properties"]["plan"], words.PLAN),
        (schema["properties"]["applications"]["items"], words.APPLICATION),
        (defined["rule"], words.RULE),
        (defined["figure"], words.FIGURE),
        (defined["printed"], words.PRINTED),
        (defined["block"], words.BLOCK),
        (defined["row"], words.ROW),
        (defined["line"], words.LINE),
        (defined["action"], words.ACTION),
    ):
        assert set(shape["properties"]) - inside == set(labels) - {"point"}


# ---- whole plans

Change = Callable[[Tree], None]


@pytest.fixture
def changed(loaded: WorkPlan) -> Callable[[Change], Comparison]:
    """The plan of the Duin- en Bollenstreek, compared with itself after a change."""

    def inner(change: Change) -> Comparison:
        kept = keep_version(loaded, name="Eerste", by=None)
        tree = copy.deepcopy(planfile.dump(loaded))
        change(tree)
        store_plan(textfile.TextFile(tree), replace=True)
        return compare(report_version(kept), report(WorkPlan.objects.get(pk=loaded.pk)))

    return inner


def told(found: Comparison) -> list[tuple[str, str, str, tuple[str, ...], list[str]]]:
    """Every part: chapter, step, heading, marks and the fields that differ."""
    return [
        (group.anchor, part.step, part.heading, part.marks, [label for label, _ in part.fields])
        for group in found.groups
        for part in group.parts
    ]


def money(found: Comparison) -> dict[str, list[tuple[str, str, str]]]:
    """Every row of every table of differences: who, how much, and what is open."""
    return {
        table.key: [
            (row.cells[0].plain, row.cells[3].plain.replace(NBSP, " "), row.cells[4].plain)
            for row in table.rows
        ]
        for table in found.money.tables
    }


def several(tree: Tree) -> None:
    """One of each: an action in between, one gone, an amount that is PM now, a new title,
    and a sentence more."""
    actions = tree["lines"][0]["actions"]
    actions[1] |= {"amount": "PM"}
    del actions[1]["municipalities"]
    actions[2]["title"] = "Iets heel anders"
    new = {"title": "Nieuw begin", "amount": "€ 12.500", "municipalities": "Katwijk"}
    actions.insert(0, new)
    for n, action in enumerate(actions, start=1):
        action["code"] = str(n)
    del tree["lines"][1]["actions"][0]
    tree["blocks"][0]["text"] += " En nog een zin erbij."


@pytest.mark.django_db
class TestPlans:
    def test_exactly_the_changes_are_shown(self, changed) -> None:
        found = changed(several)
        anew = [(f"A{n}", f"A{n + 1}") for n in (1, 2, 3, 4, 5, 6, 7, 8, 9)]
        marks = {new: (f"had code {old}, nu {new}",) for old, new in anew}
        assert told(found) == [
            ("teksten", "changed", "Inleiding", (), ["Tekst"]),
            ("lijn-A", "added", "A1 Nieuw begin", (), ["Bedrag", "Gemeenten"]),
            ("lijn-A", "renumbered", "A2 Begeleiding decentrale opvang", marks["A2"], []),
            (
                "lijn-A",
                "changed",
                "A3 Locatieonderzoek tweede Scheef huisje en decentrale opvang",
                marks["A3"],
                ["Bedrag", "Gemeenten"],
            ),
            ("lijn-A", "changed", "A4 Iets heel anders", marks["A4"], ["Titel"]),
            *(
                ("lijn-A", "renumbered", f"{code} {title}", marks[code], [])
                for code, title in (
                    ("A5", "Decentrale opvang"),
                    ("A6", "Decentrale opvang"),
                    ("A7", "‘Gewoon thuis’"),
                    ("A8", "Doorontwikkeling Vriendenhuis"),
                    ("A9", "Innovatie en verdieping van de hulpverlening van de Brug"),
                    ("A10", "Decentrale opvang ex-gedetineerden"),
                )
            ),
            (
                "lijn-B",
                "removed",
                "B1 De buurtcirkel",
                (),
                [
                    *("Titel in de begroting", "Stand", "Omschrijving", "Bedrag"),
                    *("Aard", "Monitoring", "Planning", "Gemeenten"),
                ],
            ),
        ]
        assert found.groups[0].parts[0].fields[0][1][-1] == Run("added", "En nog een zin erbij.")

    def test_the_money_is_that_of_the_two_documents(self, changed) -> None:
        total = ("Totaal", "− € 32.500", "1 × PM erbij")
        assert money(changed(several)) == {
            "verschil-acties": [
                ("A1 Nieuw begin", "+ € 12.500", ""),
                (
                    "A3 Locatieonderzoek tweede Scheef huisje en decentrale opvang",
                    "− € 30.000",
                    "1 × PM erbij",
                ),
                ("B1 De buurtcirkel", "− € 15.000", ""),
                total,
            ],
            "verschil-ontvangt": [
                ("Hillegom", "− € 45.000", ""),
                ("Katwijk", "+ € 12.500", ""),
                ("Niet verdeeld", "€ 0", "1 × PM erbij"),
                total,
            ],
            "verschil-baat": [
                ("Hillegom", "− € 45.000", ""),
                ("Katwijk", "+ € 12.500", ""),
                ("Niet verdeeld", "€ 0", "1 × PM erbij"),
                total,
            ],
        }

    def test_the_summary_counts_them(self, changed) -> None:
        assert summary(changed(several)).replace(NBSP, " ") == (
            "2 acties gewijzigd, 1 nieuw, 1 vervallen, 7 hernummerd; 1 blok gewijzigd; "
            "totaal − € 32.500, 1 × PM erbij"
        )

    def test_the_file_has_the_same_differences(self, changed) -> None:
        found = compare_csv(changed(several), "verschil")
        lines = found.body.decode("utf-8-sig").split("\r\n")
        assert found.name == "verschil.csv"
        assert lines[1] == "acties;A1;A1 Nieuw begin;0.00;bekend;12500.00;bekend;12500.00;gelijk"
        assert lines[-2] == (
            "totaal;totaal;Totaal;1282500.00;bekend;1250000.00;pm:1;-32500.00;1 × PM erbij"
        )

    def test_what_is_the_same_has_no_difference(self, changed) -> None:
        found = changed(lambda tree: None)
        assert found.is_none
        assert found.money.tables == ()
        assert summary(found).replace(NBSP, " ") == "totaal gelijk: € 1.282.500"

    def test_an_action_that_goes_to_another_line_is_the_same_action(self, changed) -> None:
        def move(tree: Tree) -> None:
            tree["lines"][3]["actions"].append(tree["lines"][1]["actions"].pop() | {"code": "9"})

        found = changed(move)
        assert told(found) == [
            (
                "lijn-D",
                "moved",
                "D9 De buurtcirkel",
                ("had code B1, nu D9", "ging van actielijn B naar D"),
                [],
            )
        ]
        assert found.money.is_none

    def test_a_line_that_gets_another_code_keeps_its_actions(self, changed) -> None:
        def rename(tree: Tree) -> None:
            tree["lines"][1]["code"] = "X"

        assert told(changed(rename)) == [
            ("lijn-X", "changed", "Actielijn X De informele ondersteuning", (), ["Code"]),
            ("lijn-X", "renumbered", "X1 De buurtcirkel", ("had code B1, nu X1",), []),
        ]

    def test_blocks_and_rows_that_come_go_and_move(self, changed) -> None:
        def change(tree: Tree) -> None:
            row = {"title": "Samen", "text": "Samen werken"}
            block: Any = {"kind": "uitgangspunten", "title": "Uitgangspunten", "rows": [row]}
            tree["blocks"].insert(0, block)
            first, second = tree["blocks"][1:3]
            tree["blocks"][1:3] = [second, first]

        steps = [(step, heading, marks) for _, step, heading, marks, _ in told(changed(change))]
        assert steps == [
            ("added", "Uitgangspunten", ()),
            ("moved", "Hoofdlijnen", ("staat op een andere plaats",)),
        ]

    def test_the_cover_says_what_it_said(self, changed) -> None:
        def change(tree: Tree) -> None:
            tree["plan"] |= {"title": "Derde werkplan", "as_of": "2020-04-01"}

        ((anchor, step, heading, _, labels),) = told(changed(change))
        assert (anchor, step, heading) == ("plan", "changed", "Gegevens van het plan")
        assert labels == ["Titel", "Peildatum"]
