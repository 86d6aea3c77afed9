"""Distributions of a fund as tables and as a file: a row per municipality, with what it is
given and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from django.urls import reverse

from funds.division import PLACES, Division, DivisionRow, percent, read_key
from funds.figure import Figure
from funds.key import Key
from funds.models import Distribution, Fund
from funds.notation import MINUS, format_number
from reports.files import CSV, Rendered, rows_as_csv
from reports.table import Amount, Cell, Column, Percentage, Row, Table, Text, widths

UNITS = {"euro": "euro", "cent": "cent"}
EXACT = Decimal("0.0001")
BESIDE = 3
"""How many tranches fit beside the proof."""
TOGETHER = 8
"""How many tranches fit in a table of their own."""


def distribution_list_table(fund: Fund, found: Iterable[Distribution]) -> Table:
    """The distributions, in the order given; one that was taken back says so."""
    return Table(
        key="verdelingen",
        caption="Verdelingen, de nieuwste eerst",
        columns=(
            Column("besloten", "Besloten op", "date", 13),
            Column("verdeling", "Verdeling", "text", 29),
            Column("regio", "Regio", "text", 18),
            Column("sleutel", "Sleutel", "text", 24),
            Column("bedrag", "Bedrag in €", "amount", 16),
        ),
        rows=tuple(_listed(fund, each) for each in found),
        may_sort=True,
    )


def _listed(fund: Fund, each: Distribution) -> Row:
    back = getattr(each, "correction", None)
    note = f"Teruggenomen op {back.decided_on:%d-%m-%Y}" if back else ""
    if not back and each.from_reserve:
        note = "Uit de reserve"
    return Row(
        str(each.pk),
        (
            Text(f"{each.decided_on:%d-%m-%Y}", order=each.decided_on.isoformat()),
            Text(
                each.title,
                is_header=True,
                note=note,
                url=reverse("reports:distribution_detail", args=[fund.slug, each.pk]),
            ),
            Text(each.region.name),
            Text(key_words(*read_key(each.proof))),
            Amount(Figure.of(each.amount.amount)),
        ),
    )


def key_words(key: Key, day: date | None) -> str:
    """The key as people say it: `Naar inwoners op 01-01-2017`."""
    parts = []
    own = sum(key.percentages.values())
    if own:
        parts.append((own, "eigen percentages"))
    if key.equally:
        parts.append((key.equally, "gelijk"))
    if key.by_inhabitants:
        assert day is not None
        parts.append((key.by_inhabitants, f"naar inwoners op {day:%d-%m-%Y}"))
    if len(parts) == 1:
        return parts[0][1][:1].upper() + parts[0][1][1:]
    return "Gemengd: " + ", ".join(f"{_dutch(percent(part))}% {word}" for part, word in parts)


def division_tables(division: Division) -> list[Table]:
    """A row per municipality: basis, exact share, rounding and what it gets. A few
    tranches stand in the same table, more have tables of their own."""
    tranches = list(range(len(division.tranches)))
    if len(tranches) == 1:
        return [_main_table(division, ())]
    if len(tranches) <= BESIDE:
        return [_main_table(division, tranches)]
    cuts = range(0, len(tranches), TOGETHER)
    return [
        _main_table(division, ()),
        *(_tranche_table(division, tranches[cut : cut + TOGETHER]) for cut in cuts),
    ]


def _main_table(division: Division, tranches: Sequence[int]) -> Table:
    key = division.key
    columns = [Column("gemeente", "Gemeente", "text", 24)]
    if key.percentages:
        columns.append(Column("percentage", "Eigen %", "number", 10))
    if key.by_inhabitants:
        assert division.day is not None
        heading = f"Inwoners op {_whole_day(division.day)}"
        columns.append(Column("inwoners", heading, "number", 14))
    columns += [
        Column("deel", "Deel", "percentage", 10),
        Column("precies", "Precies in €", "number", 17),
        Column("afronding", "Afronding", "number", 14),
        *_tranche_columns(division, tranches),
        Column("krijgt", "Krijgt in €", "amount", 16),
    ]
    return _table(
        "verdeling",
        "Wat elke gemeente krijgt",
        columns,
        (*(_row(division, row, tranches) for row in division.rows), _total(division, tranches)),
        tuple(_notes(division)),
    )


def _tranche_table(division: Division, tranches: Sequence[int]) -> Table:
    """Some of the tranches, of everybody."""
    first, last = tranches[0] + 1, tranches[-1] + 1
    of = f"tranche {first}" if first == last else f"tranche {first} tot en met {last}"
    rows = [
        Row(
            row.place.code,
            (
                Text(row.place.name, is_header=True),
                *(Amount(Figure.of(row.tranches[n])) for n in tranches),
            ),
        )
        for row in division.rows
    ]
    total = (Amount(Figure.of(division.tranches[n].amount)) for n in tranches)
    return _table(
        f"verdeling-{first}",
        f"Wat elke gemeente krijgt in {of}",
        [Column("gemeente", "Gemeente", "text", 24), *_tranche_columns(division, tranches)],
        (*rows, Row("totaal", (Text("Totaal", is_header=True), *total), kind="total")),
        (),
    )


def _tranche_columns(division: Division, tranches: Sequence[int]) -> Iterable[Column]:
    for n in tranches:
        day = _whole_day(division.tranches[n].day)
        yield Column(f"tranche-{n + 1}", f"{n + 1}e tranche op {day}, in €", "amount", 16)


def _table(
    key: str, caption: str, columns: list[Column], rows: tuple[Row, ...], notes: tuple[str, ...]
) -> Table:
    """A table whose columns are as wide as they are beside the others."""
    found = zip(columns, widths([column.width for column in columns]), strict=True)
    return Table(
        key=key,
        caption=caption,
        columns=tuple(replace(column, width=width) for column, width in found),
        rows=rows,
        notes=notes,
    )


def _row(division: Division, row: DivisionRow, tranches: Sequence[int]) -> Row:
    key, code = division.key, row.place.code
    cells: list[Cell] = [Text(row.place.name, is_header=True)]
    if key.percentages:
        own = key.percentages.get(code)
        cells.append(Text(f"{_dutch(percent(own))}%" if own else ""))
    if key.by_inhabitants:
        people = key.inhabitants.get(code)
        cells.append(Text(_count(people) if people is not None else ""))
    part = Fraction(100 * row.weight, division.weight)
    cells += [
        Percentage(_rounded(part, Decimal("0.01"))),
        Text(_number(row.exact)),
        Text(_signed(row.rounding), note=_rank(division, row)),
        *(Amount(Figure.of(row.tranches[n])) for n in tranches),
        Amount(Figure.of(row.given)),
    ]
    return Row(code, tuple(cells))


def _rank(division: Division, row: DivisionRow) -> str:
    if row.rank is None:
        return ""
    if row.rank == division.last:
        return f"{row.rank}e, laatste {UNITS[division.unit]}"
    return f"{row.rank}e omhoog"


def _total(division: Division, tranches: Sequence[int]) -> Row:
    key = division.key
    cells: list[Cell] = [Text("Totaal", is_header=True)]
    if key.percentages:
        cells.append(Text(f"{_dutch(percent(sum(key.percentages.values())))}%"))
    if key.by_inhabitants:
        cells.append(Text(_count(sum(key.inhabitants.values()))))
    cells += [
        Text("", empty=""),
        Text(_number(Fraction(division.amount))),
        Text(_signed(Fraction(0))),
        *(Amount(Figure.of(division.tranches[n].amount)) for n in tranches),
        Amount(Figure.of(division.amount)),
    ]
    return Row("totaal", tuple(cells), kind="total")


def _notes(division: Division) -> Iterable[str]:
    unit = "hele euro’s" if not PLACES[division.unit] else "hele centen"
    if division.last:
        yield (
            f"Elk precies bedrag is eerst naar beneden afgerond op {unit}. Wat dan over is, gaat "
            f"{UNITS[division.unit]} voor {UNITS[division.unit]} naar wie het meeste werd "
            "afgerond; bij gelijke stand naar het grootste deel, en dan naar de laagste CBS-code."
        )
        if not division.follows_remainders:
            yield (
                "Met deze tranches kan dat niet voor iedereen: dan tellen de tranches niet op. "
                "Daarom ging iemand met een kleinere afronding voor."
            )
    else:
        yield f"Er was niets af te ronden: elk precies bedrag is al in {unit}."
    if len(division.tranches) > 1:
        yield (
            "De tranches zijn samen in één keer verdeeld, zo dat elke tranche precies haar bedrag "
            "is en de tranches van een gemeente samen precies zijn wat zij krijgt."
        )
    sources = sorted({row.place.source for row in division.rows if row.place.source})
    if sources:
        yield f"Bron van de inwonertallen: {'; '.join(sources)}."


def division_csv(distribution: Distribution, division: Division) -> Rendered:
    """The distribution with its proof as a file: exact shares as fractions."""
    key = division.key
    headings = (
        *("CBS-code", "Gemeente", "Eigen percentage", "Inwoners", "Peildatum", "Bron", "Gewicht"),
        *("Precies", "Volgorde omhoog"),
        *(f"Tranche {n} op {t.day.isoformat()}" for n, t in enumerate(division.tranches, 1)),
        "Krijgt",
    )
    rows: list[Sequence[str]] = []
    for row in division.rows:
        code = row.place.code
        counts = code in key.inhabitants
        rows.append(
            (
                *(code, row.place.name),
                percent(key.percentages[code]) if code in key.percentages else "",
                str(key.inhabitants[code]) if counts else "",
                division.day.isoformat() if counts and division.day else "",
                *(row.place.source, str(row.weight), str(row.exact), str(row.rank or "")),
                *(f"{amount:.2f}" for amount in row.tranches),
                f"{row.given:.2f}",
            )
        )
    name = f"verdeling-{distribution.fund.slug}-{distribution.pk}.csv"
    return Rendered(rows_as_csv(headings, rows), CSV, name)


def _rounded(number: Fraction, places: Decimal) -> Decimal:
    exact = Decimal(number.numerator) / Decimal(number.denominator)
    return exact.quantize(places, ROUND_HALF_UP)


def _number(number: Fraction) -> str:
    """Four decimals, to be read and never to be calculated with: `27.703,5654`."""
    found = _rounded(number, EXACT)
    return f"{abs(found):,.4f}".translate(str.maketrans(",.", ".,"))


def _signed(number: Fraction) -> str:
    found = _rounded(number, EXACT)
    if not found:
        return "0"
    return f"{'+' if found > 0 else MINUS}{_number(number)}"


def _count(number: int) -> str:
    return format_number(Decimal(number))


def _whole_day(day: date) -> str:
    """A day that a narrow heading does not break."""
    return f"{day:%d-%m-%Y}".replace("-", "-\u2060")


def _dutch(text: str) -> str:
    return text.replace(".", ",")
