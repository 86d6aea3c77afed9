import copy
import pickle
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funds.figure import GAP_WORDS, Figure
from funds.notation import AmountState

amounts = st.decimals(min_value=-(10**12), max_value=10**12, places=2)
figures = st.builds(
    Figure, amounts, st.dictionaries(st.sampled_from(list(GAP_WORDS)), st.integers(0, 9))
)


@given(figures, figures)
def test_addition_does_not_care_for_order(one: Figure, other: Figure) -> None:
    assert one + other == other + one
    assert hash(one + other) == hash(other + one)


@given(figures, figures, figures)
def test_addition_does_not_care_for_grouping(one: Figure, two: Figure, three: Figure) -> None:
    assert (one + two) + three == one + (two + three)


@given(figures)
def test_zero_changes_nothing(figure: Figure) -> None:
    assert figure + Figure.zero() == figure == Figure.zero() + figure
    assert figure - Figure.zero() == figure


@given(figures, figures)
def test_subtraction_never_hides_a_gap(one: Figure, other: Figure) -> None:
    difference = one - other

    assert difference.known == one.known - other.known
    assert difference.gaps == (one + other).gaps


@given(figures)
def test_a_figure_survives_copying_and_pickling(figure: Figure) -> None:
    assert copy.deepcopy(figure) == figure
    assert pickle.loads(pickle.dumps(figure)) == figure


def test_a_figure_prints_its_gaps_in_a_fixed_order() -> None:
    lines = [Figure.gap(state) for state in reversed(list(GAP_WORDS))]
    total = sum([*lines, Figure.gap(AmountState.PM)], Figure.of(Decimal("622800")))

    assert str(total) == (
        "€\u00a0622.800 + 2 × PM + 1 × n.t.b. + 1 × niet bekend"
        " + 1 × niet ingevuld + 1 × niet gelezen"
    )
    assert total.gap_words[0] == "2 × PM"


def test_incidental_of_westfriesland_prints_as_agreed() -> None:
    pm = Figure.gap(AmountState.PM)

    assert str(Figure.of(Decimal("622800.00")) + pm + pm + pm) == "€\u00a0622.800 + 3 × PM"


@pytest.mark.parametrize(
    ("figure", "printed"),
    [
        (Figure.gap(AmountState.PM), "PM"),
        (Figure.zero() + Figure.entry(AmountState.PM, None, 3), "3 × PM"),
        (Figure.gap(AmountState.PM) + Figure.gap(AmountState.TBD), "1 × PM + 1 × n.t.b."),
        (Figure.of(Decimal(0)) + Figure.gap(AmountState.PM), "€\u00a00 + 1 × PM"),
        (
            Figure.of(Decimal(9)) - Figure.of(Decimal(9)) - Figure.gap(AmountState.PM),
            "€\u00a00 + 1 × PM",
        ),
        (Figure.zero() - Figure.gap(AmountState.PM), "PM"),
        (copy.copy(Figure.gap(AmountState.PM)), "PM"),
        (Figure.zero(), "€\u00a00"),
    ],
)
def test_a_zero_is_printed_only_where_it_is_an_amount(figure: Figure, printed: str) -> None:
    assert str(figure) == printed


def test_a_figure_is_complete_without_gaps() -> None:
    assert Figure.of(Decimal("0.01")).is_complete
    assert Figure(Decimal(0), {AmountState.PM: 0}).is_complete
    assert not Figure.gap(AmountState.BLANK).is_complete


def test_an_entry_counts_as_its_state_says() -> None:
    assert Figure.entry(AmountState.KNOWN, Decimal(5), 3) == Figure.of(Decimal(5))
    assert Figure.entry(AmountState.NOT_APPLICABLE, None, 3) == Figure.zero()
    assert Figure.entry(AmountState.PM, None, 3).gaps == {AmountState.PM: 3}


@pytest.mark.parametrize("state", [AmountState.KNOWN, AmountState.NOT_APPLICABLE])
def test_an_answer_is_no_gap(state: AmountState) -> None:
    with pytest.raises(ValueError, match="No gap"):
        Figure.gap(state)


def test_a_negative_count_is_refused() -> None:
    with pytest.raises(ValueError, match="No gap"):
        Figure(Decimal(0), {AmountState.PM: -1})


def test_parts_of_a_cent_are_refused() -> None:
    with pytest.raises(ValueError, match="whole cents"):
        Figure.of(Decimal("0.005"))


def test_gaps_cannot_be_changed_afterwards() -> None:
    mine = {AmountState.PM: 1}
    figure = Figure(Decimal(0), mine)
    mine[AmountState.PM] = 7

    assert figure.gaps == {AmountState.PM: 1}
    with pytest.raises(TypeError):
        figure.gaps[AmountState.PM] = 7  # type: ignore[index]
