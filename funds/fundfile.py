"""Funds from a file: works by natural key, removes nothing, and never rewrites what
was asked or granted. Applications of plans are not its business."""

from __future__ import annotations

import datetime
import functools
import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from djmoney.money import Money

from funds.limits import Reader, rule_values
from funds.models import Application, Envelope, EnvelopeMutation, Fund, FundRule, Round
from funds.notation import AmountState, NotationError, read_amount, read_plain_amount
from funds.services import AskedLine, record_grant, submit_application
from municipalities import textfile
from municipalities.days import read_day
from municipalities.guard import guarded
from municipalities.models import Municipality, Region
from municipalities.upsert import upsert

Tree = dict[str, Any]
REFUSED = "geweigerd"
"""What a file says of a round that takes only known amounts."""


@functools.cache
def schema() -> Tree:
    """The published JSON Schema of the file, docs/fondsenbestand.schema.json."""
    path = Path(settings.BASE_DIR) / "docs" / "fondsenbestand.schema.json"
    found: Tree = json.loads(path.read_text(encoding="utf-8"))
    return found


def load(text: str) -> int:
    """Bring the funds up to the file; returns how many rows were written.

    Raises `textfile.FileFaults` with every fault; then nothing is stored.
    """
    file = textfile.read(text)
    faults = textfile.check(file, schema())
    if faults:
        raise textfile.FileFaults(faults)
    loader = _Loader(file)
    with guarded():
        loader.load()
        if loader.faults:
            raise textfile.FileFaults(loader.faults)
    return loader.written


