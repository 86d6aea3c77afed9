"""The PDF as a reader, a validator and a screen reader get it, without plans or models."""

import multiprocessing
import re
import resource
import runpy
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.template.loader import render_to_string

from reports import pdf
from reports.pdf import Attachment, PdfBusyError, PdfError, write_pdf
from reports.pdf_job import PdfJob
from tests.reports.golden_document import CHAPTERS, DRAWING, ROWS, golden_html
from tests.reports.verapdf import VeraPdf, need_command
from workplans.notation.richtext import Piece, read_text

ASSETS = Path(__file__).with_name("golden_assets")
PLAN_FILE = Attachment(
    name="werkplan.json",
    content=b'{"plan": "voorbeeldstreek-2020"}\n',
    description="Het plan als bestand",
    moment=datetime(2020, 3, 31, tzinfo=UTC),
)

# A table of 65,534 columns keeps the layout busy for minutes.
ENDLESS = '<table><tr><td colspan="65534">x</td></tr></table>'


def golden_pdf() -> bytes:
    return write_pdf(golden_html(), assets=ASSETS, attachments=[PLAN_FILE])


def page(body: str, head: str = "<title>Proef</title>") -> str:
    return f'<!doctype html><html lang="nl"><head>{head}</head><body>{body}</body></html>'


def render(body: str, **options: Any) -> bytes:
    return write_pdf(page(body), assets=ASSETS, **options)


@pytest.fixture(scope="module")
def golden_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("golden") / "golden.pdf"
    path.write_bytes(golden_pdf())
    return path


@pytest.fixture(scope="module")
def golden(golden_file: Path) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(golden_file) as opened:
        yield opened


@pytest.fixture(scope="module")
def elements(golden: pikepdf.Pdf) -> list[pikepdf.Dictionary]:
    return list(walk(golden.Root.StructTreeRoot))


@pytest.fixture(scope="module")
def spoken(golden_file: Path) -> str:
    """What a screen reader gets; slow, since Poppler searches each page for each mark."""
    return output_of("pdfinfo", "poppler-utils", "-struct-text", golden_file)


def prose(pieces: tuple[Piece, ...]) -> str:
    given = {"pieces": pieces, "prefix": "tekst", "tag": "h3", "on_paper": True}
    return render_to_string("components/prose.html", given)


def walk(element: pikepdf.Object) -> Iterator[pikepdf.Dictionary]:
    """The structure elements below this one, in reading order."""
    for kid in element.get("/K", []):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from walk(kid)


def tagged(elements: list[pikepdf.Dictionary], tag: str) -> list[pikepdf.Dictionary]:
    return [element for element in elements if str(element.S)[1:] == tag]


def output_of(command: str, package: str, *arguments: str | Path) -> str:
    program = need_command(command, package)
    run = subprocess.run(
        [program, *map(str, arguments)], capture_output=True, text=True, check=True
    )
    return run.stdout


def test_last_line_that_just_fits_is_not_broken(tmp_path: Path) -> None:
    """White space that a template leaves at the end of a paragraph is no word."""
    text = "Een zin die nog net op het papier past, blijft heel."
    widths = range(200, 500)
    plain, spaced = tmp_path / "plain.pdf", tmp_path / "spaced.pdf"
    plain.write_bytes(render("".join(f'<p style="width: {w}px">{text}</p>' for w in widths)))
    spaced.write_bytes(render("".join(f'<p style="width: {w}px">{text}\n  </p>' for w in widths)))
    lines = [output_of("pdftotext", "poppler-utils", path, "-") for path in (plain, spaced)]
    assert lines[0] == lines[1]


