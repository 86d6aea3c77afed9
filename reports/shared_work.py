"""Work that many ask for at the same moment, done once for all of them.

Twenty-five people who type in one plan all want its totals after each change. Whoever
comes while those are being worked out waits for the next time, together with all others
who came by then: that time begins after each of them asked, so it knows what they stored.
Nothing is kept: there is no answer from before a question, and nothing to make invalid.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from concurrent.futures import Future
from threading import Lock
from typing import Generic, TypeVar
from weakref import WeakValueDictionary

Answer = TypeVar("Answer")


class SharedWork(Generic[Answer]):
    """One kind of work, at most once at a time for each key in this process."""

    def __init__(self, work: Callable[[Hashable], Answer]) -> None:
        self._work = work
        self._door = Lock()
        self._next: dict[Hashable, Future[Answer]] = {}
        self._turns: WeakValueDictionary[Hashable, Lock] = WeakValueDictionary()

    def ask(self, key: Hashable) -> Answer:
        """The answer of work that began after this question; raises what the work raises.
        The answer is shared between threads: nobody changes it."""
        with self._door:
            following = self._next.get(key)
            if following is None:
                mine = self._next[key] = Future[Answer]()
                turn = self._turns.setdefault(key, Lock())
        if following is not None:
            return following.result()
        with turn:
            with self._door:
                del self._next[key]
            try:
                mine.set_result(self._work(key))
            except BaseException as fault:
                mine.set_exception(fault)
        return mine.result()
