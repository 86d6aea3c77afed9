"""The states that an asked amount can be in, as data."""

from funds.notation import AmountState

LINE_STATES = [
    (AmountState.KNOWN.value, "bekend"),
    (AmountState.PM.value, "PM"),
    (AmountState.NOT_APPLICABLE.value, "n.v.t."),
    (AmountState.TBD.value, "n.t.b."),
    (AmountState.UNKNOWN.value, "niet bekend"),
    (AmountState.BLANK.value, "niet ingevuld"),
]

NOT_KNOWN = frozenset({AmountState.PM, AmountState.TBD, AmountState.UNKNOWN, AmountState.BLANK})
"""An amount will come, and nobody knows it yet; a round may refuse that."""

COST_STATES = [*LINE_STATES, (AmountState.UNREAD.value, "niet gelezen")]