class TestTagTree:
    def test_each_html_table_is_one_table_with_one_head(self, elements, golden):
        assert len(golden.pages) > 6, "the table must run over at least three pages"
        assert len(tagged(elements, "Table")) == golden_html().count("<table>") == 2
        assert len(tagged(elements, "THead")) == 2
        assert len(tagged(elements, "TR")) == golden_html().count("<tr")
        first, *_ = tagged(elements, "TH")
        assert len(first.K) == 1, "the head that is printed on each page is read once"

    def test_every_header_cell_says_what_it_heads(self, elements):
        scopes = [str(header.A.Scope) for header in tagged(elements, "TH")]
        assert scopes.count("/Column") == 6
        assert scopes.count("/Row") == ROWS + 4

    def test_cells_keep_their_places(self, elements):
        """An empty cell counts and a merged one says how many columns it takes."""
        first, *_, total = tagged(elements, "TBody")[0].K
        assert [str(cell.S) for cell in first.K] == ["/TH", "/TD", "/TD", "/TD"]
        assert total.K[0].A.ColSpan == 3
        assert not any("/RowSpan" in cell.get("/A", {}) for cell in tagged(elements, "TD"))

    def test_a_table_in_running_text_is_tagged(self):
        pieces = read_text("Vooraf\n| Taak | |\n| *Opvang* | |\n| Zorg | Leiden |")
        made = pikepdf.open(BytesIO(render(prose(pieces))))
        elements = list(walk(made.Root.StructTreeRoot))
        assert [len(tagged(elements, tag)) for tag in ("Table", "THead", "TR", "TH", "TD")] == [
            *(1, 1, 3, 1, 5)
        ]
        assert {str(header.A.Scope) for header in tagged(elements, "TH")} == {"/Column"}

    def test_figure_has_its_description_and_stands_inside_its_page(self, elements, golden):
        (figure,) = tagged(elements, "Figure")
        assert str(figure.Alt) == DRAWING
        left, bottom, right, top = map(float, figure.A.BBox)
        _, _, width, height = map(float, golden.pages[3].MediaBox)
        assert 0 < left < right < width
        # The lists stand above it; below it more than two fifths of the page is empty.
        assert 0.4 * height < bottom < top < 0.75 * height

    def test_contents_have_an_entry_per_chapter_with_a_working_link(self, elements):
        entries = tagged(elements, "TOCI")
        links = [link for entry in entries for link in walk(entry) if link.S == "/Link"]
        assert [str(area_of(link).Contents) for link in links] == list(CHAPTERS)
        assert [str(area_of(link).Dest) for link in links] == ["h0", "h1", "h2", "h3"]

    def test_note_is_read_at_its_reference(self, elements):
        tags = [str(element.S) for element in elements]
        at = tags.index("/Reference", tags.index("/Part"))
        assert tags[at : at + 3] == ["/Reference", "/Note", "/Lbl"]
        assert str(elements[at + 1].ID) == "noot-0001"

    def test_link_is_spoken_with_its_text_once(self, elements, golden):
        annotations = golden.pages[2].Annots
        assert [str(link.Contents) for link in annotations] == ["het regionale plan", "de kosten"]
        assert len(tagged(elements, "Link")) == len(CHAPTERS) + 3

    def test_lists_nest_and_number(self, elements):
        numbering = [str(found.A.ListNumbering) for found in tagged(elements, "L")]
        assert numbering == ["/None", "/Disc", "/Disc", "/Decimal"]
        assert len(tagged(elements, "LI")) == len(tagged(elements, "LBody")) == 2 + 3 + 2
        assert len(tagged(elements, "Lbl")) == 2 + 3 + 2 + 1

    def test_spans_only_where_they_tell_something(self, elements):
        language, abbreviation = tagged(elements, "Span")
        assert str(language.Lang) == "en"
        assert str(abbreviation.E) == "basisregistratie personen"

    def test_document_says_language_title_and_that_it_is_tagged(self, golden):
        root = golden.Root
        assert str(root.Lang) == "nl"
        assert str(golden.docinfo.Title) == "Werkplan Voorbeeldstreek"
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        assert bool(root.MarkInfo.Marked)
        assert all(page.Tabs == "/S" for page in golden.pages)

    def test_every_mark_on_every_page_has_its_owner(self, golden):
        """No content outside the tree but artifacts, no owner of what is not there."""
        owners = parent_tree(golden)
        for number, printed in enumerate(golden.pages):
            marks = set(marked_content(printed))
            owned = {at for at, owner in enumerate(owners[number]) if owner is not None}
            assert marks == owned

    def test_page_furniture_is_not_read(self, spoken):
        assert "pagina" not in spoken
        assert "Sierregel" not in spoken
        assert spoken.count('"Planning"') == 1


def area_of(link: pikepdf.Dictionary) -> pikepdf.Dictionary:
    (area,) = [kid.Obj for kid in link.K if isinstance(kid, pikepdf.Dictionary) and "/Obj" in kid]
    return area


