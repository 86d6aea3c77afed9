"""What is wrong in a plan file is said with its place, and nothing is stored."""

from __future__ import annotations

import pytest

from municipalities import textfile
from tests.workplans.every_key import TEXT, load
from workplans import planfile
from workplans.models import (
    WorkPlan,
)
from workplans.services import store_plan

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("right", "wrong", "where", "sentence"),
    [
        (
            "plan-2019/Z\n",
            "plan-2018/Z\n",
            "lines[0].follows[0]",
            "Het plan plan-2018 kennen wij niet",
        ),
        ("plan-2019/Z\n", "plan-2019/Y\n", "lines[0].follows[0]", "geen actielijn Y"),
        ("plan-2019/Z9", "plan-2019/Z8", "points[0].actions[0].follows", "geen actie Z8"),
        ("  follows: plan-2019\n", "  follows: plan-2018\n", "plan.follows", "laad dat eerst"),
        ("      - A1\n", "      - A2\n", "blocks[1].lines[1]", "geen actielijn A2"),
        (
            "Project/pilot",
            'Project/pilot"\n      - "prijs: Euro',
            "blocks[1].columns[2]",
            "De kolom prijs",
        ),
        ("      - actiepunt\n", "      - nummer\n", "lines[0].columns[1]", "De kolom nummer"),
        ("        line: A\n", "        line: C\n", "blocks[4].rows[0].line", "geen actielijn C"),
        (
            "        action: 37 + 38B",
            "        action: B7",
            "blocks[4].rows[0].action",
            "geen actie B7",
        ),
        (
            "          - 3 plaatsen",
            "          - veel plaatsen",
            "rows[0].quantities[0]",
            "is geen aantal",
        ),
        ("- ca. 5 woningen", "- wat woningen", "results[0].quantities[0]", "is geen aantal"),
        ("- maximaal 6 maanden", "- even", "results[0].results[0].quantities[0]", "is geen aantal"),
        ("- 0,5 fte casemanagement", "- fte", "actions[0].quantities[0]", "is geen aantal"),
        (
            "              - P7\n",
            "              - P8\n",
            "actions[0].results[2]",
            "Het resultaat P8 staat niet",
        ),
        (
            "              - 37 + 38A\n",
            "              - 99\n",
            "actions[1].after[0]",
            "geen actie 99",
        ),
        (
            "              - 37 + 38A\n",
            "              - 37 + 38B\n",
            "after[0]",
            "niet op zichzelf wachten",
        ),
        (
            '      - code: "18"\n',
            "      - title: Kop\n",
            "lines[0].points[1].actions[0]",
            "heeft geen code",
        ),
        (
            "50% regiobudget; rest Aa",
            "50% regiobudget; 40% Aa",
            "costs[0].funding",
            "er ontbreekt 10%",
        ),
        (
            "50% regiobudget; rest Aa",
            "€ 500 regio; € 1 Aa",
            "costs[0].funding",
            "telt op tot €\u00a0501",
        ),
        ("Laag, penvoerder Berg", "Atlantis", "costs[1].municipalities", "Atlantis"),
        (
            "            monitoring: Tellen\n",
            "            monitoring: Tellen\n            amount: € 5\n",
            "actions[1].amount",
            "De kosten staan onder costs",
        ),
        ("start: Q1 '19 (Top) Q2 '19 (Laag)", "start: Q5 2020", "actions[0].start", "bestaat niet"),
        ("    maximum: € 9.000", "    maximum: € 4.000", "rules[0].maximum", "onder het bedrag"),
        ("    maximum: € 9.000", "    maximum: PM", "rules[0].maximum", "Hier hoort een bedrag"),
        ("    share: 0,5%", "    share: een deel", "rules[0].share", "is geen deel"),
        ("code: R2", "code: R1", "rules[1].code", "De regel R1 staat er twee keer"),
        (
            "code: verschil",
            "code: budget",
            "figures[1].code",
            "Het cijfer budget staat er twee keer",
        ),
        (
            "    amount: € 10.000\n    source",
            "    source",
            "figures[0]",
            "een bedrag, een som of een deel",
        ),
        (
            "    amount: € 1.000\n    tranches",
            "    amount: € 1,000\n    tranches",
            "blocks[3].amount",
            "geen duidelijk bedrag",
        ),
        (
            "    key: inwoners 2019-01-01\n    unit",
            "    key: inwoners 2018-01-01\n    unit",
            "blocks[3].key",
            "inwonertallen",
        ),
        (
            "      - code: A1\n        title: Vroeg erbij",
            "      - code: A\n        title: Vroeg erbij",
            "lines[0].parts[0].code",
            "De actielijn A staat er twee keer",
        ),
    ],
)
def test_a_fault_says_where_and_what(
    named, right: str, wrong: str, where: str, sentence: str
) -> None:
    assert right in TEXT
    with pytest.raises(textfile.FileFaults) as caught:
        load(TEXT.replace(right, wrong))
    found = [str(fault) for fault in caught.value.faults]
    assert any(where in fault and sentence in fault for fault in found), found
    assert all(fault.line for fault in caught.value.faults)
    assert not WorkPlan.objects.filter(slug="alle-sleutels-2020").exists()


@pytest.mark.parametrize(
    ("deep", "where"),
    [
        (
            {"parts": [{"code": "X", "title": "Te diep", "kind": "onderdeel"}]},
            "lines[0].parts[0].parts",
        ),
        (
            {"results": [{"text": "a", "results": [{"text": "b", "results": [{"text": "c"}]}]}]},
            "lines[0].parts[0].results[0].results[0].results",
        ),
        ({"points": [{"actions": []}]}, "lines[0].parts[0].points[0]"),
    ],
)
def test_what_is_too_deep_or_has_no_name_is_refused(named, deep: dict, where: str) -> None:
    tree = planfile.normalised(planfile.read(TEXT).tree)
    tree["lines"][0]["parts"][0] |= deep
    with pytest.raises(textfile.FileFaults) as caught:
        store_plan(textfile.TextFile(tree))
    assert where in [textfile.path_text(fault.path) for fault in caught.value.faults]
