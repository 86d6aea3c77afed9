"""When a visit ends, and what noting it costs."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from municipalities.visits import note_visit

pytestmark = pytest.mark.django_db
MORNING = datetime.datetime(2020, 3, 4, 8, 0, tzinfo=datetime.UTC)


def after(**span) -> datetime.datetime:
    return MORNING + datetime.timedelta(**span)


def updates(captured: CaptureQueriesContext) -> list[str]:
    return [query["sql"] for query in captured if query["sql"].startswith("UPDATE")]


def test_a_first_visit_has_none_before_it(anna) -> None:
    note_visit(anna, at=MORNING)
    anna.refresh_from_db()
    assert (anna.last_seen_at, anna.visited_until) == (MORNING, None)


@pytest.mark.parametrize(("hours", "until"), [(3.9, None), (4, MORNING), (48, MORNING)])
def test_a_visit_ends_after_four_hours_without_a_request(anna, hours, until) -> None:
    note_visit(anna, at=MORNING)
    note_visit(anna, at=after(hours=hours))
    anna.refresh_from_db()
    assert anna.visited_until == until


def test_a_long_day_of_requests_is_one_visit(anna) -> None:
    note_visit(anna, at=after(days=-1))
    for hour in range(10):
        note_visit(anna, at=after(hours=hour))
    anna.refresh_from_db()
    assert anna.visited_until == after(days=-1)


def test_noting_costs_one_update_per_quarter_of_an_hour(anna, django_assert_num_queries) -> None:
    note_visit(anna, at=MORNING)
    with django_assert_num_queries(0):
        note_visit(anna, at=after(minutes=14, seconds=59))
    with django_assert_num_queries(1):
        note_visit(anna, at=after(minutes=15))


def test_of_two_requests_at_once_the_second_changes_nothing(anna) -> None:
    note_visit(anna, at=MORNING)
    stale = type(anna).objects.get(pk=anna.pk)
    note_visit(anna, at=after(hours=5))
    note_visit(stale, at=after(hours=5, seconds=1))
    anna.refresh_from_db()
    assert (anna.last_seen_at, anna.visited_until) == (after(hours=5), MORNING)


def test_a_request_notes_the_visit_and_the_next_one_does_not(client, anna) -> None:
    client.force_login(anna)
    with CaptureQueriesContext(
        connection,
    ) as first:
        client.get(reverse("reports:start"))
    with CaptureQueriesContext(connection) as second:
        client.get(reverse("reports:start"))
    assert [sql for sql in updates(first) if "last_seen_at" in sql]
    assert updates(second) == []


def test_a_visit_writes_no_history(client, anna) -> None:
    client.force_login(anna)
    with CaptureQueriesContext(connection) as captured:
        client.get(reverse("reports:start"))
    assert not any("INSERT" in query["sql"] for query in captured)


def test_who_is_not_signed_in_is_not_noted(client, anna) -> None:
    client.get(reverse("reports:start"))
    anna.refresh_from_db()
    assert anna.last_seen_at is None
