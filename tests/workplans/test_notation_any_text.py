"""Any text at all in a cell is read or refused with a sentence, and survives writing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from funds.notation import NotationError, format_amount, read_amount
from tests.workplans.notation_places import DUIN_EN_BOLLENSTREEK, RIJN, WESTFRIESLAND
from workplans.notation.funding import format_funding, read_funding
from workplans.notation.planning import format_planning, read_planning
from workplans.notation.shares import format_shares, read_shares

# fmt: off
PIECES = [
    "€ ", "€", "1.250", "80.000,-", "12,5", "0", "1", "12", "2020", "2021", "'19", "19", "Q1",
    "Q5", "H2", "1e kwartaal", "eerste helft", "tweede", "PM", "n.v.t.", "n.t.b.", "NB", "NB.",
    "niet bekend", "max.", "ca.", "per jaar", "per gemeente", "elke gemeente", "structureel",
    "incidenteel", "lokaal", "regiobudget", "voorlopig", "excl. btw", "met", "(", ")", ",", ";",
    ":", ".", "-", "–", "−", "/", "%", "50%", "100%", "33,3%", "rest", "de rest", "naar rato",
    "naar rato van inwoners", "gelijk", "over", "voor", "m.u.v.", "behalve", "penvoerder",
    "gemeente", "de", "regio", "en", "of", "en/of", "en", "+", "&", "t/m", "tot", "vanaf",
    "uiterlijk", "doorlopend", "continu", "Start:", "Eind:", "begin (verwacht):", "zie #13",
    "zie punt 4 + 5", "#", "Katwijk", "K", "L", "Lisse", "Leiden", "Noordwijkerhout",
    "Duin en Bollen", "Duin- en Bollenstreek", "HRN", "WF6", "Hoorn", "Opmeer",
    "Kaag en Braassem", "Nieuwkoop", "alle gemeenten", "de vijf gemeenten", "alle 0 gemeenten",
    "nog te verdelen", "1-1-2017", "2017-01-01", "31 februari 2017", "1 januari 2017",
    "januari 2020", "?", "“", "’", "\u00a0", "\u2028", "\x00", "\x85", "\t", "\n", "\ufeff",
    "١", "２", "²", "½", "İ", "ß", "e\u0301", "\ud800", "😀", "$", "k", "mln", "btw", "Bladel",
    "opvang",
]
# fmt: on
texts = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=9).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=9).map("".join),
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=4)), max_size=7).map(" ".join),
    st.text(max_size=30),
)
settled = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])


def check(read: Callable[[str], Any], write: Callable[[Any], str], text: str) -> None:
    value, fault = None, None
    try:
        value = read(text)
    except NotationError as refused:
        fault = refused
    if fault is not None:
        assert fault.code
        assert fault.sentence.endswith((".", "?"))
    else:
        assert read(write(value)) == value


@settled
@given(texts)
def test_any_amount(text: str) -> None:
    check(read_amount, format_amount, text)


@settled
@given(texts)
def test_any_planning(text: str) -> None:
    check(read_planning, format_planning, text)


@pytest.mark.parametrize(
    "places", [DUIN_EN_BOLLENSTREEK, WESTFRIESLAND, RIJN], ids=lambda places: places.region
)
@settled
@given(text=texts)
def test_any_division_and_funding(places, text: str) -> None:
    check(lambda t: read_shares(t, places), lambda v: format_shares(v, places), text)
    check(lambda t: read_funding(t, places), lambda v: format_funding(v, places), text)
