"""From which pots a cost is paid: the language of WF and RS, and the round trip."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funds.notation import NotationError
from tests.workplans.notation_places import RIJN
from workplans.notation.funding import PRO_RATA, Funding, Source, format_funding, read_funding

HALF = Decimal(50)
ALPHEN, NIEUWKOOP = "GM0484", "GM0569"
FUND = "investeringsfonds-mz-holland-rijnland"


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("", []),
        (FUND, [Source(FUND)]),
        (
            "50% budget Hoorn, 50% regiobudget",
            [Source("budget Hoorn", HALF), Source("regiobudget", HALF)],
        ),
        (
            "Hoorn financiert 50%, rest naar rato.",
            [Source("Hoorn", HALF), Source(PRO_RATA, rest=True)],
        ),
        (
            "€ 5.000,- uit regiobudget; rest Hoorn",
            [Source("regiobudget", amount=Decimal(5000)), Source("Hoorn", rest=True)],
        ),
        ("33,3% A, rest", [Source("A", Decimal("33.3")), Source(rest=True)]),
        ("voorlopig regiobudget", [Source("regiobudget", certain=False)]),
        (
            "2021: Overbruggingsmiddelen of investeringsfonds MZ 2022: Ondersteuning",
            [
                Source("Overbruggingsmiddelen", year=2021),
                Source("investeringsfonds MZ", year=2021, alternative=True),
                Source("Ondersteuning", year=2022),
            ],
        ),
        (
            "2021: Alphen aan den Rijn: projectbudget; Nieuwkoop: Budget GGZ"
            " 2022: Preventieregeling; Nieuwkoop: Budget GGZ?",
            [
                Source("projectbudget", year=2021, municipality=ALPHEN),
                Source("Budget GGZ", year=2021, municipality=NIEUWKOOP),
                Source("Preventieregeling", year=2022),
                Source("Budget GGZ", year=2022, municipality=NIEUWKOOP, certain=False),
            ],
        ),
        (
            "2021: 50% A, 50% B 2022: 50% A, rest B",
            [
                Source("A", HALF, year=2021),
                Source("B", HALF, year=2021),
                Source("A", HALF, year=2022),
                Source("B", rest=True, year=2022),
            ],
        ),
    ],
)
def test_funding_is_read_and_written_back(text: str, sources: list[Source]) -> None:
    funding = read_funding(text, RIJN)

    assert funding == Funding(tuple(sources))
    assert read_funding(format_funding(funding, RIJN), RIJN) == funding


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("60% Hoorn, 50% regiobudget", "percentages_over"),
        ("120% Hoorn", "percentages_over"),
        ("40% Hoorn, 50% regiobudget", "percentages_under"),
        ("2021: 50% A, 50% B 2022: 40% A", "percentages_under"),
        ("50% A, 50% B, rest C", "no_rest"),
        ("50% A, rest B, rest C", "two_rests"),
        ("50%", "no_pot"),
        ("Hoorn -50%", "negative"),
        ("-50% Hoorn, rest A", "negative"),
        ("Hoorn − € 10", "negative"),
        ("€ -10 Hoorn", "negative"),
        ("?", "no_pot"),
        (": Nieuwkoop: regiobudget", "no_funding"),
    ],
)
def test_percentages_that_cannot_be_right_are_refused(text: str, code: str) -> None:
    with pytest.raises(NotationError) as refused:
        read_funding(text, RIJN)

    assert refused.value.code == code
    assert refused.value.sentence.endswith(".")


# fmt: off
words = st.sampled_from([
    "regiobudget", "Hoorn", "50%", "100%", "12,5%", "€ 10", "€ 5,50", "rest", "naar rato", "of",
    ";", ",", ":", "?", "2021:", "2022:", "Nieuwkoop:", "Nieuwkoop", "voorlopig", "financiert",
    "uit", "budget GGZ", "van",
])
# fmt: on


@given(st.lists(words, max_size=9).map(" ".join))
def test_any_text_is_read_or_refused_and_survives_writing(text: str) -> None:
    try:
        funding = read_funding(text, RIJN)
    except NotationError:
        return
    assert read_funding(format_funding(funding, RIJN), RIJN) == funding


pots = st.sampled_from(["regiobudget", "budget Hoorn", "Investeringsfonds MZ", FUND])


@st.composite
def fundings(draw: st.DrawFn) -> Funding:
    """Years in order, with shares that add up, alternatives and municipalities."""
    sources: list[Source] = []
    for year in sorted(draw(st.sets(st.integers(2019, 2023), max_size=3))):
        part = Decimal(draw(st.integers(1, 999))).scaleb(-1)
        certain = draw(st.booleans())
        sources += draw(
            st.sampled_from(
                [
                    [Source(draw(pots), part, year=year), Source(draw(pots), rest=True, year=year)],
                    [Source(draw(pots), part, year=year), Source(PRO_RATA, rest=True, year=year)],
                    [
                        Source(draw(pots), year=year, municipality=ALPHEN),
                        Source(draw(pots), year=year, municipality=ALPHEN, alternative=True),
                        Source(draw(pots), year=year, certain=certain),
                    ],
                    [Source(draw(pots), amount=part * 100, year=year, certain=certain)],
                ]
            )
        )
    return Funding(tuple(sources))


@given(fundings())
def test_what_is_written_is_read_as_the_same(funding: Funding) -> None:
    assert read_funding(format_funding(funding, RIJN), RIJN) == funding


@pytest.mark.parametrize(
    "sources",
    [
        (Source("A", alternative=True),),
        (Source("A", year=2021), Source("B", year=2022, alternative=True)),
        (Source("A", year=2021), Source("B")),
    ],
)
def test_funding_that_cannot_be_written_cannot_exist(sources: tuple[Source, ...]) -> None:
    with pytest.raises(ValueError, match=r"."):
        Funding(sources)
