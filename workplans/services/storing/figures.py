"""Rules, named figures, and figures as the source prints them."""

from __future__ import annotations

from typing import Any

from funds.notation import AmountState, NotationError, read_amount
from funds.portion import read_portion
from workplans.models import PlanFigure, PlanRule, PrintedFigure, WorkPlan
from workplans.planfile import Tree
from workplans.services.rows import money, sync
from workplans.services.storing.source import Path, Source

RULE_TEXTS = ("text", "base", "applies_to", "figure", "severity", "source")
WAYS = {"amount": "amount_text", "sum": "sum_text", "share": "share_text"}
ONE_WAY = "Een cijfer is een bedrag, een som of een deel; vul er één in: amount, sum of share."
ORDER = "Het maximum ligt onder het bedrag; draai de twee om."


class Figures:
    """What `rules`, `figures` and `printed` of a file mean."""

    def __init__(self, source: Source) -> None:
        self.source = source
        raw = source.raw
        source.refuse_doubles(("rules",), raw.get("rules", []), "De regel")
        source.refuse_doubles(("figures",), raw.get("figures", []), "Het cijfer")
        self.rules = [
            self._rule(("rules", n), n, tree) for n, tree in enumerate(raw.get("rules", []))
        ]
        self.figures = [
            self._figure(("figures", n), n, tree) for n, tree in enumerate(raw.get("figures", []))
        ]
        self.printed = [_printed(n, tree) for n, tree in enumerate(raw.get("printed", []))]

    def _rule(self, path: Path, position: int, tree: Tree) -> dict[str, Any]:
        source = self.source
        share = source.understand((*path, "share"), tree.get("share", ""), read_portion)
        limit = source.state((*path, "amount"), tree.get("amount", ""))
        maximum = source.amount((*path, "maximum"), tree.get("maximum", ""))
        if limit["amount"] is not None and maximum is not None and maximum < limit["amount"]:
            source.fault((*path, "maximum"), ORDER)
        return {
            "position": position,
            **{name: tree[name] for name in ("code", "kind", "title")},
            **{name: tree.get(name, "") for name in RULE_TEXTS},
            "amount_text": tree.get("amount", ""),
            "maximum_text": tree.get("maximum", ""),
            "share_text": tree.get("share", ""),
            "state": limit["state"],
            "amount": money(limit["amount"]),
            "maximum": money(maximum),
            "share_numerator": share[0] if share else None,
            "share_denominator": share[1] if share else None,
        }

    def _figure(self, path: Path, position: int, tree: Tree) -> dict[str, Any]:
        if len([name for name in WAYS if tree.get(name)]) != 1:
            self.source.fault(path, ONE_WAY)
        said = self.source.state((*path, "amount"), tree.get("amount", ""))
        return {
            "position": position,
            "code": tree["code"],
            "title": tree["title"],
            **{field: tree.get(name, "") for name, field in WAYS.items()},
            "state": said["state"],
            "amount": money(said["amount"]),
            "source": tree.get("source", ""),
        }

    def write(self, plan: WorkPlan) -> None:
        """Bring them up to the file: rules and figures by code, printed ones by place."""
        sync(
            PlanRule,
            plan.rules.all(),
            {row["code"]: {"plan_id": plan.pk, **row} for row in self.rules},
            lambda rule: rule.code,
        )
        sync(
            PlanFigure,
            plan.figures.all(),
            {row["code"]: {"plan_id": plan.pk, **row} for row in self.figures},
            lambda figure: figure.code,
        )
        sync(
            PrintedFigure,
            plan.printed.all(),
            {row["position"]: {"plan_id": plan.pk, **row} for row in self.printed},
            lambda row: row.position,
        )


def _printed(position: int, tree: Tree) -> dict[str, Any]:
    """A printed figure stands as it is printed, also when it is no amount."""
    try:
        said = read_amount(tree["text"])
        state, amount = said.state, said.amount
    except NotationError:
        state, amount = AmountState.UNREAD, None
    return {
        "position": position,
        "place": tree["where"],
        "text": tree["text"],
        "state": state.value,
        "amount": money(amount),
        "figure": tree.get("figure", ""),
        "note": tree.get("note", ""),
    }
