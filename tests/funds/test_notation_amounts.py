from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from funds.notation import (
    Amount,
    AmountState,
    Basis,
    Bound,
    Nature,
    NotationError,
    Vat,
    format_amount,
    format_euro,
    format_number,
    read_amount,
    read_plain_amount,
)

HERE = Path(__file__).parent


def lines_of(name: str) -> list[tuple[str, str]]:
    """The lines of a list: what is expected, a tab, the text as the document has it."""
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [(expected, text) for expected, _, text in (line.partition("\t") for line in lines)]


# Every amount of the five documents, in their order, with the qualifiers beside it.
MONEY = lines_of("money.txt")
# Every budget cell of Westfriesland's plan for 2019.
WESTFRIESLAND = lines_of("westfriesland_cells.txt")


def code_of(text: str) -> str:
    with pytest.raises(NotationError) as caught:
        read_amount(text)
    return caught.value.code


def known(amount: str, **rest: object) -> Amount:
    return Amount(state=AmountState.KNOWN, amount=Decimal(amount), **rest)  # type: ignore[arg-type]


@pytest.mark.parametrize(("expected", "text"), MONEY)
def test_each_amount_of_the_documents(expected: str, text: str) -> None:
    if expected == "refused":
        assert code_of(text) == "ambiguous"
    else:
        assert read_amount(text).amount == Decimal(expected)


def test_exactly_two_of_the_120_amounts_are_refused() -> None:
    refused = [" ".join(text.split()) for expected, text in MONEY if expected == "refused"]

    assert len(MONEY) == 120
    assert sorted(refused) == ["€ 64,376", "€ 936,191,49"]


@pytest.mark.parametrize(("expected", "text"), WESTFRIESLAND)
def test_each_budget_cell_of_westfriesland(expected: str, text: str) -> None:
    assert read_amount(text).state == expected


