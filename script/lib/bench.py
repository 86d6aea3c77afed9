"""The figures of script/bench: PDF against bare WeasyPrint, division, pages, search.

Works in a test database that is made and removed here, so that nobody's data are
touched; script/bench sets Django up. Every time is the median of five, after one run
that warms up.
"""

from __future__ import annotations

import os
import runpy
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import (
    CaptureQueriesContext,
    setup_databases,
    teardown_databases,
)

from municipalities.apportion import apportion
from municipalities.models import Region, RoleAssignment, User
from reports import rendering
from reports.pdf import write_pdf
from tests.reports.reading import parse
from workplans import planfile
from workplans.models import WorkPlan
from workplans.services import store_plan

TURNS = 5
FIXTURES = Path(settings.BASE_DIR) / "fixtures"
ASSETS = Path(settings.BASE_DIR) / "static"
TARGET = 1.10


def main() -> None:
    with database():
        load()
        client = signed_in()
        plan = WorkPlan.objects.get(slug="duin-en-bollenstreek-2020")
        small, large = draft_of(plan, 15), draft_of(plan, 200)
        pdf(plan)
        division()
        pages(client, {15: small, 200: large})
        weights(client, plan)
        search()


# ---- measuring


def milliseconds(work: Callable[[], Any]) -> float:
    """The time of one call on the clock."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def middle(work: Callable[[], Any]) -> float:
    """The median of five calls, after one that warms up."""
    work()
    return median(milliseconds(work) for _ in range(TURNS))


def side_by_side(one: Callable[[], Any], other: Callable[[], Any]) -> tuple[float, float]:
    """The medians of two calls that take turns, so that a busy machine hits both."""
    one()
    other()
    pairs = [(milliseconds(one), milliseconds(other)) for _ in range(TURNS)]
    return median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)


def heading(text: str) -> None:
    print(f"\n{text}")


def line(name: str, value: str) -> None:
    print(f"  {name:<52}{value}")


# ---- what is measured


def pdf(plan: WorkPlan) -> None:
    """Our export, from database to file, against WeasyPrint on the same HTML alone.

    Both in a process that is warm; WeasyPrint makes its own PDF/UA-1, we PDF/A-3a too.
    """
    import weasyprint

    from reports.pdf_engine import AssetFetcher

    html = render_to_string("reports/workplan_print.html", context(plan))
    base = "https://assets.invalid/static/"

    def bare() -> bytes:
        document = weasyprint.HTML(string=html, base_url=base, url_fetcher=AssetFetcher(ASSETS))
        made: bytes = document.write_pdf(pdf_variant="pdf/ua-1")
        return made

    def engine() -> bytes:
        return write_pdf(html, assets=ASSETS)

    def export() -> bytes:
        return rendering.render(plan, "pdf").body

    exported, alone = side_by_side(export, bare)
    rendered, again = side_by_side(engine, bare)
    heading(f"Pdf van {plan.title} ({len(export()) / 1024:.0f} kB)")
    line("uitvoer, van database tot bestand", f"{exported:8.0f} ms")
    line("WeasyPrint alleen, dezelfde html", f"{alone:8.0f} ms")
    line(f"verhouding (doel: hoogstens {TARGET:.2f})".replace(".", ","), ratio(exported / alone))
    line("verhouding zonder database en sjabloon", ratio(rendered / again))


def context(plan: WorkPlan) -> dict[str, object]:
    return {"document": rendering.report(plan).document, "plan": plan}


def ratio(value: float) -> str:
    return f"{value:8.2f}".replace(".", ",")


def division() -> None:
    """One amount over as many municipalities as there are in the country."""
    weights = {f"GM{n:04}": 5_000 + 7_919 * n % 900_000 for n in range(342)}
    taken = middle(lambda: apportion(123_456_789_01, weights))
    heading("Verdelen van één bedrag")
    line("over 342 gemeenten (doel: onder 1 ms)", f"{taken:8.3f} ms".replace(".", ","))


def pages(client: Client, plans: dict[int, WorkPlan]) -> None:
    """The page of a plan, by number of actions: queries must not grow, time may."""
    heading("Pagina van een plan")
    for actions, shown in plans.items():
        url = shown.get_absolute_url()
        client.get(url)  # what is asked once a process does not count
        with CaptureQueriesContext(connection) as captured:
            client.get(url)
            asked = len(captured)
        taken = middle(lambda url=url: client.get(url))
        line(f"{actions} acties", f"{taken:8.0f} ms   {asked} vragen aan de database")


def weights(client: Client, plan: WorkPlan) -> None:
    """What a browser fetches for each page the first time, as it is and compressed."""
    heading("Gewicht per pagina: kB ongecomprimeerd en gecomprimeerd, bytes over de lijn, klok")
    print(f"  {'':<28}{'html':>16}{'css':>16}{'js':>16}{'bytes':>10}{'ms':>8}")
    fund = plan.applications.get().round.fund
    for name, url in (
        ("start", "/"),
        ("plannen", "/werkplannen/"),
        ("plan", plan.get_absolute_url()),
        ("fondsen", "/fondsen/"),
        ("fonds", f"/fondsen/{fund.slug}/"),
    ):
        page = client.get(url).content
        tree = parse(page)
        css = tree.xpath('//link[@rel="stylesheet"]/@href')
        found = [
            [(len(page), len(zipped(client, url)))],
            [sizes(address) for address in css],
            [sizes(address) for address in tree.xpath("//script/@src")],
        ]
        cells = "".join(f"{kilobytes(pairs):>16}" for pairs in found)
        sent = sum(small for pairs in found for _, small in pairs)
        taken = middle(lambda url=url: client.get(url))
        print(f"  {name:<28}{cells}{sent:>10}{taken:>8.0f}")


def search() -> None:
    """The search at 60,000 actions, by the clock; fills the database, so it comes last."""
    heading("Zoeken")
    bench = runpy.run_path(str(Path(__file__).with_name("bench_search.py")))
    bench["main"](60_000)


def zipped(client: Client, url: str) -> bytes:
    body: bytes = client.get(url, headers={"accept-encoding": "gzip"}).content
    return body


def sizes(address: str) -> tuple[int, int]:
    """The bytes of a collected file, and those of its smallest copy."""
    path = Path(settings.STATIC_ROOT) / address.removeprefix("/static/")
    copies = [path.with_name(f"{path.name}{end}") for end in (".br", ".gz")]
    smallest = min((copy.stat().st_size for copy in copies if copy.exists()), default=0)
    return path.stat().st_size, smallest or path.stat().st_size


def kilobytes(found: list[tuple[int, int]]) -> str:
    raw, small = (sum(pair[at] for pair in found) / 1024 for at in (0, 1))
    return f"{raw:.1f} / {small:.1f}".replace(".", ",")


# ---- the data


@contextmanager
def database() -> Iterator[None]:
    """A database of its own, gone afterwards."""
    connection.settings_dict["TEST"]["NAME"] = f"bench_{connection.settings_dict['NAME']}"
    made = setup_databases(verbosity=0, interactive=False, aliases=["default"])
    try:
        yield
    finally:
        teardown_databases(made, verbosity=0)


def load() -> None:
    with open(os.devnull, "w") as nowhere:
        call_command("load_reference", stdout=nowhere)
        call_command("load_funds", str(FIXTURES / "funds.yaml"), stdout=nowhere)
        plans = sorted(str(path) for path in (FIXTURES / "plans").glob("*.yaml"))
        call_command("load_plan", *plans, stdout=nowhere)


def signed_in() -> Client:
    """A browser of the project leader of the Duin- en Bollenstreek."""
    user = User.objects.create_user("meting@penvoerder.test", display_name="Meting")
    RoleAssignment.objects.create(
        user=user,
        role=RoleAssignment.Role.PROJECT_LEADER,
        region=Region.objects.get(slug="duin-en-bollenstreek"),
    )
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(user)
    return client


def draft_of(plan: WorkPlan, count: int) -> WorkPlan:
    """A draft with so many actions in one line: those of the plan over and over."""
    tree = planfile.dump(plan)
    tree["plan"] |= {"slug": f"plan-{count}", "title": f"{count} acties", "status": "concept"}
    tree["applications"] = [
        {key: row[key] for key in ("fund", "round")} for row in tree["applications"]
    ]
    actions = [action for part in tree["lines"] for action in part["actions"]]
    copies = [actions[n % len(actions)] | {"code": str(n + 1)} for n in range(count)]
    tree["lines"] = [tree["lines"][0] | {"actions": copies}]
    store_plan(planfile.read(planfile.to_yaml(tree)))
    return WorkPlan.objects.get(slug=f"plan-{count}")


if __name__ == "__main__":
    main()
    sys.stdout.flush()
