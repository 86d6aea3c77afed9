"""What was granted, for everybody: a row per grant of the funds that are in the register.

Columns as registers of Dutch municipalities have them, and what article 3.3a of the Woo
asks of an overview. Only names of regions, funds and municipalities and the title of what
was asked go out; reasons, decisions and who entered something are not read.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q

from funds.balance import Standing, standings
from funds.figure import Figure
from funds.models import ApplicationLine, Fund
from reports.files import CSV, Rendered, rows_as_csv
from reports.table import Amount, Column, Row, Table, Text

LICENSE = "https://creativecommons.org/publicdomain/zero/1.0/deed.nl"
PUBLIC = "http://publications.europa.eu/resource/authority/access-right/PUBLIC"
THEME = "http://publications.europa.eu/resource/authority/data-theme/GOVE"
TITLE = "Subsidieregister"
ABOUT = "Wat gemeenten uit hun fondsen aan regio’s verleenden en vaststelden."
NOT_KEPT = "Leeg: Penvoerder legt dit niet per verlening vast."


@dataclass(frozen=True)
class Registered:
    """A grant as it stood on a day."""

    standing: Standing
    on: datetime.date

    @property
    def fund(self) -> Fund:
        fund: Fund = self.standing.line.application.envelope.fund
        return fund

    @property
    def granted_on(self) -> datetime.date:
        assert self.standing.grant is not None
        day: datetime.date = self.standing.grant.dated_on
        return day

    @property
    def first_granted(self) -> Decimal:
        assert self.standing.grant is not None
        amount: Decimal = self.standing.grant.amount.amount
        return amount

    @property
    def granted(self) -> Decimal:
        return self.standing.granted or Decimal(0)

    @property
    def settled(self) -> Decimal | None:
        """None as long as nothing was settled."""
        return self.standing.moved.settled if self.standing.is_settled else None

    @property
    def key(self) -> str:
        """What names this grant for good."""
        assert self.standing.grant is not None
        return f"{self.fund.slug}-{self.standing.grant.pk}"


@dataclass(frozen=True)
class Said:
    """A column of the files: its name, what stands in it, and how a row says it."""

    name: str
    meaning: str
    of: Callable[[Registered], str]


def _euros(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount:.2f}"


def _asked(row: Registered) -> Decimal | None:
    amount = row.standing.line.amount
    return None if amount is None else amount.amount


SAID = (
    Said("kenmerk", "Naam van de verlening, die nooit verandert", lambda row: row.key),
    Said(
        "subsidiejaar",
        "Eerste jaar van de ruimte waaruit verleend is",
        lambda row: str(row.standing.line.application.envelope.starts_on.year),
    ),
    Said(
        "subsidiejaar_tot_en_met",
        "Laatste jaar van die ruimte",
        lambda row: str(row.standing.line.application.envelope.ends_on.year),
    ),
    Said("jaar_van_toekenning", "Jaar van de verlening", lambda row: str(row.granted_on.year)),
    Said("programma", "Naam van het fonds", lambda row: row.fund.name),
    Said("taakveld", NOT_KEPT, lambda row: ""),
    Said("soort_subsidie", "Juridisch regime", lambda row: row.fund.get_regime_display()),
    Said(
        "aanvrager",
        "Regio die vroeg en ontvangt",
        lambda row: row.standing.line.application.envelope.region.name,
    ),
    Said("omschrijving", "Activiteit waarvoor verleend is", lambda row: str(row.standing.line)),
    Said("regelmaat", NOT_KEPT, lambda row: ""),
    Said(
        "aangevraagd_bedrag",
        "In euro’s; leeg als het bedrag niet bekend was",
        lambda row: _euros(_asked(row)),
    ),
    Said(
        "verleend_bedrag",
        "In euro’s, na wijzigingen en voor de vaststelling",
        lambda row: _euros(row.granted),
    ),
    Said(
        "vastgesteld_bedrag",
        "In euro’s; leeg zolang niets is vastgesteld",
        lambda row: _euros(row.settled),
    ),
    Said(
        "bekostigd_uit_rijksinkomsten",
        "“ja” bij een rijksuitkering; anders leeg, want niet vastgelegd",
        lambda row: "ja" if row.fund.regime == Fund.Regime.NATIONAL else "",
    ),
    Said("wettelijke_taak", NOT_KEPT, lambda row: ""),
    Said("verstrekker", "Gemeente die verleent", lambda row: row.fund.owner.name),
    Said("verstrekker_code", "CBS-code van die gemeente", lambda row: row.fund.owner.code),
    Said("grondslag", "Regeling of besluit achter het fonds", lambda row: row.fund.legal_basis),
    Said("dagtekening", "Dag van de verlening", lambda row: row.granted_on.isoformat()),
    Said(
        "eerst_verleend_bedrag",
        "In euro’s, zoals op de dag van de verlening",
        lambda row: _euros(row.first_granted),
    ),
    Said(
        "gewijzigd_bedrag",
        "In euro’s: wat er later bij kwam of, met een min, af ging",
        lambda row: _euros(row.standing.moved.changed),
    ),
    Said(
        "ingetrokken",
        "“ja” als door wijziging niets verleend bleef",
        lambda row: "nee" if row.granted else "ja",
    ),
    Said("peildatum", "Dag waarop de bedragen golden", lambda row: row.on.isoformat()),
)


def grant_register(on: datetime.date, *, fund: Fund | None = None) -> list[Registered]:
    """What is granted on a day from the funds in the register, or from one fund whether
    it is in it or not; by fund, and the oldest first. What was refused is no grant.
    Five queries at most."""
    of_fund = "application__envelope__fund"
    wanted = Q(**{f"{of_fund}__is_in_register": True}) if fund is None else Q(**{of_fund: fund})
    lines = (
        ApplicationLine.objects.filter(wanted, grant__dated_on__lte=on)
        .select_related(f"{of_fund}__owner", "application__envelope__region")
        .order_by(f"{of_fund}__slug", "grant__dated_on", "grant__pk")
    )
    found = (Registered(standing, on) for standing in standings(lines, on))
    return [row for row in found if row.first_granted or row.granted]


# ---- as a table and as files

COLUMNS = (
    Column("activiteit", "Activiteit", "text", 26),
    Column("aanvrager", "Aanvrager", "text", 15),
    Column("fonds", "Fonds", "text", 19),
    Column("dagtekening", "Dagtekening", "text", 10),
    Column("aangevraagd", "Aangevraagd in €", "amount", 10),
    Column("verleend", "Verleend in €", "amount", 10),
    Column("vastgesteld", "Vastgesteld in €", "amount", 10),
)


def register_table(found: list[Registered]) -> Table:
    """The grants as a table, in the order given."""
    return Table("register", "Verleningen", COLUMNS, tuple(map(_row, found)), may_sort=True)


def _row(row: Registered) -> Row:
    settled = row.settled
    return Row(
        row.key,
        (
            Text(str(row.standing.line), is_header=True),
            Text(row.standing.line.application.envelope.region.name),
            Text(row.fund.name, note=f"Gemeente {row.fund.owner.name}"),
            Text(f"{row.granted_on:%d-%m-%Y}", order=row.granted_on.isoformat()),
            Amount(row.standing.asked),
            Amount(Figure.of(row.granted), note="" if row.granted else "ingetrokken"),
            Amount(None, "nog niet") if settled is None else Amount(Figure.of(settled)),
        ),
    )


def column_table() -> Table:
    """What stands in each column of the files."""
    rows = tuple(
        Row(said.name, (Text(said.name, is_header=True), Text(said.meaning))) for said in SAID
    )
    columns = (Column("naam", "Kolom", "text", 44), Column("inhoud", "Wat erin staat", "text", 56))
    return Table("kolommen", "Kolommen van de bestanden", columns, rows)


def register_csv(found: list[Registered], on: datetime.date) -> Rendered:
    """A row per grant below the names of the columns."""
    rows = ([said.of(row) for said in SAID] for row in found)
    body = rows_as_csv([said.name for said in SAID], rows)
    return Rendered(body, CSV, f"subsidieregister-peildatum-{on.isoformat()}.csv")


def register_json(found: list[Registered], on: datetime.date, *, address: str) -> Rendered:
    """The same rows below a description of the whole, with the words of DCAT."""
    owners = {row.fund.owner.code: row.fund.owner.name for row in found}
    tree = {
        "identifier": address,
        "title": TITLE,
        "description": ABOUT,
        "publisher": [{"identifier": code, "name": name} for code, name in owners.items()],
        "accessRights": PUBLIC,
        "theme": THEME,
        "license": LICENSE,
        "peildatum": on.isoformat(),
        "verleningen": [{said.name: said.of(row) or None for said in SAID} for row in found],
    }
    body = json.dumps(tree, ensure_ascii=False, indent=2).encode()
    name = f"subsidieregister-peildatum-{on.isoformat()}.json"
    return Rendered(body, "application/json", name)
