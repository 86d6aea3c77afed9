"""Making a stored plan equal to a file: whole or not at all."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection

from funds.models import Grant, Round
from funds.notation import NotationError
from municipalities import textfile
from municipalities.days import read_day
from municipalities.guard import guarded
from municipalities.models import Municipality, Region
from workplans import cells, lifecycle, planfile
from workplans.beneficiaries import joint_weights
from workplans.cells import Cell, Reading, Typed
from workplans.gazetteer import places_of
from workplans.models import Action, ActionLine, PlanApplication, Section, WorkPlan
from workplans.planfile import Tree
from workplans.services.actions import write_parts
from workplans.services.rows import sync
from workplans.services.submission import write_applications

Path = textfile.Path


class Outcome(StrEnum):
    """What loading a file came to."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    PRESENT = "present"


def store_plan(
    file: textfile.TextFile, *, replace: bool = False, only_absent: bool = False
) -> Outcome:
    """Store the plan of a file that `planfile.read` accepted.

    Raises `textfile.FileFaults` with every fault of meaning, and `ValidationError` when
    the file is fine but may not be stored now: `edited` (the plan changed since the file
    was exported, and not `replace`), `adopted`, `granted`, `withdrawn`. Nothing is
    stored then. `only_absent` leaves a plan alone that is already there.
    """
    slug = file.tree["plan"]["slug"]
    if only_absent and WorkPlan.objects.filter(slug=slug).exists():
        return Outcome.PRESENT
    meant = _Meaning(file)
    if meant.faults:
        raise textfile.FileFaults(meant.faults)
    with guarded():
        _wait_for_turn(slug)
        plan = WorkPlan.objects.select_for_update(no_key=True).filter(slug=slug).first()
        if plan is None:
            _write(WorkPlan(slug=slug), meant)
            return Outcome.NEW
        now = planfile.digest(planfile.dump(plan))
        if now == meant.digest:
            return Outcome.UNCHANGED
        _refuse_overwriting(plan, meant, now, replace=replace)
        _write(plan, meant)
        return Outcome.CHANGED


