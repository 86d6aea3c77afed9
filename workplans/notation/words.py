"""The numbers that people write as words."""

NUMBERS = (
    "een",
    "twee",
    "drie",
    "vier",
    "vijf",
    "zes",
    "zeven",
    "acht",
    "negen",
    "tien",
    "elf",
    "twaalf",
    "dertien",
    "veertien",
)
"""In order from one: the number of a word is its place plus one."""
