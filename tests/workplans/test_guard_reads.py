"""What the guards read grows with what was written, whatever PostgreSQL believes of it."""

from __future__ import annotations

import pytest
from django.db import connection

from municipalities.guard import check_now
from tests.factories import ShareFactory
from workplans.models import ActionPoint, FundingEntry, Share

pytestmark = pytest.mark.django_db


@pytest.fixture
def believed_empty() -> None:
    """Statistics as they are after an analysis before the first plan."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE pg_class SET relpages = 1, reltuples = 0 "
            "WHERE relkind IN ('r', 'i') AND relname LIKE 'workplans_%'"
        )
        # A small table may be read whole; then what grows is not to be seen.
        cursor.execute("SET LOCAL enable_seqscan = off")


def test_four_times_the_actions_are_four_times_the_work(believed_empty) -> None:
    share = ShareFactory()
    few, many = (reads_of_checking(share, count) for count in (20, 80))
    assert many < 5 * few


def reads_of_checking(share: Share, count: int) -> int:
    """Rows that the deferred checks read of so many new actions with all they name."""
    for _ in range(count):
        add_action(share)
    before = rows_read()
    check_now()
    return rows_read() - before


def add_action(share: Share) -> None:
    """An action of its own point, that divides and is paid as the one of this share."""
    cost = share.cost_line
    action = cost.action
    action.point = ActionPoint.objects.create(line=action.line, position=0, title="Punt")
    for row in (action, cost, share):
        row.pk = None
        row._state.adding = True
    action.save()
    cost.action = action
    cost.save()
    share.cost_line = cost
    share.save()
    FundingEntry.objects.create(
        action=action,
        cost_line=cost,
        position=0,
        pot="gemeente",
        municipality=share.municipality,
        amount=cost.amount,
    )


def rows_read() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::bigint "
            "FROM pg_stat_xact_user_tables"
        )
        return cursor.fetchone()[0]
