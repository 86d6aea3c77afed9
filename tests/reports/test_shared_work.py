"""Work that many ask for at once: done once, and never older than the question."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Condition, Event, get_ident

import pytest

from reports.shared_work import SharedWork

PATIENCE = 30


class Thing:
    """What the work is about; knows how many threads have come to the door with it, for a
    dictionary cannot look for it without asking its hash."""

    def __init__(self) -> None:
        self.seen: set[int] = set()
        self.changed = Condition()

    def __hash__(self) -> int:
        with self.changed:
            self.seen.add(get_ident())
            self.changed.notify_all()
        return 1

    def wait_for(self, people: int) -> None:
        with self.changed:
            assert self.changed.wait_for(lambda: len(self.seen) >= people, PATIENCE)


class Work:
    """Says what stands when it begins, and lasts until it is let go."""

    def __init__(self) -> None:
        self.stands, self.turns = 0, 0
        self.began, self.go = Event(), Event()

    def __call__(self, thing: object) -> int:
        self.turns += 1
        found = self.stands
        self.began.set()
        assert self.go.wait(PATIENCE)
        if found < 0:
            raise ValueError(found)
        return found


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(max_workers=12) as made:
        yield made


@pytest.fixture
def work() -> Work:
    return Work()


def ten_during_the_work(work: Work, pool: ThreadPoolExecutor, stands: int) -> list[Future[int]]:
    """The answers of one who asked first, and of ten who asked while that was worked out
    and something else stood."""
    shared, thing = SharedWork(work), Thing()
    found = [pool.submit(shared.ask, thing)]
    assert work.began.wait(PATIENCE)
    work.stands = stands
    found += [pool.submit(shared.ask, thing) for _ in range(10)]
    thing.wait_for(11)
    work.go.set()
    return found


def test_who_comes_during_the_work_shares_the_next_with_others(work, pool) -> None:
    first, *others = ten_during_the_work(work, pool, stands=1)
    assert first.result(PATIENCE) == 0
    assert [each.result(PATIENCE) for each in others] == [1] * 10
    assert work.turns == 2


def test_what_goes_wrong_goes_wrong_for_all_who_share_it(work, pool) -> None:
    first, *others = ten_during_the_work(work, pool, stands=-1)
    assert first.result(PATIENCE) == 0
    assert [str(each.exception(PATIENCE)) for each in others] == ["-1"] * 10


def test_nothing_is_kept_for_who_comes_later(work) -> None:
    shared = SharedWork(work)
    work.go.set()
    assert shared.ask("plan") == 0
    work.stands = 1
    assert shared.ask("plan") == 1


def test_a_fault_stops_nobody_who_comes_later(work) -> None:
    shared = SharedWork(work)
    work.go.set()
    work.stands = -1
    with pytest.raises(ValueError, match="-1"):
        shared.ask("plan")
    work.stands = 2
    assert shared.ask("plan") == 2


def test_another_plan_does_not_wait(work, pool) -> None:
    shared = SharedWork(lambda plan: work(plan) if plan == "slow" else 7)
    slow = pool.submit(shared.ask, "slow")
    assert work.began.wait(PATIENCE)
    assert pool.submit(shared.ask, "other").result(PATIENCE) == 7
    work.go.set()
    assert slow.result(PATIENCE) == 0
