"""Who gets what part of a cost line, as people write it in the column Gemeente.

Names municipalities and groups only; from which pot a cost is paid is `funding`'s, and
the division itself `division`'s. Several names without a division (`Lisse, Hillegom`,
`Duin en Bollen`) act together and are not divided: rule `undivided` with municipalities.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from funds.notation import NotationError, format_euro, read_plain_amount
from workplans.notation.places import Places, format_date, read_date


class Rule(StrEnum):
    """How a cost line is divided."""

    SINGLE = "single"
    LEAD = "lead"
    EXPLICIT = "explicit"
    EQUAL = "equal"
    POPULATION = "population"
    PERCENTAGES = "percentages"
    UNDIVIDED = "undivided"


REST_POPULATION = "population"
REST_EQUAL = "equal"


@dataclass(frozen=True)
class Sharing:
    """A division as written, in CBS codes.

    `municipalities` has everybody concerned in the order of the text, after exceptions;
    with percentages those come first, then those of the rest. `rest` is `population`,
    `equal`, a code, or empty. `each` is an amount per municipality. `date` is the
    reference date of the inhabitants where the text names one.
    """

    rule: Rule
    municipalities: tuple[str, ...] = ()
    lead: str = ""
    amounts: Mapping[str, Decimal] = field(default_factory=dict)
    percentages: Mapping[str, Decimal] = field(default_factory=dict)
    rest: str = ""
    each: Decimal | None = None
    date: date | None = None

    def __post_init__(self) -> None:
        codes = self.municipalities
        wrong = (
            len(set(codes)) < len(codes),
            (self.rule is Rule.SINGLE) != (len(codes) == 1) and self.rule is Rule.SINGLE,
            not codes and self.rule is not Rule.UNDIVIDED,
            len(codes) == 1 and self.rule is Rule.UNDIVIDED,
            bool(self.lead) != (self.rule is Rule.LEAD),
            self.lead and self.lead not in codes,
            tuple(self.amounts) != (codes if self.rule is Rule.EXPLICIT else ()),
            tuple(self.percentages) != codes[: len(self.percentages)],
            bool(self.percentages) != (self.rule is Rule.PERCENTAGES),
            bool(self.rest_municipalities) != bool(self.rest),
            self.each is not None and self.rule is not Rule.EQUAL,
            self.date and REST_POPULATION not in (self.rule, self.rest),
        )
        if any(wrong):
            raise ValueError(f"this is no division: {self!r}")

    @property
    def rest_municipalities(self) -> tuple[str, ...]:
        """Those who share what the percentages leave."""
        if self.rule is not Rule.PERCENTAGES:
            return ()
        return self.municipalities[len(self.percentages) :]


_UNDIVIDED = re.compile(
    r"(?:nog )?(?:nader )?te (?:verdelen|bepalen)|n\.?t\.?b\.?|(?:nog )?niet verdeeld", re.I
)
_LOCAL = re.compile(
    r"lokaal|(?:de )?gemeenten? (?:afzonderlijk|zelf)|elke gemeente|regionaal", re.I
)
_LEAD = re.compile(r"(.*?)[\s,;(]*\bpenvoerder:?(?: is)? ([^()]+)\)?", re.I)
_MONEY = r"(?:€ ?)?\d[\d.,]*[-–—]*(?: ?euro)?"
_EACH = re.compile(rf"(?:per|elke|iedere) gemeente:? ({_MONEY})(.*)", re.I)
_EACH_AFTER = re.compile(rf"({_MONEY}) per gemeente\b(.*)", re.I)
_INHABITANTS = r"(?:het )?(?:aantal )?inwoner(?:s|tal|aantal|saantal|tallen)?\b"
_POPULATION = re.compile(
    rf"(?:verdeeld )?(?:naar rato(?: van {_INHABITANTS})?|naar {_INHABITANTS})(?![\w])(.*)", re.I
)
_DATED = re.compile(
    r"[ ,(]*(?:(?:per|op|van|peildatum) )*"
    r"(\d{1,2}-\d{1,2}-\d{4}|\d{4}-\d\d-\d\d|\d{1,2} [a-z]+ \d{4})\)?(.*)",
    re.I,
)
_EQUAL = re.compile(
    r"(?:gelijk(?:elijk)?(?: verdeeld)?|gelijke delen|in gelijke delen|elk een gelijk deel)\b(.*)",
    re.I,
)
_EXCEPT = re.compile(
    r"(?<![ ,;(])[ ,;(]*"
    r"\b(?:m\.?u\.?v\.?|met uitzondering van|behalve|uitgezonderd)(?: de)?(?: gemeenten?)? ",
    re.I,
)
# A dash before a number, also behind a sign; not the dash of a date or of € 10,-.
_MINUS = re.compile(r"(?<![^\s:;(])[-‐‑‒–—−] ?(?:€ ?)?\d[\d.,]*|€ ?[-‐‑‒–—−] ?\d[\d.,]*")
# A digit may stand in a name only behind a letter: WF6.
_NAME = r"((?:[^%\d€:;,]|(?<=[^\W\d])\d)+?)"
_PERCENT = r"(\d{1,3}(?:[.,]\d+)?) ?%"
_PERCENT_NAME = re.compile(
    rf"{_PERCENT} ?(?:voor |van )?{_NAME} ?(?:[,;+]|\ben\b(?= \d)|(?= \d)|$) ?", re.I
)
_NAME_PERCENT = re.compile(rf"{_NAME} ?:? ?{_PERCENT} ?(?:[,;+]|\ben\b|(?=\D)|$) ?", re.I)
_REST = re.compile(
    r"(?<![ ,;])[ ,;]*(?:\ben )?(?:\b(?:de|het) )?\brest(?:ant|erende)?\b:? ?(.*)", re.I
)
_STATE = r"p\.?m\b\.?|n\.?t\.?b\b\.?|n\.?v\.?t\b\.?|n\.?b\b\.?|\?"
_NAME_AMOUNT = re.compile(
    rf"{_NAME} ?(?:: ?|(?=€)|(?<= )(?=\d))({_MONEY}|{_STATE}) ?(?:[,;+]|\ben\b|(?=\D)|$) ?",
    re.I,
)


# Reading


def read_shares(text: str, places: Places) -> Sharing:
    """Read who shares a cost line; NotationError says what would be right."""
    plain = re.sub(r"\s+", " ", text).strip().rstrip(";")
    if not plain or _UNDIVIDED.fullmatch(plain):
        return Sharing(Rule.UNDIVIDED)
    plain = plain.removesuffix(".")
    if not places.members:
        raise places.no_members()
    if _LOCAL.fullmatch(plain):
        raise NotationError(
            f"“{plain}” noemt geen gemeenten; schrijf de namen, gelijk over de gemeenten "
            "of nog te verdelen.",
            code="no_names",
        )
    _refuse_minus(plain, places)
    for reader in _READERS:
        if (sharing := reader(plain, places)) is not None:
            return sharing
    codes = _codes(plain, places)
    return Sharing(Rule.SINGLE if len(codes) == 1 else Rule.UNDIVIDED, codes)


def _refuse_minus(plain: str, places: Places) -> None:
    """A share is never below zero, and a dash is no way to part a name and a number."""
    if match := _MINUS.search(plain):
        name = places.name(places.members[0])
        raise NotationError(
            f"“{match[0].strip()}” begint met een min of een streepje; een deel is nul of meer, "
            f"schrijf bijvoorbeeld {name} 10% of {name}: € 10.000.",
            code="negative",
        )


def _read_lead(plain: str, places: Places) -> Sharing | None:
    if "penvoerder" not in plain.casefold():
        return None
    if not (match := _LEAD.fullmatch(plain)):
        example = places.name(places.members[0])
        raise NotationError(
            f"In “{plain}” is niet te zien wie penvoerder is; "
            f"schrijf bijvoorbeeld {places.region}, penvoerder {example}.",
            code="lead_missing",
        )
    codes = _codes(match[1], places) if match[1].strip() else places.members
    lead = places.municipality(match[2])
    if lead not in codes:
        raise NotationError(
            f"{places.name(lead)} is penvoerder, maar doet zelf niet mee; "
            f"kies uit {places.listed(codes)}.",
            code="lead_outside",
        )
    return Sharing(Rule.LEAD, codes, lead=lead)


def _read_each(plain: str, places: Places) -> Sharing | None:
    match = _EACH.fullmatch(plain) or _EACH_AFTER.fullmatch(plain)
    if not match:
        return None
    return Sharing(Rule.EQUAL, _scope(match[2], places), each=_money(match[1]))


def _read_population(plain: str, places: Places) -> Sharing | None:
    if not (match := _POPULATION.fullmatch(plain)):
        return None
    day, tail = None, match[1]
    if dated := _DATED.fullmatch(tail):
        day, tail = read_date(dated[1]), dated[2]
        if day is None:
            raise NotationError(
                f"“{dated[1]}” is geen datum; schrijf bijvoorbeeld 1 januari 2017.",
                code="no_date",
            )
    return Sharing(Rule.POPULATION, _scope(tail, places), date=day)


def _read_equal(plain: str, places: Places) -> Sharing | None:
    match = _EQUAL.fullmatch(plain)
    return Sharing(Rule.EQUAL, _scope(match[1], places)) if match else None


def _read_percentages(plain: str, places: Places) -> Sharing | None:
    if "%" not in plain:
        return None
    rest = _REST.search(plain)
    body = plain[: rest.start()] if rest else plain
    first = body[:1].isdigit()
    percentages: dict[str, Decimal] = {}
    for match in _items(_PERCENT_NAME if first else _NAME_PERCENT, body, "Hoorn 50%"):
        number, name = (match[1], match[2]) if first else (match[2], match[1])
        code = _one(name, places)
        _refuse_twice(code, percentages, places)
        percentages[code] = Decimal(number.replace(",", "."))
    if not percentages:
        raise NotationError(
            f"“{plain}” noemt geen gemeente voor de rest; schrijf bijvoorbeeld "
            f"50% {places.name(places.members[0])}, rest naar rato.",
            code="no_shares",
        )
    _check_percentages(sum(percentages.values(), Decimal()), has_rest=rest is not None)
    named = Sharing(Rule.PERCENTAGES, tuple(percentages), percentages=percentages)
    return _with_rest(named, rest[1], places) if rest else named


def _check_percentages(total: Decimal, *, has_rest: bool) -> None:
    if total > 100:
        raise NotationError(
            f"De percentages tellen op tot {_percent(total)}; dat is {_percent(total - 100)} te "
            "veel, samen zijn ze 100%.",
            code="percentages_over",
        )
    if has_rest and total == 100:
        raise NotationError(
            "De percentages tellen op tot 100%, er is dus geen rest; laat de rest weg.",
            code="no_rest",
        )
    if not has_rest and total < 100:
        raise NotationError(
            f"De percentages tellen op tot {_percent(total)}; er ontbreekt "
            f"{_percent(100 - total)}, of schrijf erachter: rest naar rato.",
            code="percentages_under",
        )


def _with_rest(named: Sharing, text: str, places: Places) -> Sharing:
    taken = named.municipalities
    ruled = _read_population(text, places) or _read_equal(text, places)
    if ruled:
        others = tuple(code for code in ruled.municipalities if code not in taken)
        rest = REST_POPULATION if ruled.rule is Rule.POPULATION else REST_EQUAL
    elif name := re.sub(r"^(?:(?:is )?(?:voor|van) )", "", text, flags=re.I):
        rest = _one(name, places)
        _refuse_twice(rest, taken, places)
        others = (rest,)
    else:
        others = ()
    if not others:
        raise NotationError(
            "Er staat niet wie de rest krijgt; schrijf bijvoorbeeld rest naar rato, "
            "of rest en de naam van een gemeente.",
            code="rest_for_nobody",
        )
    return Sharing(
        Rule.PERCENTAGES,
        (*taken, *others),
        percentages=named.percentages,
        rest=rest,
        date=ruled.date if ruled else None,
    )


def _read_explicit(plain: str, places: Places) -> Sharing | None:
    if not re.search(r"[€:]|(?<!\w)\d", plain):
        return None
    values: dict[str, str] = {}
    for match in _items(_NAME_AMOUNT, plain, "K: € 10.000; L: € 5.000"):
        code = _one(match[1], places)
        _refuse_twice(code, values, places)
        values[code] = match[2]
    _refuse_states(values, places)
    amounts = {code: _money(value) for code, value in values.items()}
    return Sharing(Rule.EXPLICIT, tuple(amounts), amounts=amounts)


_READERS: tuple[Callable[[str, Places], Sharing | None], ...] = (
    _read_lead,
    _read_each,
    _read_percentages,
    _read_population,
    _read_equal,
    _read_explicit,
)


def _refuse_states(values: Mapping[str, str], places: Places) -> None:
    """Refuse `K: € 10.000, L: PM`: every share has an amount, or the line is unknown."""
    states = {code: value for code, value in values.items() if not re.search(r"\d", value)}
    if not states:
        return
    unknown = f"{next(iter(states.values()))} voor {places.listed(states)}"
    known = [code for code in values if code not in states]
    if known:
        total = format_euro(sum((_money(values[code]) for code in known), Decimal()))
        advice = f"maak twee kostenregels: één met {total} voor {places.listed(known)} en één met"
        raise NotationError(
            f"Van {places.listed(states)} is geen bedrag bekend; {advice} {unknown}.",
            code="partly_unknown",
        )
    raise NotationError(
        f"Van geen gemeente is een bedrag bekend; zet {unknown.split(' voor ')[0]} bij het bedrag "
        f"en schrijf hier gelijk over {places.listed(states)}.",
        code="all_unknown",
    )


def _items(pattern: re.Pattern[str], plain: str, example: str) -> list[re.Match[str]]:
    """Match the whole text as a row of items, or refuse it with an example."""
    found, at = [], 0
    while at < len(plain):
        if not (match := pattern.match(plain, at)):
            raise NotationError(
                f"“{plain[at:]}” is niet als verdeling te lezen; schrijf bijvoorbeeld {example}.",
                code="no_shares",
            )
        found.append(match)
        at = match.end()
    return found


def _money(text: str) -> Decimal:
    bare = text if text[-1] in "-–—" else text.rstrip(".,")
    return read_plain_amount(bare)


def _one(text: str, places: Places) -> str:
    name = text.strip()
    if (group := places.group(name)) and len(group) > 1:
        raise NotationError(
            f"“{name}” is een groep; noem hier de gemeenten apart: {places.listed(group)}.",
            code="group_for_one",
        )
    return places.municipality(name)


def _refuse_twice(code: str, seen: Collection[str], places: Places) -> None:
    if code in seen:
        raise NotationError(
            f"{places.name(code)} staat er twee keer; noem elke gemeente één keer.",
            code="named_twice",
        )


# Names


def _scope(text: str, places: Places) -> tuple[str, ...]:
    """Read over whom: nothing is the whole region, `m.u.v. …` the region without some."""
    plain = text.strip(" ,;:")
    if plain.startswith("(") and plain.endswith(")"):
        plain = plain[1:-1].strip()
    plain = re.sub(r"^(?:over|onder|voor|tussen|van|door) ", "", plain, flags=re.I)
    return _codes(plain, places) if plain else places.members


def _codes(text: str, places: Places) -> tuple[str, ...]:
    """Read names and groups, `m.u.v.` included, in the order of the text."""
    parts = _EXCEPT.split(text, maxsplit=1)
    if len(parts) == 1:
        return _listed(text, places)
    base = _listed(parts[0], places) if parts[0].strip() else places.members
    excepted = _listed(parts[1].removesuffix(")"), places)
    for code in excepted:
        if code not in base:
            raise NotationError(
                f"{places.name(code)} is uitgezonderd, maar hoort er niet bij; "
                f"kies uit {places.listed(base)}.",
                code="exception_outside",
            )
    codes = tuple(code for code in base if code not in excepted)
    if not codes:
        raise NotationError(
            "Met deze uitzonderingen blijft er geen gemeente over; zonder er minder uit.",
            code="nobody_left",
        )
    return codes


def _listed(text: str, places: Places) -> tuple[str, ...]:
    if group := places.group(text):
        return group
    names = re.sub(r"^(?:de )?gemeenten ", "", text.strip(), flags=re.I)
    codes: dict[str, None] = {}
    for piece in re.split(r" ?[,;/&+] ?", names):
        for code in _named(piece, places):
            _refuse_twice(code, codes, places)
            codes[code] = None
    return tuple(codes)


def _named(text: str, places: Places) -> Iterator[str]:
    """Read one name or group, or several with `en` between them; the longest name first,
    for `Kaag en Braassem` is one municipality. Takes as long as the text is."""
    words = text.split(" en ")
    at = 0
    while at < len(words):
        for end in range(min(len(words), at + places.most_en), at, -1):
            if (codes := _known(" en ".join(words[at:end]), places)) is not None:
                yield from codes
                at = end
                break
        else:
            raise places.unknown(" en ".join(words[at:]))


def _known(text: str, places: Places) -> tuple[str, ...] | None:
    """The codes of a name or group; nothing for what is not known here at all."""
    if group := places.group(text):
        return group
    try:
        return (places.municipality(text),)
    except NotationError as fault:
        if fault.code == "unknown_municipality":
            return None
        raise


# Writing


def format_shares(sharing: Sharing, places: Places) -> str:
    """Write a division in one fixed way, with names in full."""
    match sharing.rule:
        case Rule.SINGLE:
            return places.name(sharing.municipalities[0])
        case Rule.LEAD:
            group = _scope_name(sharing.municipalities, places)
            return f"{group}, penvoerder {places.name(sharing.lead)}"
        case Rule.EXPLICIT:
            return "; ".join(
                f"{places.name(code)}: {format_euro(amount)}"
                for code, amount in sharing.amounts.items()
            )
        case Rule.PERCENTAGES:
            return _format_percentages(sharing, places)
        case Rule.UNDIVIDED:
            codes = sharing.municipalities
            return _scope_name(codes, places) if codes else "nog te verdelen"
        case _:
            return _format_rule(
                sharing.rule, sharing, sharing.municipalities, places.members, places
            )


def _format_percentages(sharing: Sharing, places: Places) -> str:
    parts = [f"{_percent(part)} {places.name(code)}" for code, part in sharing.percentages.items()]
    if sharing.rest in (REST_POPULATION, REST_EQUAL):
        usual = tuple(code for code in places.members if code not in sharing.percentages)
        others = sharing.rest_municipalities
        parts.append("rest " + _format_rule(sharing.rest, sharing, others, usual, places))
    elif sharing.rest:
        parts.append(f"rest voor {places.name(sharing.rest)}")
    return ", ".join(parts)


def _format_rule(
    rule: str, sharing: Sharing, codes: tuple[str, ...], usual: tuple[str, ...], places: Places
) -> str:
    """Write an equal or proportional division; over whom only where that is not usual."""
    day = f" op {format_date(sharing.date)}" if sharing.date else ""
    if rule == Rule.POPULATION:
        words, link, everybody = f"naar rato van inwoners{day}", "over", ""
    elif sharing.each is not None:
        words, link, everybody = f"per gemeente {format_euro(sharing.each)}", "voor", ""
    else:
        words, link, everybody = "gelijk", "over", " over de gemeenten"
    if codes == usual:
        return words + everybody
    if left_out := _left_out(codes, usual):
        return f"{words}{everybody} m.u.v. {places.listed(left_out)}"
    return f"{words} {link} {_scope_name(codes, places)}"


def _scope_name(codes: tuple[str, ...], places: Places) -> str:
    """Name a group when these are exactly its members, else whoever is left out, or all."""
    if name := places.group_name(codes):
        return name
    if left_out := _left_out(codes, places.members):
        return f"alle gemeenten m.u.v. {places.listed(left_out)}"
    return places.listed(codes)


def _left_out(codes: tuple[str, ...], usual: tuple[str, ...]) -> tuple[str, ...]:
    """Return one or two exceptions; nothing when naming those who do take part is shorter."""
    left_out = tuple(code for code in usual if code not in codes)
    is_in_order = codes == tuple(code for code in usual if code in codes)
    return left_out if is_in_order and len(left_out) < min(3, len(codes)) else ()


def _percent(number: Decimal) -> str:
    return f"{number.normalize():f}%".replace(".", ",")


def sharing_as_json(sharing: Sharing) -> dict[str, object]:
    """Return what `read_notation municipalities` prints: by rule what the text says."""
    said: dict[str, object] = {
        "lead": sharing.lead,
        "amounts": {code: f"{amount:.2f}" for code, amount in sharing.amounts.items()},
        "percentages": {
            code: f"{part.normalize():f}" for code, part in sharing.percentages.items()
        },
        "rest": sharing.rest,
        "each": None if sharing.each is None else f"{sharing.each:.2f}",
        "date": sharing.date.isoformat() if sharing.date else None,
    }
    return {
        "rule": str(sharing.rule),
        "municipalities": list(sharing.municipalities),
        **{key: value for key, value in said.items() if value},
    }
