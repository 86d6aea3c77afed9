"""Who shares a cost line: every way of writing it, what is refused, and the round trip."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funds.notation import NotationError
from tests.workplans.notation_places import (
    BOLLEN,
    DUIN_EN_BOLLENSTREEK,
    HILLEGOM,
    HOORN,
    KATWIJK,
    LISSE,
    NOORDWIJK,
    OPMEER,
    RIJN,
    TEYLINGEN,
    WESTFRIESLAND,
    WF,
    WF6,
)
from workplans.notation.places import Places
from workplans.notation.shares import Rule, Sharing, format_shares, read_shares, sharing_as_json

A6 = "K: € 200.000,- N: € 150.000,- T: € 140.000,- L: € 80.000,- H: € 80.000,-"
A6_AMOUNTS = {
    KATWIJK: "200000.00",
    NOORDWIJK: "150000.00",
    TEYLINGEN: "140000.00",
    LISSE: "80000.00",
    HILLEGOM: "80000.00",
}
NOT_LISSE = [code for code in BOLLEN if code != LISSE]

BOLLEN_TEXTS: list[tuple[str, dict[str, object]]] = [
    ("Teylingen", {"rule": "single", "municipalities": [TEYLINGEN]}),
    ("gemeente Katwijk", {"rule": "single", "municipalities": [KATWIJK]}),
    ("Gemeente Noordwijk", {"rule": "single", "municipalities": [NOORDWIJK]}),
    ("K", {"rule": "single", "municipalities": [KATWIJK]}),
    (
        "Duin en Bollen, penvoerder gemeente Lisse",
        {"rule": "lead", "municipalities": [*BOLLEN], "lead": LISSE},
    ),
    (
        "Duin en Bollen Penvoerder Katwijk",
        {"rule": "lead", "municipalities": [*BOLLEN], "lead": KATWIJK},
    ),
    (
        "Lisse en Hillegom, penvoerder: Hillegom",
        {"rule": "lead", "municipalities": [LISSE, HILLEGOM], "lead": HILLEGOM},
    ),
    (
        "penvoerder Lisse",
        {"rule": "lead", "municipalities": [*BOLLEN], "lead": LISSE},
    ),
    (A6, {"rule": "explicit", "municipalities": [*BOLLEN], "amounts": A6_AMOUNTS}),
    (
        "Katwijk € 10, Lisse: 5,50",
        {
            "rule": "explicit",
            "municipalities": [KATWIJK, LISSE],
            "amounts": {KATWIJK: "10.00", LISSE: "5.50"},
        },
    ),
    (
        "Per gemeente € 15.000,-",
        {"rule": "equal", "municipalities": [*BOLLEN], "each": "15000.00"},
    ),
    (
        "50.000,- euro per gemeente m.u.v. Lisse",
        {"rule": "equal", "municipalities": NOT_LISSE, "each": "50000.00"},
    ),
    ("gelijk over de gemeenten", {"rule": "equal", "municipalities": [*BOLLEN]}),
    ("gelijk over Katwijk, Lisse", {"rule": "equal", "municipalities": [KATWIJK, LISSE]}),
    ("naar rato van inwoners", {"rule": "population", "municipalities": [*BOLLEN]}),
    ("naar rato van aantal inwoners", {"rule": "population", "municipalities": [*BOLLEN]}),
    (
        "naar rato van inwoners 1-1-2017 (m.u.v. Lisse)",
        {"rule": "population", "municipalities": NOT_LISSE, "date": "2017-01-01"},
    ),
    (
        "naar rato van inwoners op 1 januari 2017",
        {"rule": "population", "municipalities": [*BOLLEN], "date": "2017-01-01"},
    ),
    (
        "50% K en 33,3% L, rest Teylingen",
        {
            "rule": "percentages",
            "municipalities": [KATWIJK, LISSE, TEYLINGEN],
            "percentages": {KATWIJK: "50", LISSE: "33.3"},
            "rest": TEYLINGEN,
        },
    ),
    ("Lisse, Hillegom", {"rule": "undivided", "municipalities": [LISSE, HILLEGOM]}),
    ("Duin- en Bollenstreek", {"rule": "undivided", "municipalities": [*BOLLEN]}),
    ("nog te verdelen", {"rule": "undivided", "municipalities": []}),
    ("n.t.b.", {"rule": "undivided", "municipalities": []}),
    ("", {"rule": "undivided", "municipalities": []}),
]

WF_TEXTS: list[tuple[str, dict[str, object]]] = [
    ("HRN", {"rule": "single", "municipalities": [HOORN]}),
    ("WF6", {"rule": "undivided", "municipalities": [*WF6]}),
    (
        "50% Hoorn, rest naar rato",
        {
            "rule": "percentages",
            "municipalities": [HOORN, *WF6],
            "percentages": {HOORN: "50"},
            "rest": "population",
        },
    ),
    (
        "Hoorn 50%, rest gelijk m.u.v. Opmeer",
        {
            "rule": "percentages",
            "municipalities": [HOORN, *(code for code in WF6 if code != OPMEER)],
            "percentages": {HOORN: "50"},
            "rest": "equal",
        },
    ),
    (
        "m.u.v. Stede Broec en Enkhuizen",
        {"rule": "undivided", "municipalities": ["GM0498", HOORN, "GM1598", "GM0420", OPMEER]},
    ),
]


@pytest.mark.parametrize(
    ("places", "text", "tree"),
    [(DUIN_EN_BOLLENSTREEK, *row) for row in BOLLEN_TEXTS]
    + [(WESTFRIESLAND, *row) for row in WF_TEXTS],
)
def test_shares_are_read_and_written_back(
    places: Places, text: str, tree: dict[str, object]
) -> None:
    sharing = read_shares(text, places)

    assert sharing_as_json(sharing) == tree
    assert read_shares(format_shares(sharing, places), places) == sharing


def test_percentages_by_abbreviation_of_two_letters() -> None:
    codes = ("GM0001", "GM0002", "GM0003", "GM0004")
    rijn = Places(
        region="Rijnrand",
        first_day=date(2020, 1, 1),
        members=codes,
        names=dict(zip(codes, ("Leiden", "Leiderdorp", "Oegstgeest", "Zoeterwoude"), strict=True)),
        abbreviations=dict(zip(("L", "Ld", "O", "Z"), codes, strict=True)),
    )
    sharing = read_shares("L 55%, Ld 20%, O 18%, Z 7%", rijn)

    assert sharing.percentages == dict(zip(codes, map(Decimal, (55, 20, 18, 7)), strict=True))


def test_names_are_read_as_long_as_they_can_be() -> None:
    text = "Alphen aan den Rijn en Kaag en Braassem en Nieuwkoop"
    assert read_shares(text, RIJN).municipalities == RIJN.members
    with pytest.raises(NotationError, match="“Kaag en Nieuwkoop” is geen gemeente of groep"):
        read_shares("Alphen aan den Rijn en Kaag en Nieuwkoop", RIJN)


def test_name_with_en_is_one_municipality() -> None:
    assert read_shares("Kaag en Braassem en Nieuwkoop", RIJN).municipalities == ("GM1884", "GM0569")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("gemeente Katwijk", "Katwijk"),
        ("Duin- en Bollen Penvoerder Gemeente Noordwijk", "Duin en Bollen, penvoerder Noordwijk"),
        ("K: € 10,- L: € 5,-", "Katwijk: €\u00a010; Lisse: €\u00a05"),
        ("naar rato m.u.v. Lisse", "naar rato van inwoners m.u.v. Lisse"),
        ("gelijk", "gelijk over de gemeenten"),
        ("L 50%, K 50%", "50% Lisse, 50% Katwijk"),
        ("", "nog te verdelen"),
    ],
)
def test_shares_are_written_in_one_way(text: str, written: str) -> None:
    places = DUIN_EN_BOLLENSTREEK

    assert format_shares(read_shares(text, places), places) == written


@pytest.mark.parametrize(
    ("text", "code", "advice"),
    [
        ("Katwijck", "unknown_municipality", "bedoelt u Katwijk?"),
        ("Leiden en Katwijk", "not_a_member", "Leiden hoort niet bij"),
        ("Noordwijkerhout", "ended_municipality", "bedoelt u Noordwijk?"),
        ("Katwijk, K", "named_twice", "één keer"),
        ("K: € 10, K: € 20", "named_twice", "één keer"),
        ("50% K, 50% Katwijk", "named_twice", "één keer"),
        ("50% K, rest Katwijk", "named_twice", "één keer"),
        ("Lisse, Hillegom, penvoerder Katwijk", "lead_outside", "kies uit Lisse, Hillegom"),
        ("Duin en Bollen penvoerder", "lead_missing", "schrijf bijvoorbeeld"),
        ("K 50%, L 40%", "percentages_under", "er ontbreekt 10%"),
        ("K 50%, L 62,5%", "percentages_over", "dat is 12,5% te veel"),
        ("100% K, rest naar rato", "no_rest", "laat de rest weg"),
        ("50% K, rest", "rest_for_nobody", "rest naar rato"),
        ("Duin en Bollen 100%", "group_for_one", "noem hier de gemeenten apart"),
        (
            "K: € 10.000, L: PM",
            "partly_unknown",
            "maak twee kostenregels: één met €\u00a010.000 voor Katwijk en één met PM voor Lisse",
        ),
        ("K: PM, L: PM", "all_unknown", "gelijk over Katwijk, Lisse"),
        ("lokaal", "no_names", "nog te verdelen"),
        ("K: € 64,376", "ambiguous", "bedoelt u"),
        ("K -10%, rest L", "negative", "schrijf bijvoorbeeld Katwijk 10%"),
        ("K - 10%, rest L", "negative", "een deel is nul of meer"),
        ("−10% K, rest L", "negative", "“−10” begint met een min"),
        ("K: -10%, rest L", "negative", "een deel is nul of meer"),
        ("K: € -10,-; L: € 5,-", "negative", "of Katwijk: € 10.000"),
        ("K -€ 10,-; L: € 5,-", "negative", "een deel is nul of meer"),
        ("K – 10, L 5", "negative", "een deel is nul of meer"),
        ("Katwijk en " * 1_800, "named_twice", "Katwijk staat er twee keer"),
        ("niemand en " * 1_800, "unknown_municipality", "niemand en niemand"),
        ("(" * 20_000 + "K", "unknown_municipality", "kies uit"),
        ("K:", "no_shares", "schrijf bijvoorbeeld"),
        ("rest 50%", "no_shares", "schrijf bijvoorbeeld 50% Katwijk, rest naar rato"),
        ("Lisse m.u.v. Katwijk", "exception_outside", "kies uit Lisse"),
        ("Lisse m.u.v. Lisse", "nobody_left", "zonder er minder uit"),
        ("naar rato van inwoners op 31-2-2017", "no_date", "1 januari 2017"),
        ("naar rato van woningen", "unknown_municipality", "kies uit"),
    ],
)
def test_shares_that_cannot_be_right_are_refused(text: str, code: str, advice: str) -> None:
    with pytest.raises(NotationError) as refused:
        read_shares(text, DUIN_EN_BOLLENSTREEK)

    assert refused.value.code == code
    assert advice in refused.value.sentence
    assert refused.value.sentence.endswith((".", "?"))


some = st.lists(st.sampled_from(WF), min_size=2, max_size=7, unique=True).map(tuple)
in_order = st.sets(st.sampled_from(WF), min_size=2).map(
    lambda chosen: tuple(code for code in WF if code in chosen)
)
scopes = some | in_order | st.just(WF) | st.just(WF6)
money = st.decimals(0, 999_999, places=2, allow_nan=False)
days = st.none() | st.dates(date(2000, 1, 1), date(2030, 1, 1))


@st.composite
def percentages(draw: st.DrawFn) -> Sharing:
    codes = draw(some)
    kind = draw(st.sampled_from(["", "population", "equal", "code"]))
    named = codes[:-1] if kind else codes
    steps = st.lists(st.integers(1, 999), min_size=len(named), max_size=len(named), unique=True)
    cuts = sorted(draw(steps))
    if not kind:
        cuts[-1] = 1000
    parts = [
        Decimal(high - low).scaleb(-1) for low, high in zip([0, *cuts[:-1]], cuts, strict=True)
    ]
    shares = dict(zip(named, parts, strict=True))
    others = tuple(code for code in WF if code not in named)
    if kind in ("population", "equal"):
        rest = draw(st.lists(st.sampled_from(others), min_size=1, unique=True) | st.just(others))
        on = draw(days) if kind == "population" else None
        return Sharing(Rule.PERCENTAGES, (*named, *rest), percentages=shares, rest=kind, date=on)
    return Sharing(Rule.PERCENTAGES, codes, percentages=shares, rest=codes[-1] if kind else "")


@st.composite
def explicit(draw: st.DrawFn) -> Sharing:
    amounts = {code: draw(money) for code in draw(some)}
    return Sharing(Rule.EXPLICIT, tuple(amounts), amounts=amounts)


sharings = st.one_of(
    st.sampled_from(WF).map(lambda code: Sharing(Rule.SINGLE, (code,))),
    scopes.map(lambda codes: Sharing(Rule.LEAD, codes, lead=codes[-1])),
    explicit(),
    percentages(),
    st.builds(lambda codes, each: Sharing(Rule.EQUAL, codes, each=each), scopes, st.none() | money),
    st.builds(lambda codes, on: Sharing(Rule.POPULATION, codes, date=on), scopes, days),
    (st.just(()) | scopes).map(lambda codes: Sharing(Rule.UNDIVIDED, codes)),
)


@given(sharings)
def test_what_is_written_is_read_as_the_same(sharing: Sharing) -> None:
    assert read_shares(format_shares(sharing, WESTFRIESLAND), WESTFRIESLAND) == sharing


# fmt: off
words = st.sampled_from([
    "Hoorn", "HRN", "WF6", "Opmeer", "50%", "100%", "€ 10", "€ 5,50", "PM", ":", ",", ";", "en",
    "rest", "naar rato", "gelijk", "over", "m.u.v.", "penvoerder", "(", ")", "1-1-2017", "-",
    "per gemeente", "de gemeenten", "gemeente", "van inwoners", "voor",
])
# fmt: on


@given(st.lists(words, max_size=8).map(" ".join))
def test_any_text_is_read_or_refused_and_survives_writing(text: str) -> None:
    try:
        sharing = read_shares(text, WESTFRIESLAND)
    except NotationError:
        return
    assert read_shares(format_shares(sharing, WESTFRIESLAND), WESTFRIESLAND) == sharing


@pytest.mark.parametrize(
    "wrong",
    [
        {"rule": Rule.SINGLE},
        {"rule": Rule.SINGLE, "municipalities": WF6},
        {"rule": Rule.UNDIVIDED, "municipalities": (HOORN,)},
        {"rule": Rule.EQUAL, "municipalities": (HOORN, HOORN)},
        {"rule": Rule.LEAD, "municipalities": WF6, "lead": HOORN},
        {"rule": Rule.EXPLICIT, "municipalities": WF6},
        {"rule": Rule.PERCENTAGES, "municipalities": (HOORN,), "rest": "population"},
        {"rule": Rule.EQUAL, "municipalities": WF6, "date": date(2017, 1, 1)},
    ],
)
def test_sharing_that_cannot_be_written_cannot_exist(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="no division"):
        Sharing(**wrong)  # type: ignore[arg-type]
