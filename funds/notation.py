"""Amounts as people write them: read, never guessed, and written back the same.

Knows no Django, no database and no municipality; read_amount(format_amount(a)) == a.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Literal, NoReturn

CENT = Decimal("0.01")
NO_BREAK_SPACE = "\u00a0"
MINUS = "\u2212"
MOST_DIGITS = 12  # before the comma


class NotationError(ValueError):
    """Text that cannot be understood; `sentence` is Dutch and says what would be right.

    `code` is what programs and tests look at, the sentence is for people.
    """

    def __init__(self, sentence: str, *, code: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.code = code


class AmountState(StrEnum):
    """What is known of an amount; a decimal alone cannot say it (domain.md 1.6.1)."""

    KNOWN = "known"
    PM = "pm"
    NOT_APPLICABLE = "not_applicable"
    TBD = "tbd"
    UNKNOWN = "unknown"
    BLANK = "blank"
    UNREAD = "unread"


class Nature(StrEnum):
    """Incidenteel, structureel or meerjarig, as the document states it."""

    INCIDENTAL = "incidental"
    STRUCTURAL = "structural"
    MULTI_YEAR = "multi_year"


class Basis(StrEnum):
    """For what or for how long the amount counts once."""

    PER_YEAR = "per_year"
    TOTAL = "total"
    ONCE = "once"
    PER_MUNICIPALITY = "per_municipality"
    PER_FTE = "per_fte"
    PER_PARTICIPANT = "per_participant"


class Bound(StrEnum):
    """An amount that is not exactly meant."""

    MAXIMUM = "maximum"
    MINIMUM = "minimum"
    APPROXIMATE = "approximate"


class Vat(StrEnum):
    """Whether btw is in the amount."""

    EXCLUDED = "excluded"
    INCLUDED = "included"


@dataclass(frozen=True, kw_only=True)
class Amount:
    """What one cell says about money; "" is what it does not say.

    Only what can be written and read back can be made (ValueError). Text that was not
    understood is no Amount: who keeps the text, keeps the state `unread` as well.
    """

    state: AmountState
    amount: Decimal | None = None  # euros, two places, zero or more
    bound: Bound | Literal[""] = ""
    basis: Basis | Literal[""] = ""
    vat: Vat | Literal[""] = ""
    nature: Nature | Literal[""] = ""
    nature_note: str = ""  # "met mogelijkheid structureel"
    provisional: bool = False
    cover: str = ""  # "lokaal", "regiobudget", or as typed
    funding: str = ""  # about pots, as typed; workplans.notation reads it
    note: str = ""  # what stood after "NB."

    def __post_init__(self) -> None:
        if self.state == AmountState.UNREAD:
            raise ValueError("Text that was not read is not an Amount.")
        if (self.state == AmountState.KNOWN) != (self.amount is not None):
            raise ValueError("An amount is there if and only if its state is known.")
        if self.amount is not None:
            _check_range(self.amount)
            object.__setattr__(self, "amount", self.amount.quantize(CENT))
        # What the text would say again must be what it is made of.
        fault = ValueError(f"Cannot be written and read back: {self!r}.")
        try:
            read = _read(_normalised(format_amount(self)))
        except NotationError:
            raise fault from None
        said = {name: value for name, value in self._qualifiers().items() if value}
        if (read.state, read.amount, read.said) != (self.state, self.amount, said):
            raise fault

    def _qualifiers(self) -> dict[str, str]:
        """All that can stand around the amount."""
        return {
            "bound": self.bound,
            "basis": self.basis,
            "vat": self.vat,
            "nature": self.nature,
            "nature_note": self.nature_note,
            "provisional": "yes" if self.provisional else "",
            "cover": self.cover,
            "funding": self.funding,
            "note": self.note,
        }


# Writing.


def format_number(amount: Decimal, *, cents: bool | None = None) -> str:
    """Write an amount without its sign: `650.000`, `17.575,44`, `−12`.

    Cents are printed when there are any; `cents` forces or (rounding half up) drops them.
    """
    rounded = amount.quantize(CENT if cents is not False else Decimal(1), ROUND_HALF_UP)
    if cents is None:
        cents = rounded != rounded.to_integral_value()
    digits = f"{abs(rounded):,.{2 if cents else 0}f}"
    minus = MINUS if rounded < 0 else ""
    return minus + digits.translate(str.maketrans(",.", ".,"))


def format_euro(amount: Decimal, *, cents: bool | None = None) -> str:
    """Write an amount with its sign and a no-break space: `€ 650.000`, `€ −12`."""
    return f"€{NO_BREAK_SPACE}{format_number(amount, cents=cents)}"


def format_amount(amount: Amount) -> str:
    """Write the one canonical text of an amount, as a person would type it.

    With plain spaces: it stands in cells and files that people edit. On a page, use
    `format_euro`.
    """
    if amount.amount is None:
        head = _STATE_TEXT[amount.state]
    else:
        bound = _BOUND_TEXT[amount.bound] + " " if amount.bound else ""
        head = f"{bound}€ {format_number(amount.amount)}"
    return f"{head} {_tail(amount)}".strip()


_STATE_TEXT = {
    AmountState.PM: "PM",
    AmountState.NOT_APPLICABLE: "n.v.t.",
    AmountState.TBD: "n.t.b.",
    AmountState.UNKNOWN: "niet bekend",  # not NB, which also announces a note
    AmountState.BLANK: "",
}
_BOUND_TEXT = {Bound.MAXIMUM: "max.", Bound.MINIMUM: "min.", Bound.APPROXIMATE: "ca."}
_BASIS_TEXT = {
    Basis.PER_YEAR: "per jaar",
    Basis.TOTAL: "totaal",
    Basis.ONCE: "eenmalig",
    Basis.PER_MUNICIPALITY: "per gemeente",
    Basis.PER_FTE: "per fte",
    Basis.PER_PARTICIPANT: "per deelnemer",
}
_VAT_TEXT = {Vat.EXCLUDED: "excl. btw", Vat.INCLUDED: "incl. btw"}
_NATURE_TEXT = {
    Nature.INCIDENTAL: "incidenteel",
    Nature.STRUCTURAL: "structureel",
    Nature.MULTI_YEAR: "meerjarig",
}


def _tail(amount: Amount) -> str:
    """What stands behind the amount: `totaal (structureel, lokaal) NB. …`."""
    nature = f"{_NATURE_TEXT[amount.nature] if amount.nature else ''} {amount.nature_note}"
    cover = f"{'voorlopig' if amount.provisional else ''} {amount.cover}"
    inside = ", ".join(part.strip() for part in (nature, cover) if part.strip())
    parts = (
        _BASIS_TEXT[amount.basis] if amount.basis else "",
        _VAT_TEXT[amount.vat] if amount.vat else "",
        f"({inside})" if inside else "",
        amount.funding,
        f"NB. {amount.note}" if amount.note else "",
    )
    return " ".join(part for part in parts if part)


# Reading a number.

_SIGN = r"(?:€|EUR\b|euro\b)"
_NUMBER = re.compile(
    rf"(?P<minus>[-−–]\s*)?(?:{_SIGN}\s*)?(?P<minus2>[-−–]\s*)?"
    r"(?P<digits>[0-9]+(?:[.,]+[0-9]+)*)(?P<dash>\s?[.,]\s?[-–—−=]{1,2})?"
    r"(?P<unit>\s*(?:euro|EUR|€)(?!\w))?",
    re.IGNORECASE,
)
_WELL_FORMED = re.compile(
    r"(?P<euros>0|[1-9][0-9]*|[1-9][0-9]{0,2}(?:\.[0-9]{3})+)(?:,(?P<cents>[0-9]{1,2}))?"
)
_SPACED = re.compile(r"[0-9]{1,3}(?:[ ’'][0-9]{3})+(?:,[0-9]{1,2})?(?![0-9])")
_FOREIGN = re.compile(r"\b(?:USD|GBP|CHF|NLG|dollars?|pond|gulden)\b", re.IGNORECASE)
_SCALE = re.compile(r"\s*(?:k|dzd|duizend|mln|miljoen|mld|miljard)\b", re.IGNORECASE)


def read_plain_amount(text: str) -> Decimal:
    """Read a bare amount in euros, without qualifiers; two places. For form fields."""
    text = _normalised(text)
    match = _NUMBER.match(text)
    if match is None:
        _refuse_unless_money(text, right="€ 1.250")
    amount = _read_number(text, match)
    rest = text[match.end() :]
    if rest:
        raise NotationError(
            f"“{rest.strip()}” achter het bedrag hoort hier niet; "
            f"schrijf alleen {format_euro(amount)}.",
            code="tail",
        )
    return amount


def _normalised(text: str) -> str:
    """One kind of space, and no character that only looks familiar."""
    text = " ".join(unicodedata.normalize("NFC", text).split())
    for character in text:
        if unicodedata.category(character) == "Nd" and not character.isascii():
            raise NotationError(
                f"“{character}” is geen gewoon cijfer; gebruik de cijfers 0 tot en met 9.",
                code="digits",
            )
    return text


def _refuse_unless_money(text: str, *, right: str) -> NoReturn:
    """Say what is wrong with text that does not begin with an amount or a state."""
    foreign = _FOREIGN.search(text) or re.search(r"[$£¥ƒ]", text)
    if foreign:
        _refuse_currency(foreign.group())
    if not text:
        raise NotationError(
            f"Er staat geen bedrag; schrijf bijvoorbeeld {right}.", code="no_amount"
        )
    if re.fullmatch(r"(?:€\s*)?[-–—−]+", text):
        raise NotationError(
            f"“{text}” kan van alles betekenen; schrijf bijvoorbeeld € 0 of {right}.", code="dash"
        )
    raise NotationError(f"“{text}” is geen bedrag; schrijf bijvoorbeeld {right}.", code="no_amount")


def _refuse_currency(currency: str) -> NoReturn:
    raise NotationError(
        f"“{currency}” is geen euro; schrijf het bedrag in euro’s, bijvoorbeeld € 1.250.",
        code="currency",
    )


def _read_number(text: str, match: re.Match[str]) -> Decimal:
    """The number of a `_NUMBER` match, once what follows does not change its meaning."""
    digits, after = match["digits"], text[match.end() :]
    if foreign := _FOREIGN.match(after.strip()) or re.match(r"\s*[$£¥ƒ]", after):
        _refuse_currency(foreign.group().strip())
    if re.match(r"\s*%", after):
        raise NotationError(
            f"“{digits}%” is een percentage; schrijf een bedrag, bijvoorbeeld € 1.250.",
            code="percentage",
        )
    if scale := _SCALE.match(after):
        raise NotationError(
            f"“{match.group()}{scale.group()}” is afgekort; "
            "schrijf het bedrag voluit, bijvoorbeeld € 1.200.000.",
            code="scale",
        )
    if spaced := _SPACED.match(text, match.start("digits")):
        meant = _decimal(re.sub("[ ’']", "", spaced.group()), whole=False)
        raise NotationError(
            f"“{spaced.group()}” heeft geen punten tussen de duizendtallen; "
            f"bedoelt u {format_euro(meant)}?",
            code="ambiguous",
        )
    amount = _decimal(digits, whole=bool(match["dash"]))
    if match["minus"] or match["minus2"]:
        raise NotationError(
            f"“{match.group()}” is negatief; een bedrag is nul of meer, "
            f"bijvoorbeeld {format_euro(amount)}.",
            code="negative",
        )
    return amount


def _decimal(digits: str, *, whole: bool) -> Decimal:
    """Read `650.000`, `2000` or `17575,44`; `whole` if `,-` followed."""
    match = _WELL_FORMED.fullmatch(digits)
    euros = re.split(",", digits)[0].replace(".", "")
    if len(euros) > MOST_DIGITS or len(re.sub("[.,]", "", digits)) > MOST_DIGITS + 2:
        raise NotationError(
            f"“{digits}” heeft te veel cijfers; een bedrag heeft er hoogstens {MOST_DIGITS} "
            "voor de komma en 2 erachter.",
            code="too_large",
        )
    if match is None or (whole and match["cents"]):
        raise NotationError(
            f"“{digits}” is geen duidelijk bedrag; bedoelt u {' of '.join(_meanings(digits))}?",
            code="ambiguous",
        )
    return Decimal(f"{euros}.{(match['cents'] or '').ljust(2, '0')}")


def _meanings(digits: str) -> list[str]:
    """What somebody may have meant by a number with its dots and commas astray."""
    first, *others = re.split("[.,]+", digits)
    joined = Decimal("".join([first, *others]))
    meanings = []
    if others and len(others[-1]) == 3 and first != "0":
        meanings.append(format_euro(joined))
    if len(others) == 1 or (others and len(others[-1]) < 3):
        cents = Decimal(f"{''.join([first, *others[:-1]])}.{others[-1]}")
        meanings.append(format_euro(cents, cents=True))
    return meanings or [format_euro(joined)]


def _check_range(amount: Decimal) -> None:
    in_range = amount.is_finite() and 0 <= amount < 10**MOST_DIGITS
    if not in_range or amount != amount.quantize(CENT):
        raise ValueError(f"An amount is zero or more, in whole cents, not {amount}.")


# Reading a cell.

_STATES = {
    AmountState.PM: r"p\.?m\.?|pro memorie",
    AmountState.NOT_APPLICABLE: r"n\.?v\.?t\.?|niet van toepassing",
    AmountState.TBD: r"n\.?t\.?b\.?|nader te bepalen",
    AmountState.UNKNOWN: r"n\.?b\.?|niet bekend|onbekend",
}
_PHRASES = [
    (field, value, re.compile(rf"(?:{pattern})(?![\w%-])", re.IGNORECASE))
    for field, value, pattern in [
        ("bound", Bound.MAXIMUM, r"max\.?|maximaal|ten hoogste|hoogstens"),
        ("bound", Bound.MINIMUM, r"min\.?|minimaal|ten ?minste|minstens"),
        ("bound", Bound.APPROXIMATE, r"ca\.?|circa|ongeveer"),
        ("provisional", "yes", r"voorlopig|vooralsnog"),
        ("basis", Basis.PER_YEAR, r"p\.\s?j\.?|pj|per jaar|jaarlijks"),
        ("basis", Basis.TOTAL, r"in totaal|totaal"),
        ("basis", Basis.ONCE, r"eenmalig"),
        ("basis", Basis.PER_MUNICIPALITY, r"per gemeente"),
        ("basis", Basis.PER_FTE, r"per fte"),
        ("basis", Basis.PER_PARTICIPANT, r"per deelnemer"),
        ("vat", Vat.EXCLUDED, r"excl\.? btw|exclusief btw"),
        ("vat", Vat.INCLUDED, r"incl\.? btw|inclusief btw"),
        ("nature", Nature.INCIDENTAL, r"incidenteel"),
        ("nature", Nature.STRUCTURAL, r"structureel"),
        ("nature", Nature.MULTI_YEAR, r"meerjarig"),
        ("cover", "lokaal", r"lokaal"),
        ("cover", "regiobudget", r"regio ?budget|regionaal budget|regionaal"),
    ]
]
_NATURE_WORD = re.compile(r"\b(?:incidente|structure|meerjarig)", re.IGNORECASE)
_STATE_WORD = re.compile("|".join(_STATES.values()), re.IGNORECASE)
_POTS = re.compile(r"%|\b(?:procent|naar rato|financier|betaal|draagt|rest\b)", re.IGNORECASE)
_NOTE = re.compile(r"(?<!\S)(?:NB|N\.B\.)[.:]?(?!\S)\s*")
# At the start of a cell only the dot tells a note from "niet bekend".
_NOTE_ONLY = re.compile(r"(?:NB[.:]|N\.B\.:?) (?=\S)")


def read_amount(text: str) -> Amount:
    """Read one cell about money, or raise NotationError with what would be right."""
    text = _normalised(text)
    read = _read(text)
    try:
        return read.as_amount()
    except ValueError:
        raise NotationError(
            f"“{text}” is op meer dan één manier te lezen; "
            "zet wat niet bij het bedrag hoort achter “NB.”.",
            code="ambiguous",
        ) from None


def _read(text: str) -> _Reading:
    """Read normalised text, without asking whether it makes a proper Amount."""
    reading = _Reading()
    if not text or _NOTE_ONLY.match(text):
        reading.read_tail(text)
        return reading
    head = reading.read_phrases(text, {"bound", "basis", "provisional"})
    for state, pattern in _STATES.items():
        if match := re.match(rf"(?:€ ?)?(?:{pattern})(?![\w-])", head, re.IGNORECASE):
            reading.state = state
            reading.read_tail(head[match.end() :])
            reading.refuse_bound()
            if match.group() == "NB" and "funding" in reading.said:
                _refuse_tail(head[match.end() :].strip())  # nota bene without its dot?
            return reading
    number = _NUMBER.match(head)
    if number is None:
        _refuse_unless_money(text, right="€ 1.250, PM, n.v.t., n.t.b. of NB")
    reading.state = AmountState.KNOWN
    reading.amount = _read_number(head, number)
    reading.read_tail(head[number.end() :])
    return reading


class _Reading:
    """What has been read of a cell so far; each thing can be said once."""

    def __init__(self) -> None:
        self.state = AmountState.BLANK
        self.amount: Decimal | None = None
        self.said: dict[str, str] = {}

    def as_amount(self) -> Amount:
        """The Amount that all of it makes; ValueError if it makes none."""
        said = self.said.get
        return Amount(
            state=self.state,
            amount=self.amount,
            bound=Bound(bound) if (bound := said("bound")) else "",
            basis=Basis(basis) if (basis := said("basis")) else "",
            vat=Vat(vat) if (vat := said("vat")) else "",
            nature=Nature(nature) if (nature := said("nature")) else "",
            nature_note=said("nature_note", ""),
            provisional="provisional" in self.said,
            cover=said("cover", ""),
            funding=said("funding", ""),
            note=said("note", ""),
        )

    def refuse_bound(self) -> None:
        """A state such as PM has no maximum."""
        if "bound" in self.said:
            raise NotationError(
                "“Maximaal”, “minimaal” of “ongeveer” kan alleen bij een bedrag staan; "
                "schrijf bijvoorbeeld max. € 1.250.",
                code="bound",
            )

    def read_phrases(self, text: str, fields: set[str]) -> str:
        """Take set phrases off the front of the text; returns what is left."""
        while True:
            text = re.sub("^[,;]? ", "", text)
            for field, value, pattern in _PHRASES:
                if field in fields and (match := pattern.match(text)):
                    self._say(field, value, match.group())
                    text = text[match.end() :]
                    break
            else:
                return text

    def read_tail(self, text: str) -> None:
        """Read what stands behind an amount: phrases, brackets, pots and a note."""
        before, note = text, None
        if marker := _NOTE.search(text):
            before, note = text[: marker.start()], text[marker.end() :].strip()
        rest = before.strip()
        while rest:
            rest = self._read_next(rest).strip()
        if note == "":
            raise NotationError(
                "Achter “NB.” staat geen opmerking; schrijf haar erachter of laat “NB.” weg.",
                code="note",
            )
        if note:
            self._say("note", note, note)

    def _read_next(self, text: str) -> str:
        """Read one piece of a tail; returns what is left."""
        if text.startswith("("):
            inside, closed, rest = text[1:].partition(")")
            if not closed or "(" in inside:
                raise NotationError(
                    f"De haakjes in “{text}” kloppen niet; schrijf bijvoorbeeld "
                    "“(structureel, lokaal)”.",
                    code="brackets",
                )
            for part in re.split(r",(?![0-9])|;", inside):
                self._read_part(part.strip())
            return rest
        # Before a text about pots, "voorlopig" and "lokaal" may belong to that text.
        pots = _POTS.search(text.partition("(")[0])
        fields = {"basis", "vat"} if pots else {field for field, _, _ in _PHRASES}
        rest = self.read_phrases(text, fields)
        if rest != text:
            return rest
        if not pots:
            _refuse_tail(text)
        self._append("funding", text)
        return ""

    def _read_part(self, part: str) -> None:
        """Read what stands between two commas inside brackets."""
        if _POTS.search(part):
            self._append("funding", part)
            return
        before = dict(self.said)
        rest = self.read_phrases(part, {field for field, _, _ in _PHRASES} - {"cover"})
        new = self.said.keys() - before.keys()
        cover = next(
            (
                value
                for field, value, pattern in _PHRASES
                if field == "cover" and pattern.fullmatch(rest)
            ),
            "",
        )
        if cover:
            self._append("cover", cover)
        elif "nature" in new and rest.startswith("met "):
            self._say("nature_note", rest, rest)
        elif rest and new <= {"provisional"} and not _is_strange_cover(rest):
            self._append("cover", rest)
        elif rest or not part:
            raise NotationError(
                f"“({part})” is niet begrepen; schrijf bijvoorbeeld “(structureel, lokaal)”.",
                code="qualifier",
            )

    def _say(self, field: str, value: str, text: str) -> None:
        if self.said.setdefault(field, value) != value:
            raise NotationError(
                f"“{text}” gaat niet samen met wat al bij het bedrag staat; "
                "noem er één of maak er twee kostenregels van.",
                code="twice",
            )

    def _append(self, field: str, value: str) -> None:
        before = self.said.get(field)
        self.said[field] = f"{before}, {value}" if before else value


def _is_strange_cover(text: str) -> bool:
    """Whether text for a cover rather seems to be a nature, a state or an amount."""
    return bool(_NATURE_WORD.search(text) or _STATE_WORD.fullmatch(text) or "€" in text)


def _refuse_tail(text: str) -> NoReturn:
    advice = "laat het weg"
    if re.search(r"[^\W\d_]", text):
        advice = f"zet een opmerking achter “NB.”: “NB. {text}”"
    raise NotationError(f"“{text}” is hier niet begrepen; {advice}.", code="tail")


def amount_as_json(amount: Amount) -> dict[str, object]:
    """What was understood, for people who try the notation: only what the text says."""
    understood: dict[str, object] = {
        "state": amount.state.value,
        "amount": None if amount.amount is None else f"{amount.amount:.2f}",
    }
    said = {name: value for name, value in amount._qualifiers().items() if value}
    return understood | said | ({"provisional": True} if amount.provisional else {})
