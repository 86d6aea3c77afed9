"""Partners and quantities, of whatever mentions them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from workplans.models import Partner, Quantity, WorkPlan
from workplans.notation.partners import read_partner
from workplans.planfile import Tree
from workplans.reading import quantity_values
from workplans.services.rows import sync
from workplans.services.storing.source import Path, Source

OWNERS = ("action", "row", "result")

Key = tuple[str, int, int]


class Details:
    """Collects what the owners mention, and writes it for all of them at once."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.partners: dict[Key, dict[str, Any]] = {}
        self.quantities: dict[Key, dict[str, Any]] = {}

    def check(self, path: Path, tree: Tree) -> None:
        """A fault for each quantity that cannot be read."""
        for n, text in enumerate(tree.get("quantities", [])):
            self.source.understand((*path, "quantities", n), text, quantity_values)

    def note(self, owner: str, key: int, tree: Tree) -> None:
        """Remember what a stored owner (`action`, `row` or `result`) mentions."""
        for n, text in enumerate(tree.get("partners", [])):
            names, organisations = self.source.organisations
            partner = read_partner(text, names)
            self.partners[owner, key, n] = {
                f"{owner}_id": key,
                "position": n,
                "text": text,
                "organisation_id": organisations.get(partner.organisation),
                "minimum": partner.minimum,
            }
        for n, text in enumerate(tree.get("quantities", [])):
            self.quantities[owner, key, n] = {
                f"{owner}_id": key,
                "position": n,
                "text": text,
                **quantity_values(text),
            }

    def write_of_actions(self, actions: Collection[int]) -> None:
        """Bring those of these actions up to what was noted."""
        sync(Partner, Partner.objects.filter(action__in=actions), self.partners, _key_of)
        sync(Quantity, Quantity.objects.filter(action__in=actions), self.quantities, _key_of)

    def write(self, plan: WorkPlan) -> None:
        """Bring the partners and quantities of a plan up to what was noted."""
        sync(
            Partner,
            [
                *Partner.objects.filter(action__line__plan=plan),
                *Partner.objects.filter(row__block__plan=plan),
            ],
            self.partners,
            _key_of,
        )
        sync(
            Quantity,
            [
                *Quantity.objects.filter(action__line__plan=plan),
                *Quantity.objects.filter(row__block__plan=plan),
                *Quantity.objects.filter(result__line__plan=plan),
            ],
            self.quantities,
            _key_of,
        )


def _key_of(row: Partner | Quantity) -> Key:
    for owner in OWNERS:
        key = getattr(row, f"{owner}_id", None)
        if key is not None:
            return owner, key, row.position
    raise ValueError(f"{row} belongs to nobody")
