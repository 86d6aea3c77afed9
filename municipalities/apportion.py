"""Exact division of an amount over weights, also over tranches.

Whole numbers only: the unit (cent or euro) is the caller's. Knows no Django.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def apportion(amount: int, weights: Mapping[str, int]) -> dict[str, int]:
    """Divide by largest remainder: each share is its exact value rounded down or up.

    The shares add up to `amount`. Equal remainders go to the larger weight, then to the
    smaller key (CBS code), so the order of `weights` does not matter. O(n log n).
    """
    whole = _whole(weights)
    if amount < 0:
        raise ValueError(f"A negative amount cannot be divided: {amount}.")
    shares = {key: amount * weight // whole for key, weight in weights.items()}
    by_remainder = sorted(
        weights, key=lambda key: (-(amount * weights[key] % whole), -weights[key], key)
    )
    for key in by_remainder[: amount - sum(shares.values())]:
        shares[key] += 1
    return shares


def apportion_table(tranches: Sequence[int], weights: Mapping[str, int]) -> dict[str, list[int]]:
    """Divide each tranche, so that rows as well as columns add up.

    Every cell and every row total is its exact value rounded down or up, every column
    adds up to its tranche, and nothing is negative. The row totals are those of
    `apportion` on the sum of the tranches whenever any such table has them. It is not
    always possible: tranches of 9 and 6 over 3, 3, 4, 4, 4 give each 3 exactly 1.5 and 1,
    and two totals of 2.5 that both go up to 3 would put 10 in the first tranche.
    """
    if not tranches or min(tranches) < 0:
        raise ValueError(f"Tranches must be there and not be negative: {list(tranches)}.")
    whole = _whole(weights)
    total = sum(tranches)
    totals = apportion(total, weights)
    order = sorted(weights, key=lambda key: (-weights[key], key))
    # Column 0 says of a row whether its total is rounded down. With it every row and
    # every column of remainders is a whole number of units (of size `whole`).
    columns = [-total, *tranches]
    remainders = [[column * weights[key] % whole for column in columns] for key in order]
    stays_down = [totals[key] * whole < total * weights[key] for key in order]
    up = _round_up(remainders, stays_down, whole)
    rows = dict(zip(order, up, strict=True))
    return {
        key: [
            tranche * weight // whole + is_up
            for tranche, is_up in zip(tranches, rows[key][1:], strict=True)
        ]
        for key, weight in weights.items()
    }


def _whole(weights: Mapping[str, int]) -> int:
    """The sum of the weights, once they have been found fit to divide over."""
    if not weights:
        raise ValueError("There is nobody to divide over.")
    if min(weights.values()) < 0:
        raise ValueError("A weight cannot be negative.")
    whole = sum(weights.values())
    if whole == 0:
        raise ValueError("At least one weight must be above zero.")
    return whole


def _round_up(remainders: list[list[int]], stays_down: list[bool], whole: int) -> list[list[bool]]:
    """Choose the cells to round up, so that every row and every column keeps its sum.

    Such a choice exists: the remainders themselves are a flow from rows to columns with
    whole margins, and then there is a flow of whole units within the same cells
    (J. Šíma, "Table rounding problem"). A first choice, row by row, is nearly right;
    what is left is moved along augmenting paths, which are found until it is right.
    """
    up, owed = _first_choice(remainders, stays_down, whole)
    while any(owed):
        # Through column 0 only if there is no other way: that changes row totals.
        path = _path(up, remainders, owed, first=1) or _path(up, remainders, owed, first=0)
        for row, source, target in path:
            up[row][source], up[row][target] = False, True
        owed[path[0][1]] += whole
        owed[path[-1][2]] -= whole
    return up


def _first_choice(
    remainders: list[list[int]], stays_down: list[bool], whole: int
) -> tuple[list[list[bool]], list[int]]:
    """Round up in each row what its column is owed most; rows are right afterwards.

    Also returns what each column is still owed, in units of `whole`; column 0 follows
    `stays_down` and is right from the start.
    """
    up: list[list[bool]] = []
    owed = [0] * len(remainders[0])
    for parts, down in zip(remainders, stays_down, strict=True):
        for column, part in enumerate(parts):
            owed[column] += part
        open_columns = [column for column in range(1, len(parts)) if parts[column]]
        open_columns.sort(key=lambda column: (-owed[column], column))
        chosen = {0} if down else set()
        chosen.update(open_columns[: sum(parts) // whole - down])
        for column in chosen:
            owed[column] -= whole
        up.append([column in chosen for column in range(len(parts))])
    return up, owed


def _path(
    up: list[list[bool]], remainders: list[list[int]], owed: list[int], first: int
) -> list[tuple[int, int, int]]:
    """Shortest chain of swaps from a column with too much to a column with too little.

    A swap (row, source, target) leaves the row's sum as it is. Columns before `first`
    are left alone. Empty if there is no such chain. Linear in rows, square in columns.
    """
    columns = range(first, len(owed))
    came_by: dict[int, list[tuple[int, int, int]]] = {
        column: [] for column in columns if owed[column] < 0
    }
    queue = list(came_by)
    for source in queue:
        if owed[source] > 0:
            return came_by[source]
        for target in columns:
            row = None if target in came_by else _best_swap(up, remainders, source, target)
            if row is not None:
                came_by[target] = [*came_by[source], (row, source, target)]
                queue.append(target)
    return []


def _best_swap(
    up: list[list[bool]], remainders: list[list[int]], source: int, target: int
) -> int | None:
    """The row that can be rounded up in `target` instead of `source` at the least cost."""
    possible = [
        row
        for row, parts in enumerate(remainders)
        if up[row][source] and not up[row][target] and parts[target]
    ]
    if not possible:
        return None
    return max(possible, key=lambda row: remainders[row][target] - remainders[row][source])
