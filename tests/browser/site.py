"""The site as the browser tests and script/pictures visit it: the real data, a server
like the one in production, sign-ins, and every page for everybody of the cast.

It knows no pytest and asserts nothing. The pages are the rows of the access table
(tests/test_access.py), which is whole by a test of its own: a new route is visited here
without a word, and a new kind of object is refused until `_slugs` knows it.
"""

from __future__ import annotations

import contextlib
import copy
import dataclasses
import os
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection, connections
from django.db.backends.base.creation import TEST_DATABASE_PREFIX
from django.template.loader import render_to_string
from django.test import Client
from django.test.testcases import LiveServerThread
from django.urls import reverse
from django.utils.timezone import localdate
from playwright.sync_api import Browser, BrowserContext, Route, sync_playwright

from funds.models import Fund
from funds.scenario import Kind, Operation
from municipalities import textfile
from municipalities.models import Region, User
from reports.publishing import page_file
from reports.rendering import report_version
from tests.factories import (
    ActionProgressFactory,
    BodyDecisionFactory,
    CommentFactory,
    EnvelopeFactory,
    FundFactory,
    ProgressRoundFactory,
    PublicationFactory,
    PublicationWithdrawalFactory,
    ScenarioFactory,
    UserFactory,
    WorkPlanFactory,
)
from tests.test_access import (
    NO_PAGES,
    OPEN_ACCOUNT,
    PEOPLE,
    ROWS,
    account_addresses,
    address,
    body_addresses,
    comment_addresses,
    distribution_addresses,
    money_addresses,
    progress_addresses,
    publish,
    scenario_addresses,
    step_addresses,
)
from workplans import planfile
from workplans.majority import Majority, Vote
from workplans.models import Action, ActionProgress, Comment, DecisionBody, ProgressRound, WorkPlan
from workplans.scenarios import scenarios_of
from workplans.services import (
    answer_comment,
    keep_version,
    propose_bodies,
    put_forward,
    record_votes,
    store_plan,
)

FIXTURES = Path(settings.BASE_DIR) / "fixtures"
DRAFT = Path(__file__).with_name("draft.yaml")
PASSWORD = "duin-en-bollen"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
# Chromium calls home in the background, and may look up no name at all.
OFFLINE = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)

# Pages that have no address: they answer whatever address went wrong.
WITHOUT_ADDRESS = {
    "403_csrf": {},
    "409": {"reasons": ["Dit bedrag is al beschikt; trek eerst de beschikking in."]},
    "500": {},
    "503": {"reason": "Er worden nu al andere pdf’s gemaakt; probeer het later opnieuw."},
    "account/locked_out": {},
}
# Where the admin shows a template of ours; the others are Django's.
OUR_ADMIN = (
    "index",
    "municipalities_municipality_changelist",
    "municipalities_municipality_export",
    "municipalities_municipality_import",
    "municipalities_municipality_history",
    "municipalities_municipalityevent_changelist",
    "municipalities_user_history",
    "workplans_action_import",
    "workplans_action_export",
    "funds_envelope_import",
    "funds_grant_changelist",
)


@dataclasses.dataclass(frozen=True)
class Page:
    """An address, and how it answers to one person. `label` names it for people."""

    label: str
    url: str
    status: int = 200


# ---- the data


@contextlib.contextmanager
def database() -> Iterator[None]:
    """A database of the tests; made for the occasion where the runner made none.

    pytest-django makes one only for tests that ask for it, and these tests do not: what
    they load and take away must never be the database of a person.
    """
    name = connection.settings_dict["NAME"]
    is_made = name.startswith(TEST_DATABASE_PREFIX)
    if not is_made:
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        if not is_made:
            connection.creation.destroy_test_db(name, verbosity=0)


@contextlib.contextmanager
def loaded() -> Iterator[dict[str, str]]:
    """The data of `load`, in a database of the tests, until they are taken away."""
    with database():
        try:
            yield load()
        finally:
            empty()


