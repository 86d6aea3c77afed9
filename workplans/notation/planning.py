"""Planning as people write it: read, never guessed, and written back the same.

A planning is a list of entries, each with a period, a state or a reference, and
where the text says so a label and a group. Text with other words than those of
planning is kept as typed and flagged (handmatig); text made only of planning words
is understood or refused.

Two columns of a document (start and end) are written as one text with the cells as
they stand there: `Start: Q1 '19 (HRN) Q2 '19 (WF6) Eind: Doorlopend`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from funds.notation import NotationError
from workplans.notation.moments import (
    FLAGS,
    PART,
    QUOTES,
    RANGE,
    YEAR,
    Moment,
    Period,
    Scanner,
    read_periods,
    read_point,
    span,
)


class PlanningState(StrEnum):
    """Why there is no moment; `STATED` when there is one, or none is needed."""

    STATED = ""
    UNKNOWN = "unknown"
    TBD = "tbd"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True)
class PlanningEntry:
    """One period, state or reference of a planning.

    No `start` or no `end` means open, or what `state` says. `alternative`: one of the
    moments from start to end, or several (`2020 en/of 2021`). `continuous` without a
    moment has a `state` only for its start. ValueError for what cannot be written.
    """

    start: Moment | None = None
    end: Moment | None = None
    label: str = ""
    group: str = ""
    continuous: bool = False
    state: PlanningState = PlanningState.STATED
    reference: str = ""
    alternative: bool = False

    def __post_init__(self) -> None:
        moments = [moment for moment in (self.start, self.end) if moment]
        if self.start and self.end:
            Period(self.start, self.end, self.alternative)
        wrong = (
            not (moments or self.continuous or self.state or self.reference),
            self.state and (len(moments) == 2 or (self.continuous and moments)),
            self.reference and (moments or self.continuous or self.state),
            self.reference and not re.fullmatch(_NUMBER, self.reference),
            self.alternative and (len(moments) < 2 or self.continuous),
            self.label and not _is_label(self.label),
            self.group and not _GROUP.fullmatch(f"({self.group})"),
        )
        if any(wrong):
            raise ValueError("this planning entry cannot be written")


@dataclass(frozen=True)
class Planning:
    """Entries in the order of the text; `text` is kept only when it is `by_hand`."""

    entries: tuple[PlanningEntry, ...] = ()
    by_hand: bool = False
    text: str = ""


_WORDS = {
    PlanningState.UNKNOWN: "NB",
    PlanningState.TBD: "n.t.b.",
    PlanningState.NOT_APPLICABLE: "n.v.t.",
}
_STATES = (
    (
        PlanningState.UNKNOWN,
        re.compile(r" ?(?:n\.?b\b\.?|(?:nog )?(?:niet |on)bekend\b)", FLAGS),
    ),
    (PlanningState.TBD, re.compile(r" ?(?:n\.?t\.?b\b\.?|nader te bepalen\b)", FLAGS)),
    (
        PlanningState.NOT_APPLICABLE,
        re.compile(r" ?(?:n\.?v\.?t\b\.?|niet van toepassing\b)", FLAGS),
    ),
)
_NUMBER = r"[A-Z]?\d{1,3}[A-Z]?(?: ?\+ ?[A-Z]?\d{1,3}[A-Z]?)*"
_REFERENCE = re.compile(rf" ?zie (?:#|(?:punt|actiepunt|actie|nr\.?) )? ?({_NUMBER})\b", FLAGS)
_CONTINUOUS = re.compile(r" ?(?:doorlopende?|continue?)\b", FLAGS)
_START = r"(?:start|begin)(?: \(verwacht\))?"
_END = r"(?:eind|einde)(?: \(verwacht\))?"
_FROM = re.compile(
    r" ?(?:(?:vanaf|sinds|per|met ingang van|start(?: in| vanaf)?)\b|m\.?i\.?v\.? "
    rf"|{_START} ?:) ?:?",
    FLAGS,
)
_UNTIL = re.compile(rf" ?(?:(?:, ?)?(?:t/m|tot en met\b|uiterlijk\b|-)|[,;]? ?{_END} ?:)", FLAGS)
_COLUMNS = re.compile(rf"{_START} ?: ?(.*?)[,;]? ?\b{_END} ?: ?(.*)", FLAGS)
_RESERVED = r"verwacht|voorlopig|vooralsnog|onder voorbehoud|streven|indicatief|circa|ca\b"
_GROUP = re.compile(rf" ?\( ?((?!(?:{_RESERVED}|{PART}|{YEAR}))[^\s()][^()]*?) ?\)", FLAGS)
_LABEL = re.compile(r" ?([^\s:;,()#][^:;,()#]{0,79}?) ?:", FLAGS)
_SEPARATOR = re.compile(r" ?[;,]")

# Everything that is a word of planning; a text that holds another word is by hand.
_PLANNING_WORDS = re.compile(
    rf"{PART}|{YEAR}|\b[QH] ?\d+|\d+ ?(?:e|ste|de)\b"
    rf"|{_START} ?:|{_END} ?:"
    r"|\b(?:m\.?i\.?v\b|n\.?b\b|n\.?t\.?b\b|n\.?v\.?t\b)"
    r"|\b(?:doorlopende?|continue?|vanaf|sinds|per|start|met ingang van|t/m|tot en met|tot"
    r"|uiterlijk|en|of|in|van|zie|punt|kwartaal|kw|helft"
    r"|half ?jaar|eerste|tweede|derde|vierde|vijfde"
    r"|(?:nog )?(?:niet |on)bekend|nader te bepalen|niet van toepassing)\b",
    FLAGS,
)
_MONTH_NAMES = (
    "januari februari maart april mei juni juli augustus september oktober november december"
)
_MONTHS = {name: number for number, name in enumerate(_MONTH_NAMES.split(), 1)}
_DATE = re.compile(
    rf"(?:\b\d{{1,2}}-(?P<number>\d{{1,2}})-|\b(?P<name>{'|'.join(_MONTHS)}) )(?P<year>\d{{4}})\b",
    FLAGS,
)


# Reading


def read_planning(text: str) -> Planning:
    """Read a planning cell; NotationError for planning words that make no planning."""
    plain = _plain(text)
    if not plain:
        return Planning()
    try:
        return Planning(tuple(_read_columns(plain) or _read_entries(plain)))
    except NotationError as fault:
        if not _has_other_words(plain):
            raise _sharper(fault, plain) from None
        return Planning(tuple(_named_moments(plain)), by_hand=True, text=text)


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub("[‐‑‒–—−]", "-", text)).strip().removesuffix(",")


def _has_other_words(plain: str) -> bool:
    rest = _DATE.sub("datum", plain)
    rest = _PLANNING_WORDS.sub(" 0 ", _GROUP.sub(" ", rest))
    rest = re.sub(r"[^\W\d_][^:;,]*:", " ", rest)
    return re.search(r"[^\W\d_]", rest) is not None


def _read_entries(plain: str) -> list[PlanningEntry]:
    scanner = Scanner(plain)
    entries: list[PlanningEntry] = []
    apart = True
    while not scanner.is_done:
        label, bodies = _read_labelled(scanner)
        if not bodies:
            raise _fault(plain)
        if not (apart or label):
            raise NotationError(
                f"In “{plain}” is niet te zien hoe de delen bij elkaar horen; "
                "schrijf t/m ertussen, of een puntkomma.",
                code="not_apart",
            )
        group = scanner.take(_GROUP)
        for body in bodies:
            entries.append(_named(body, label, group[1] if group else ""))
        apart = scanner.take(_SEPARATOR) is not None or group is not None
    return entries


def _read_labelled(scanner: Scanner) -> tuple[str, list[PlanningEntry]]:
    """Read a body with or without a label; a label never starts as a body does."""
    if bodies := _read_body(scanner):
        return "", bodies
    if (label := scanner.take(_LABEL)) and _is_label(label[1]):
        return label[1], _read_body(scanner)
    return "", []


def _is_label(text: str) -> bool:
    match = _LABEL.fullmatch(f"{text}:")
    if not match or match[1] != text or not re.search(r"[^\W\d_]", text):
        return False
    try:
        return not _read_body(Scanner(f"{text}: 2020"))
    except NotationError:
        return False


def _named(body: PlanningEntry, label: str, group: str) -> PlanningEntry:
    return PlanningEntry(
        body.start,
        body.end,
        label,
        group,
        body.continuous,
        body.state,
        body.reference,
        body.alternative,
    )


def _read_body(scanner: Scanner) -> list[PlanningEntry]:
    """Read one period, state or reference; nothing when no planning stands here."""
    if match := scanner.take(_REFERENCE):
        return [PlanningEntry(reference=match[1].upper())]
    mark = scanner.at
    continuous = scanner.take(_CONTINUOUS) is not None
    entries = _read_sides(scanner) or _read_listed(scanner)
    if not continuous:
        if not entries:
            scanner.at = mark
        return entries
    if not entries:
        return [PlanningEntry(continuous=True)]
    if len(entries) == 1 and not (
        entries[0].alternative or (entries[0].state and _dated(entries[0]))
    ):
        only = entries[0]
        return [PlanningEntry(only.start, only.end, continuous=True, state=only.state)]
    raise _fault(scanner.text)


def _dated(entry: PlanningEntry) -> bool:
    return entry.start is not None or entry.end is not None


@dataclass(frozen=True)
class _Side:
    """The start or the end of an entry, as written: one of these, or nothing (open)."""

    period: Period | None = None
    state: PlanningState = PlanningState.STATED
    continuous: bool = False


def _read_side(scanner: Scanner) -> _Side | None:
    if (side := _read_undated(scanner)) is not None:
        return side
    point = read_point(scanner)
    return _Side(point.within(None)) if point else None


def _read_undated(scanner: Scanner) -> _Side | None:
    for state, pattern in _STATES:
        if scanner.take(pattern):
            return _Side(state=state)
    return _Side(continuous=True) if scanner.take(_CONTINUOUS) else None


def _read_sides(scanner: Scanner) -> list[PlanningEntry]:
    """Read what names start or end: `vanaf Q3 2021`, `t/m 2022`, `NB t/m 2019`."""
    mark = scanner.at
    start = end = None
    if scanner.take(_FROM):
        if periods := _one_range(scanner):
            return [_joined(_Side(periods[0]), _Side(periods[0]))]
        start = _read_side(scanner)
        end = _read_end(scanner) if start else None
    elif (end := _read_end(scanner)) is None:
        start = _read_undated(scanner) or _read_dated_before_undated(scanner)
        end = _read_end(scanner) if start else None
    if start is None and end is None:
        scanner.at = mark
        return []
    return [_joined(start or _Side(), end or _Side())]


def _one_range(scanner: Scanner) -> list[Period]:
    """Read `Q3-Q4 2021` after `vanaf`; a single moment there is an open start."""
    mark = scanner.at
    if read_point(scanner) and scanner.take(RANGE) and read_point(scanner):
        scanner.at = mark
        if len(periods := read_periods(scanner)) == 1:
            return periods
    scanner.at = mark
    return []


def _read_end(scanner: Scanner) -> _Side | None:
    mark = scanner.at
    if scanner.take(_UNTIL) and (side := _read_side(scanner)) is not None:
        return side
    scanner.at = mark
    return None


def _read_dated_before_undated(scanner: Scanner) -> _Side | None:
    """Read the start of `Q1 2019 t/m n.t.b.`; a start with a dated end is a period."""
    mark = scanner.at
    if point := read_point(scanner):
        after = scanner.at
        if scanner.take(_UNTIL) and _read_undated(scanner):
            scanner.at = after
            return _Side(point.within(None))
    scanner.at = mark
    return None


def _read_listed(scanner: Scanner) -> list[PlanningEntry]:
    return [
        PlanningEntry(period.start, period.end, alternative=period.alternative)
        for period in read_periods(scanner)
    ]


def _joined(start: _Side, end: _Side) -> PlanningEntry:
    """Make one entry of two sides, each a moment, a state, continuous or open."""
    continuous = start.continuous or end.continuous
    states = {side.state for side in (start, end) if side.state}
    if len(states) > 1:
        raise NotationError(
            "Begin en eind hebben elk een andere reden zonder datum; "
            "schrijf voor beide NB, n.t.b. of n.v.t.",
            code="two_states",
        )
    first = start.period.start if start.period else None
    last = end.period.end if end.period else None
    if first and last:
        span(first, last)
    # An end that is not known adds nothing to what is continuous.
    state = start.state if continuous else (states.pop() if states else PlanningState.STATED)
    if continuous and (first or last):
        state = PlanningState.STATED
    return PlanningEntry(first, last, continuous=continuous, state=state)


# Two columns


def _read_columns(plain: str) -> list[PlanningEntry]:
    """Read `Start: … Eind: …`; nothing when the text has no two columns."""
    if not (match := _COLUMNS.fullmatch(plain)):
        return []
    starts = _read_entries(match[1]) if match[1] else []
    ends = _read_entries(match[2]) if match[2] else []
    if not starts and not ends:
        raise _fault(plain)
    return [_paired(start, end) for start, end in _pairs(starts, ends)]


def _pairs(
    starts: list[PlanningEntry], ends: list[PlanningEntry]
) -> Iterable[tuple[PlanningEntry | None, PlanningEntry | None]]:
    """Pair cells by label and group; one without either holds for all others."""
    if not ends or not starts:
        return [(start, None) for start in starts] or [(None, end) for end in ends]
    if len(ends) == 1 and _key(ends[0]) == ("", ""):
        return [(start, ends[0]) for start in starts]
    if len(starts) == 1 and _key(starts[0]) == ("", ""):
        return [(starts[0], end) for end in ends]
    by_key = {_key(end): end for end in ends}
    if [_key(start) for start in starts] != list(by_key):
        raise NotationError(
            "Bij begin en eind staan niet dezelfde groepen; "
            "noem ze bij beide, in dezelfde volgorde.",
            code="groups_differ",
        )
    return [(start, by_key[_key(start)]) for start in starts]


def _key(entry: PlanningEntry) -> tuple[str, str]:
    # `overige gemeente` and `overige gemeenten` are the same group.
    return entry.label.casefold(), entry.group.casefold().removesuffix("n")


def _paired(start: PlanningEntry | None, end: PlanningEntry | None) -> PlanningEntry:
    named = start if start and _key(start) != ("", "") else end or start
    if start and end and (start.reference or end.reference):
        if start.reference != end.reference:
            raise NotationError(
                "Begin en eind verwijzen niet naar hetzelfde punt; schrijf één verwijzing, "
                "bijvoorbeeld Zie #13.",
                code="references_differ",
            )
        return start
    if named is None:
        raise ValueError("a pair has a start or an end")
    body = _joined(_side_of(start), _side_of(end))
    return _named(body, named.label, named.group)


def _side_of(entry: PlanningEntry | None) -> _Side:
    if entry is None:
        return _Side()
    if entry.alternative or entry.reference or (entry.state and _dated(entry)):
        raise NotationError(
            "Een cel voor begin of eind noemt één moment; schrijf bijvoorbeeld "
            "Start: Q1 2020 Eind: Q4 2020.",
            code="not_one_moment",
        )
    first, last = entry.start or entry.end, entry.end or entry.start
    period = Period(first, last) if first and last else None
    return _Side(period, entry.state, entry.continuous)


# Faults, and sentences


def _fault(plain: str) -> NotationError:
    """Say what is wrong with planning words that make no planning."""
    if match := re.search(r"\bQ ?(?![1-4]\b)\d+|([05-9]|\d\d+|vijfd) ?e kwartaal", plain, FLAGS):
        return NotationError(
            f"“{match[0]}” bestaat niet: een jaar heeft vier kwartalen; "
            "schrijf Q1, Q2, Q3 of Q4 met het jaar erbij.",
            code="no_such_quarter",
        )
    if re.search(r"\btot\b(?! en met)", plain, FLAGS):
        return NotationError(
            "Bij “tot” is niet te zien of het laatste jaar of kwartaal meetelt; schrijf t/m.",
            code="until",
        )
    if match := re.search(rf"(?<![\w{QUOTES}#])(?!{YEAR})\d+\b", plain):
        return NotationError(
            f"“{match[0]}” is geen jaartal van vier cijfers; "
            "schrijf bijvoorbeeld Q1 2020 of 2021 t/m 2022.",
            code="no_year",
        )
    return NotationError(
        f"“{plain}” is niet als planning te lezen; "
        "schrijf bijvoorbeeld Q1 2020, 2021 t/m 2022, doorlopend of n.t.b.",
        code="no_planning",
    )


def _sharper(fault: NotationError, plain: str) -> NotationError:
    """Prefer "19 is no year" above "the year is missing" for `Q1 19`."""
    other = _fault(plain)
    return other if (fault.code, other.code) == ("year_missing", "no_year") else fault


def _named_moments(plain: str) -> Iterable[PlanningEntry]:
    """Yield the years and quarters a sentence names; a date counts as its quarter."""
    scanner = Scanner(plain)
    while not scanner.is_done:
        mark = scanner.at
        if match := scanner.take(_DATE):
            month = int(match["number"] or _MONTHS[(match["name"] or "").casefold()])
            if 1 <= month <= 12 and 1900 <= int(match["year"]) <= 2099:
                moment = Moment(int(match["year"]), (month + 2) // 3)
                yield PlanningEntry(moment, moment)
            continue
        try:
            yield from _read_listed(scanner)
        except NotationError:
            # Not clear, so not named: the sentence itself is kept.
            scanner.at = max(scanner.at, mark)
        if scanner.at == mark:
            scanner.at += 1


# Writing


def format_planning(planning: Planning) -> str:
    """Write a planning in one fixed way; what is by hand stays as typed."""
    if planning.by_hand:
        return planning.text
    return "; ".join(_format_entry(entry) for entry in planning.entries)


def _format_entry(entry: PlanningEntry) -> str:
    label = f"{entry.label}: " if entry.label else ""
    group = f" ({entry.group})" if entry.group else ""
    return f"{label}{_format_body(entry)}{group}"


def _format_body(entry: PlanningEntry) -> str:
    if entry.reference:
        return f"zie #{entry.reference}"
    word = _WORDS.get(entry.state, "")
    if entry.continuous:
        start = f" vanaf {entry.start or word}" if entry.start or word else ""
        end = f" t/m {entry.end}" if entry.end else ""
        if entry.start and entry.end:
            return f"doorlopend {Period(entry.start, entry.end)}"
        return f"doorlopend{start}{end}"
    if entry.start and entry.end:
        return str(Period(entry.start, entry.end, entry.alternative))
    if entry.start:
        return f"{entry.start} t/m {word}" if word else f"vanaf {entry.start}"
    if entry.end:
        return f"{word} t/m {entry.end}" if word else f"t/m {entry.end}"
    return word


def planning_as_json(planning: Planning) -> dict[str, object]:
    """Return what `read_notation planning` prints: `entries` and `by_hand`."""
    return {
        "entries": [entry_as_json(entry) for entry in planning.entries],
        "by_hand": planning.by_hand,
    }


def entry_as_json(entry: PlanningEntry) -> dict[str, object]:
    """Return `from`, `to` (null = not known or open) and what else the entry says."""
    said = {
        "label": entry.label,
        "group": entry.group,
        "continuous": entry.continuous,
        "state": str(entry.state),
        "reference": entry.reference,
        "alternative": entry.alternative,
    }
    return {
        "from": _quarter(entry.start.first) if entry.start else None,
        "to": _quarter(entry.end.last) if entry.end else None,
        **{key: value for key, value in said.items() if value},
    }


def _quarter(moment: tuple[int, int]) -> str:
    return f"{moment[0]}-Q{moment[1]}"
