"""How a text names a figure of its plan: `totaal A`, `gemeente Katwijk`,
`verdeling Hoorn tranche`; and the sums and shares of named figures.

Knows the words, not the values: whoever has the plan's figures looks them up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from funds.notation import NotationError

NATURES = ("incidenteel", "structureel", "meerjarig", "niet vermeld")
FUND_COLUMNS = (
    "beschikbaar",
    "beschikt",
    "nog beschikbaar",
    "aangevraagd",
    "resteert",
    "gebruikt",
)
DISTRIBUTION_COLUMNS = ("inwoners", "percentage", "tranche", "totaal")
SUM = "som"

_OPTIONAL = {"totaal", "acties", "punten", "resultaten"}
_FREE = {"gemeente", "eigen", "begunstigde", "dekking", "rijen", "cijfer"}
_CHOICES = {"aard": NATURES, "fonds": FUND_COLUMNS}
_EXAMPLES = "totaal, totaal A, aard structureel, gemeente Katwijk, fonds resteert of acties"


@dataclass(frozen=True)
class Reference:
    """A figure by name. `kind` is its first word, `subject` which one (a line, a
    municipality, a pot; "" for all), `column` which figure of it, or of which line."""

    kind: str
    subject: str = ""
    column: str = ""

    def __str__(self) -> str:
        return " ".join(part for part in (self.kind, self.subject, self.column) if part)


def read_reference(text: str) -> Reference:
    """Read the name of a figure; NotationError when it names none we know."""
    plain = " ".join(text.split())
    kind, _, subject = plain.partition(" ")
    kind = kind.casefold()
    if kind in _OPTIONAL or (kind in _FREE and subject):
        return Reference(kind, subject)
    if subject.casefold() in _CHOICES.get(kind, ()):
        return Reference(kind, subject.casefold())
    if kind == "aantal" and subject:
        unit, _, line = subject.partition(" ")
        return Reference(kind, unit, line)
    if kind == "verdeling":
        who, _, column = subject.rpartition(" ")
        if who and column.casefold() in DISTRIBUTION_COLUMNS:
            return Reference(kind, who, column.casefold())
    raise NotationError(
        f"“{plain[:80]}” noemt geen cijfer van een plan; schrijf bijvoorbeeld {_EXAMPLES}.",
        code="no_reference",
    )


_CODE = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_SUM = re.compile(rf"(?:(?P<first>{_CODE}))(?P<rest>(?: [+\-−] {_CODE})+)")
_SHARE = re.compile(rf"({_CODE}) / ({_CODE})")


def read_sum(text: str) -> tuple[tuple[int, str], ...]:
    """Read `a - b + c` as signs (1 or -1) and codes of named figures, in order."""
    plain = " ".join(text.split())
    match = _SUM.fullmatch(plain)
    if match is None:
        raise NotationError(
            f"“{plain[:80]}” is geen som van cijfers; schrijf bijvoorbeeld aangevraagd - budget.",
            code="no_sum",
        )
    terms = [(1, match["first"])]
    words = match["rest"].split()
    for sign, code in zip(words[::2], words[1::2], strict=True):
        terms.append((1 if sign == "+" else -1, code))
    return tuple(terms)


def read_share(text: str) -> tuple[str, str]:
    """Read `a / b` as the codes of the part and of the whole."""
    plain = " ".join(text.split())
    match = _SHARE.fullmatch(plain)
    if match is None:
        raise NotationError(
            f"“{plain[:80]}” is geen deel; schrijf bijvoorbeeld verschil / aangevraagd.",
            code="no_share",
        )
    return match[1], match[2]