def test_the_budget_cells_of_westfriesland_add_up() -> None:
    read = [read_amount(text) for _, text in WESTFRIESLAND]
    sums: Counter[tuple[str, str]] = Counter()
    for each in read:
        if each.amount is not None:
            pot = each.cover or each.funding
            sums[each.nature, f"voorlopig {pot}" if each.provisional else pot] += int(each.amount)

    assert Counter(str(each.state) for each in read) == {
        "known": 33, "not_applicable": 49, "pm": 7, "blank": 3, "unknown": 1, "tbd": 1,
    }  # fmt: skip
    assert sums == {
        ("incidental", "lokaal"): 98_600,
        ("structural", "lokaal"): 60_782,
        ("multi_year", "lokaal"): 75_000,
        ("incidental", "regiobudget"): 324_200,
        ("structural", "regiobudget"): 92_500,
        ("multi_year", "regiobudget"): 62_500,
        ("structural", "voorlopig regiobudget"): 130_000,
        ("multi_year", "voorlopig regiobudget"): 138_500,
        ("incidental", "50% budget Hoorn, 50% regiobudget"): 200_000,
    }
    assert sums.total() == 1_182_082
    pm_natures = Counter(str(each.nature) for each in read if each.state == AmountState.PM)
    assert pm_natures == {"incidental": 3, "": 4}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("€   80.000.-", known("80000")),
        ("€2.935.466,-", known("2935466")),
        ("€ 2000", known("2000")),
        ("€ 17575,44", known("17575.44")),
        ("€ 3.084.871,00", known("3084871")),
        ("€ 0,-", known("0")),
        ("€\u00a0650.000,–", known("650000")),
        ("€ 5,--", known("5")),
        ("EUR 1.250,50", known("1250.50")),
        ("1250,5", known("1250.50")),
        ("80.000 euro", known("80000")),
        ("50.000,- euro per gemeente", known("50000", basis=Basis.PER_MUNICIPALITY)),
        ("max. €225.000", known("225000", bound=Bound.MAXIMUM)),
        ("tenminste € 100.000,-", known("100000", bound=Bound.MINIMUM)),
        (
            "per FTE ongeveer € 20.000,-",
            known("20000", bound=Bound.APPROXIMATE, basis=Basis.PER_FTE),
        ),
        ("€ 300.000 (excl. BTW)", known("300000", vat=Vat.EXCLUDED)),
        (
            "ca. € 10 p.j. incl. btw",
            known("10", bound="approximate", basis="per_year", vat="included"),
        ),
        ("€ 5 lokaal, structureel", known("5", nature=Nature.STRUCTURAL, cover="lokaal")),
        ("€ 5 maximaal", known("5", bound=Bound.MAXIMUM)),
        ("voorlopig € 5", known("5", provisional=True)),
        (
            "€ 96.000 (lokaal, incidenteel met mogelijkheid structureel) NB.  Hoorn draagt 50%",
            known(
                "96000",
                nature=Nature.INCIDENTAL,
                nature_note="met mogelijkheid structureel",
                cover="lokaal",
                note="Hoorn draagt 50%",
            ),
        ),
        (
            "€ 75.000 totaal (lokaal, meerjarig) Hoorn financiert 50%, rest naar rato.",
            known(
                "75000",
                basis=Basis.TOTAL,
                nature=Nature.MULTI_YEAR,
                cover="lokaal",
                funding="Hoorn financiert 50%, rest naar rato.",
            ),
        ),
        (
            "€ 75.000 voorlopig 50% Hoorn, rest naar rato",
            known("75000", funding="voorlopig 50% Hoorn, rest naar rato"),
        ),
        ("€ 5 (23,5% Hoorn, lokaal)", known("5", funding="23,5% Hoorn", cover="lokaal")),
        (
            "PM (incidenteel, regio budget)",
            Amount(state=AmountState.PM, nature=Nature.INCIDENTAL, cover="regiobudget"),
        ),
        ("PM (Innovatiemiddelen)", Amount(state=AmountState.PM, cover="Innovatiemiddelen")),
        (
            "n.v.t. (vooralsnog lokale initiatieven en dekking)",
            Amount(
                state=AmountState.NOT_APPLICABLE,
                provisional=True,
                cover="lokale initiatieven en dekking",
            ),
        ),
        ("NB", Amount(state=AmountState.UNKNOWN)),
        ("NB (lokaal)", Amount(state=AmountState.UNKNOWN, cover="lokaal")),
        ("NB. Hoorn betaalt", Amount(state=AmountState.BLANK, note="Hoorn betaalt")),
        (" \u00a0\n", Amount(state=AmountState.BLANK)),
    ],
)
def test_qualifiers_are_understood(text: str, expected: Amount) -> None:
    assert read_amount(text) == expected


@pytest.mark.parametrize(
    ("state", "texts"),
    [
        (AmountState.PM, ["PM", "pm", "p.m.", "€ PM"]),
        (AmountState.NOT_APPLICABLE, ["n.v.t.", "N.v.t.", "n.v.t", "nvt"]),
        (AmountState.TBD, ["n.t.b.", "N.t.b.", "nader te bepalen"]),
        (AmountState.UNKNOWN, ["NB", "nb", "n.b.", "niet bekend", "onbekend"]),
    ],
)
def test_states_in_all_their_spellings(state: AmountState, texts: list[str]) -> None:
    for text in texts:
        assert read_amount(text) == Amount(state=state)


