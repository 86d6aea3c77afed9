"""Hold a source document against our fixture of it: every number, date and
organisation of the source stands in the fixture or on a list of exceptions.

    python script/lib/compare_source.py SOURCE.txt fixtures/plans/PLAN.yaml

The sources are other people's texts and are not in this repository. The exceptions are
docs/exceptions/PLAN.txt: `what<TAB>why`, a line each. Prints what is missing and ends
with status 1, or says that nothing is.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
MONTHS = {
    name: number
    for number, name in enumerate(
        [
            "januari",
            "februari",
            "maart",
            "april",
            "mei",
            "juni",
            "juli",
            "augustus",
            "september",
            "oktober",
            "november",
            "december",
        ],
        start=1,
    )
}
_DATE = re.compile(
    rf"\b(\d{{1,2}}) ({'|'.join(MONTHS)})(?: (\d{{4}}))?|\b(\d{{1,2}})-(\d{{1,2}})-(\d{{4}})\b"
    r"|\b(\d{4})-(\d\d)-(\d\d)\b",
    re.I,
)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def dates(text: str) -> Iterator[str]:
    """Every date as `2021-03-03`, or `-03-03` where the year is not said."""
    for match in _DATE.finditer(text):
        if match[2]:
            year, month, day = match[3] or "", MONTHS[match[2].casefold()], int(match[1])
        elif match[4]:
            year, month, day = match[6], int(match[5]), int(match[4])
        else:
            year, month, day = match[7], int(match[8]), int(match[9])
        yield f"{year}-{month:02}-{day:02}"


def numbers(text: str) -> Iterator[str]:
    """Every number outside dates, as its value where it has one: `1.345.000` and
    `1345000,-` are one. A malformed one (`64,376`) stays as it is printed."""
    for match in _NUMBER.finditer(_DATE.sub(" ", text)):
        yield value(match[0])


def value(printed: str) -> str:
    """The value of a Dutch number as text: `30.000` is `30000`, `7,77` is `7.77`."""
    if re.fullmatch(r"\d{1,3}(\.\d{3})+(,\d\d)?", printed):
        printed = printed.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"\d+,\d{1,2}", printed):
        printed = printed.replace(",", ".")
    try:
        return f"{Decimal(printed).normalize():f}"
    except InvalidOperation:
        return printed


def organisations(text: str, names: Iterable[tuple[str, list[str]]]) -> Iterator[str]:
    """The own names of the organisations that a text mentions by any of their names."""
    plain = _plain(text)
    for own, spellings in names:
        if any(re.search(rf"(?<!\w){re.escape(_plain(name))}(?!\w)", plain) for name in spellings):
            yield own


def _plain(text: str) -> str:
    return " ".join(text.replace("’", "'").replace("‘", "'").casefold().split())


def known_organisations() -> list[tuple[str, list[str]]]:
    """Own names and all spellings, from fixtures/reference.yaml."""
    tree = yaml.safe_load((ROOT / "fixtures" / "reference.yaml").read_text(encoding="utf-8"))
    return [
        (row["name"], [row["name"], *row.get("aliases", [])])
        for row in tree.get("organisations", [])
    ]


def missing(source: str, ours: str, excepted: Iterable[str]) -> list[str]:
    """What stands in the source, and neither in our text nor on the list; sorted."""
    names = known_organisations()
    body = "\n".join(line for line in source.splitlines() if not line.strip().isdigit())
    there = {*dates(body), *numbers(body), *organisations(body, names)}
    here = {*dates(ours), *numbers(ours), *organisations(ours, names)}
    here |= {day[4:] for day in here if re.fullmatch(r"\d{4}-\d\d-\d\d", day)}
    listed = {form for text in excepted for form in (text, value(text), *dates(text))}
    return sorted(there - here - listed)


def main(arguments: list[str]) -> int:
    source, fixture = map(Path, arguments)
    exceptions = ROOT / "docs" / "exceptions" / f"{fixture.stem}.txt"
    rows = exceptions.read_text(encoding="utf-8").splitlines() if exceptions.exists() else []
    excepted = [row.partition("\t")[0] for row in rows if row and not row.startswith("#")]
    found = missing(
        source.read_text(encoding="utf-8"), fixture.read_text(encoding="utf-8"), excepted
    )
    for what in found:
        print(what)
    if not found:
        print(f"{fixture.stem}: nothing of the source is missing; {len(excepted)} exceptions")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