def load() -> dict[str, str]:
    """Fill the database with what a demonstration has and two drafts; commits. Gives the
    slug of every object that the access table names."""
    call_command("load_reference", verbosity=0, stdout=_nowhere())
    call_command("load_funds", str(FIXTURES / "funds.yaml"), stdout=_nowhere())
    plans = sorted(str(path) for path in (FIXTURES / "plans").glob("*.yaml"))
    call_command("load_plan", *plans, str(DRAFT), stdout=_nowhere())
    call_command("demo_people", stdout=_nowhere())
    return _slugs()


def _nowhere() -> Any:
    return open(os.devnull, "w", encoding="utf-8")


def _slugs() -> dict[str, str]:
    fund = Fund.objects.get(slug="investeringsfonds-mz-holland-rijnland")
    rijnstreek = Region.objects.get(slug="rijnstreek")
    others = {
        "other-draft": WorkPlanFactory(draft=True, region=rijnstreek, fund=fund),
        "other-submitted": WorkPlanFactory(submitted=True, region=rijnstreek, fund=fund),
        "elsewhere": WorkPlanFactory(submitted=True),
    }
    elsewhere = EnvelopeFactory(fund=FundFactory(slug="fonds-elders")).fund
    for slug in ("concept-met-gaten", "duin-en-bollenstreek-2020", others["other-draft"].slug):
        _with_version(WorkPlan.objects.get(slug=slug))
    plans = {name: plan.slug for name, plan in others.items()} | {
        "own-draft": "concept-met-gaten",
        "own-submitted": "duin-en-bollenstreek-2020",
    }
    PublicationWithdrawalFactory(publication=publish(others["elsewhere"]))
    return (
        plans
        | comment_addresses(_talk(others))
        | step_addresses(plans)
        | body_addresses(_decide(), others["other-draft"])
        | progress_addresses(_progress())
        | scenario_addresses(_divide(), others["other-submitted"])
        | money_addresses(
            others | {"own-submitted": WorkPlan.objects.get(slug="duin-en-bollenstreek-2020")},
            person("fenna"),
        )
        | distribution_addresses(fund, Region.objects.get(slug="duin-en-bollenstreek"), rijnstreek)
        | {
            "fund": fund.slug,
            "fund-elsewhere": elsewhere.slug,
            "unknown": "bestaat-niet",
        }
    )


def _decide() -> WorkPlan:
    """A plan of which the version that was submitted is being decided about: each outcome
    there is, one of an earlier version, and who did not decide yet."""
    plan = WorkPlan.objects.get(slug="duin-en-bollenstreek-2020")
    keep_version(plan, name="Voor de besluiten", by=person("pieter"))
    first, last = plan.versions.order_by("number").first(), plan.versions.order_by("number").last()
    bodies = propose_bodies(plan, DecisionBody.Kind.COUNCIL)
    put_forward(plan, last, majority=Majority.TWO_THIRDS, on=localdate())
    BodyDecisionFactory(body=bodies[0], version=last, reference="B 2026-14")
    BodyDecisionFactory(body=bodies[1], version=first)
    BodyDecisionFactory(
        body=bodies[2], version=last, outcome="voorwaarde", condition="Eerst de begroting."
    )
    BodyDecisionFactory(body=bodies[3], version=last, outcome="niet_akkoord")
    PublicationFactory(version=last, files=[page_file(report_version(last))])
    return plan


def _divide() -> WorkPlan:
    """A plan with a scenario in which each kind of operation occurs and that members voted
    about; the access table adds one more."""
    plan = WorkPlan.objects.get(slug="duin-en-bollenstreek-2020")
    scenario = ScenarioFactory(
        plan=plan,
        title="Eerst wat er al is",
        text="Besproken aan tafel.",
        operations=(
            Operation(Kind.PROTECT, lines=("A1",)),
            Operation(Kind.DROP_NEW, reason="wacht een jaar"),
            Operation(Kind.BY_HAND, lines=("D2",), amount=Decimal(0)),
            Operation(Kind.PRIORITY, lines=("D4", "D3")),
        ),
    )
    found = scenarios_of(plan)
    standing = found.by_number[scenario.number]
    record_votes(
        scenario,
        {standing.votes[0].member: Vote.FOR},
        digest=standing.outcome.digest,
        dated_on=localdate(),
        on=localdate(),
        by=person("pieter"),
    )
    return plan


