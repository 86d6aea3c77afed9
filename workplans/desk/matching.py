"""Which column of a pasted table is which, and which of its rows hold values."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from workplans.desk.fields import Field
from workplans.desk.short import shortened
from workplans.notation.clipboard import Row

SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "code": ("nr", "nummer", "no", "code", "volgnummer", "actienummer"),
    "title": ("actie", "acties", "activiteit", "activiteiten", "titel", "maatregel", "project"),
    "description": ("omschrijving", "toelichting", "beschrijving", "wat gaan we doen"),
    "text": ("tekst", "resultaat", "resultaten", "toelichting", "omschrijving"),
    "target_group": ("doelgroep", "doelgroepen", "voor wie"),
    "partners": ("partner", "partners", "belangrijkste partners", "betrokken partijen"),
    "amount": ("bedrag", "bedrag in", "kosten", "budget", "begroting", "kostenindicatie", "raming"),
    "nature": ("aard", "incidenteel structureel", "incidenteel of structureel"),
    "funding": ("dekking", "uit welke pot", "financiering", "fonds", "bron van dekking"),
    "monitoring": ("monitoring", "monitor", "indicator", "indicatoren"),
    "planning": ("planning", "wanneer", "periode", "tijdpad"),
    "start": ("start", "begin", "startdatum"),
    "end": ("eind", "einde", "einddatum"),
    "due": ("wanneer bereikt", "wanneer", "planning", "gereed"),
    "municipalities": ("gemeente", "gemeenten", "verdeling", "welke gemeente"),
    "embed_in": ("onderbrengen in", "borgen in"),
    "embed_from": ("onderbrengen vanaf",),
    "quantities": ("aantal", "aantallen"),
    "status": ("stand", "status"),
    "kind": ("soort",),
    "note": ("opmerking", "opmerkingen", "aandachtspunten"),
    "group": ("kopje", "groep", "thema"),
    "items": ("punten",),
    "year": ("jaar",),
    "line": ("actielijn", "lijn"),
}
"""What people write above a column, without brackets and signs, by the key of the part."""

MOST_ABOVE = 3
"""So many lines may stand above the headings, such as the name of the table."""
_TOTAL = re.compile(r"(?:(?:sub|eind)[ -]?)?totaal\b|som\b", re.I)
_FIGURE = re.compile(r"[€\d][\d€.,\- +×xPpMm]*|PM|-")


@dataclass(frozen=True)
class Table:
    """A pasted table: headings (empty texts where it has none), the rows with values,
    and the Dutch sentences about what was left out."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    has_headings: bool
    notes: tuple[str, ...] = ()


@dataclass
class _Left:
    """What was left out, to be counted."""

    empty: int = 0
    merged: int = 0
    above: list[str] = field(default_factory=list)
    between: list[str] = field(default_factory=list)
    totals: list[str] = field(default_factory=list)
    again: int = 0


def table_of(found: Sequence[Row], fields: Iterable[Field], headings: bool | None) -> Table:
    """The headings and the rows with values. `headings` says whether the table has
    headings, None to see by their words."""
    left = _Left()
    filled = [row for row in found if not row.is_empty]
    left.empty = len(found) - len(filled)
    left.merged = sum(row.merged for row in filled if not row.is_heading)
    at = _heading_at(filled, list(fields)) if headings is None else (0 if headings else None)
    names: tuple[str, ...] = ()
    if at is not None and at < len(filled):
        left.above = [_shown(row.cells) for row in filled[:at]]
        names, filled = filled[at].cells, filled[at + 1 :]
    code = next((n for n, name in enumerate(names) if plain(name) in SYNONYMS["code"]), None)
    rows = [row.cells for row in filled if not _is_left(row, names, code, left)]
    width = len(found[0].cells) if found else 0
    return Table(
        names or ("",) * width, tuple(rows), at is not None, tuple(_notes(left)) if found else ()
    )


def _heading_at(rows: Sequence[Row], fields: Sequence[Field]) -> int | None:
    for at, row in enumerate(rows[:MOST_ABOVE]):
        names = [cell for cell in row.cells if cell]
        known = [name for name in names if key_of_heading(name, fields)]
        is_all = len(known) == len(names) and len(rows) > 1
        if is_all or (len(known) > 1 and 2 * len(known) >= len(names)):
            return at
    return None


