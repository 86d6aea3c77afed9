"""Who changed what, when, old and new: whatever wrote the row."""

from decimal import Decimal

import pghistory
import pytest
from django.apps import apps
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory
from pghistory.middleware import HistoryMiddleware

from funds.models import (
    DistributionShare,
    DistributionTranche,
    EnvelopeCounter,
    Instalment,
    ReserveCounter,
    RoundChoice,
    RoundCounter,
)
from tests.factories import CostLineFactory, euro
from workplans.models import (
    BodyDecision,
    CostLine,
    Notice,
    PlanChange,
    PlanRevision,
    PlanStep,
    PlanVersion,
    Presence,
    Publication,
    PublicationWithdrawal,
    PublishedFile,
    ScenarioChoice,
    ScenarioVote,
    Share,
    TakenBack,
)

pytestmark = pytest.mark.django_db

ShareEvent = apps.get_model("workplans", "ShareEvent")
CostLineEvent = apps.get_model("workplans", "CostLineEvent")


@pytest.fixture
def line() -> CostLine:
    return CostLineFactory(amount="€ 100,-", municipalities="A")


def by_queryset(line: CostLine) -> None:
    line.shares.update(amount=Decimal(90))


def by_bulk_update(line: CostLine) -> None:
    share = line.shares.get()
    share.amount = euro(90)
    Share.objects.bulk_update([share], ["amount"])


def by_upsert(line: CostLine) -> None:
    share = line.shares.get()
    share.amount = euro(90)
    Share.objects.bulk_create(
        [share], update_conflicts=True, unique_fields=["id"], update_fields=["amount"]
    )


def by_sql(line: CostLine) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE workplans_share SET amount = 90 WHERE cost_line_id = %s", [line.pk])


def by_save(line: CostLine) -> None:
    share = line.shares.get()
    share.amount = euro(90)
    share.save()


def change(line: CostLine, write) -> None:
    CostLine.objects.filter(pk=line.pk).update(amount=Decimal(90))
    write(line)


@pytest.mark.parametrize("write", [by_queryset, by_bulk_update, by_upsert, by_sql, by_save])
def test_a_changed_share_leaves_old_and_new_with_the_moment(line, write) -> None:
    share = line.shares.get()
    change(line, write)
    old, new = ShareEvent.objects.filter(pgh_obj=share).order_by("pgh_id")
    assert (old.pgh_label, old.amount.amount) == ("insert", 100)
    assert (new.pgh_label, new.amount.amount) == ("update", 90)
    assert old.pgh_created_at <= new.pgh_created_at


def test_a_deletion_is_recorded_with_what_was_there(line) -> None:
    key = line.shares.get().pk
    line.delete()
    gone = ShareEvent.objects.get(pgh_label="delete")
    assert (gone.pgh_obj_id, gone.amount.amount) == (key, 100)
    assert CostLineEvent.objects.filter(pgh_label="delete").count() == 1


def test_an_equal_write_leaves_no_event(line) -> None:
    before = ShareEvent.objects.count()
    line.shares.update(amount=Decimal(100))
    line.shares.get().save()
    assert ShareEvent.objects.count() == before


def test_a_refused_change_leaves_no_event(line, refuses) -> None:
    before = ShareEvent.objects.count()
    with refuses("share_sum"):
        by_queryset(line)
    assert ShareEvent.objects.count() == before


@pytest.mark.parametrize("write", [by_queryset, by_upsert, by_sql])
def test_who_made_the_request_stands_with_the_event(line, anna, write) -> None:
    def view(request) -> HttpResponse:
        change(line, write)
        return HttpResponse()

    request = RequestFactory().post("/ergens/")
    request.user = anna
    HistoryMiddleware(view)(request)
    event = ShareEvent.objects.get(pgh_label="update")
    assert event.pgh_context.metadata["user"] == anna.pk
    assert event.pgh_context.metadata["url"] == "/ergens/"


def test_a_reason_stands_with_the_event(line) -> None:
    with pghistory.context(reason="herstel"):
        change(line, by_sql)
    assert ShareEvent.objects.get(pgh_label="update").pgh_context.metadata["reason"] == "herstel"


def test_every_model_of_plans_and_money_is_recorded() -> None:
    """But for what the program tells people, which nobody writes."""
    tracked = {
        model.pgh_tracked_model
        for model in apps.get_models()
        if hasattr(model, "pgh_tracked_model")
    }
    own = {
        model
        for app in ("funds", "workplans")
        for model in apps.get_app_config(app).get_models()
        if not hasattr(model, "pgh_tracked_model")
    }
    # What is told or counted, and what stands fast by itself.
    assert own - tracked == {
        *(EnvelopeCounter, ReserveCounter, RoundCounter),
        *(DistributionShare, DistributionTranche, Instalment),
        *(Notice, PlanRevision, PlanChange, PlanVersion, Presence),
        *(BodyDecision, Publication, PublicationWithdrawal, PublishedFile),
        *(PlanStep, TakenBack),
        *(ScenarioVote, ScenarioChoice, RoundChoice),
    }