def _talk(others: dict[str, WorkPlan]) -> dict[str, Comment]:
    """A conversation with all that one can hold, so that people have notices too."""
    plan = WorkPlan.objects.get(slug="duin-en-bollenstreek-2020")
    action = Action.objects.filter(line__plan=plan).order_by("pk")[0]
    anna, pieter = person("anna"), person("pieter")
    own = CommentFactory(
        plan=plan, author=anna, spot=action, cell="planning", text=f"Klopt dit?\n\n@{pieter}"
    )
    answer_comment(own, by=pieter, text=f"Ja. @{anna} en @{person('bram')}")
    return {"own": own, "other": CommentFactory(plan=others["other-draft"], author=person("carla"))}


def _progress() -> ProgressRound:
    """A round in which every status and every kind of amount occurs, and a report that
    is still missing."""
    plan = WorkPlan.objects.get(slug="duin-en-bollenstreek-2020")
    round = ProgressRoundFactory(plan=plan, by=person("pieter"))
    amounts = ("€ 12.500,50", "PM", "€ 64,376", "", "n.v.t.")
    actions = Action.objects.filter(line__plan=plan).order_by("pk")
    for action, (status, _), text in zip(
        actions, ActionProgress.Status.choices, amounts, strict=False
    ):
        ActionProgressFactory(
            round=round,
            action=action,
            status=status,
            text="Er is veel gedaan:\n\n- een overleg\n- een onderzoek",
            attention="Wie neemt het besluit?",
            actual_text=text,
            measured=[("", "64 huisbezoeken")],
            by=person("anna"),
        )
    return round


def empty() -> None:
    """Take away everything that was committed, as Django does after such a test."""
    call_command("flush", interactive=False, verbosity=0)
    ContentType.objects.clear_cache()


def _with_version(plan: WorkPlan) -> None:
    """Keep a version that differs from the plan as it is now, so that comparing shows
    what can be shown."""
    file = textfile.TextFile(planfile.dump(plan))
    changed = copy.deepcopy(file.tree)
    changed["plan"]["title"] = f"Eerder {changed['plan']['title']}"
    action = changed["lines"][0]["actions"][0]
    action |= {"title": f"Eerder {action['title']}", "amount": "PM", "monitoring": "Eerder"}
    changed["lines"][0]["actions"].reverse()
    store_plan(textfile.TextFile(changed), replace=True)
    keep_version(plan, name="Eerste", reason="Voor het overleg met de gemeenten", by=None)
    store_plan(file, replace=True)


def person(name: str) -> User:
    known_as = "technisch" if name == "technician" else name
    return User.objects.get(email=f"{known_as}@penvoerder.test")


# ---- the server and the browser


@contextlib.contextmanager
def served() -> Iterator[str]:
    """The application on a free port of this machine, with the static files as in
    production: whitenoise's, from build/static."""
    thread = LiveServerThread("127.0.0.1", lambda application: application)
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    if thread.error:
        raise thread.error
    try:
        yield f"http://127.0.0.1:{thread.port}"
    finally:
        thread.terminate()
        _hang_up()


_outside_the_loop: set[int] = set()
"""The tests' own lines to the database, from before Playwright's event loop ran: inside
it Django has others, and the tests after it use these again."""


