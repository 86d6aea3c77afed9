"""The figures of script/bench: PDF against bare WeasyPrint, division, pages, the editor, search.

Works in a test database that is made and removed here, so that nobody's data are
touched; script/bench sets Django up. Every time is the median of five, after one run
that warms up; that of the PDF of 200 actions the median of three.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import bench_editor
import bench_fund
import bench_search
from bench_clock import TURNS, heading, line, side_by_side, took
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext, setup_databases, teardown_databases

from municipalities.apportion import apportion
from reports import pdf as reports_pdf
from reports import rendering
from tests.reports.reading import parse
from workplans import planfile
from workplans.models import WorkPlan
from workplans.services import store_plan

FIXTURES = Path(settings.BASE_DIR) / "fixtures"
ASSETS = Path(settings.BASE_DIR) / "static"
TARGET = 1.10


class Material:
    """What is measured: a plan of the fixtures, and drafts of 15 and 200 actions."""

    def __init__(self) -> None:
        self.client = bench_editor.signed_in("meting")
        self.plan = WorkPlan.objects.get(slug="duin-en-bollenstreek-2020")
        self.drafts = {count: draft_of(self.plan, count) for count in (15, 200)}


PARTS: dict[str, Callable[[Material], object]] = {
    "pdf": lambda found: pdfs(found.plan, found.drafts[200]),
    "verdelen": lambda _: division(),
    "pagina": lambda found: pages(found.client, found.drafts),
    "cel": lambda found: bench_editor.cell(found.client, found.drafts),
    "mensen": lambda found: bench_editor.people(found.drafts[200]),
    "gewicht": lambda found: weights(found.client, found.plan, found.drafts[200]),
    "zoeken": lambda _: bench_search.report(60_000),
    "fonds": lambda _: bench_fund.report(),
}
"""What can be asked for by name, in the order of a whole run."""


def main(asked: list[str]) -> None:
    if unknown := [name for name in asked if name not in PARTS]:
        sys.exit(f"script/bench kent {unknown[0]} niet; kies uit {', '.join(PARTS)}.")
    with database():
        load()
        found = Material()
        for name in asked or PARTS:
            PARTS[name](found)


# ---- what is measured


def pdfs(plan: WorkPlan, large: WorkPlan) -> None:
    pdf(plan)
    pdf(WorkPlan.objects.get(slug="westfriesland-2019"), turns=3)
    pdf(large, turns=3)


def pdf(plan: WorkPlan, turns: int = TURNS) -> None:
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

    def export() -> bytes:
        return rendering.render(plan, "pdf").body

    exported, alone = side_by_side(export, bare, turns, helpers)
    heading(f"Pdf van {plan.title} ({len(export()) / 1024:.0f} kB)")
    line("uitvoer, van database tot bestand", exported)
    line("WeasyPrint alleen, dezelfde html", alone)
    line(
        f"verhouding, klok en processor (doel: hoogstens {TARGET:.2f})".replace(".", ","),
        ratio(exported.clock / alone.clock) + ratio(exported.processor / alone.processor),
    )


def helpers() -> list[int]:
    """The processes that make PDFs for this one, and the one of the database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (server,) = cursor.fetchone()
    made_by = [r.process.process.pid for r in reports_pdf._workshop.renderers if r.process]
    return [server, *made_by]


def context(plan: WorkPlan) -> dict[str, object]:
    return {"document": rendering.report(plan).document, "plan": plan}


def ratio(value: float) -> str:
    return f"{value:8.2f}".replace(".", ",")


def division() -> None:
    """One amount over as many municipalities as there are in the country."""
    weights = {f"GM{n:04}": 5_000 + 7_919 * n % 900_000 for n in range(342)}
    taken = took(lambda: apportion(123_456_789_01, weights)).clock
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
        line(f"{actions} acties", f"{took(lambda url=url: client.get(url))}   {asked} vragen")


def weights(client: Client, plan: WorkPlan, large: WorkPlan) -> None:
    """What a browser fetches for each page the first time, as it is and compressed."""
    heading("Gewicht per pagina in bytes, ongecomprimeerd / gecomprimeerd, en tijd")
    print(f"  {'':<20}{'html':>18}{'css':>18}{'js':>18}{'ms':>7}")
    fund = plan.applications.get().round.fund
    for name, url in (
        ("start", "/"),
        ("plannen", "/werkplannen/"),
        ("plan van 15 acties", plan.get_absolute_url()),
        ("plan van 200 acties", large.get_absolute_url()),
        ("fondsen", "/fondsen/"),
        ("fonds", f"/fondsen/{fund.slug}/"),
        ("zoeken", "/zoeken/?q=opvang"),
    ):
        page = client.get(url).content
        tree = parse(page)
        css = tree.xpath('//link[@rel="stylesheet"]/@href')
        cells = [
            both([(len(page), len(zipped(client, url)))]),
            both([sizes(address) for address in css]),
            both([sizes(address) for address in tree.xpath("//script/@src")]),
        ]
        taken = took(lambda url=url: client.get(url)).clock
        print(f"  {name:<20}" + "".join(f"{cell:>18}" for cell in cells) + f"{taken:>7.0f}")


def zipped(client: Client, url: str) -> bytes:
    body: bytes = client.get(url, headers={"accept-encoding": "gzip"}).content
    return body


def sizes(address: str) -> tuple[int, int]:
    """The bytes of a collected file, and those of its smallest copy."""
    path = Path(settings.STATIC_ROOT) / address.removeprefix("/static/")
    copies = [path.with_name(f"{path.name}{end}") for end in (".br", ".gz")]
    smallest = min((copy.stat().st_size for copy in copies if copy.exists()), default=0)
    return path.stat().st_size, smallest or path.stat().st_size


def both(found: list[tuple[int, int]]) -> str:
    raw, small = (sum(pair[at] for pair in found) for at in (0, 1))
    return f"{raw:,} / {small:,}".replace(",", ".")


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
    main(sys.argv[1:])
    sys.stdout.flush()
