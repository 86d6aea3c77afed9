"""What a fund has left as steps and as bars: the figures of the second plan, shortages,
gaps, and what a reader may not see."""

import datetime
from decimal import Decimal

import pytest

from funds.balance import Balance, balances
from funds.figure import Figure
from funds.models import Fund
from funds.notation import AmountState
from reports.figures.fund import plan_waterfall, region_waterfall
from reports.figures.regions import MOST_REGIONS, region_bar, region_bars
from reports.fund_positions import fund_positions
from reports.fund_statement import FundStatement, StatementRow, fund_statement
from reports.start import funds as fund_cards
from tests.factories import EnvelopeFactory, FundFactory, RegionFactory, WorkPlanFactory
from tests.reports.drawings import areas, cells, check, description, plain, root, texts

ON = datetime.date(2020, 3, 1)


def balance(available, granted, requested, gaps=None, **envelope) -> Balance:
    return Balance(
        EnvelopeFactory(**envelope),
        ON,
        Figure.of(Decimal(available)),
        Figure.of(Decimal(granted)),
        Figure(Decimal(requested), gaps or {}),
    )


def statement(*rows: StatementRow) -> FundStatement:
    return FundStatement(FundFactory(), ON, rows)


class TestWaterfall:
    def test_second_plan_in_table_and_words(self, loaded):
        (position,) = fund_positions(loaded, ON)
        drawing = plan_waterfall(position, "x")
        check(drawing)
        assert cells(drawing) == [
            ["Beschikbaar tot 2021", "€ 2.935.466"],
            ["Beschikt", "€ −1.345.000"],
            ["Nog beschikbaar", "€ 1.590.466"],
            ["Aangevraagd met dit plan", "€ −1.282.500"],
            ["Resteert na toekenning", "€ 307.966"],
        ]
        assert description(drawing).endswith("Resteert na toekenning: € 307.966.")
        assert "−1.282.500" in texts(drawing)

    def test_bars_are_as_long_as_their_amounts(self, db):
        drawing = region_waterfall(balance(1000, 250, 500), "x")
        check(drawing)
        assert areas(drawing, "balance") == [360, 270]
        assert areas(drawing, "granted") == [90]
        assert areas(drawing, "remaining") == [90]

    def test_more_asked_than_there_is_goes_below_zero(self, db):
        drawing = region_waterfall(balance(100, 0, 300), "x")
        check(drawing)
        assert cells(drawing)[-1] == ["Resteert na toekenning", "€ −200"]
        assert "Tekort: € 200" in map(plain, texts(drawing))
        assert texts(drawing)[-1] == "0"
        assert "Dat is € 200 te weinig." in description(drawing)
        assert areas(drawing, "remaining") == []

    def test_unknown_amounts_stand_beside_what_is_left(self, db):
        drawing = region_waterfall(balance(100, 0, 30, {AmountState.PM: 2}), "x")
        check(drawing)
        assert cells(drawing)[-1] == ["Resteert na toekenning", "€ 70 + 2 × PM"]
        assert texts(drawing).count("+ 2 × PM") == 2

    def test_draft_is_a_step_after_what_was_submitted(self, db):
        plan = WorkPlanFactory(draft=True)
        (position,) = fund_positions(plan, ON)
        drawing = plan_waterfall(position, "x")
        check(drawing)
        assert cells(drawing)[-2:] == [
            ["Dit plan als concept", "€ −9.000"],
            ["Resteert met dit concept", "€ 91.000"],
        ]

    def test_other_plans_are_a_step_of_their_own(self, db):
        first = WorkPlanFactory(submitted=True)
        region, fund = first.region, Fund.objects.get()
        plan = WorkPlanFactory(submitted=True, region=region, fund=fund)
        (position,) = fund_positions(plan, ON)
        assert ["Aangevraagd met andere plannen", "€ −9.000"] in cells(
            plan_waterfall(position, "x")
        )

    def test_no_money_is_not_drawn(self, db):
        assert region_waterfall(balance(0, 0, 0), "x") is None

    def test_label_of_the_fund_is_text_and_fits(self, db):
        label = "<i>Ruimte</i> voor alle gemeenten van de regio, tot en met het laatste jaar"
        drawing = region_waterfall(balance(100, 0, 0, label=label), "x")
        check(drawing)
        assert texts(drawing)[0] == "<i>Ruimte</i> voor alle gemeenten van de…"


