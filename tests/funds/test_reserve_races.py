"""Twelve at once take a tenth of a reserve each, by plain SQL: ten get it."""

import datetime
from collections import Counter
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from funds.models import Fund, ReserveCounter
from funds.reserve import reserve_entries, reserve_rest
from tests.factories import ReserveMovementFactory
from tests.sessions import at_once

pytestmark = pytest.mark.django_db(transaction=True)

DAY = datetime.date(2020, 4, 1)
PART = Decimal(25)


def taken(fund: Fund, level: str) -> str:
    """What came of it; at REPEATABLE READ again as long as somebody else came between."""
    while True:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"SET TRANSACTION ISOLATION LEVEL {level}")
                cursor.execute(
                    "INSERT INTO funds_reservemovement (fund_id, kind, amount, amount_currency, "
                    "dated_on, reason, decision, answers, entered_at) "
                    "VALUES (%s, 'onttrekking', %s, 'EUR', %s, 'x', 'x', '[]', now())",
                    [fund.pk, -PART, DAY],
                )
        except DatabaseError as error:
            diagnosis = error.__cause__.diag
            if diagnosis.sqlstate == "40001":
                continue
            return diagnosis.constraint_name
        return "taken"


@pytest.mark.parametrize("level", ["READ COMMITTED", "REPEATABLE READ"])
def test_ten_of_twelve(level: str) -> None:
    fund = ReserveMovementFactory(amount=10 * PART).fund
    outcomes = at_once(*[lambda: taken(fund, level)] * 12)
    assert Counter(outcomes) == {"taken": 10, "reserve_below_zero": 2}
    assert reserve_rest(reserve_entries(fund), DAY) == 0
    assert ReserveCounter.objects.get().rest == 0