def _wait_for_turn(slug: str) -> None:
    """Of two who load one new plan at once, the second waits and finds it stored; there
    is no row to lock yet. Lasts until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"workplan {slug}"])


def _refuse_overwriting(plan: WorkPlan, meant: _Meaning, now: str, *, replace: bool) -> None:
    status = lifecycle.Status(plan.status)
    if status in (lifecycle.Status.ADOPTED, lifecycle.Status.CLOSED):
        raise _refusal("adopted", f"Het plan {plan.slug} is vastgesteld en verandert niet meer.")
    base = meant.file.tree.get("base") or plan.loaded_digest
    if base != now and not replace:
        raise _refusal(
            "edited",
            f"Het plan {plan.slug} is veranderd sinds dit bestand werd gemaakt; voer het plan "
            "opnieuw uit en pas dat bestand aan, of overschrijf de veranderingen met --replace.",
        )
    if status in lifecycle.SUBMITTED and meant.status not in lifecycle.SUBMITTED:
        raise _refusal(
            "withdrawn",
            f"Het plan {plan.slug} is al ingediend; zet de status in het bestand op aangeboden.",
        )
    granted = Grant.objects.filter(line__application__plan_application__plan=plan)
    if base != now and granted.exists():
        raise _refusal(
            "granted",
            f"Op het plan {plan.slug} is al beschikt; overschrijven kan niet meer, pas het plan "
            "zelf aan.",
        )


def _refusal(code: str, sentence: str) -> ValidationError:
    return ValidationError(sentence, code=code)


@dataclass(frozen=True)
class _ReadAction:
    tree: Tree
    typed: Typed
    reading: Reading
    nature: str
    funding: str


class _Meaning:
    """What the words of a file mean here: rows that exist, values that were read.

    Everything that is wrong is collected in `faults`.
    """

    def __init__(self, file: textfile.TextFile) -> None:
        self.file = file
        self.tree: Tree = planfile.normalised(file.tree)
        self.digest = planfile.digest(file.tree)
        self.faults: list[textfile.Fault] = []
        head = file.tree["plan"]
        self.status = lifecycle.Status(head.get("status", lifecycle.Status.DRAFT))
        years = [int(year) for year in head["period"].split("-")]
        self.first_year, self.last_year = years[0], years[-1]
        if self.first_year > self.last_year:
            self._fault(("plan", "period"), "Het laatste jaar ligt voor het eerste; draai ze om.")
        self.as_of = self._day(head["as_of"], ("plan", "as_of"))
        self.region = self._named(Region, "region")
        self.programme = self._programme()
        self.municipalities = {m.code: m for m in Municipality.objects.all()}
        self.rounds = list(self._rounds())
        self.actions: dict[Path, _ReadAction] = {}
        self._check_lines()
        if self.region is not None:
            self._read_actions(self.region)

    def _fault(self, path: Path, sentence: str) -> None:
        self.faults.append(self.file.fault(path, sentence))

    def _day(self, text: str | None, path: Path) -> datetime.date | None:
        if not text:
            return None
        try:
            return read_day(text)
        except ValueError:
            self._fault(path, f"De dag {text} bestaat niet; kijk het na.")
            return None

    def _named(self, model: type[Region], key: str) -> Region | None:
        slug = self.file.tree["plan"][key]
        found = model.objects.filter(slug=slug).first()
        if found is None:
            known = ", ".join(model.objects.order_by("slug").values_list("slug", flat=True))
            self._fault(("plan", key), f"De regio {slug} kennen wij niet; bekend zijn: {known}.")
        return found

    def _programme(self) -> WorkPlan | None:
        slug = self.file.tree["plan"].get("programme")
        if not slug:
            return None
        found = WorkPlan.objects.filter(slug=slug, kind=WorkPlan.Kind.PROGRAMME).first()
        if found is None:
            self._fault(
                ("plan", "programme"),
                f"Het uitvoeringsprogramma {slug} kennen wij niet; laad dat eerst.",
            )
        return found

    def _rounds(self) -> Iterator[dict[str, Any]]:
        seen: set[int] = set()
        rows = self.file.tree.get("applications", [])
        if self.status in lifecycle.SUBMITTED and not rows:
            self._fault(
                ("plan", "status"),
                "Een plan dat is ingediend, noemt onder applications waar het geld vraagt.",
            )
        for n, row in enumerate(rows):
            path = ("applications", n)
            found = Round.objects.filter(fund__slug=row["fund"], slug=row["round"]).first()
            if found is None:
                self._fault(
                    path,
                    f"Het fonds {row['fund']} met ronde {row['round']} kennen wij niet; laad het "
                    "fonds eerst met load_funds.",
                )
                continue
            if found.pk in seen:
                self._fault(path, "Deze ronde staat er twee keer; laat er één staan.")
            seen.add(found.pk)
            day = self._day(row.get("submitted_on"), (*path, "submitted_on"))
            self._check_day(day, path)
            yield {"round": found, "submitted_on": day, "position": n}

    def _check_day(self, day: datetime.date | None, path: Path) -> None:
        if self.status in lifecycle.SUBMITTED and day is None:
            self._fault(path, "De dag van indienen ontbreekt; vul submitted_on in.")
        if self.status in lifecycle.UNSUBMITTED and day is not None:
            self._fault(
                path,
                "Een plan dat nog niet is ingediend, heeft geen submitted_on; haal die weg of "
                "zet de status op aangeboden.",
            )
        if day and self.as_of and day > self.as_of:
            self._fault(
                path,
                f"Het plan is ingediend op {day:%d-%m-%Y}, na de peildatum "
                f"{self.as_of:%d-%m-%Y}; maak de peildatum minstens die dag.",
            )

    def _check_lines(self) -> None:
        seen: set[str] = set()
        for n, line in enumerate(self.file.tree.get("lines", [])):
            if line["code"] in seen:
                self._fault(
                    ("lines", n, "code"),
                    f"De actielijn {line['code']} staat er twee keer; geef elke lijn een eigen "
                    "code.",
                )
            seen.add(line["code"])

    def _read_actions(self, region: Region) -> None:
        places = places_of(region, datetime.date(self.first_year, 1, 1))
        try:
            joint_weights(self.tree["plan"].get("joint", ""), places)
        except NotationError as fault:
            self._fault(("plan", "joint"), fault.sentence)
        kept = _kept_keys(self.file.tree["plan"]["slug"])
        for n, line in enumerate(self.file.tree.get("lines", [])):
            for m, tree in enumerate(line.get("actions", [])):
                path = ("lines", n, "actions", m)
                text = _cell(tree.get("municipalities"))
                typed = Typed(
                    amount=_cell(tree["amount"]) if "amount" in tree else None,
                    planning=_cell(tree.get("planning")),
                    municipalities=text,
                    key_date=kept.get((line["code"], tree["code"], text.text)),
                )
                self._read_action(path, tree, typed, cells.read_cells(typed, places))

    def _read_action(self, path: Path, tree: Tree, typed: Typed, reading: Reading) -> None:
        for name, sentence in reading.faults.items():
            self._fault((*path, name), sentence)
        for name in ("nature", "funding"):
            if name in tree and typed.amount is None:
                self._fault(
                    (*path, name),
                    f"{name} hoort bij een bedrag; zet er amount bij, dat mag leeg zijn.",
                )
        nature = planfile.NATURE_OF[tree["nature"]].value if "nature" in tree else ""
        funding = tree.get("funding", "")
        if typed.amount is not None:
            beside = cells.clashes(typed, reading, nature=nature, funding=funding)
            for name, sentence in beside.items():
                self._fault((*path, name), sentence)
        self.actions[path] = _ReadAction(tree, typed, reading, nature, funding)


def _cell(part: Any) -> Cell:
    if isinstance(part, dict):
        return Cell(part["unread"], unread=True)
    return Cell(part or "")


def _kept_keys(slug: str) -> dict[tuple[str, str, str], datetime.date]:
    """Reference dates that were chosen before, by action and unchanged text."""
    rows = Action.objects.filter(line__plan__slug=slug, key_date__isnull=False)
    return {
        (line, code, text): day
        for line, code, text, day in rows.values_list(
            "line__code", "code", "municipalities_text", "key_date"
        )
        if day is not None
    }


def _write(plan: WorkPlan, meant: _Meaning) -> None:
    """Bring plan, applications, sections, lines and actions up to the file."""
    head = meant.tree["plan"]
    # Without them there are faults, and a file with faults is not written.
    assert meant.region is not None
    assert meant.as_of is not None
    plan.title, plan.kind = head["title"], head["kind"]
    plan.region, plan.programme = meant.region, meant.programme
    plan.first_year, plan.last_year = meant.first_year, meant.last_year
    plan.status, plan.as_of = meant.status.value, meant.as_of
    plan.joint_text = head.get("joint", "")
    plan.loaded_digest = meant.digest
    plan.full_clean()
    plan.save()
    _write_applications(plan, meant)
    sync(
        Section,
        {"plan": plan},
        list(plan.sections.all()),
        {
            n: {"position": n, "title": row["title"], "text": row.get("text", "")}
            for n, row in enumerate(meant.tree.get("sections", []))
        },
        lambda section: section.position,
    )
    lines = sync(
        ActionLine,
        {"plan": plan},
        list(plan.lines.all()),
        {
            row["code"]: {name: row[name] for name in ("code", "title", "kind")} | {"position": n}
            for n, row in enumerate(meant.tree.get("lines", []))
        },
        lambda line: line.code,
    )
    for n, line in enumerate(lines.values()):
        _write_actions(line, n, meant)
    if meant.status in lifecycle.SUBMITTED:
        write_applications(plan)


def _write_applications(plan: WorkPlan, meant: _Meaning) -> None:
    existing = list(plan.applications.all())
    wanted = {row["round"].pk: row for row in meant.rounds}
    for row in existing:
        if row.application_id is not None and (
            row.round_id not in wanted or wanted[row.round_id]["submitted_on"] != row.submitted_on
        ):
            raise _refusal(
                "applied",
                f"Het plan is op {row.submitted_on:%d-%m-%Y} ingediend in {row.round}; dat "
                "verandert niet meer.",
            )
    sync(PlanApplication, {"plan": plan}, existing, wanted, lambda row: row.round_id)


def _write_actions(line: ActionLine, n: int, meant: _Meaning) -> None:
    """Bring the actions of one line up to the file; rows are known by code, and the
    second of a double code by its turn."""
    parts = [part for path, part in meant.actions.items() if path[1] == n]
    seen: Counter[str] = Counter()
    wanted: dict[tuple[str, int], dict[str, Any]] = {}
    for position, part in enumerate(parts):
        code = part.tree["code"]
        wanted[code, seen[code]] = _action_row(part, position, meant.municipalities)
        seen[code] += 1
    existing = list(line.actions.order_by("position", "pk").prefetch_related("cost_lines"))
    turns: Counter[str] = Counter()
    keys: dict[int, tuple[str, int]] = {}
    for action in existing:
        keys[action.pk] = (action.code, turns[action.code])
        turns[action.code] += 1
    rows = sync(Action, {"line": line}, existing, wanted, lambda action: keys[action.pk])
    for part, action in zip(parts, rows.values(), strict=True):
        write_parts(
            action,
            part.typed,
            part.reading,
            meant.municipalities,
            nature=part.nature,
            funding=part.funding,
        )


def _action_row(
    part: _ReadAction, position: int, municipalities: dict[str, Municipality]
) -> dict[str, Any]:
    values = cells.action_values(part.typed, part.reading)
    return {
        "position": position,
        "code": part.tree["code"],
        "title": part.tree["title"],
        "budget_title": part.tree.get("budget_title", ""),
        "description": part.tree.get("description", ""),
        "monitoring": part.tree.get("monitoring", ""),
        **values,
        "lead": municipalities.get(values["lead"]),
    }
