"""A version looks as the plan looked, from the same calculation, and nobody else sees it."""

from __future__ import annotations

import datetime
import json
from collections import Counter
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from funds.figure import Figure
from funds.models import Application
from municipalities import textfile
from reports import rendering
from reports.rendering import FORMATS, Reported, report, report_version
from tests.conftest import DB2
from tests.factories import ActionFactory, WorkPlanFactory
from workplans import planfile
from workplans.models import PlanVersion, WorkPlan
from workplans.services import as_it_was, keep_version, store_plan, submit_workplan

pytestmark = pytest.mark.django_db

SLUGS = tuple(path.stem for path in sorted(DB2.parent.glob("*.yaml")))


def emptied(plan: WorkPlan) -> None:
    """Take the actions and the texts away, so that nothing is left to look at."""
    tree = planfile.dump(plan)
    tree["plan"]["title"] = "Leeg"
    tree["blocks"] = []
    for line in tree["lines"]:
        line["actions"] = []
        line.pop("points", None)
        line.pop("parts", None)
    tree.pop("figures", None)
    tree.pop("rules", None)
    store_plan(textfile.TextFile(tree), replace=True)


def files(reported: Reported, *forms: str) -> dict[str, bytes]:
    return {form: FORMATS[form][0](reported) for form in forms}


@pytest.mark.parametrize("slug", SLUGS)
def test_a_version_gives_the_files_that_the_plan_gave(documents, slug) -> None:
    """All files of the five documents, byte for byte, after the plan became another."""
    plan = documents[slug]
    before = files(report(plan), "json", "yaml", "csv", "html")
    kept = keep_version(plan, name="Eerste", by=None)
    emptied(plan)
    assert files(report(WorkPlan.objects.get(pk=plan.pk)), "json") != before["json"]
    after = files(report_version(kept), "json", "yaml", "csv", "html")
    assert json.loads(after["json"])["totals"] == json.loads(before["json"])["totals"]
    assert after == before


def test_a_version_gives_the_pdf_that_the_plan_gave(loaded) -> None:
    before = rendering.pdf(report(loaded))
    kept = keep_version(loaded, name="Eerste", by=None)
    emptied(loaded)
    assert rendering.render_version(kept, "pdf").body == before


def test_the_total_that_a_version_keeps_is_that_of_its_document(documents) -> None:
    for plan in documents.values():
        kept = keep_version(plan, name="Eerste", by=None)
        assert kept.figure == report(plan).totals.total, plan.slug


def rows() -> Counter[str]:
    """How many rows every table has, history and search included."""
    tables = connection.introspection.table_names()
    found: Counter[str] = Counter()
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            found[table] = cursor.fetchone()[0]
    return found


def test_looking_leaves_nothing_behind(loaded) -> None:
    kept = keep_version(loaded, name="Eerste", by=None)
    before, tree = rows(), planfile.dump(loaded)
    with as_it_was(kept) as plan:
        assert plan.pk != loaded.pk
        assert WorkPlan.objects.filter(pk=plan.pk).exists()
        report(plan)
    assert rows() == before
    assert planfile.dump(WorkPlan.objects.get(pk=loaded.pk)) == tree


def test_looking_writes_no_history(loaded) -> None:
    """Also while it lasts: an event of a plan that never was would be read by nobody."""
    kept = keep_version(loaded, name="Eerste", by=None)
    events = [model for model in apps.get_models() if hasattr(model, "pgh_tracked_model")]
    before = [model.objects.count() for model in events]
    with as_it_was(kept):
        assert [model.objects.count() for model in events] == before


def test_a_fault_while_looking_leaves_nothing_behind(loaded) -> None:
    kept = keep_version(loaded, name="Eerste", by=None)
    before = rows()
    with pytest.raises(RuntimeError), as_it_was(kept):
        raise RuntimeError
    assert rows() == before


@pytest.mark.django_db(transaction=True)
def test_two_look_at_one_version_and_nobody_waits() -> None:
    """Each under an address of its own, while the plan itself is being written to."""
    plan = WorkPlanFactory(draft=True)
    kept = keep_version(plan, name="Eerste", by=None)
    with as_it_was(kept) as one:
        other = connection.copy()
        try:
            with other.cursor() as cursor:
                cursor.execute("SET lock_timeout = '2s'")
                cursor.execute(
                    "UPDATE workplans_workplan SET title = 'Intussen' WHERE id = %s", [plan.pk]
                )
                cursor.execute("SELECT count(*) FROM workplans_workplan")
                assert cursor.fetchone() == (1,)
        finally:
            other.close()
        with as_it_was(kept) as two:
            assert one.pk != two.pk


def test_it_has_the_address_and_the_status_of_the_plan(loaded) -> None:
    kept = keep_version(loaded, name="Eerste", by=None)
    live, then = report(loaded), report_version(kept)
    assert then.content.plan.get_absolute_url() == loaded.get_absolute_url()
    assert then.document.status == live.document.status
    assert [block.anchor for block in then.document.blocks] == [
        block.anchor for block in live.document.blocks
    ]


class TestFund:
    @pytest.fixture
    def plan(self, bollenstreek: Any, fund: Any) -> WorkPlan:
        return WorkPlanFactory(draft=True, region=bollenstreek, fund=fund)

    def test_what_was_submitted_counts_once(self, plan) -> None:
        submitted = submit_workplan(plan, on=datetime.date(2020, 3, 1))
        (live,) = report(submitted).positions
        applications = Application.objects.count()
        kept = submitted.versions.get()
        ActionFactory(line=plan.lines.get(), code="9", amount="€ 1.000,-", equal=True)
        (then,) = report_version(kept).positions
        assert then.balance == live.balance
        assert then.requested_here == live.requested_here == Figure.of(Decimal(9_000))
        assert not then.has_changed
        assert Application.objects.count() == applications

    def test_a_concept_of_before_the_submission_is_still_a_draft(self, plan) -> None:
        """On its reference date nothing was submitted, whatever came after it."""
        kept = keep_version(plan, name="Concept", by=None)
        (before,) = report(plan).positions
        submit_workplan(plan, on=kept.as_of + datetime.timedelta(days=30))
        (then,) = report_version(kept).positions
        assert (then.draft, then.requested_here) == (before.draft, before.requested_here)
        assert then.balance == before.balance


def test_a_version_that_names_what_is_gone_says_what(bollenstreek) -> None:
    programme = WorkPlanFactory(kind=WorkPlan.Kind.PROGRAMME, region=bollenstreek)
    plan = WorkPlanFactory(draft=True, region=bollenstreek, programme=programme)
    kept = keep_version(plan, name="Met programma", by=None)
    WorkPlan.objects.filter(pk=plan.pk).update(programme=None)
    WorkPlan.objects.filter(pk=programme.pk).delete()
    with pytest.raises(ValidationError) as refused:
        report_version(kept)
    assert programme.slug in refused.value.messages[0]


def test_the_number_of_queries_is_the_same_whatever_the_size(documents) -> None:
    counts = []
    for slug in SLUGS:
        kept = keep_version(documents[slug], name="Eerste", by=None)
        kept = PlanVersion.objects.select_related("plan__region").get(pk=kept.pk)
        with CaptureQueriesContext(connection) as asked:
            report_version(kept)
        counts.append(len(asked))
    assert max(counts) < 110
