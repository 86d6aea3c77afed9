"""Beside the plan stands how much is said about each place; in no file of it."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from reports.rendering import render
from tests.factories import ActionFactory, BlockFactory, CommentFactory, WorkPlanFactory
from workplans.services import answer_comment, resolve_comment

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(bollenstreek, fund):
    plan = WorkPlanFactory(region=bollenstreek, submitted=True, fund=fund)
    BlockFactory(plan=plan, position=0, title="Inleiding")
    BlockFactory(plan=plan, position=1, kind="acties", title="", text="")
    return plan


@pytest.fixture
def action(plan):
    return ActionFactory(line__plan=plan, line__code="Q", code="3")


def remarks(client, plan) -> dict[str, tuple[int, str]]:
    """Count and address to add one, by the words after `bij`."""
    page = client.get(plan.get_absolute_url()).content.decode()
    found: dict[str, tuple[int, str]] = {}
    for span in re.findall(r'<span class="remark">(.*?)</a></span>', page, re.S):
        place = re.findall(r'"hidden">[^<]* bij ([^<]*)', span)[-1]
        count = re.findall(r"(\d+) open", span)
        add = re.findall(r'class="remark-add" href="([^"]*)"', span)
        found[place] = (int(count[0]) if count else 0, add[0] if add else "")
    return found


def test_every_place_has_its_count_and_its_link(client, anna, plan, action) -> None:
    block = plan.blocks.get(position=0)
    CommentFactory(plan=plan, spot=action)
    answer_comment(CommentFactory(plan=plan, spot=action), by=anna, text="Ja.")
    resolve_comment(CommentFactory(plan=plan, spot=action.line), by=anna, at=now())
    CommentFactory(plan=plan, spot=block)
    client.force_login(anna)
    found = remarks(client, plan)
    add = f"/werkplannen/{plan.slug}/opmerkingen/nieuw/"
    assert found["Q3"] == (2, f"{add}?actie=Q3")
    assert found[str(action.line)] == (0, f"{add}?lijn=Q")
    assert found["Inleiding"] == (1, f"{add}?blok={block.pk}")
    assert "Opmerkingen: 3" in client.get(plan.get_absolute_url()).content.decode()


def test_reader_sees_counts_only(client, bram, plan, action) -> None:
    CommentFactory(plan=plan, spot=action)
    client.force_login(bram)
    assert remarks(client, plan) == {"Q3": (1, "")}


def test_fund_manager_sees_nothing_of_it(client, fenna, plan, action) -> None:
    CommentFactory(plan=plan, spot=action)
    client.force_login(fenna)
    page = client.get(plan.get_absolute_url()).content.decode()
    assert 'class="remark"' not in page
    assert "/opmerkingen/" not in page


@pytest.mark.parametrize("form", ["html", "yaml", "json", "csv"])
def test_no_file_has_a_trace_of_it(plan, action, form) -> None:
    before = render(plan, form).body
    CommentFactory(plan=plan, spot=action, text="Dit staat in geen bestand")
    assert render(plan, form).body == before


def test_counting_takes_one_query_whatever_there_is(client, anna, plan, action) -> None:
    client.force_login(anna)

    def asked() -> list[str]:
        with CaptureQueriesContext(connection) as captured:
            client.get(plan.get_absolute_url())
        return [query["sql"] for query in captured]

    asked()
    few = asked()
    assert sum('FROM "workplans_comment"' in sql for sql in few) == 1
    for _ in range(10):
        CommentFactory(plan=plan, spot=ActionFactory(line=action.line))
    assert len(asked()) == len(few)
