"""Colours of a figure follow the one file that a municipality replaces; the style sheet
of the screen knows every class; and a PDF with all figures is still an archive."""

import re
import shutil
from collections import Counter
from pathlib import Path

import pikepdf
import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.template.loader import render_to_string

from reports.content import fetch
from reports.figures.circles import circles
from reports.figures.palette import ROLES, colour, font_family
from reports.pdf import write_pdf
from reports.rendering import html, report
from tests.reports.drawings import check, read
from tests.reports.verapdf import VeraPdf

STATIC = Path(settings.BASE_DIR) / "static"


@pytest.fixture
def theme(tmp_path, settings) -> Path:
    """The theme file of an installation of its own."""
    (tmp_path / "static").mkdir()
    settings.BASE_DIR = tmp_path
    copy = tmp_path / "static" / "theme.css"
    shutil.copy(STATIC / "theme.css", copy)
    return copy


def test_drawing_has_the_colours_of_the_theme(loaded, theme):
    before = circles(*read(loaded)).svg
    shutil.copy(STATIC / "themes" / "westfriesland.css", theme)
    after = circles(*read(loaded)).svg
    assert "#11507a" in before
    assert "#11507a" not in after
    assert "#1c5c3a" in after


def test_changed_theme_is_read_again(theme):
    assert colour("granted") == "#11507a"
    theme.write_text(theme.read_text().replace("#11507a", "#004488"))
    assert colour("granted") == "#004488"


def test_comments_of_a_theme_do_not_count(theme):
    theme.write_text(theme.read_text() + "/* --pv-brand-color-primary-700: red; */")
    assert colour("granted") == "#11507a"


@pytest.mark.parametrize("value", ["", "light-dark(#fff, #000)", "var(--mine)"])
def test_theme_without_a_plain_value_is_refused(theme, value):
    theme.write_text(theme.read_text().replace("#11507a", value))
    with pytest.raises(ImproperlyConfigured, match="--pv-brand-color-primary-700 geen gewone"):
        colour("granted")


@pytest.mark.parametrize("name", ["theme.css", "themes/westfriesland.css"])
def test_every_theme_has_every_colour(theme, name):
    shutil.copy(STATIC / name, theme)
    assert all(colour(role).startswith("#") for role in ROLES)
    assert "Source Sans Pro" in font_family()


def test_screen_knows_every_class_of_a_figure(loaded):
    page = html(report(loaded)).decode()
    used = set(re.findall(r"\b[fs]-[a-z0-9-]+", " ".join(re.findall(r'class="([^"]*)"', page))))
    known = set(re.findall(r"\.([fs]-[a-z0-9-]+)", (STATIC / "figure.css").read_text()))
    assert {"f-granted", "s-requested"} <= used
    assert used <= known
    assert {f"f-{role}" for role in ROLES} - known == {"f-line", "f-grid"}


def test_every_figure_of_a_document_and_its_ids_once(loaded):
    document = report(loaded).document
    drawings = [drawing for block in document.blocks for drawing in block.drawings]
    assert [drawing.table.key for drawing in drawings] == [
        "figuur-cirkels",
        "figuur-planning",
        "figuur-gemeenten",
        "figuur-fonds-1",
    ]
    for drawing in drawings:
        check(drawing)


def test_page_of_a_plan_has_every_figure_and_no_id_twice(client, loaded, pieter):
    client.force_login(pieter)
    page = client.get(f"/werkplannen/{loaded.slug}/").content.decode()
    assert page.count('role="img"') == 4
    assert [name for name, n in Counter(re.findall(r'\bid="(.*?)"', page)).items() if n > 1] == []
    assert " style=" not in page


def test_content_with_planning_is_24_queries(loaded, django_assert_num_queries):
    """Five for region, members, groups, names and inhabitants; five for lines and what
    they aim at; ten for actions and what hangs on them; two for blocks and rows; two for
    figures and rules."""
    with django_assert_num_queries(24):
        content = fetch(loaded)
        assert [list(action.planning_entries.all()) for action in content.actions]


def test_figures_in_a_pdf_are_accessible(loaded, tmp_path, verapdf: VeraPdf):
    blocks = [block for block in report(loaded).document.blocks if block.drawings]
    figures = "".join(
        render_to_string(
            "components/figure.html",
            {"drawing": drawing, "on_paper": True, "hides_caption": False, "hides_table": True},
        )
        for block in blocks
        for drawing in block.drawings
    )
    head = '<title>Figuren</title><link rel="stylesheet" href="theme.css">'
    head += '<link rel="stylesheet" href="print.css">'
    page = f'<!doctype html><html lang="nl"><head>{head}</head><body>{figures}</body></html>'
    path = tmp_path / "figuren.pdf"
    path.write_bytes(write_pdf(page, assets=STATIC))
    complies, said = verapdf.report([path])
    assert complies, said
    with pikepdf.open(path) as opened:
        alternatives = [str(n.Alt) for n in opened.objects if _is_figure(n)]
    assert len(alternatives) == 4
    assert any("D3 heeft geen planning" in text for text in alternatives)


def _is_figure(node: object) -> bool:
    return isinstance(node, pikepdf.Dictionary) and node.get("/S") == "/Figure"