class _Loader:
    """One run over one file; collects faults instead of stopping at the first."""

    def __init__(self, file: textfile.TextFile) -> None:
        self.file = file
        self.faults: list[textfile.Fault] = []
        self.written = 0

    def load(self) -> None:
        for path, row in _items(self.file.tree, "funds", ()):
            owner = self._find(Municipality, "code", row["owner"], (*path, "owner"))
            if owner is not None:
                self._step(
                    path,
                    lambda path=path, row=row, owner=owner: self._fund(path, row, owner),
                )

    def _fund(self, path: textfile.Path, row: Tree, owner: Municipality) -> None:
        self.written += upsert(
            Fund,
            {"slug": row["slug"]},
            {
                "name": row["name"],
                "owner": owner,
                "regime": row["regime"],
                "legal_basis": row.get("legal_basis", ""),
                "starts_on": self._day(row, "starts_on", path),
                "ends_on": self._day(row, "ends_on", path),
            },
        )
        fund = Fund.objects.get(slug=row["slug"])
        for inner, part in _items(row, "rounds", path):
            self._step(inner, lambda inner=inner, part=part: self._round(inner, part, fund))
        for inner, part in _items(row, "rules", path):
            self._step(inner, lambda inner=inner, part=part: self._rule(inner, part, fund))
        for inner, part in _items(row, "envelopes", path):
            region = self._find(Region, "slug", part["region"], (*inner, "region"))
            if region is not None:
                self._step(
                    inner,
                    lambda inner=inner, part=part, region=region: self._envelope(
                        inner, part, fund, region
                    ),
                )

    def _round(self, path: textfile.Path, row: Tree, fund: Fund) -> None:
        self.written += upsert(
            Round,
            {"fund": fund, "slug": row["slug"]},
            {"name": row["name"], "accepts_unknown": row.get("unknown_amounts") != REFUSED}
            | {name: self._day(row, name, path) for name in ("dated_on", "opens_on", "closes_on")},
        )

    def _rule(self, path: textfile.Path, row: Tree, fund: Fund) -> None:
        def understand(key: str, text: str, read: Reader) -> Tree:
            try:
                return read(text)
            except NotationError as fault:
                raise _At((*path, key), fault.sentence) from None

        self.written += upsert(
            FundRule,
            {"fund": fund, "code": row["code"]},
            {"position": path[-1], **rule_values(row, understand)},
        )

    def _envelope(self, path: textfile.Path, row: Tree, fund: Fund, region: Region) -> None:
        key = {
            "fund": fund,
            "region": region,
            "starts_on": self._day(row, "starts_on", path),
        }
        self.written += upsert(
            Envelope,
            key,
            {
                "label": row.get("label", ""),
                "ends_on": self._day(row, "ends_on", path),
                "dated_on": self._day(row, "dated_on", path),
                "amount": self._money(row, "amount", path),
                "decision": row.get("decision", ""),
            },
        )
        envelope = Envelope.objects.get(**key)
        for inner, part in _items(row, "mutations", path):
            self._step(
                inner,
                lambda inner=inner, part=part: self._mutation(inner, part, envelope),
            )
        for inner, part in _items(row, "applications", path):
            self._step(
                inner,
                lambda inner=inner, part=part: self._application(inner, part, envelope),
            )

    def _mutation(self, path: textfile.Path, row: Tree, envelope: Envelope) -> None:
        self.written += upsert(
            EnvelopeMutation,
            {
                "envelope": envelope,
                "dated_on": self._day(row, "dated_on", path),
                "reason": row["reason"],
            },
            {
                "amount": self._money(row, "amount", path) if "amount" in row else None,
                "decision": row.get("decision", ""),
                "condition": row.get("condition", ""),
            },
        )

    def _application(self, path: textfile.Path, row: Tree, envelope: Envelope) -> None:
        found = Round.objects.filter(fund=envelope.fund, slug=row["round"]).first()
        if found is None:
            raise ValidationError(
                f"Het fonds kent geen ronde {row['round']}; voeg die toe onder rounds."
            )
        lines = [self._asked(inner, part) for inner, part in _items(row, "lines", path)]
        submitted_on = self._day(row, "submitted_on", path)
        application = Application.objects.filter(
            envelope=envelope, round=found, title=row["title"]
        ).first()
        if application is None:
            application = submit_application(
                envelope,
                round=found,
                title=row["title"],
                lines=lines,
                submitted_on=submitted_on or datetime.date.min,
            )
            self.written += 1
        elif (application.submitted_on, _stored(application)) != (submitted_on, lines):
            raise ValidationError(
                f"De aanvraag {row['title']} is al ingediend en verandert niet meer; zet de "
                "oude gegevens terug in het bestand."
            )
        self._grants(path, row, application)

    def _grants(self, path: textfile.Path, row: Tree, application: Application) -> None:
        lines = application.lines.select_related("application", "grant").order_by("position")
        for (inner, part), line in zip(_items(row, "lines", path), lines, strict=True):
            if "granted" not in part:
                self._refuse_without_grant(inner, part)
                continue
            amount = self._amount(part, "granted", inner)
            dated_on = self._day(part, "granted_on", inner)
            if dated_on is None:
                raise ValidationError("Bij granted hoort een dag; vul granted_on in.")
            if not hasattr(line, "grant"):
                # With a fault nothing is stored, and an envelope that was not read has
                # nothing to grant: that would hide the fault itself.
                if self.faults:
                    continue
                decision = part.get("decision", "")
                record_grant(line, amount=amount, dated_on=dated_on, decision=decision)
                self.written += 1
            elif (line.grant.amount.amount, line.grant.dated_on) != (amount, dated_on):
                raise ValidationError(
                    f"Op {line} is al beschikt en dat verandert niet meer; zet de oude gegevens "
                    "terug in het bestand."
                )

    def _refuse_without_grant(self, path: textfile.Path, row: Tree) -> None:
        """What belongs to a grant says nothing without its amount."""
        for name in ("granted_on", "decision"):
            if name in row:
                sentence = f"{name} hoort bij een beschikking; vul granted in of haal dit weg."
                self.faults.append(self.file.fault((*path, name), sentence))

    def _asked(self, path: textfile.Path, row: Tree) -> AskedLine:
        try:
            amount = read_amount(row["amount"])
        except NotationError as fault:
            self.faults.append(self.file.fault((*path, "amount"), fault.sentence))
            return AskedLine("", row["title"], AmountState.BLANK, None)
        return AskedLine(row.get("code", ""), row["title"], amount.state, amount.amount)

    def _money(self, row: Tree, name: str, path: textfile.Path) -> Money:
        return Money(self._amount(row, name, path), "EUR")

    def _amount(self, row: Tree, name: str, path: textfile.Path) -> Decimal:
        """An amount, below zero when it starts with a minus; zero after a fault."""
        text = row[name].replace("−", "-").strip()
        sign = -1 if text.startswith("-") else 1
        try:
            return sign * read_plain_amount(text.removeprefix("-"))
        except NotationError as fault:
            self.faults.append(self.file.fault((*path, name), fault.sentence))
            return Decimal(0)

    def _day(self, row: Tree, name: str, path: textfile.Path) -> datetime.date | None:
        if name not in row:
            return None
        try:
            return read_day(row[name])
        except ValueError:
            raise _At((*path, name), f"De dag {row[name]} bestaat niet; kijk het na.") from None

    def _find(
        self, model: type[models.Model], field: str, value: str, path: textfile.Path
    ) -> Any | None:
        found = model._default_manager.filter(**{field: value}).first()
        if found is None:
            known = ", ".join(
                model._default_manager.order_by(field).values_list(field, flat=True)[:40]
            )
            self.faults.append(
                self.file.fault(path, f"{value} kennen wij niet; bekend zijn: {known}.")
            )
        return found

    def _step(self, path: textfile.Path, act: Callable[[], None]) -> None:
        """Do one part; a refusal becomes a fault of that part and the rest goes on."""
        try:
            act()
        except _At as fault:
            self.faults.append(self.file.fault(fault.path, fault.sentence))
        except ValidationError as refusal:
            self.faults += [self.file.fault(path, sentence) for sentence in refusal.messages]


class _At(Exception):
    def __init__(self, path: textfile.Path, sentence: str) -> None:
        super().__init__(sentence)
        self.path, self.sentence = path, sentence


def _items(row: Tree, name: str, path: textfile.Path) -> Iterator[tuple[textfile.Path, Tree]]:
    """The parts of a list in the tree, each with its path."""
    for position, part in enumerate(row.get(name, [])):
        yield (*path, name, position), part


def _stored(application: Application) -> list[AskedLine]:
    return [
        AskedLine(
            line.code,
            line.title,
            AmountState(line.state),
            line.amount.amount if line.amount is not None else None,
        )
        for line in application.lines.order_by("position")
    ]
