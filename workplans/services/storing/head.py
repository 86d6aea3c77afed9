"""The plan itself, and the rounds in which it applies."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError

from funds.models import Round
from funds.notation import NotationError
from municipalities.models import Region
from workplans import lifecycle
from workplans.beneficiaries import joint_weights
from workplans.gazetteer import places_of
from workplans.models import PlanApplication, WorkPlan
from workplans.notation.places import Places
from workplans.services.rows import sync
from workplans.services.storing.source import Path, Source


class Head:
    """What `plan` and `applications` of a file mean."""

    def __init__(self, source: Source) -> None:
        self.source = source
        head = source.raw["plan"]
        self.status = lifecycle.Status(head.get("status", lifecycle.Status.DRAFT))
        years = [int(year) for year in head["period"].split("-")]
        self.first_year, self.last_year = years[0], years[-1]
        if self.first_year > self.last_year:
            source.fault(("plan", "period"), "Het laatste jaar ligt voor het eerste; draai ze om.")
        self.as_of = source.day(head["as_of"], ("plan", "as_of"))
        self.region = self._region(head["region"])
        self.programme = self._plan("programme", WorkPlan.Kind.PROGRAMME)
        self.predecessor = self._plan("follows")
        self.rounds = list(self._rounds())
        self.places = self._places()

    def _region(self, slug: str) -> Region | None:
        found = Region.objects.filter(slug=slug).first()
        if found is None:
            known = ", ".join(Region.objects.order_by("slug").values_list("slug", flat=True))
            self.source.fault(
                ("plan", "region"), f"De regio {slug} kennen wij niet; bekend zijn: {known}."
            )
        return found

    def _places(self) -> Places | None:
        """The names that cells may use; none without a region."""
        if self.region is None:
            return None
        places = places_of(self.region, datetime.date(self.first_year, 1, 1))
        self.check_key(("plan", "joint"), self.source.tree["plan"].get("joint", ""), places)
        return places

    def check_key(self, path: Path, text: str, places: Places) -> None:
        """A fault where a key (`inwoners 2017-01-01`) cannot be used."""
        try:
            joint_weights(text, places)
        except NotationError as fault:
            self.source.fault(path, fault.sentence)

    def _plan(self, key: str, kind: str = "") -> WorkPlan | None:
        slug = self.source.raw["plan"].get(key)
        if not slug:
            return None
        plans = WorkPlan.objects.exclude(slug=self.source.slug)
        found = plans.filter(slug=slug, **({"kind": kind} if kind else {})).first()
        if found is None:
            what = kind or "eerdere plan"
            self.source.fault(("plan", key), f"Het {what} {slug} kennen wij niet; laad dat eerst.")
        return found

    def _rounds(self) -> Iterator[dict[str, Any]]:
        seen: set[int] = set()
        rows = self.source.raw.get("applications", [])
        if self.status is lifecycle.Status.SUBMITTED and not rows:
            self.source.fault(
                ("plan", "status"),
                "Een plan dat is ingediend, noemt onder applications waar het geld vraagt.",
            )
        for n, row in enumerate(rows):
            path = ("applications", n)
            found = Round.objects.filter(fund__slug=row["fund"], slug=row["round"]).first()
            if found is None:
                self.source.fault(
                    path,
                    f"Het fonds {row['fund']} met ronde {row['round']} kennen wij niet; laad het "
                    "fonds eerst met load_funds.",
                )
                continue
            if found.pk in seen:
                self.source.fault(path, "Deze ronde staat er twee keer; laat er één staan.")
            seen.add(found.pk)
            day = self.source.day(row.get("submitted_on"), (*path, "submitted_on"))
            self._check_day(day, path, found)
            yield {"round_id": found.pk, "submitted_on": day, "position": n}

    def _check_day(self, day: datetime.date | None, path: Path, found: Round) -> None:
        if self.status in lifecycle.SUBMITTED and day is None:
            self.source.fault(path, "De dag van indienen ontbreekt; vul submitted_on in.")
        if self.status in lifecycle.UNSUBMITTED and day and not self._asked_before(found):
            self.source.fault(
                path,
                "Een plan dat nog niet is ingediend, heeft geen submitted_on; haal die weg of "
                "zet de status op aangeboden.",
            )
        if day and self.as_of and day > self.as_of:
            self.source.fault(
                path,
                f"Het plan is ingediend op {day:%d-%m-%Y}, na de peildatum "
                f"{self.as_of:%d-%m-%Y}; maak de peildatum minstens die dag.",
            )

    def _asked_before(self, found: Round) -> bool:
        """Whether the stored plan asked in this round already: a new version of an adopted
        plan is written while what it asked still stands. One query."""
        rows = PlanApplication.objects.filter(plan__slug=self.source.slug, round=found)
        return rows.filter(application__isnull=False).exists()

    def write(self, plan: WorkPlan, digest: str) -> None:
        """Bring plan and applications up to the file."""
        head = self.source.tree["plan"]
        # Without them there are faults, and a file with faults is not written.
        assert self.region is not None
        assert self.as_of is not None
        plan.title, plan.kind, plan.style = head["title"], head["kind"], head.get("style", "")
        plan.region = self.region
        plan.programme, plan.predecessor = self.programme, self.predecessor
        plan.first_year, plan.last_year = self.first_year, self.last_year
        plan.status, plan.as_of = self.status.value, self.as_of
        plan.joint_text = head.get("joint", "")
        plan.loaded_digest = digest
        plan.full_clean()
        plan.save()
        self._write_applications(plan)

    def _write_applications(self, plan: WorkPlan) -> None:
        existing = list(plan.applications.all())
        wanted = {row["round_id"]: {"plan_id": plan.pk, **row} for row in self.rounds}
        for row in existing:
            if row.application_id is not None and (
                row.round_id not in wanted
                or wanted[row.round_id]["submitted_on"] != row.submitted_on
            ):
                raise ValidationError(
                    f"Het plan is op {row.submitted_on:%d-%m-%Y} ingediend in {row.round}; dat "
                    "verandert niet meer.",
                    code="applied",
                )
        sync(PlanApplication, existing, wanted, lambda row: row.round_id)
