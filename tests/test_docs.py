"""The documents are true: links lead somewhere, names exist, commands and figures are ours."""

from __future__ import annotations

import datetime
import importlib
import inspect
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands

from funds.notation import read_amount
from municipalities.management.commands import demo_people
from reports.rendering import FORMATS, report
from tests.docs import tables
from workplans import planfile
from workplans.notation.places import Places
from workplans.notation.planning import read_planning
from workplans.notation.shares import read_shares

ROOT = Path(settings.BASE_DIR)
DOCS = ROOT / "docs"
DECISIONS = sorted((DOCS / "adr").glob("*.md"))
PAGES = [
    *(ROOT / name for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md")),
    *sorted(DOCS.glob("*.md")),
    *sorted((DOCS / "handleiding").glob("*.md")),
    *DECISIONS,
]
APPS = "config|reports|workplans|funds|municipalities"


def words(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def anchor(heading: str) -> str:
    """The anchor that a heading gets on a page of Markdown."""
    return re.sub(r"[^\w -]", "", heading.lower()).strip().replace(" ", "-")


every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


@every_page
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", words(page)):
        name, _, part = target.partition("#")
        found = page.parent / name if name else page
        assert found.exists(), target
        if part:
            headings = re.findall(r"^#+ (.+)$", words(found), re.M)
            assert part in map(anchor, headings), target


@pytest.mark.parametrize(
    "page", sorted((DOCS / "handleiding").glob("*.md")), ids=lambda page: page.name
)
def test_words_on_the_screen_are_on_the_screen(page: Path) -> None:
    """What stands slanted in the guide, somebody looks for on the screen."""
    named = re.findall(r"(?<!\*)\*([^*\n]+)\*(?!\*)", words(page))
    screen = "\n".join(
        words(file)
        for folder in ("templates", "config", "workplans", "funds", "reports")
        for file in sorted((ROOT / folder).rglob("*"))
        if file.suffix in (".html", ".py")
    ).casefold()
    assert [name for name in named if name.casefold() not in screen] == []


@every_page
def test_paths_that_are_named_exist(page: Path) -> None:
    named = re.findall(
        r"`((?:script|docs|fixtures|tests|templates|static)/[\w./-]*)[ `]", words(page)
    )
    for name in named:
        assert (ROOT / name).exists(), name


@every_page
def test_code_that_is_named_exists(page: Path) -> None:
    for name in re.findall(rf"`((?:{APPS})\.[\w.]+)(?:\([^`]*\))?`", words(page)):
        module, *rest = name.split(".")
        found = importlib.import_module(module)
        for part in rest:
            if not hasattr(found, part):
                found = importlib.import_module(f"{found.__name__}.{part}")
            else:
                found = getattr(found, part)


@every_page
def test_commands_that_are_named_exist(page: Path) -> None:
    for command in re.findall(r"script/manage ([a-z_]+)", words(page)):
        assert command in get_commands()
    for script in re.findall(r"(?<![\w/])script/([a-z-]+)", words(page)):
        assert (ROOT / "script" / script).exists(), script


@every_page
def test_lines_are_no_wider_than_a_screen(page: Path) -> None:
    wide = [line for line in words(page).splitlines() if len(line) > 150 and line[:1] != "|"]
    assert wide == []


@pytest.mark.parametrize(
    ("name", "lines"),
    [("README.md", 55), ("CONTRIBUTING.md", 60), ("docs/architecture.md", 80)],
)
def test_a_page_stays_a_page(name: str, lines: int) -> None:
    assert len(words(ROOT / name).splitlines()) <= lines


# ---- decisions


def test_decisions_are_numbered_without_a_hole() -> None:
    assert [page.name[:4] for page in DECISIONS] == [
        f"{number:04}" for number in range(1, len(DECISIONS) + 1)
    ]


@pytest.mark.parametrize("page", DECISIONS, ids=lambda page: page.name)
def test_a_decision_has_its_parts_on_a_page(page: Path) -> None:
    text = words(page)
    assert text.startswith(f"# {page.name[:4]} ")
    assert re.search(r"^Status: (accepted|superseded by \[\d{4}\])", text, re.M)
    parts = re.findall(r"^## (.+)$", text, re.M)
    assert [part for part in parts if part != "What was measured"] == [
        "Context",
        "Decision",
        "Consequences",
    ]
    assert len(text.splitlines()) <= 60


def test_decisions_that_the_code_names_exist() -> None:
    for app in APPS.split("|"):
        for path in (ROOT / app).rglob("*.py"):
            for name in re.findall(r"docs/[\w/-]+\.md", path.read_text(encoding="utf-8")):
                assert (ROOT / name).exists(), f"{path}: {name}"


# ---- README


def test_the_readme_names_everybody_who_can_sign_in() -> None:
    (people,) = tables(words(ROOT / "README.md"))
    named = [row[0].strip("`") for row in people[2:]]
    assert named == [*(name for name, *_ in demo_people.PEOPLE), "technisch"]
    for (_, shown, _, _), row in zip(demo_people.PEOPLE, people[2:-1], strict=True):
        assert shown.lower() in row[1].lower() or shown == "Nog zonder rol"
    assert f"`{demo_people.PASSWORD}`" in words(ROOT / "README.md")
    assert "@penvoerder.test" in inspect.getsource(demo_people)


# ---- the plan file


PLACES = Places(
    region="Duin- en Bollenstreek",
    first_day=datetime.date(2020, 1, 1),
    members=("GM0537", "GM0575", "GM1525", "GM0553"),
    names={"GM0537": "Katwijk", "GM0575": "Noordwijk", "GM1525": "Teylingen", "GM0553": "Lisse"},
    abbreviations={"K": "GM0537", "N": "GM0575", "T": "GM1525", "L": "GM0553"},
    groups={"Duin en Bollen": ("GM0537", "GM0575", "GM1525", "GM0553")},
)


def plan_file_table(heading: str) -> dict[str, str]:
    """A table of the page about the plan file by its first column, e.g. `key`."""
    (found,) = [table for table in tables(words(DOCS / "planbestand.md")) if table[0][0] == heading]
    return {row[0].strip("`"): row[1] for row in found[2:]}


def test_the_page_names_every_key_of_the_plan_file() -> None:
    schema = planfile.schema()
    assert list(plan_file_table("key")) == list(schema["properties"])
    text = words(DOCS / "planbestand.md")
    keys = {*schema["properties"], *schema["$defs"]["action"]["properties"]}
    for part in ("plan", "applications"):
        properties = schema["properties"][part]
        keys |= set(properties.get("items", properties)["properties"])
    for part in ("rule", "figure", "block", "line", "cost", "printed"):
        keys |= set(schema["$defs"][part]["properties"])
    assert [key for key in sorted(keys) if f"`{key}`" not in text] == []


def test_every_notation_on_the_page_is_understood() -> None:
    cells = plan_file_table("cell")
    for text in re.findall(r"`([^`]+)`", cells["amount"]):
        read_amount(text)
    for text in re.findall(r"`([^`]+)`", cells["planning"]):
        assert read_planning(text).entries, text
    for text in re.findall(r"`([^`]+)`", cells["municipalities"]):
        assert read_shares(text, PLACES).municipalities or text == "nog te verdelen"


def test_the_page_names_every_format() -> None:
    row = next(
        text for command, text in plan_file_table("command").items() if "export_plan" in command
    )
    assert set(FORMATS) <= set(re.findall(r"`(\w+)`", row))


# ---- architecture


def test_the_figures_along_the_way_of_one_amount_are_those_of_the_plan(loaded) -> None:
    reported = report(loaded)
    views = reported.totals.by_municipality
    (position,) = reported.positions
    balance = position.balance
    found = [
        balance.available,
        balance.granted,
        balance.remaining,
        balance.requested,
        balance.remaining_if_granted,
        *(views[view]["GM0537"] for view in ("recipient", "own", "beneficiary")),
    ]
    text = words(DOCS / "architecture.md")
    for figure in found:
        assert str(figure).removeprefix("€\u00a0") in text, figure


# ---- the five documents, block by block


def documents() -> dict[str, str]:
    """The part of docs/documents.md about each plan file, by name of the file."""
    parts = re.split(r"^## ", words(DOCS / "documents.md"), flags=re.M)[1:]
    found = {}
    for part in parts:
        if match := re.search(r"The plan is `fixtures/plans/([\w-]+)\.yaml`", part):
            found[match[1]] = part
    return found


PLANS = sorted((ROOT / "fixtures" / "plans").glob("*.yaml"))


def test_every_plan_file_has_its_document() -> None:
    assert sorted(documents()) == [path.stem for path in PLANS]


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_a_document_names_the_blocks_that_its_plan_has(path: Path) -> None:
    tree = planfile.read(words(path)).tree
    named = set(re.findall(r"\bblocks? `([^`]+)`", documents()[path.stem]))
    assert named == {block["kind"] for block in tree["blocks"]}


def test_keys_and_kinds_of_documents_are_those_of_the_schema() -> None:
    schema = planfile.schema()
    owners = {"plan": schema["properties"]["plan"]} | schema["$defs"]
    for owner, key in re.findall(r"`([a-z]+)\.([a-z_]+)`", words(DOCS / "documents.md")):
        assert key in owners[owner]["properties"], f"{owner}.{key}"
    for kind in re.findall(r"of kind `([^`]+)`", words(DOCS / "documents.md")):
        assert kind in schema["$defs"]["line"]["properties"]["kind"]["enum"]


@pytest.mark.parametrize("path", sorted((DOCS / "exceptions").glob("*.txt")), ids=lambda p: p.stem)
def test_exceptions_are_of_a_plan_and_have_a_reason(path: Path) -> None:
    assert path.stem in documents()
    for row in words(path).splitlines():
        what, _, why = row.partition("\t")
        assert what, row
        assert why, row
