"""The Django admin of plans: what people typed is changed, what it says follows."""

from workplans.admin import (
    actions,
    adoption,
    costs,
    document,
    lines,
    mentions,
    plans,
    progress,
    scenarios,
)

__all__ = [
    "actions",
    "adoption",
    "costs",
    "document",
    "lines",
    "mentions",
    "plans",
    "progress",
    "scenarios",
]
