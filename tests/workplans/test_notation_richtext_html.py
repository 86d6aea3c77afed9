"""Running text to HTML and back: what the subset can say comes back as it was, and what
other programs put on a clipboard becomes it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workplans.notation.richtext import Kind, Mark, Piece, Run, format_table, read_text, runs
from workplans.notation.richtext_html import to_html, to_text

settled = settings(deadline=None, max_examples=300)

EVERYTHING = (
    "### Aanleiding\n\nWij doen *dit* en **dat**.[^1]\nOp een nieuwe regel kost het € 5.\n\n"
    "- zie [[A1]]\n- kost {{totaal A}}\n\n1. een\n2. twee\n\n> Zo voelt het.\n> En zo.\n\n"
    "Meer op [de website](https://voorbeeld.nl/plan?a=1&b=2) of [mail](mailto:a@b.nl).\n\n"
    "| Taak | Wie |\n| *Opvang* \\| zorg[^1] | [[A1]] |\n| | {{totaal A}} |\n\n"
    "[^1]: De bron.\n[^2]: Nog een."
)

# ---- all that the subset can say, as somebody types it

words = st.text("abcé€&<>'\"“0 ", min_size=1, max_size=12).map(
    lambda text: " ".join(text.split()).lstrip("> ") or "woord"
)
marked = st.one_of(
    words,
    words.map("*{}*".format),
    words.map("**{}**".format),
    st.integers(1, 99).map("[^{}]".format),
    st.just("[[lijn A]]"),
    st.just("{{totaal A}}"),
    words.map("[{}](https://voorbeeld.nl/a?b=1&c=%28)".format),
)
line = st.lists(marked, min_size=1, max_size=4).map(" ".join)
pieces = st.one_of(
    st.lists(line, min_size=1, max_size=3).map("\n".join),
    line.map("### {}".format),
    st.lists(line, min_size=1, max_size=3).map(lambda rows: "\n".join(f"- {row}" for row in rows)),
    st.lists(line, min_size=1, max_size=3).map(
        lambda rows: "\n".join(f"{n}. {row}" for n, row in enumerate(rows, 1))
    ),
    st.lists(line, min_size=1, max_size=3).map(lambda rows: "\n".join(f"> {row}" for row in rows)),
    st.lists(line, min_size=1, max_size=3).map(
        lambda rows: "\n".join(f"[^{n}]: {row}" for n, row in enumerate(rows, 1))
    ),
)
cell = st.one_of(line, st.just(""), st.sampled_from(["|", "a|b", "\\", "\\|", "- a", "---"]))
tables = st.integers(2, 4).flatmap(
    lambda width: st.lists(
        st.lists(cell, min_size=width, max_size=width), min_size=2, max_size=4
    ).filter(lambda rows: any(rows[0]))
)


@settled
@given(tables)
def test_a_table_is_read_as_it_was_written(rows: list[list[str]]) -> None:
    (piece,) = read_text(format_table(rows))
    typed = [[re.sub(r"€ (?=\d)", "€\u00a0", cell) for cell in row] for row in rows]
    assert [list(row) for row in piece.rows] == [[runs(cell) for cell in row] for row in typed]


texts = st.lists(st.one_of(pieces, tables.map(format_table)), max_size=5).map("\n\n".join)


@settled
@given(texts)
def test_what_the_subset_says_comes_back_as_it_was(text: str) -> None:
    assert to_text(to_html(text)) == text


def test_every_piece_and_mark_comes_back() -> None:
    assert to_text(to_html(EVERYTHING)) == EVERYTHING


def test_html_of_a_text_has_no_element_or_attribute_of_its_own_making() -> None:
    html = to_html('<script>x</script> [a"b](https://e.nl/?q=1&r=2) *<b>*')
    assert html == (
        "<p>&lt;script&gt;x&lt;/script&gt; "
        '<a href="https://e.nl/?q=1&amp;r=2">a&quot;b</a> <em>&lt;b&gt;</em></p>'
    )


SCRAPS = [
    *("*", "**", "a", "b c", " ", "\n", "\n\n", "- ", "1. ", "### ", "> ", "[^1]", "[^1]: "),
    *("[[A1]]", "{{totaal A}}", "[x](https://e.nl/a)", "&amp;", "&", "€ 5", "\u00a0", "\x00"),
    *("<b>", "</b>", "<!", "<![", "]]>", "<!--", "<p>", "</p>", "<li>", "<ol>", "<br>", "<td>"),
    *("<a href='https://x.nl'>", "</a>", "<em>", "<strong>", "</strong>", "<blockquote>", "<h2>"),
    *("| ", " |", "| - |\n", "<tr>", "<th>", "<table>", "</table>"),
    *("<p style='mso-list:l0'>", "<span style='mso-list:Ignore'>", "</span>", "<svg>", "(", "]"),
]
anything = st.one_of(st.lists(st.sampled_from(SCRAPS), max_size=12).map("".join), st.text())


@settled
@given(anything)
def test_any_text_as_html_settles_at_once(text: str) -> None:
    once = to_text(to_html(text))
    assert to_text(to_html(once)) == once


@settled
@given(anything)
def test_any_html_is_read_and_settles_at_once(html: str) -> None:
    once = to_text(html)
    assert to_text(to_html(once)) == once


# ---- what other programs make

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>
<style><!-- p.MsoNormal {mso-style-parent:""; color:red} --></style></head>
<body lang=NL><!--StartFragment-->
<h1 style='mso-list:none'><b>Aan</b>leiding<o:p></o:p></h1>
<p class=MsoNormal>Wij doen <b><span style='color:red'>dit </span></b>en
<i>dat</i><a style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1"><span
class=MsoFootnoteReference>[1]</span></a>.<o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if
!supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>Een</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>·<span>&nbsp;</span></span><![endif]>Twee</p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p style='mso-list:l1 level1 lfo2'><![if !supportLists]><span style='mso-list:
Ignore'>1.<span>&nbsp;</span></span><![endif]>Eerst</p>
<table class=MsoTableGrid><tr><td><p>Katwijk</p></td><td><p>€&nbsp;200.000</p></td></tr>
<tr><td><p>Lisse</p></td><td><p>PM</p></td></tr></table>
<p class=MsoFootnoteText><a href="#_ftnref1" name="_ftn1">[1]</a> De bron.</p>
<!--EndFragment--></body></html>"""


