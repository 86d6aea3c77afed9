"""Measure the search at 60,000 actions: median milliseconds per kind of question.

    script/with-database --test .venv/bin/python script/lib/bench_search.py [number of actions]

Works in one transaction that is rolled back, in a database that has its migrations. Texts
are made from a fixed seed: words as frequent as in real text (few often, many rarely), in
Dutch compounds. Prints a line per question for a reader who sees a tenth of the plans
and one who sees all, and the processor's time of the latter; by itself it ends with exit
code 1 when a median is 100 ms or more. Part of script/bench.
"""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from bench_clock import Took, heading, line, took

MOST_MS = 100
ACTIONS_PER_PLAN = 200
REGIONS = 10

FIRST = (
    "jeugd ouderen mantel zorg opvang woon dag nacht wijk buurt vrijwilligers schuld hulp crisis "
    "gezins school werk armoede taal inloop mobiliteits energie klimaat natuur water sport cultuur "
    "bibliotheek toegangs regie keten netwerk ervarings herstel verslavings inkoop monitor data"
)
LAST = (
    "begeleiding opvang beleid ondersteuning besteding huis huizen teams aanpak onderzoek pilot "
    "project plan overleg coördinatie voorziening traject training loket fonds kaart campagne "
    "samenwerking verbetering verkenning evaluatie uitvoering makelaar werkers bijeenkomst"
)
SMALL = "de het een van voor met in op en aan bij naar door over uit om te dat die"

QUESTIONS = (
    ("code", "A6"),
    ("bedrag", "650.000"),
    ("woord dat overal staat", "zorgaanpak"),
    ("stam", "jeugdhuis"),
    ("begin van een woord", "ouder"),
    ("deel van een samenstelling", "opvang"),
    ("twee woorden", "zorgaanpak crisistraject"),
    ("drie woorden en een getal", "begeleiding wijkteams monitordata 2021"),
    ("typefout", "jeugdbegelieding"),
    ("twee typefouten", "nachtopvnag woonbegeleding"),
    ("niets", "zzzqqq"),
    ("lange vraag", "zorgaanpak en de opvang van ouderen in de wijk " * 20),
)


def report(actions: int) -> float:
    """Fill, measure, roll back; prints as it goes and returns the slowest median."""
    from django.db import connection, transaction

    slowest = 0.0
    heading(f"Zoeken in {actions} acties: de eerste gevonden, voor wie weinig en wie alles ziet")
    with transaction.atomic():
        some, all_ = fill(actions)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        for name, typed in QUESTIONS:
            few, many = (answer(user, typed) for user in (some, all_))
            line(
                name, f"{few.clock:8.1f} ms  {many.clock:8.1f} ms   {many.processor:6.1f} processor"
            )
            slowest = max(slowest, few.clock, many.clock)
        transaction.set_rollback(True)
    line(f"traagste (doel: onder {MOST_MS} ms)", f"{slowest:8.1f} ms")
    return slowest


def answer(user: Any, typed: str) -> Took:
    """The time of a whole answer, as the page needs it, with that of the database."""
    from django.db import connection

    from reports.search import search

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (server,) = cursor.fetchone()
    return took(lambda: search(user, typed), helpers=[server])


def fill(actions: int) -> tuple[Any, Any]:
    """Regions, plans and actions; a reader of one region and a reader of all."""
    from municipalities.models import Region, RoleAssignment, User
    from workplans.models import ActionLine, WorkPlan

    regions = Region.objects.bulk_create(
        Region(slug=f"meting-{n}", name=f"Meetregio {n}", kind="regio") for n in range(REGIONS)
    )
    plans = WorkPlan.objects.bulk_create(
        WorkPlan(
            slug=f"meting-{n}",
            title=f"Meetplan {n}",
            kind="werkplan",
            region=regions[n % REGIONS],
            first_year=2015 + n % 10,
            last_year=2016 + n % 10,
            as_of=date(2020, 3, 1),
        )
        for n in range(max(1, actions // ACTIONS_PER_PLAN))
    )
    lines = ActionLine.objects.bulk_create(
        ActionLine(plan=plan, position=n, code=code, title=f"Lijn {code}", kind="thema")
        for plan in plans
        for n, code in enumerate("ABCDEFGH")
    )
    with index_once():
        write_actions(lines, actions)
    some = User.objects.create_user("meting-enkele@voorbeeld.nl")
    all_ = User.objects.create_user("meting-alle@voorbeeld.nl")
    RoleAssignment.objects.create(user=some, role="lezer", region=regions[0])
    for region in regions:
        RoleAssignment.objects.create(user=all_, role="lezer", region=region)
    return some, all_


@contextmanager
def index_once() -> Iterator[None]:
    """Make the index at the end: a fifth of the time that row by row would take."""
    from django.db import connection

    with connection.cursor() as cursor:
        tables = ("workplans_action", "workplans_costline")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        cursor.execute("SELECT workplans_search_rebuild()")


def write_actions(lines: list[Any], actions: int) -> None:
    """The actions, and an amount for each, in batches as an import writes them."""
    from workplans.models import Action, CostLine

    words = text_words()
    for first in range(0, actions, 2_000):
        made = Action.objects.bulk_create(
            Action(
                line=lines[n % len(lines)],
                position=n // len(lines),
                code=str(n // len(lines) + 1),
                title=" ".join(next(words) for _ in range(5)).capitalize(),
                description=" ".join(next(words) for _ in range(60)),
                monitoring=" ".join(next(words) for _ in range(12)),
                planning_text=f"Q{n % 4 + 1} {2015 + n % 10}",
            )
            for n in range(first, min(first + 2_000, actions))
        )
        CostLine.objects.bulk_create(
            CostLine(
                action=action,
                text=f"€ {(n * 37 % 2000 + 1)}.000,-",
                state="known",
                amount=(n * 37 % 2000 + 1) * 1_000,
            )
            for n, action in enumerate(made, start=first)
        )


def text_words() -> Iterator[str]:
    """Words without end: a third small ones, of the others the n-th as 1/n of the first."""
    source = random.Random(20200301)
    compounds = [first + last for first in FIRST.split() for last in LAST.split()]
    small = SMALL.split()
    source.shuffle(compounds)
    compounds[:3] = ["zorgaanpak", "jeugdhuizen", "ouderenbeleid"]
    weights = [1 / n for n in range(1, len(compounds) + 1)]
    rare = [f"{word}{end}" for word in compounds for end in ("en", "je", "er", "tjes", "loos")]
    while True:
        for word in source.choices(compounds, weights, k=400):
            if source.random() < 0.33:
                yield source.choice(small)
            yield source.choice(rare) if source.random() < 0.1 else word


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    sys.exit(report(int(sys.argv[1]) if len(sys.argv) > 1 else 60_000) >= MOST_MS)