def parent_tree(document: pikepdf.Pdf) -> dict[int, Any]:
    numbers = document.Root.StructTreeRoot.ParentTree.Nums
    return {int(numbers[at]): numbers[at + 1] for at in range(0, len(numbers), 2)}


def marked_content(printed: pikepdf.Page) -> Iterator[int]:
    for operands, operator in pikepdf.parse_content_stream(printed):
        if str(operator) == "BDC" and "/MCID" in operands[1]:
            yield int(operands[1].MCID)


class TestFile:
    def test_qpdf_finds_no_fault(self, golden_file):
        assert "No syntax or stream encoding errors" in output_of(
            "qpdf", "qpdf", "--check", golden_file
        )

    def test_verapdf_finds_it_compliant(self, golden_file, tmp_path, verapdf: VeraPdf):
        """As PDF/A-3a and PDF/UA-1, with and without an attachment, and nearly empty."""
        bare, empty = tmp_path / "bare.pdf", tmp_path / "empty.pdf"
        bare.write_bytes(write_pdf(golden_html(), assets=ASSETS))
        empty.write_bytes(render("<h1>Leeg plan</h1>", stylesheets=[ASSETS / "print.css"]))
        is_compliant, report = verapdf.report([golden_file, bare, empty])
        assert is_compliant, report
        assert report.count("compliant=true") == 6

    def test_only_our_own_letters_are_in_it(self, golden_file):
        listed = output_of("pdffonts", "poppler-utils", golden_file).splitlines()[2:]
        names = sorted(line.split()[0].partition("+")[2] for line in listed)
        assert names == [
            "Source-Sans-Pro",
            "Source-Sans-Pro-Italic",
            "Source-Sans-Pro-Semi-Bold",
            "Source-Serif-Pro-Semi-Bold",
        ]

    def test_screen_reader_hears_the_figures_in_order(self, spoken):
        amounts = re.findall(r"€[ \xa0][−\d.]+(?: \+ 3 × PM)?", spoken)
        actions = [f"€ {n}.000" for n in range(1, ROWS + 1)]
        costs = ["€ 64.376", "€ −12", "€ 64.364 + 3 × PM"]
        assert [amount.replace("\xa0", " ") for amount in amounts] == [
            *actions,
            "€ 2.485.000",
            *costs,
        ]

    def test_hyphenated_word_is_found_by_search(self, golden_file):
        text = output_of("pdftotext", "poppler-utils", golden_file, "-")
        assert text.count("bezoekersvoorzieningen") == ROWS
        assert "\u2010" not in text

    def test_attachment_comes_back_as_it_went_in(self, golden):
        (name,) = golden.attachments
        attached = golden.attachments[name]
        stored = attached.get_file()
        assert name == PLAN_FILE.name
        assert attached.description == PLAN_FILE.description
        assert stored.read_bytes() == PLAN_FILE.content
        assert stored.mime_type == "application/json"
        assert stored.creation_date == stored.mod_date == PLAN_FILE.moment
        (filespec,) = golden.Root.AF
        assert filespec.AFRelationship == "/Source"

    def test_moment_without_a_time_zone_is_refused(self):
        with pytest.raises(ValueError, match="time zone"):
            Attachment("plan.json", b"", "", datetime(2020, 3, 31))


def renderer_pid() -> int:
    (renderer,) = pdf._workshop.renderers
    assert renderer.process is not None
    return renderer.process.process.pid


class TestSameBytes:
    def test_in_one_process_after_another_document(self, golden_file):
        render("<p>Iets anders</p>")
        assert golden_pdf() == golden_file.read_bytes()

    def test_from_a_process_that_replaces_a_killed_one(self, golden_file):
        golden_pdf()
        killed = renderer_pid()
        (renderer,) = pdf._workshop.renderers
        renderer.process.process.kill()
        renderer.process.process.wait(timeout=10)
        assert golden_pdf() == golden_file.read_bytes()
        assert renderer_pid() != killed

    def test_after_a_fork(self, golden_file):
        """A child makes its own render process and leaves its parent's alone."""
        context = multiprocessing.get_context("fork")
        answers = context.Queue()
        child = context.Process(target=lambda: answers.put((golden_pdf(), renderer_pid())))
        golden_pdf()
        child.start()
        made, pid = answers.get(timeout=60)
        child.join(timeout=60)
        assert made == golden_file.read_bytes()
        assert pid != renderer_pid()
        assert golden_pdf() == golden_file.read_bytes()

    def test_each_of_several_threads_gets_its_own_document(self):
        bodies = [f"<p>Document {number}</p>" for number in range(6)]
        one_by_one = [render(body) for body in bodies]
        with ThreadPoolExecutor(1 + pdf.WAITING_PER_PROCESS) as threads:
            assert list(threads.map(render, bodies)) == one_by_one


