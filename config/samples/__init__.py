"""Samples of every component in its states, for the page of patterns."""

from __future__ import annotations

from config.patterns import Pattern
from config.samples.forms import form_samples
from config.samples.parts import frame, parts
from config.samples.tables import tables


def patterns(*, csrf_token: str) -> list[Pattern]:
    """Every pattern by name. Asks the database nothing."""
    samples = dict(frame()) | dict(parts()) | dict(tables()) | dict(form_samples(csrf_token))
    return [Pattern(name, tuple(samples[name])) for name in sorted(samples)]