@pytest.mark.parametrize(
    ("text", "code", "advice"),
    [
        ("€ 64,376", "ambiguous", "€\u00a064.376 of €\u00a064,38"),
        ("€ 936,191,49", "ambiguous", "€\u00a0936.191,49"),
        ("1.25", "ambiguous", "€\u00a01,25"),
        ("12.34.567", "ambiguous", "€\u00a01.234.567"),
        ("€ 1.000.00", "ambiguous", "€\u00a01.000,00"),
        ("1,250.50", "ambiguous", "€\u00a01.250,50"),
        ("0.500", "ambiguous", "€\u00a00,50"),
        ("007", "ambiguous", "€\u00a07"),
        ("€ 1,50,-", "ambiguous", "€\u00a01,50"),
        ("1,,5", "ambiguous", "€\u00a01,50"),
        ("€ 650 000", "ambiguous", "€\u00a0650.000"),
        ("€ 64'376", "ambiguous", "€\u00a064.376"),
        ("€ -12", "negative", "€\u00a012"),
        ("-€ 12", "negative", "€\u00a012"),
        ("€ −12", "negative", "€\u00a012"),
        ("1234567890123", "too_large", "12 voor de komma"),
        ("1." + "000" * 20, "too_large", "12 voor de komma"),
        ("NaN", "no_amount", "€ 1.250"),
        ("€", "no_amount", "€ 1.250"),
        ("(lokaal)", "no_amount", "€ 1.250"),
        ("-", "dash", "n.v.t."),
        ("$ 100", "currency", "euro"),
        ("100 dollar", "currency", "euro"),
        ("€ ١٢", "digits", "0 tot en met 9"),
        ("€ １２", "digits", "0 tot en met 9"),
        ("50%", "percentage", "bedrag"),
        ("€ 1,2 miljoen", "scale", "voluit"),
        ("€ 100k", "scale", "voluit"),
        ("€ 100 per stuk", "tail", "“NB. per stuk”"),
        ("€ 100 of € 200", "tail", "NB."),
        ("€ 100 € 200", "tail", "laat het weg"),
        ("€ 20.000-30.000", "tail", "laat het weg"),
        ("€ 12,", "tail", "laat het weg"),
        ("NB Hoorn betaalt", "tail", "“NB. Hoorn betaalt”"),
        ("€ 5 NB.", "note", "schrijf haar erachter"),
        ("€ 5 (lokaal", "brackets", "(structureel, lokaal)"),
        ("€ 5 ()", "qualifier", "(structureel, lokaal)"),
        ("€ 5 (structureel en lokaal)", "qualifier", "(structureel, lokaal)"),
        ("€ 5 (€ 3 lokaal)", "qualifier", "(structureel, lokaal)"),
        ("€ 5 (PM)", "qualifier", "(structureel, lokaal)"),
        ("€ 5 (incidenteel, structureel)", "twice", "twee kostenregels"),
        ("€ 5 per gemeente per jaar", "twice", "noem er één"),
        ("max. PM", "bound", "max. € 1.250"),
    ],
)
def test_what_is_not_clear_is_refused_with_what_would_be_right(
    text: str, code: str, advice: str
) -> None:
    with pytest.raises(NotationError) as caught:
        read_amount(text)

    assert caught.value.code == code
    assert advice in caught.value.sentence


maybe = st.sampled_from
words = st.lists(
    maybe(
        ["Hoorn", "rest", "naar", "rato", "50%", "LAD", "2019", "NB.", "(x)", "met", ",", "euro"]
    ),
    max_size=4,
).map(" ".join)
euros = st.decimals(min_value=0, max_value=Decimal("999999999999.99"), places=2)


@settings(suppress_health_check=[HealthCheck.filter_too_much])
@given(
    state=maybe([state for state in AmountState if state != AmountState.UNREAD]),
    euro=euros,
    bound=maybe(["", *Bound]),
    basis=maybe(["", *Basis]),
    vat=maybe(["", *Vat]),
    nature=maybe(["", *Nature]),
    nature_note=maybe(["", "met mogelijkheid structureel"]),
    provisional=st.booleans(),
    cover=maybe(["", "lokaal", "regiobudget", "lokaal, regiobudget", "LAD 2019"]) | words,
    funding=maybe(["", "Hoorn financiert 50%, rest naar rato.", "naar rato van inwoners"]) | words,
    note=maybe(["", "NB is niet bekend (nog)", "€ 12 erbij"]) | words | st.text(max_size=9),
)
def test_what_is_written_is_read_back(state: AmountState, euro: Decimal, **said: object) -> None:
    try:
        amount = Amount(
            state=state,
            amount=euro if state == AmountState.KNOWN else None,
            **said,  # type: ignore[arg-type]
        )
    except ValueError:
        assume(False)
    assert read_amount(format_amount(amount)) == amount