class TestPlaces:
    """So many at work, so many that wait, and nobody else holds a thread."""

    def test_who_finds_the_queue_full_is_told_at_once_and_the_next_is_served(self):
        with full_workshop(), pytest.raises(PdfBusyError, match="over een minuut opnieuw"):
            render("<p>Tekst</p>")
        assert render("<p>Tekst</p>").startswith(b"%PDF-1.7")

    def test_who_waits_too_long_is_told_and_keeps_no_place(self, monkeypatch):
        monkeypatch.setattr(pdf, "MOST_SECONDS_WAITING", 0)
        at_work = pdf._workshop.free.get()
        for _ in range(2 + pdf.WAITING_PER_PROCESS):
            with pytest.raises(PdfBusyError):
                render("<p>Tekst</p>")
        pdf._workshop.free.put(at_work)
        assert render("<p>Tekst</p>").startswith(b"%PDF-1.7")

    def test_a_failed_document_gives_its_place_back(self):
        for _ in range(2 + pdf.WAITING_PER_PROCESS):
            with pytest.raises(PdfError, match="geen tekst"):
                render('<p><a href="https://www.voorbeeld.nl"></a></p>')
        assert render("<p>Tekst</p>").startswith(b"%PDF-1.7")

    def test_server_keeps_threads_for_pages(self, monkeypatch):
        monkeypatch.setenv("PORT", "8000")
        monkeypatch.setenv("PENVOERDER_PDFS_AT_ONCE", "3")
        gunicorn = runpy.run_path(str(ASSETS.parents[2] / "script/lib/gunicorn_settings.py"))
        most_for_pdfs = 3 * (1 + pdf.WAITING_PER_PROCESS)
        assert gunicorn["threads"] - most_for_pdfs == gunicorn["THREADS_FOR_PAGES"] >= 4


@contextmanager
def full_workshop() -> Iterator[None]:
    """Every place is taken by others, at work or waiting."""
    with ExitStack() as taken:
        while pdf._workshop.places.acquire(blocking=False):
            taken.callback(pdf._workshop.places.release)
        yield


class TestReach:
    """Nothing but the static folder and the font packages can be read."""

    @pytest.mark.parametrize(
        "address",
        [
            "file:///etc/hostname",
            "http://169.254.169.254/latest/meta-data/",
            "https://www.voorbeeld.nl/beeld.png",
            "https://assets.invalid/static/../../pyproject.toml",
            "%2e%2e/golden_document.py",
            "../fonts/../golden_document.py",
            "../fonts/LICENSE.txt",
            "https://assets.invalid.voorbeeld.nl/static/print.css",
            "data:image/png;base64,AAAA",
            "ontbreekt.png",
        ],
    )
    @pytest.mark.parametrize(
        "body",
        [
            '<img alt="Beeld" src="{}">',
            '<style>@import "{}";</style>',
            '<link rel="stylesheet" href="{}">',
            '<object data="{}">Beeld</object>',
            '<p style="background-image: url({})">Tekst</p>',
        ],
    )
    def test_address_outside_is_refused(self, address, body):
        with pytest.raises(PdfError, match="alleen bestanden van Penvoerder"):
            render(body.format(address))

    def test_link_out_of_the_static_folder_is_refused(self, tmp_path):
        (tmp_path / "static").mkdir()
        (tmp_path / "secret.css").write_text("p { color: red }")
        (tmp_path / "static" / "print.css").symlink_to(tmp_path / "secret.css")
        html = page('<link rel="stylesheet" href="print.css"><p>Tekst</p>')
        with pytest.raises(PdfError, match="alleen bestanden van Penvoerder"):
            write_pdf(html, assets=tmp_path / "static")

    def test_stylesheet_outside_the_static_folder_is_refused(self, tmp_path):
        (tmp_path / "print.css").write_text("p { color: red }")
        with pytest.raises(PdfError, match="alleen bestanden van Penvoerder"):
            render("<p>Tekst</p>", stylesheets=[tmp_path / "print.css"])

    @pytest.mark.parametrize("address", ["print.css", "file:///etc/hostname"])
    def test_document_cannot_attach_a_file_itself(self, address):
        with pytest.raises(PdfError, match="bijlage gaat alleen met de opdracht mee"):
            render(f'<link rel="attachment" href="{address}"><p>Tekst</p>')
        with pytest.raises(PdfError, match="gebruik een volledig adres"):
            render(f'<p><a rel="attachment" href="{address}">hier</a></p>')

    @pytest.mark.parametrize(
        "target", ["javascript:alert(1)", "file:///etc/passwd", "print.css", "/plannen/1/"]
    )
    def test_link_that_a_reader_cannot_follow_safely_is_refused(self, target):
        with pytest.raises(PdfError, match="gebruik een volledig adres"):
            render(f'<p><a href="{target}">hier</a></p>')


