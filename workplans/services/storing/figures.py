"""Rules, named figures, and figures as the source prints them."""

from __future__ import annotations

from operator import attrgetter
from typing import Any

from funds.limits import rule_values, stated_amount
from workplans.models import PlanFigure, PlanRule, PrintedFigure, WorkPlan
from workplans.planfile import Tree
from workplans.reading import printed_amount
from workplans.services.rows import sync
from workplans.services.storing.source import Path, Source

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
        values = rule_values(
            tree, lambda name, text, read: self.source.understand((*path, name), text, read) or {}
        )
        if values["maximum"] and values["amount"] and values["maximum"] < values["amount"]:
            self.source.fault((*path, "maximum"), ORDER)
        return {"position": position, "code": tree["code"], **values}

    def _figure(self, path: Path, position: int, tree: Tree) -> dict[str, Any]:
        if len([name for name in WAYS if tree.get(name)]) != 1:
            self.source.fault(path, ONE_WAY)
        text = tree.get("amount", "")
        said = self.source.understand((*path, "amount"), text, stated_amount)
        return {
            "position": position,
            "code": tree["code"],
            "title": tree["title"],
            **{field: tree.get(name, "") for name, field in WAYS.items()},
            **(said or stated_amount("")),
            "source": tree.get("source", ""),
        }

    def write(self, plan: WorkPlan) -> None:
        """Bring them up to the file: by key, or rules and figures by code and printed
        ones by place."""
        raw, names = self.source.raw, self.source.names
        for model, existing, trees, rows, word in (
            (PlanRule, plan.rules.all(), raw.get("rules", []), self.rules, "code"),
            (PlanFigure, plan.figures.all(), raw.get("figures", []), self.figures, "code"),
            (PrintedFigure, plan.printed.all(), raw.get("printed", []), self.printed, "position"),
        ):
            wanted = {
                names.of(tree, row[word]): {"plan_id": plan.pk, **row}
                for tree, row in zip(trees, rows, strict=True)
            }
            sync(model, existing, wanted, names.known(attrgetter(word)))


def _printed(position: int, tree: Tree) -> dict[str, Any]:
    return {
        "position": position,
        "place": tree["where"],
        "text": tree["text"],
        **printed_amount(tree["text"]),
        "figure": tree.get("figure", ""),
        "note": tree.get("note", ""),
    }
