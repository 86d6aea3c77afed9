"""Tables as Excel, LibreOffice and Word put them on a clipboard."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workplans.notation.clipboard import (
    MOST_COLUMNS,
    Row,
    clean,
    read_html,
    read_text,
    write_text,
)

EXCEL = """
<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:schemas-microsoft-com:office:excel">
<head><meta name=Generator content="Microsoft Excel 15">
<style><!--table {mso-displayed-decimal-separator:"\\,";} .xl65 {mso-number-format:"\\#\\,\\#\\#0";}
--></style></head><body link="#0563C1">
<table border=0 cellpadding=0 cellspacing=0 width=256 style='border-collapse:collapse'>
<!--StartFragment-->
 <col width=64 span=3 style='width:48pt'>
 <tr height=20 style='height:15.0pt'>
  <td height=20 class=xl66 width=64>Nr</td><td class=xl66>Actie</td><td class=xl66>Bedrag</td>
 </tr>
 <tr height=40>
  <td height=40 align=right>1</td>
  <td class=xl67 width=64>Inloop<br style='mso-data-placement:same-cell;'>
    elke dag</td>
  <td class=xl65 align=right><span style='mso-spacerun:yes'> </span>&euro;&nbsp;80.000,50 </td>
 </tr>
 <tr><td colspan=2 rowspan=2 class=xl68>Samen</td><td>PM</td></tr>
 <tr><td>n.v.t.</td></tr>
<!--EndFragment-->
</table></body></html>
"""
CALC = """<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN">
<html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"/><title></title>
<style type="text/css">body,div,table,td { font-family:"Liberation Sans" }</style></head><body>
<table cellspacing="0" border="0"><colgroup span="2" width="85"></colgroup><tr>
<td height="17" align="left"><b>Actie</b></td><td><font color="#000000">Kosten</font></td>
</tr><tr><td align="left">Een &amp; ander<br>tweede regel</td>
<td align="right" sdval="1234.5" sdnum="1043;1043;#.##0,00">1.234,50</td></tr></table></body></html>
"""
WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><body lang=NL>
<!--StartFragment--><table class=MsoTableGrid border=1><tr style='mso-yfti-irow:0'>
<td width=30 valign=top><p class=MsoListParagraph><![if !supportLists]><span style='mso-list:
Ignore'>1.<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span><![endif]>
<o:p>&nbsp;</o:p></p></td>
<td width=200><p class=MsoNormal>Gewoon thuis<o:p></o:p></p><p class=MsoNormal>voor iedereen</p>
<p><![if !supportLists]><span style='mso-list:Ignore'>·<span>&nbsp;</span></span><![endif]>punt</p>
<del>weg</del></td><td><p class=MsoNormal>K:&nbsp;€&nbsp;200.000,-</p></td></tr></table>
<p>Onder de tabel</p><!--EndFragment--></body></html>
"""


def cells(rows: list[Row]) -> list[tuple[str, ...]]:
    return [row.cells for row in rows]


def test_excel() -> None:
    assert cells(read_html(EXCEL)) == [
        ("Nr", "Actie", "Bedrag"),
        ("1", "Inloop\nelke dag", "€ 80.000,50"),
        ("Samen", "", "PM"),
        ("", "", "n.v.t."),
    ]
    assert [row.merged for row in read_html(EXCEL)] == [0, 0, 1, 2]


def test_libreoffice() -> None:
    assert cells(read_html(CALC)) == [
        ("Actie", "Kosten"),
        ("Een & ander\ntweede regel", "1.234,50"),
    ]


def test_word() -> None:
    found = [("1.", "Gewoon thuis\nvoor iedereen\n- punt", "K: € 200.000,-")]
    assert cells(read_html(WORD)) == found


def test_a_heading_over_the_whole_width_is_told_apart() -> None:
    html = "<table><tr><td colspan=2>A</td></tr><tr><td>1</td><td>2</td></tr></table>"
    assert [row.is_heading for row in read_html(html)] == [True, False]


def test_scripts_are_no_text_and_tables_below_each_other_are_one() -> None:
    html = (
        "<table><tr><td>a<script>alert(1)</script><b>b</b></table>tussen"
        "<table><tr><td>c<table><tr><td>d</td><td>e</td></tr></table></td></tr></table>"
    )
    assert cells(read_html(html)) == [("ab",), ("c\nde",)]


def test_what_claims_a_million_columns_gets_few() -> None:
    rows = read_html("<table><tr><td colspan=1000000 rowspan=99999>x</td></tr><tr><td>y</table>")
    assert {len(row.cells) for row in rows} == {MOST_COLUMNS}


@pytest.mark.parametrize("html", ["", "<p>geen tabel</p>", "<table></table>", "</td><tr><td"])
def test_where_there_is_no_table_there_are_no_rows(html: str) -> None:
    assert read_html(html) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\tb\r\nc\td\r\n", [("a", "b"), ("c", "d")]),
        ('"twee\nregels"\t"hij zei ""ja"""\n', [("twee\nregels", 'hij zei "ja"')]),
        ('"open\tb\nc', [('"open', "b"), ("c", "")]),
        ("een\u00a0\u00a0ding\x00\x07\t\u200bx\n", [("een ding", "x")]),
        ("a\x0bb", [("a\nb",)]),
        ("", [("",)]),
    ],
)
def test_text(text: str, expected: list[tuple[str, ...]]) -> None:
    assert cells(read_text(text)) == expected


TABLES = st.integers(1, 5).flatmap(
    lambda width: st.lists(
        st.lists(st.text(max_size=20).map(clean), min_size=width, max_size=width), min_size=1
    )
)


@given(TABLES)
def test_what_was_written_is_read(rows: list[list[str]]) -> None:
    assert cells(read_text(write_text(rows))) == [tuple(row) for row in rows]


@given(st.text())
def test_any_text_and_any_html_has_rows_of_one_length(text: str) -> None:
    for rows in (read_text(text), read_html(text), read_html(f"<table><tr><td>{text}")):
        assert len({len(row.cells) for row in rows}) <= 1
        assert all(clean(cell) == cell for row in rows for cell in row.cells)