class TestFaults:
    @pytest.mark.parametrize(
        ("body", "sentence"),
        [
            ('<svg width="9" height="9"></svg>', "geen beschrijving"),
            ('<p><a href="https://www.voorbeeld.nl"></a></p>', "geen tekst"),
            ('<p><a href="#weg">weg</a></p>', "dat er niet in staat"),
            ('<p style="display: flex"><a href="https://x.nl">x</a></p>', "zet in het sjabloon"),
        ],
    )
    def test_inaccessible_construction_is_refused(self, body, sentence):
        with pytest.raises(PdfError, match=sentence):
            render(body)

    @pytest.mark.parametrize(
        "html", ["<html lang=nl><p>Geen titel", "<html><title>Geen taal</title><p>Tekst"]
    )
    def test_document_without_title_or_language_is_refused(self, html):
        with pytest.raises(PdfError, match="mist een titel of een taal"):
            write_pdf(html, assets=ASSETS)

    def test_render_process_has_limits_of_its_own(self):
        """They hold when nobody is left to look at the clock."""
        process = pdf._RenderProcess()
        try:
            process.send(PdfJob(page(ENDLESS), ASSETS), 1)
            with pytest.raises((EOFError, ConnectionError)):
                process.receive(60)
        finally:
            process.end()
        render("<p>Tekst</p>")
        assert resource.prlimit(renderer_pid(), resource.RLIMIT_AS)[0] == 1536 * 2**20

    def test_endless_work_is_ended_and_the_next_document_is_made(self):
        with pytest.raises(PdfError, match="maak het document korter"):
            render(ENDLESS, seconds=2)
        assert render("<p>Tekst</p>").startswith(b"%PDF-1.7")

    def test_deep_nesting_is_refused(self):
        with pytest.raises(PdfError, match="te diep genest"):
            render("<div>" * 3000 + "Tekst")

    def test_character_that_no_font_has_is_named(self):
        with pytest.raises(PdfError, match="‘漢 字’ hebben de letters"):
            render("<p>Klaar 漢字漢</p><p>字</p>", stylesheets=[ASSETS / "print.css"])

    def test_invisible_characters_from_a_clipboard_do_no_harm(self, tmp_path, verapdf):
        text = "zacht\u00adafbreken nul\u200bbreed smal\u202fspatie vast\u2011streepje \ufeff\u2060"
        path = tmp_path / "invisible.pdf"
        path.write_bytes(render(f"<p>{text}</p>", stylesheets=[ASSETS / "print.css"]))
        is_compliant, report = verapdf.report([path])
        assert is_compliant, report

    def test_control_characters_from_a_clipboard_are_left_out(self, tmp_path, verapdf):
        html = page("<p>Een\x0btekst\x1f</p>", head="<title>Plan\x02 2020</title>")
        path = tmp_path / "control.pdf"
        path.write_bytes(write_pdf(html, assets=ASSETS, stylesheets=[ASSETS / "print.css"]))
        is_compliant, report = verapdf.report([path])
        assert is_compliant, report

    def test_warnings_of_the_stylesheet_reach_the_log(self, caplog):
        render('<p style="colour: red">Tekst</p>')
        assert "colour" in caplog.text


def test_web_process_never_loads_the_engine(golden_file):
    """Loading WeasyPrint costs each web process a second and tens of megabytes."""
    program = "import sys, reports.pdf; sys.exit('weasyprint' in sys.modules)"
    subprocess.run([sys.executable, "-c", program], check=True, cwd=ASSETS.parents[2])
