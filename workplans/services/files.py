"""Making a stored plan equal to a file: whole or not at all."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum
from functools import cached_property

from django.core.exceptions import ValidationError
from django.db import connection

from funds.models import Grant
from municipalities import textfile
from municipalities.guard import guarded
from municipalities.models import User
from workplans import lifecycle, planfile
from workplans.lifecycle import LOADED, Beginning
from workplans.models import WorkPlan
from workplans.services.rows import Later
from workplans.services.storing.actions import Actions
from workplans.services.storing.blocks import Blocks
from workplans.services.storing.details import Details
from workplans.services.storing.figures import Figures
from workplans.services.storing.head import Head
from workplans.services.storing.lines import Lines
from workplans.services.storing.source import Source
from workplans.services.submission import apply_as_said
from workplans.services.trail import begin_trail
from workplans.services.turn import locked_plan


class Outcome(StrEnum):
    """What loading a file came to."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    PRESENT = "present"


def store_plan(
    file: textfile.TextFile,
    *,
    replace: bool = False,
    only_absent: bool = False,
    way: Beginning = LOADED,
    by: User | None = None,
) -> Outcome:
    """Store the plan of a file that `planfile.read` accepted.

    Raises `textfile.FileFaults` with every fault of meaning, and `ValidationError` when
    the file is fine but may not be stored now: `edited` (the plan changed since the file
    was exported, and not `replace`), `adopted`, `granted`, `status` (a plan that is here
    changes its status by a step only). Nothing is stored then. `only_absent` leaves a
    plan alone that is already there. `way` and `by` say how a new plan began.
    """
    slug = file.tree["plan"]["slug"]
    if only_absent and WorkPlan.objects.filter(slug=slug).exists():
        return Outcome.PRESENT
    meant = Meaning(file)
    if meant.source.faults:
        raise textfile.FileFaults(meant.source.faults)
    with guarded():
        wait_for_turn(slug)
        key = WorkPlan.objects.filter(slug=slug).values_list("pk", flat=True).first()
        if key is None:
            made = WorkPlan(slug=slug)
            meant.write(made)
            begin_trail(made, way, by=by)
            return Outcome.NEW
        plan = locked_plan(key)
        now = planfile.digest(planfile.dump(plan))
        if now == meant.digest:
            return Outcome.UNCHANGED
        _refuse_overwriting(plan, meant, now, replace=replace)
        meant.write(plan)
        return Outcome.CHANGED


def wait_for_turn(slug: str) -> None:
    """Of two who make one new plan at once, the second waits and finds it stored; there
    is no row to lock yet. Lasts until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"workplan {slug}"])


def claim_slug(slug: str) -> None:
    """Take the slug of a new plan for this transaction; `slug_taken` at the field `slug`
    where another plan has it."""
    wait_for_turn(slug)
    if WorkPlan.objects.filter(slug=slug).exists():
        sentence = f"Het kenmerk {slug} is al van een ander plan; kies een ander."
        raise ValidationError({"slug": ValidationError(sentence, code="slug_taken")})


def refuse_adopted(plan: WorkPlan) -> None:
    """An adopted plan never changes, not even to what it was."""
    if lifecycle.Status(plan.status) in lifecycle.UNCHANGING:
        raise _refusal("adopted", f"Het plan {plan.slug} is vastgesteld en verandert niet meer.")


def refuse_granted(plan: WorkPlan) -> None:
    """What was granted on is not overwritten as a whole any more. One query."""
    if Grant.objects.filter(line__application__plan_application__plan=plan).exists():
        raise _refusal(
            "granted",
            f"Op het plan {plan.slug} is al beschikt; overschrijven kan niet meer, pas het plan "
            "zelf aan.",
        )


def _refuse_overwriting(plan: WorkPlan, meant: Meaning, now: str, *, replace: bool) -> None:
    status = lifecycle.Status(plan.status)
    refuse_adopted(plan)
    base = meant.source.raw.get("base") or plan.loaded_digest
    if base != now and not replace:
        raise _refusal(
            "edited",
            f"Het plan {plan.slug} is veranderd sinds dit bestand werd gemaakt; voer het plan "
            "opnieuw uit en pas dat bestand aan, of overschrijf de veranderingen met --replace.",
        )
    if meant.head.status != status:
        raise _refusal(
            "status",
            f"Het plan {plan.slug} heeft de status {status}, en het bestand zegt "
            f"{meant.head.status}; zet in het bestand status: {status}. De status verandert met "
            "een stap, op de pagina van het plan.",
        )
    if base != now:
        refuse_granted(plan)


def _refusal(code: str, sentence: str) -> ValidationError:
    return ValidationError(sentence, code=code)


class Meaning:
    """What the words of a file mean here: rows that exist, values that were read.

    Everything that is wrong is collected in `source.faults`; `touched` as of a `Source`.
    """

    def __init__(self, file: textfile.TextFile, *, touched: Collection[int] | None = None) -> None:
        self.source = Source(file, touched=touched)
        self.head = Head(self.source)
        self.details = Details(self.source)
        self.lines = Lines(self.source, self.details)
        self.figures = Figures(self.source)
        self.blocks = Blocks(self.source, self.head, self.details)
        self.actions = (
            Actions(self.source, self.head.places, self.details)
            if self.head.places is not None
            else None
        )

    @cached_property
    def digest(self) -> str:
        return planfile.digest(self.source.raw)

    def write(self, plan: WorkPlan, *, loaded: str | None = None) -> None:
        """Bring the plan and everything in it up to the file; nothing may be wrong.

        `loaded` is the digest of the file that the plan was loaded from, where this is no
        file: then nothing is submitted either. The status of an adopted plan comes last:
        nothing changes after it.
        """
        assert self.actions is not None
        status, is_last = self.head.status, self.head.status in lifecycle.UNCHANGING
        if is_last:
            self.head.status = lifecycle.Status.SUBMITTED
        self.head.write(plan, self.digest if loaded is None else loaded)
        later: Later = []
        self.figures.write(plan)
        lines = self.lines.write(plan, later)
        for result, quantities in self.lines.write_results(plan, lines, later):
            self.details.note("result", result.pk, {"quantities": quantities})
        points = self.lines.write_points(plan, lines, later)
        actions = self.actions.write(plan, lines, points)
        self.blocks.write(plan, lines, actions, later)
        self.details.write(plan)
        for rows in reversed(later):
            rows.delete()
        if loaded is None and self.head.status in lifecycle.SUBMITTED and self.head.rounds:
            apply_as_said(plan)
        if is_last:
            plan.status = status.value
            plan.save(update_fields=["status"])
