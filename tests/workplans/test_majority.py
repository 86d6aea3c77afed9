"""Votes, counted: no database, the table of all rules."""

from __future__ import annotations

import pytest

from workplans.majority import Majority, Outcome, count, needed

YES, IF, NO, LATER, NOTED = (
    Outcome.AGREED,
    Outcome.CONDITIONAL,
    Outcome.REFUSED,
    Outcome.POSTPONED,
    Outcome.NOTED,
)


@pytest.mark.parametrize(
    ("majority", "voters", "most"),
    [
        (Majority.ALL, 1, 1),
        (Majority.ALL, 5, 5),
        (Majority.HALF, 1, 1),
        (Majority.HALF, 4, 3),
        (Majority.HALF, 5, 3),
        (Majority.TWO_THIRDS, 1, 1),
        (Majority.TWO_THIRDS, 3, 2),
        (Majority.TWO_THIRDS, 4, 3),
        (Majority.TWO_THIRDS, 8, 6),
        (Majority.TWO_THIRDS, 11, 8),
        (Majority.TWO_THIRDS, 12, 8),
    ],
)
def test_so_many_must_agree(majority, voters, most) -> None:
    assert needed(majority, voters) == most


@pytest.mark.parametrize("majority", Majority)
def test_where_nobody_decides_nothing_is_needed(majority) -> None:
    found = count([], majority)
    assert (found.needed, found.is_reached, found.is_out_of_reach) == (0, True, False)


@pytest.mark.parametrize(
    ("votes", "reached", "out_of_reach"),
    [
        ([YES] * 8 + [NO] * 3, True, False),
        ([YES] * 7 + [NO] * 3 + [None], False, False),
        ([YES] * 7 + [NO] * 4, False, True),
        ([YES] * 7 + [NOTED] * 4, False, True),
        ([YES] * 7 + [IF] * 4, False, False),
        ([YES] * 7 + [LATER] * 4, False, False),
        ([None] * 11, False, False),
    ],
    ids=["8 of 11", "7 and one to come", "7 and 4 against", "7 and 4 took note",
         "7 and 4 conditions", "7 and 4 postponed", "nobody yet"],
)  # fmt: skip
def test_two_thirds_of_the_eleven_partners_of_the_table(votes, reached, out_of_reach) -> None:
    """G8: eleven members, one vote each, all of which count: eight are needed."""
    found = count(votes, Majority.TWO_THIRDS)
    assert (found.voters, found.needed) == (11, 8)
    assert (found.is_reached, found.is_out_of_reach) == (reached, out_of_reach)


def test_a_count_says_itself() -> None:
    found = count([YES] * 6 + [None, IF], Majority.TWO_THIRDS)
    assert str(found) == "6 van 8 akkoord, nodig 6 (twee derde)"