def test_word_keeps_its_structure_and_loses_the_rest() -> None:
    assert to_text(WORD) == (
        "### Aanleiding\n\nWij doen **dit** en *dat*[^1].\n\n- Een\n- Twee\n\n1. Eerst\n\n"
        "| Katwijk | € 200.000 |\n| Lisse | PM |\n\n[^1]: De bron."
    )


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Een<p>Twee", "Een\n\nTwee"),
        ("<div>Een</div><div>Twee<br>Drie</div>", "Een\n\nTwee\nDrie"),
        ("<ul><li>Een<ul><li>Deel</li></ul></li><li>Twee</li></ul>", "- Een\n- Deel\n- Twee"),
        ("<ol><li><p>Een</p><p>nog</p></li></ol>", "1. Een nog"),
        ("<ul><li>Een</li></ul><ul><li>Twee</li></ul>", "- Een\n\n- Twee"),
        ("<blockquote><p>Een</p><p>Twee</p></blockquote>", "> Een\n\n> Twee"),
        ('<b style="font-weight:normal"><p>Uit een <i>ander</i></p></b>', "Uit een *ander*"),
        ('<span style="font-weight: 700">vet </span>en', "**vet** en"),
        ("<b><i>twee</i></b>", "**twee**"),
        ("<h2><b>Kop</b></h2>tekst", "### Kop\n\ntekst"),
        ("a <b> </b> b", "a b"),
        ('<a href="https://e.nl/a (b)"><b>hier</b></a>', "[hier](https://e.nl/a%20%28b%29)"),
        ('<a href="javascript:alert(1)">klik</a>', "klik"),
        ('<a href="https://e.nl/">een [1]</a>', "[een (1)](https://e.nl/)"),
        ("<script>alert(1)</script><style>p{}</style><img src=x onerror=alert(1)>", ""),
        ("2 * 3 <b>*4</b>", "2 * 3 *4"),
        ("&lt;b&gt;", "<b>"),
        ("<p>&nbsp;</p>", ""),
        ("<table><tr><td>a<td>b</table>", "a | b"),
        ("<table><tr><td>a</td></tr><tr><td>b</td></tr></table>", "a\n\nb"),
        ("<tr><td>a<td>b<tr><td>c<td>d", "| a | b |\n| c | d |"),
        ("<table><tr><td><td><tr><th>a<th>b<tr><td><td></table>", "| a | b |\n| | |"),
        ("<tr><td>a<td rowspan=2>b<tr><td>c<tr><td>d<td>e", "| a | b |\n| c | |\n| d | e |"),
        ("<tr>" + "<td>a" * 21 + "<tr><td>b", " | ".join("a" * 21) + "\n\nb"),
        (
            "<table><caption>Wie</caption><tr><th>a|<th><p>b</p><p>c</p></tr><tr></tr><tr><td>d</table>na",
            "Wie\n\n| a\\| | b c |\n| d | |\n\nna",
        ),
        (
            "<table><tr><td colspan=2>a<td>b<tr><td rowspan=2>c<td>d<td>e<tr><td>f<td>g</table>",
            "| a | | b |\n| c | d | e |\n| | f | g |",
        ),
        (
            "<table><tr><td>a<td>b<tr><td><table><tr><td>c</td><td>d</td></tr></table></td><td>e</table>",
            "| a | b |\n| c d | e |",
        ),
    ],
)
def test_html_of_a_clipboard(html: str, text: str) -> None:
    assert to_text(html) == text


def test_a_sentence_with_a_sign_at_its_end_keeps_its_words() -> None:
    """What the subset cannot say loses its mark, never a word."""
    assert to_text("*a<em>b</em>") == "*ab"


def test_a_heading_is_one_line() -> None:
    assert read_text(to_text("<h3>Een<br>twee</h3>")) == (
        Piece(Kind.HEADING, ((Run(Mark.PLAIN, "Een twee"),),)),
    )
