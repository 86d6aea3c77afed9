"""The editor under work: one cell of a plan, and twenty-five people who type for a minute.

A part of script/bench. The people ask over the line what their page asks, of a server
that runs as script/server runs it; they and it share the processors of this machine.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
import time
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlsplit

from bench_clock import heading, line, milliseconds, took
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from free_port import first_free

from municipalities.models import Region, RoleAssignment, User
from workplans.models import Action, PlanChange, WorkPlan

PEOPLE = 25
SECONDS = 60
EVERY = {"cel opslaan": 5.0, "stand van de anderen": 4.0}
"""Seconds between two turns of one person: a cell that is typed, and what a page asks by
itself (static/js/desk/desk.js). After each a page asks the totals."""


def cell(client: Client, plans: dict[int, WorkPlan]) -> None:
    """A cell that somebody typed, stored with its row read anew, and the totals after it.
    The queries are those of one call: the same for every size of a plan."""
    heading("Een cel opslaan in de editor, met de totalen (doel: onder 100 ms)")
    for actions, plan in plans.items():
        action = Action.objects.filter(line__plan=plan).order_by("position")[0]
        typing = Typing(plan, action)

        def store(typing: Typing = typing) -> None:
            answer = client.post(typing.url, typing.next(), content_type="application/json")
            assert answer.status_code == 200, answer.content
            typing.stored()

        def total(plan: WorkPlan = plan) -> None:
            assert client.get(reverse("reports:workplan_totals", args=[plan.slug])).content

        store()
        total()
        for name, work in (("opslaan", store), ("totalen", total)):
            with CaptureQueriesContext(connection) as captured:
                work()
                asked = len(captured)
            line(f"{actions} acties, {name}", f"{took(work)}   {asked} vragen")


class Typing:
    """One cell that is typed again and again, each time with another amount."""

    def __init__(self, plan: WorkPlan, action: Action) -> None:
        self.url = reverse("workplans:plan_change", args=[plan.slug])
        self.action, self.turn = action, 0
        self.was = self.now = action.cost_lines.get().text

    def next(self) -> str:
        """The body of the batch with the next amount."""
        self.turn += 1
        self.now = f"€ {10_000 + self.turn}"
        put = {"do": "put", "node": f"action:{self.action.pk}", "key": "amount"}
        put |= {"was": self.was, "now": self.now}
        return json.dumps({"key": str(uuid.uuid4()), "changes": [put]})

    def stored(self) -> None:
        self.was = self.now

    @property
    def is_kept(self) -> bool:
        """Whether what was stored last stands in the database."""
        return self.action.cost_lines.get().text == self.was


# ---- many at once


def people(plan: WorkPlan) -> None:
    """Each in a row of their own: how long they wait, and whether all of it is there."""
    heading(f"{PEOPLE} mensen typen {SECONDS} s in een plan (doel: p95 onder 500 ms)")
    actions = Action.objects.filter(line__plan=plan).order_by("position")[:PEOPLE]
    before = PlanChange.objects.filter(plan=plan).count()
    with server() as port:
        found = [Person(n, port, Typing(plan, action)) for n, action in enumerate(actions)]
        for person in found:
            person.start()
        for person in found:
            person.join()
    for person in found:
        if person.fault:
            raise person.fault
    times: dict[str, list[float]] = defaultdict(list)
    for person in found:
        for what, waits in person.waits.items():
            times[what] += waits
    for what, waits in times.items():
        line(f"{what} ({len(waits)} keer)", spread(waits))
    stored = PlanChange.objects.filter(plan=plan).count() - before
    is_whole = stored == len(times["cel opslaan"]) and all(p.typing.is_kept for p in found)
    line("opgeslagen wijzigingen", f"{stored:8}   {'niets' if is_whole else 'WEL'} verloren")


def spread(waits: list[float]) -> str:
    p95 = quantiles(waits, n=20)[-1]
    return f"{median(waits):8.0f} ms   p95 {p95:6.0f} ms   langste {max(waits):6.0f} ms"


class Person(threading.Thread):
    """Somebody with the page of the editor open, who types on without looking up."""

    def __init__(self, number: int, port: int, typing: Typing) -> None:
        super().__init__(daemon=True)
        self.number, self.port, self.typing = number, port, typing
        session = signed_in(f"typist{number}").cookies[settings.SESSION_COOKIE_NAME]
        self.cookie = f"{settings.SESSION_COOKIE_NAME}={session.value}"
        self.waits: dict[str, list[float]] = defaultdict(list)
        self.fault: BaseException | None = None

    def run(self) -> None:
        try:
            self.open()
            self.work()
        except BaseException as fault:  # told at the end, not in a thread that nobody sees
            self.fault = fault

    def open(self) -> None:
        """The page of the editor, with the token and number that its script sends."""
        self.line = HTTPConnection("127.0.0.1", self.port, timeout=60)
        self.base = self.typing.url.removesuffix("wijzigingen/")
        page = self.ask("GET", self.base)
        number, self.totals, self.token = (
            re.findall(rf'data-{name}="([^"]+)"', page)[0] for name in ("number", "totals", "token")
        )
        self.since = int(number)
        self.cookie += f"; {settings.CSRF_COOKIE_NAME}={self.token}"

    def work(self) -> None:
        """Both turns come round until the time is over; nobody begins at the same moment,
        and who had to wait too long goes on from there."""
        do = {"cel opslaan": self.store, "stand van de anderen": self.look}
        start = time.monotonic()
        due = {what: start + every * self.number / PEOPLE for what, every in EVERY.items()}
        rest = threading.Event()
        while True:
            what = min(due, key=lambda name: due[name])
            if due[what] > start + SECONDS:
                return
            rest.wait(max(0.0, due[what] - time.monotonic()))
            self.wait(what, do[what])
            self.wait("totalen", lambda: self.ask("GET", self.totals))
            due[what] = max(due[what] + EVERY[what], time.monotonic())

    def wait(self, what: str, work: Callable[[], object]) -> None:
        self.waits[what].append(milliseconds(work))

    def store(self) -> None:
        self.ask("POST", self.typing.url, self.typing.next())
        self.typing.stored()

    def look(self) -> None:
        place = f"action:{self.typing.action.pk}"
        said = self.ask(
            "POST", f"{self.base}stand/", json.dumps({"since": self.since, "place": place})
        )
        self.since = json.loads(said)["number"]

    def ask(self, method: str, url: str, body: str | None = None) -> str:
        headers = {"Cookie": self.cookie}
        if body is not None:
            headers |= {"Content-Type": "application/json", "X-CSRFToken": self.token}
        self.line.request(method, url, body and body.encode(), headers)
        answer = self.line.getresponse()
        said = answer.read().decode()
        assert answer.status == 200, (answer.status, said[:500])
        return said


def signed_in(name: str) -> Client:
    """A browser of a new project leader of the Duin- en Bollenstreek."""
    user = User.objects.create_user(f"{name}@penvoerder.test", display_name=name)
    RoleAssignment.objects.create(
        user=user,
        role=RoleAssignment.Role.PROJECT_LEADER,
        region=Region.objects.get(slug="duin-en-bollenstreek"),
    )
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(user)
    return client


@contextmanager
def server() -> Iterator[int]:
    """The application on a free port over the database of the bench, ended afterwards."""
    port = first_free(8000)
    assert port is not None
    here = urlsplit(os.environ["DATABASE_URL"])._replace(
        path=f"/{connection.settings_dict['NAME']}"
    )
    given = os.environ | {"PORT": str(port), "DATABASE_URL": here.geturl()}
    config = Path(__file__).with_name("gunicorn_settings.py")
    command = [sys.executable, "-m", "gunicorn", "--config", str(config), "config.wsgi"]
    with subprocess.Popen(
        command, env=given, cwd=settings.BASE_DIR, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stderr is not None
            ready = process.stderr.readline()
            assert "staat klaar" in ready, ready + process.stderr.read()
            yield port
        finally:
            process.terminate()