PIECES = """
€ 1.250 5 550 ,- - ( ) , ; . NB NB. n.b. PM n.v.t. lokaal regio budget incidenteel met max. ca.
voorlopig totaal per gemeente 50% rest naar rato euro excl. btw ? é (lokaal) (structureel,
"""
pieces = st.lists(maybe([*PIECES.split(), " ", "\u00a0", "\n"]), max_size=9)


@given(st.one_of(st.text(max_size=12), pieces.map(" ".join), pieces.map("".join)))
@example("€ 5 (550% rest)")
def test_any_text_is_read_to_something_that_can_be_written_or_is_refused(text: str) -> None:
    refused = None
    try:
        amount = read_amount(text)
    except NotationError as fault:
        refused = fault
    if refused:
        assert refused.code
        assert refused.sentence.endswith((".", "?"))
    else:
        assert read_amount(format_amount(amount)) == amount


@pytest.mark.parametrize(
    "fields",
    [
        {"state": AmountState.UNREAD},
        {"state": AmountState.KNOWN},
        {"state": AmountState.PM, "amount": Decimal(5)},
        {"state": AmountState.KNOWN, "amount": Decimal(-1)},
        {"state": AmountState.KNOWN, "amount": Decimal("0.005")},
        {"state": AmountState.KNOWN, "amount": Decimal("NaN")},
        {"state": AmountState.KNOWN, "amount": Decimal(10**12)},
        {"state": AmountState.PM, "bound": Bound.MAXIMUM},
        {"state": AmountState.BLANK, "cover": "lokaal"},
        {"state": AmountState.PM, "note": "e\u0301"},
        {"state": AmountState.PM, "cover": "a)b"},
        {"state": AmountState.PM, "cover": "structureel"},
        {"state": AmountState.PM, "funding": "zomaar"},
        {"state": AmountState.PM, "nature_note": "met mogelijkheid structureel"},
        {"state": AmountState.PM, "note": " spatie"},
    ],
)
def test_an_amount_that_cannot_be_written_cannot_be_made(fields: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"[Aa]mount|written"):
        Amount(**fields)  # type: ignore[arg-type]


def test_canonical_text_has_a_fixed_order_and_plain_spaces() -> None:
    text = "per gemeente ca. €  1250,5 (regionaal, structureel, voorlopig) exclusief btw"

    assert format_amount(read_amount(text)) == (
        "ca. € 1.250,50 per gemeente excl. btw (structureel, voorlopig regiobudget)"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [("€ 1.250", "1250"), ("1250,5", "1250.5"), ("80.000.-", "80000"), ("5 euro", "5")],
)
def test_a_plain_amount_is_read(text: str, expected: str) -> None:
    assert read_plain_amount(text) == Decimal(expected)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "no_amount"),
        ("PM", "no_amount"),
        ("€ 64,376", "ambiguous"),
        ("-5", "negative"),
        ("€ 5 (lokaal)", "tail"),
        ("max. € 5", "no_amount"),
    ],
)
def test_a_plain_amount_has_nothing_beside_it(text: str, code: str) -> None:
    with pytest.raises(NotationError) as caught:
        read_plain_amount(text)

    assert caught.value.code == code
    assert "n.v.t." not in caught.value.sentence


@given(euros)
def test_a_printed_amount_is_read_back(amount: Decimal) -> None:
    assert read_plain_amount(format_euro(amount)) == amount
    assert read_plain_amount(format_euro(amount, cents=True)) == amount


@pytest.mark.parametrize(
    ("amount", "cents", "expected"),
    [
        ("650000", None, "650.000"),
        ("17575.44", None, "17.575,44"),
        ("0.5", None, "0,50"),
        ("5", True, "5,00"),
        ("2.50", False, "3"),
        ("-12", None, "−12"),
        ("-0.004", None, "0"),
        ("0", None, "0"),
    ],
)
def test_numbers_are_printed_the_dutch_way(amount: str, cents: bool | None, expected: str) -> None:
    assert format_number(Decimal(amount), cents=cents) == expected
    assert format_euro(Decimal(amount), cents=cents) == f"€\u00a0{expected}"
