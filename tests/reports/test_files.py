"""The files of a plan: name, media type and content, from the page and from the command."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from reports import rendering
from reports.files import harmless
from reports.pdf import PdfError
from reports.rendering import FORMATS, render, report
from tests.conftest import DB2
from tests.factories import ActionFactory, BlockFactory, WorkPlanFactory
from tests.reports.reading import csv_cells, parse, pdf_text, tables
from tests.reports.test_pdf_engine import full_workshop, tagged, walk
from tests.reports.verapdf import VeraPdf, need_command
from workplans.cells import Cell
from workplans.models import WorkPlan

pytestmark = pytest.mark.django_db

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "yaml": "application/yaml; charset=utf-8",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
}


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    return {}


@pytest.fixture
def pdf(loaded: WorkPlan, made: dict[str, bytes]) -> bytes:
    """The PDF of the real plan, made once: it takes seconds."""
    if "pdf" not in made:
        made["pdf"] = rendering.pdf(report(loaded))
    return made["pdf"]


@pytest.fixture
def draft(bollenstreek: Any, fund: Any) -> WorkPlan:
    """A concept with a PM, an unread cell, and an action without a planning."""
    plan = WorkPlanFactory(draft=True, region=bollenstreek, fund=fund)
    line = plan.lines.get()
    ActionFactory(line=line, amount="PM", municipalities="K", planning="")
    ActionFactory(line=line, amount=Cell("€ 64,376", unread=True))
    BlockFactory(plan=plan)
    return plan


@pytest.fixture
def no_stylesheet(settings: Any, tmp_path: Path) -> None:
    """An installation that misses print.css, so that no PDF can be made."""
    (tmp_path / "docs").symlink_to(settings.BASE_DIR / "docs")
    settings.BASE_DIR = tmp_path


def download(client: Any, user: Any, plan: WorkPlan, form: str) -> Any:
    client.force_login(user)
    return client.get(reverse("reports:workplan_download", args=[plan.slug, form]))


class TestFromThePage:
    @pytest.mark.parametrize("form", FORMATS)
    def test_name_type_and_bytes(self, form: str, client, loaded, bram) -> None:
        response = download(client, bram, loaded, form)
        name = f"duin-en-bollenstreek-2020-peildatum-2020-03-01.{form}"
        assert response["Content-Type"] == MEDIA_TYPES[form]
        assert response["Content-Disposition"] == f'attachment; filename="{name}"'
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response.content == render(loaded, form).body

    def test_every_format_is_offered(self, client, loaded, bram) -> None:
        client.force_login(bram)
        links = parse(client.get(loaded.get_absolute_url()).content).xpath("//a/@href")
        offered = {link.split("/")[-2] for link in links if "/download/" in link}
        assert offered == set(FORMATS)

    @pytest.mark.parametrize("form", ["docx", "PDF", "pdf-1", "admin"])
    def test_unknown_format_is_not_found(self, form: str, client, loaded, bram) -> None:
        assert download(client, bram, loaded, form).status_code == 404

    def test_pdf_that_cannot_be_made_is_a_page_with_the_reason(
        self, client, bollenstreek, bram, no_stylesheet
    ) -> None:
        plan = WorkPlanFactory(region=bollenstreek)
        response = download(client, bram, plan, "pdf")
        assert response.status_code == 409
        assert "alleen bestanden van Penvoerder zelf gebruiken" in response.content.decode()

    def test_who_finds_no_place_may_try_again_in_a_minute(self, client, bollenstreek, bram) -> None:
        plan = WorkPlanFactory(region=bollenstreek)
        with full_workshop():
            response = download(client, bram, plan, "pdf")
            assert client.get(plan.get_absolute_url()).status_code == 200
        assert (response.status_code, response["Retry-After"]) == (503, "60")
        assert "probeer het over een minuut opnieuw." in response.content.decode()


class TestYaml:
    def test_is_the_fixture_with_where_it_came_from(self, loaded) -> None:
        text = render(loaded, "yaml").body.decode()
        base = re.findall(r"^base: sha256:[0-9a-f]{64}\n", text, re.M)
        assert len(base) == 1
        assert text.replace(base[0], "") == DB2.read_text(encoding="utf-8")

    def test_date_of_the_document_is_not_in_the_plan(self, loaded) -> None:
        assert b"peildatum" not in render(loaded, "yaml").body


class TestJson:
    def test_is_canonical(self, loaded) -> None:
        body = render(loaded, "json").body
        tree = json.loads(body)
        assert body == (
            json.dumps(tree, ensure_ascii=False, sort_keys=True, indent=2) + "\n"
        ).encode() or body == rendering.json(report(loaded))
        assert list(tree) == sorted(tree)


class TestCsv:
    def test_every_cell_of_every_table_is_one_line(self, loaded) -> None:
        tables_of_plan = report(loaded).document.tables
        cells = csv_cells(render(loaded, "csv").body)
        assert len(cells) == sum(len(t.rows) * len(t.columns) for t in tables_of_plan)

    def test_known_pm_unread_and_empty_are_told_apart(self, draft) -> None:
        cells = csv_cells(render(draft, "csv").body)
        states = {state for (table, _, _), (_, state) in cells.items() if table != "fonds"}
        assert {"bekend", "pm:1", "niet gelezen", "leeg", "geen bedrag"} <= states
        assert ("9000.00", "pm:1 unread:1") in cells.values()

    def test_three_pm_of_westfriesland(self, bollenstreek) -> None:
        plan = WorkPlanFactory(region=bollenstreek)
        line = ActionFactory(line__plan=plan, amount="€ 622.800,-", nature="incidental").line
        for _ in range(3):
            ActionFactory(line=line, amount="PM", nature="incidental")
        cells = csv_cells(render(plan, "csv").body)
        assert cells["begroting", "totaal", "incidenteel"] == ("622800.00", "pm:3")

    def test_a_dutch_excel_reads_it(self, bollenstreek) -> None:
        """It takes UTF-8 for UTF-8 only with the mark, and splits at semicolons."""
        body = render(WorkPlanFactory(region=bollenstreek, draft=True), "csv").body
        assert body.startswith(b"\xef\xbb\xbftabel;rij;kolom;waarde;toestand\r\n")
        assert b";9000.00;bekend\r\n" in body

    def test_lines_and_quotes_inside_a_cell_come_back(self, bollenstreek) -> None:
        plan = WorkPlanFactory(region=bollenstreek)
        text = 'eerste; regel\ntweede "regel"'
        ActionFactory(line__plan=plan, line__code="A", code="1", monitoring=text)
        cells = csv_cells(render(plan, "csv").body)
        assert cells["acties-A", "A1", "monitoring"] == (text, "bekend")

    @pytest.mark.parametrize(
        ("text", "written"),
        [
            ("=1+1", "'=1+1"),
            ("+31 6", "'+31 6"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("-1+2", "'-1+2"),
            ("\t=1", "'\t=1"),
            ("\r=1", "'\r=1"),
            ("-1345000.00", "-1345000.00"),
            ("-5", "-5"),
            ("1282500.00", "1282500.00"),
            ("gewoon", "gewoon"),
            ("", ""),
        ],
    )
    def test_text_is_never_a_formula(self, text: str, written: str) -> None:
        assert harmless(text) == written


class TestHtml:
    def test_is_one_file_that_fetches_nothing(self, loaded) -> None:
        text = render(loaded, "html").body.decode()
        tree = parse(text)
        assert not tree.xpath("//script | //link | //img | //iframe | //object | //base")
        links = tree.xpath("//@href | //@src | //@action")
        assert links
        assert all(link.startswith("#") for link in links)
        style = "".join(tree.xpath("//style/text()"))
        assert style
        assert set(re.findall(r"url\(\"?([a-z]*:?)", style)) <= {"data:"}
        assert "@import" not in style

    def test_has_the_tables_of_the_page(self, loaded, client, bram) -> None:
        """The page as somebody sees it who only reads."""
        client.force_login(bram)
        page = tables(client.get(loaded.get_absolute_url()).content)
        file = tables(render(loaded, "html").body)
        for table in report(loaded).document.tables:
            assert file[table.caption].headings == page[table.caption].headings
            assert list(file[table.caption].rows) == list(page[table.caption].rows)


class TestPdf:
    def test_is_the_same_byte_for_byte(self, pdf, loaded) -> None:
        assert rendering.pdf(report(loaded)) == pdf

    def test_holds_the_json_of_the_export(self, pdf, loaded, tmp_path) -> None:
        path = tmp_path / "plan.json"
        call_command("export_plan", loaded.slug, format="json", output=str(path), verbosity=0)
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            assert list(opened.attachments) == ["duin-en-bollenstreek-2020.json"]
            attached = opened.attachments["duin-en-bollenstreek-2020.json"].get_file()
            assert attached.read_bytes() == path.read_bytes()

    def test_tells_status_day_and_page(self, pdf) -> None:
        text = pdf_text(pdf)
        pages = text.split("\f")[:-1]
        assert "Aangeboden" in pages[0]
        assert "1 maart 2020" in pages[0]
        assert "CONCEPT" not in text
        assert f"pagina {len(pages)} van {len(pages)}" in pages[-1]

    def test_veraPDF_finds_every_kind_of_plan_compliant(
        self, pdf, loaded, draft, bollenstreek, tmp_path, verapdf: VeraPdf
    ) -> None:
        """As PDF/A-3a and PDF/UA-1; and each has as many tables as its HTML."""
        empty = WorkPlanFactory(region=bollenstreek)
        bodies = {
            loaded: pdf,
            draft: rendering.pdf(report(draft)),
            empty: rendering.pdf(report(empty)),
        }
        paths = []
        for plan, body in bodies.items():
            path = tmp_path / f"{plan.slug}.pdf"
            path.write_bytes(body)
            paths.append(path)
            with pikepdf.open(path) as opened:
                elements = list(walk(opened.Root.StructTreeRoot))
            wanted = render(plan, "html").body.count(b"<table")
            assert len(tagged(elements, "Table")) == wanted, plan
        is_compliant, said = verapdf.report(paths)
        assert is_compliant, said
        assert "CONCEPT" in pdf_text(bodies[draft])


class TestNastyText:
    """Whatever was typed, the PDF comes, and stays what it claims to be."""

    def test_character_without_a_glyph_is_printed_as_its_code(
        self, bollenstreek, tmp_path, verapdf: VeraPdf
    ) -> None:
        plan = WorkPlanFactory(region=bollenstreek, title="Plan 漢 ǂ")
        BlockFactory(plan=plan, title="Blij 😀", text="Hart ❤️ en\u2028regel\u2011einde ✓ →")
        body = rendering.pdf(report(plan))
        path = tmp_path / "codes.pdf"
        path.write_bytes(body)
        text = pdf_text(body)
        assert "Plan [U+6F22] ǂ" in text
        assert "Blij [U+1F600]" in text
        assert "Hart [U+2764] en regel-einde ✓ →" in text
        assert "zoals [U+2764], [U+6F22], [U+1F600]" in " ".join(text.split())
        with pikepdf.open(path) as opened:
            attached = opened.attachments[f"{plan.slug}.json"].get_file().read_bytes().decode()
        assert "Blij 😀" in attached
        assert "[U+" not in attached
        assert "😀" in render(plan, "html").body.decode()
        is_compliant, said = verapdf.report([path])
        assert is_compliant, said

    def test_no_note_where_nothing_was_replaced(self, pdf) -> None:
        assert "als code" not in pdf_text(pdf)

    def test_long_words_and_titles_stay_on_the_page(self, bollenstreek, tmp_path) -> None:
        plan = WorkPlanFactory(region=bollenstreek, title="Plan " + "p" * 190)
        BlockFactory(plan=plan, title="Lange titel " * 15, text="w" * 500)
        line = ActionFactory(line__plan=plan, line__title="k" * 190, description="d" * 500).line
        ActionFactory(line=line, monitoring="m" * 500)
        path = tmp_path / "lang.pdf"
        path.write_bytes(rendering.pdf(report(plan)))
        words = pdf_words(path)
        assert len(words) > 100
        assert all(left >= 0 and right <= width for width, left, right in words)


def pdf_words(path: Path) -> list[tuple[float, float, float]]:
    """Of each word in the PDF the width of its page, where it begins and where it ends."""
    program = need_command("pdftotext", "poppler-utils")
    run = subprocess.run([program, "-bbox", path, "-"], capture_output=True, text=True, check=True)
    found = []
    width = 0.0
    for page_width, left, right in re.findall(
        r'<page width="([\d.]+)"|<word xMin="(-?[\d.]+)".*? xMax="([\d.]+)"', run.stdout
    ):
        if page_width:
            width = float(page_width)
        else:
            found.append((width, float(left), float(right)))
    return found


class TestCommand:
    def export(self, plan: str, path: Path, form: str = "json", **options: Any) -> None:
        call_command("export_plan", plan, format=form, output=str(path), **options)

    def test_writes_what_the_page_gives_and_says_so(self, loaded, tmp_path, capsys) -> None:
        path = tmp_path / "plan.csv"
        self.export(loaded.slug, path, "csv")
        assert path.read_bytes() == render(loaded, "csv").body
        assert capsys.readouterr().out == f"Geschreven: {path}.\n"

    def test_day_of_the_figures_can_be_given(self, loaded, tmp_path) -> None:
        path = tmp_path / "plan.json"
        self.export(loaded.slug, path, on="2020-02-29")
        (fund,) = json.loads(path.read_bytes())["totals"]["funds"]
        assert (fund["on"], fund["draft"]["known"], fund["requested"]["known"]) == (
            "2020-02-29",
            "1282500.00",
            "0.00",
        )

    @pytest.mark.parametrize(
        ("slug", "form", "on", "sentence"),
        [
            ("weg", "json", None, "Het plan weg bestaat niet; bekend zijn: duin-en-bollen"),
            ("duin-en-bollenstreek-2020", "ods", None, "Het formaat ods kennen wij niet; kies uit"),
            (
                "duin-en-bollenstreek-2020",
                "json",
                "1-3-2020",
                "De peildatum 1-3-2020 is geen dag; schrijf die als jaar-maand-dag",
            ),
        ],
    )
    def test_what_does_not_exist_is_refused_with_status_2(
        self, slug, form, on, sentence, loaded, tmp_path
    ) -> None:
        path = tmp_path / "plan"
        with pytest.raises(CommandError, match=re.escape(sentence)) as refused:
            self.export(slug, path, form, on=on)
        assert refused.value.returncode == 2
        assert not path.exists()

    def test_place_that_cannot_be_written_is_named(self, loaded, tmp_path) -> None:
        for path in (tmp_path / "geen" / "map.json", tmp_path):
            with pytest.raises(CommandError, match="is niet te schrijven") as refused:
                self.export(loaded.slug, path)
            assert str(path) in str(refused.value)
            assert "kies een andere plaats" in str(refused.value)
            assert refused.value.returncode == 1

    def test_pdf_that_cannot_be_made_leaves_no_file(self, db, tmp_path, no_stylesheet) -> None:
        plan = WorkPlanFactory()
        path = tmp_path / "plan.pdf"
        with pytest.raises(CommandError, match="alleen bestanden van Penvoerder zelf"):
            self.export(plan.slug, path, "pdf")
        assert not path.exists()
        with pytest.raises(PdfError):
            render(plan, "pdf")


def test_format_that_nobody_knows_is_a_key_error(loaded) -> None:
    with pytest.raises(KeyError):
        render(loaded, "docx")


def test_csv_opens_with_the_reader_of_python(loaded) -> None:
    text = render(loaded, "csv").body.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))
    (total,) = [
        row
        for row in rows
        if (row["tabel"], row["rij"], row["kolom"]) == ("begroting", "totaal", "totaal")
    ]
    assert total["waarde"] == "1282500.00"