class TestRegions:
    def test_second_plan_in_table_and_words(self, loaded):
        fund = Fund.objects.get()
        rows = fund_statement(fund, on=ON, in_full={loaded.region_id})
        drawing = region_bars(rows, "x")
        check(drawing)
        assert cells(drawing) == [
            [
                "Duin- en Bollenstreek",
                "€ 2.935.466",
                "€ 1.345.000",
                "€ 1.282.500",
                "€ 307.966",
            ]
        ]
        assert "resteert € 307.966" in map(plain, texts(drawing))
        assert description(drawing) == (
            "Duin- en Bollenstreek: beschikbaar € 2.935.466, beschikt € 1.345.000, "
            "aangevraagd € 1.282.500, resteert € 307.966."
        )

    def test_requests_of_a_region_that_is_not_seen_in_full_stay_hidden(self, db):
        row = StatementRow(balance(1000, 250, 500), in_full=False)
        for drawing in (region_bars(statement(row), "x"), region_bar(row, "x")):
            check(drawing)
            assert "url(#x-gevraagd)" not in str(drawing.svg)
            assert "aangevraagd" not in description(drawing).lower()
            assert drawing.table.rows[0].cells[3].figure is None

    def test_regions_share_one_scale(self, db):
        rows = [StatementRow(balance(n, n, 0), in_full=True) for n in (1000, 500)]
        drawing = region_bars(statement(*rows), "x")
        check(drawing)
        assert areas(drawing, "granted")[:2] == [360, 180]

    def test_shortage_is_named_and_what_there_is_marked(self, db):
        row = StatementRow(balance(100, 0, 300), in_full=True)
        drawing = region_bars(statement(row), "x")
        check(drawing)
        assert {"tekort € 200", "Wat er is"} <= set(map(plain, texts(drawing)))

    def test_many_regions_are_limited_and_it_is_said(self, db):
        row = StatementRow(balance(100, 10, 20), in_full=True)
        drawing = region_bars(statement(*[row] * (MOST_REGIONS + 2)), "x")
        check(drawing)
        assert drawing.notes == ("Nog 2 regio’s staan alleen in de tabel.",)
        assert len(drawing.table.rows) == MOST_REGIONS + 2

    def test_two_envelopes_of_one_region_are_told_apart(self, db):
        region = RegionFactory()
        rows = [
            StatementRow(
                balance(100, 0, 0, region=region, starts_on=datetime.date(year, 1, 1)), in_full=True
            )
            for year in (2020, 2021)
        ]
        assert [row[0] for row in cells(region_bars(statement(*rows), "x"))] == [
            f"{region.name} vanaf 2020",
            f"{region.name} vanaf 2021",
        ]

    def test_no_money_is_not_drawn(self, db):
        row = StatementRow(balance(0, 0, 0), in_full=True)
        assert region_bars(statement(row), "x") is None
        assert region_bars(statement(), "x") is None
        assert region_bar(row, "x") is None


def test_cards_of_one_page_have_ids_of_their_own(db, fund, fenna):
    EnvelopeFactory(fund=FundFactory(owner=fund.owner), region=RegionFactory())
    cards = fund_cards(fenna, on=ON)
    drawings = [drawing for card in cards for _row, drawing in card.parts]
    ids = [e.get("id") for drawing in drawings for e in root(drawing).iter() if e.get("id")]
    assert len(drawings) == 3
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("path", ["/", "/fondsen/"])
def test_cards_are_on_the_page(client, loaded, pieter, path):
    client.force_login(pieter)
    assert b"drawing-card" in client.get(path).content


def test_fund_page_has_steps_and_bars(client, loaded, pieter):
    client.force_login(pieter)
    page = client.get("/fondsen/investeringsfonds-mz-holland-rijnland/").content.decode()
    assert page.count('class="drawing drawing-fund"') == 2
    assert page.count("Dezelfde cijfers als tabel") == 2


def test_balance_of_the_figure_is_that_of_the_fund(db):
    envelope = EnvelopeFactory()
    (found,) = balances([envelope], ON)
    assert cells(region_waterfall(found, "x"))[0] == ["Beschikbaar", "€ 100.000"]