def _is_left(row: Row, names: tuple[str, ...], code: int | None, left: _Left) -> bool:
    """Whether a row holds no values of its own; remembers what it was."""
    if names and row.cells == names:
        left.again += 1
    elif _is_total(row.cells, code):
        left.totals.append(_shown(row.cells))
    elif row.is_heading:
        left.between.append(_shown(row.cells))
    else:
        return False
    return True


def _is_total(cells: Sequence[str], code: int | None) -> bool:
    """A row that says so, with nothing but figures beside it, and no number of its own."""
    filled = [cell for cell in cells if cell]
    has_code = code is not None and bool(cells[code]) and not _TOTAL.match(cells[code])
    return (
        bool(_TOTAL.match(filled[0]))
        and not has_code
        and all(_FIGURE.fullmatch(cell) for cell in filled[1:])
    )


def _notes(left: _Left) -> Iterable[str]:
    if left.above:
        yield f"Boven de koppen stond: {_listed(left.above)}. Dat is weggelaten."
    if left.totals:
        yield f"Weggelaten omdat het een optelling is: {_listed(left.totals)}."
    if left.between:
        yield f"Weggelaten omdat het een tussenkop is: {_listed(left.between)}."
    if left.again:
        yield f"De koppen staan er {left.again + 1} keer; zij tellen één keer."
    if left.empty:
        yield (
            "1 lege rij is weggelaten."
            if left.empty == 1
            else (f"{left.empty} lege rijen zijn weggelaten.")
        )
    if left.merged:
        yield (
            "Er zijn samengevoegde cellen; de tekst staat alleen bij de eerste rij of kolom "
            "ervan, zodat geen bedrag dubbel telt."
        )


def _shown(cells: Sequence[str]) -> str:
    text = " ".join(" ".join(cell.split()) for cell in cells if cell)
    return f"“{shortened(text, 60)}”"


def _listed(texts: Sequence[str]) -> str:
    more = f" en nog {len(texts) - 3}" if len(texts) > 3 else ""
    return ", ".join(texts[:3]) + more


# ---- columns


def plain(heading: str) -> str:
    """A heading without brackets and signs: `Partner(s)` and `Bedrag in €`."""
    bare = re.sub(r"\([^)]*\)?", "", heading.casefold())
    return " ".join(re.sub(r"[^\w ]", " ", bare).split())


def key_of_heading(heading: str, fields: Iterable[Field]) -> str:
    """Which field a heading means: by the label that it has here, by what people write,
    or by its first words (`Kosten 2020`); empty for none."""
    wanted, known = plain(heading), list(fields)
    if not wanted:
        return ""
    for one in known:
        if plain(one.label) == wanted:
            return one.key
    words = [(word, one.key) for one in known for word in SYNONYMS.get(one.key, ())]
    for word, key in words:
        if word == wanted:
            return key
    begins = [(len(word), key) for word, key in words if wanted.startswith(f"{word} ")]
    return max(begins)[1] if begins else ""


def match(
    table: Table, columns: Sequence[Field], fields: Sequence[Field], start: str
) -> tuple[str, ...]:
    """The key of each column, empty for one that is left out: by its heading, and in a
    table without headings from the column `start` to the right."""
    if table.has_headings:
        keys = [key_of_heading(name, [*columns, *fields]) for name in table.headings]
        return tuple(_once(keys))
    shown = [column.key for column in columns]
    keys = shown[shown.index(start) if start in shown else 0 :]
    return tuple((keys + [""] * len(table.headings))[: len(table.headings)])


def chosen(keys: Sequence[str], known: Collection[str], width: int) -> tuple[str, ...]:
    """The keys that somebody chose, as far as they exist and each once."""
    given = [key if key in known else "" for key in keys][:width]
    return tuple(_once(given + [""] * (width - len(given))))


def _once(keys: Sequence[str]) -> list[str]:
    return ["" if key in keys[:n] else key for n, key in enumerate(keys)]