def _hang_up() -> None:
    """End what the server still holds of the database: a browser keeps its line open, and
    a thread that waits for the next request would stop the database from being emptied."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid() AND pid <> ALL(%s)",
            [sorted(_outside_the_loop)],
        )


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """A browser. Playwright keeps an event loop open in this thread, in which Django
    refuses the database unless it is told that nothing here runs at once."""
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    if connection.connection is not None:
        _outside_the_loop.add(connection.connection.info.backend_pid)
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(OFFLINE))
            try:
                yield browser
            finally:
                browser.close()
                # Inside that loop Django has lines to the database of its own.
                connections.close_all()
    finally:
        if before is None:
            del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def context(browser: Browser, base: str, name: str, **options: Any) -> BrowserContext:
    """A window of somebody of the cast, signed in by a cookie, that sees the pages
    without address too."""
    opened = browser.new_context(base_url=base, locale="nl-NL", **options)
    if name != "nobody":
        client = Client()
        client.force_login(person(name), "django.contrib.auth.backends.ModelBackend")
        key = client.cookies[settings.SESSION_COOKIE_NAME].value
        opened.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": base}])
    opened.route("**/zonder-adres/*/", _answer_without_address)
    return opened


def _answer_without_address(route: Route) -> None:
    template = route.request.url.split("/")[-2].replace("--", "/")
    body = render_to_string(f"{template}.html", WITHOUT_ADDRESS[template])
    route.fulfill(body=body, content_type="text/html; charset=utf-8")


# ---- the pages


def labels() -> list[tuple[str, str, str]]:
    """Everybody with every page, as (name, route, thing); needs no database."""
    found = []
    for name in PEOPLE:
        seen: set[int] = set()
        for (route, thing), codes in ROWS.items():
            status = codes["GET"][PEOPLE.index(name)]
            if route.endswith("_download") or status == 405:
                continue
            if route in NO_PAGES and status == 200:
                continue
            # What is refused looks the same at every address, by a test of access.
            if status in (302, 404) and status in seen:
                continue
            seen.add(status)
            found.append((name, route, thing))
        found += [(name, route, "-") for route in _account_routes(name)]
    found += [("nobody", f"zonder-adres:{template}", "-") for template in WITHOUT_ADDRESS]
    found += [("nobody", "account_reset_password_from_key", "key")]
    found += [("pieter", "reports:fund_detail", "fault")]
    return found


def visitors() -> dict[tuple[str, str], list[str]]:
    """The same by page: each (route, thing) with everybody who visits it, in one order."""
    found: dict[tuple[str, str], list[str]] = {}
    for name, route, thing in labels():
        found.setdefault((route, thing), []).append(name)
    return found


def _account_routes(name: str) -> list[str]:
    names = sorted(account_addresses())
    if name == "nobody":
        return [route for route in names if route in OPEN_ACCOUNT]
    return [route for route in names if route not in OPEN_ACCOUNT]


def page(name: str, route: str, thing: str, slugs: dict[str, str]) -> Page:
    """Where one of `labels` is found, and how it answers."""
    label = f"{route} {thing}".removesuffix(" -")
    if route.startswith("zonder-adres:"):
        template = route.partition(":")[2].replace("/", "--")
        return Page(label, f"/zonder-adres/{template}/")
    if thing == "key":
        return Page(label, _reset_address())
    if thing == "fault":
        return Page(label, address(route, slugs["fund"]) + "?peildatum=gisteren", status=422)
    if route.startswith("account_"):
        return Page(label, account_addresses()[route])
    status = ROWS[route, thing]["GET"][PEOPLE.index(name)]
    url = address(route, None if thing == "-" else slugs[thing])
    # Who is not signed in is sent to the sign-in, which is a page.
    return Page(label, url, 200 if status == 302 else status)


def _reset_address() -> str:
    # Somebody who never signs in: that would end the key.
    user = UserFactory(email="vergeetachtig@voorbeeld.nl")
    key = default_token_generator.make_token(user)
    return reverse("account_reset_password_from_key", args=[user_pk_to_url_str(user), key])


def admin_pages() -> list[Page]:
    """The pages of the admin with a template of ours, and its first."""
    found = []
    for name in OUR_ADMIN:
        arguments = []
        if name.endswith("_history"):
            model = apps.get_model(*name.removesuffix("_history").split("_"))
            arguments = [model.objects.order_by("pk")[0].pk]
        found.append(Page(f"admin:{name}", reverse(f"admin:{name}", args=arguments)))
    return found
