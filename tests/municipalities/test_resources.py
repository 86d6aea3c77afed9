"""Lists of municipalities and inhabitants as files: in, out, and in again."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Callable

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from municipalities.importing import CSV, MOST_UNPACKED, ODS, XLSX, cell_text, neutralised, restored
from municipalities.models import Municipality, PopulationFigure, Region, User
from municipalities.resources import MunicipalityResource, PopulationResource
from municipalities.textfile import MAX_BYTES
from tests.browser_form import filled_in, import_list
from tests.factories import MunicipalityFactory
from workplans.models import WorkPlan

HEAD = "CBS-code;Naam;Bestaat vanaf;Bestaat tot en met;Opgegaan in\n"
FIGURES = "CBS-code;Peildatum;Inwoners;Status;Bron\n"


@pytest.fixture
def desk(client: Client, hanna: User) -> Client:
    client.force_login(hanna)
    return client


@pytest.fixture
def imports(desk: Client) -> Callable[..., str]:
    def send(content: str | bytes, *, model: str = "municipality", name: str = "lijst.csv") -> str:
        return import_list(desk, f"municipalities_{model}", content, name)

    return send


def test_nothing_is_stored_before_the_confirmation(desk: Client) -> None:
    upload = SimpleUploadedFile("lijst.csv", (HEAD + "GM0537;Katwijk;;;").encode())
    preview = desk.post(
        reverse("admin:municipalities_municipality_import"),
        {"resource": "0", "import_file": upload},
    )
    text = preview.content.decode()
    assert "1 nieuw, 0 gewijzigd, 0 ongewijzigd." in text
    assert "<ins>Katwijk</ins>" in text
    assert not Municipality.objects.exists()


def test_a_good_file_comes_in_and_a_second_time_changes_nothing(
    imports: Callable[..., str],
) -> None:
    file = HEAD + (
        "GM0575;Noordwijk;;;\n"
        "GM0576;Noordwijkerhout;1855-05-01;31-12-2018;GM0575\n"
        "GM0518;'s-Gravenhage;;;"
    )
    assert "Ingelezen. 3 nieuw, 0 gewijzigd, 0 ongewijzigd." in imports(file)
    gone = Municipality.objects.get(code="GM0576")
    assert gone.valid_from == datetime.date(1855, 5, 1)
    assert gone.valid_until == datetime.date(2018, 12, 31)
    assert gone.merged_into.code == "GM0575"
    assert Municipality.objects.get(code="GM0518").sort_name == "gravenhage"
    assert "Dit bestand verandert niets" in imports(file)
    assert "1 gewijzigd, 2 ongewijzigd" in imports(file.replace("GM0575;Noordwijk", "GM0575;Nieuw"))


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("GM0537;Katwijk;5 maart;;", "“5 maart” is geen datum; schrijf bijvoorbeeld 05-03-2026"),
        ("GM0537;Katwijk;;;GM9999", "GM9999 kennen wij niet; neem een CBS-code"),
        ("537;Katwijk;;;", "Een CBS-code is GM met vier cijfers, zoals GM0537."),
        ("GM0537;Katwijk;2020-01-01;2019-01-01;", "De laatste dag ligt voor de eerste"),
        ("GM0537;;;;", "Dit veld kan niet leeg zijn"),
        ("GM0001;Eerste;;;", "GM0001 staat ook op rij 2; laat er één staan."),
    ],
)
def test_a_broken_row_is_named_and_nothing_comes_in(
    imports: Callable[..., str], row: str, sentence: str
) -> None:
    text = imports(f"{HEAD}GM0001;Eerste;;;\n{row}")
    assert "Rij 3" in text
    assert sentence in text
    assert "Er is niets opgeslagen" in text
    assert "1 nieuw" not in text
    assert not Municipality.objects.exists()


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        ("CBS-code;Kleur\nGM0537;blauw", "a.csv", "De kolom “Kleur” kennen wij niet; bekend zijn"),
        ("Naam\nKatwijk", "a.csv", "De kolom “CBS-code” ontbreekt; voeg die toe."),
        ("CBS-code;Naam;Naam\nGM0537;a;b", "a.csv", "staat er twee keer"),
        ("CBS-code;Naam\n", "a.csv", "Er staan geen rijen in het bestand"),
        ("CBS-code\nGM0537;Katwijk", "a.csv", "Rij 2 heeft meer cellen dan er koppen zijn"),
        (b"CBS-code;Naam\nGM0537;Caf\xe9", "a.csv", "niet te lezen als CSV"),
        ("geen werkblad", "a.xlsx", "niet te lezen als XLSX"),
        ("geen werkblad", "a.ods", "niet te lezen als ODS"),
        ("CBS-code\nGM0537", "a.txt", "geen CSV, XLSX of ODS"),
    ],
)
def test_a_file_that_is_no_list_is_refused(
    imports: Callable[..., str], content: str | bytes, name: str, sentence: str
) -> None:
    assert sentence in imports(content, name=name)
    assert not Municipality.objects.exists()


def test_a_municipality_under_a_plan_is_refused_with_its_row(
    imports: Callable[..., str], loaded: WorkPlan
) -> None:
    text = imports("CBS-code;Bestaat tot en met\nGM0575;\nGM0537;31-12-2018")
    assert "Rij 3" in text
    assert "Katwijk bestaat niet op 01-01-2020" in text
    assert Municipality.objects.get(code="GM0537").valid_until is None


def test_what_became_impossible_after_the_preview_is_said(
    desk: Client, hanna: User, bollenstreek: Region
) -> None:
    upload = SimpleUploadedFile(
        "lijst.csv", (HEAD + "GM0001;Eerste;;;\nGM0002;Tweede;;;GM0537").encode()
    )
    preview = desk.post(
        reverse("admin:municipalities_municipality_import"),
        {"resource": "0", "import_file": upload},
    )
    bollenstreek.memberships.all().delete()
    Municipality.objects.filter(code="GM0537").delete()
    confirm = reverse("admin:municipalities_municipality_process_import")
    text = desk.post(confirm, filled_in(preview), follow=True).content.decode()
    assert "Er is niets opgeslagen. Rij 3: GM0537 kennen wij niet" in text
    again = desk.post(confirm, filled_in(preview), follow=True).content.decode()
    assert "kies het opnieuw" in again
    assert not Municipality.objects.filter(code="GM0001").exists()


def test_inhabitants_come_in_as_people_write_them(
    imports: Callable[..., str], bollenstreek: Region
) -> None:
    file = FIGURES + (
        "GM0537;2019-01-01;65.302;definitief;CBS\nGM0575;01-01-2019;43062;Voorlopig;CBS\n"
        "GM0553;;22961;voorbeeld;kopie"
    )
    assert "3 nieuw" in imports(file, model="populationfigure")
    katwijk = PopulationFigure.objects.get(municipality__code="GM0537")
    assert (katwijk.inhabitants, katwijk.reference_date) == (65302, datetime.date(2019, 1, 1))
    assert "verandert niets" in imports(file, model="populationfigure")


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("GM0537;2019-01-01;65,302;definitief;CBS", "“65,302” is geen heel getal"),
        ("GM0537;2019-01-01;6.53;definitief;CBS", "“6.53” is geen heel getal"),
        ("GM0537;2019-01-01;65302;zeker;CBS", "“zeker” kennen wij niet; kies uit: voorlopig"),
        ("GM9999;2019-01-01;65302;definitief;CBS", "GM9999 kennen wij niet"),
        ("GM0537;;65302;definitief;CBS", "Zonder peildatum kan een inwonertal alleen"),
    ],
)
def test_inhabitants_that_cannot_be_read_are_refused(
    imports: Callable[..., str], bollenstreek: Region, row: str, sentence: str
) -> None:
    text = imports(FIGURES + row, model="populationfigure")
    assert "Rij 2" in text
    assert sentence in text
    assert not PopulationFigure.objects.exists()


def test_a_name_that_contradicts_the_code_is_refused_with_its_row(
    imports: Callable[..., str], bollenstreek: Region
) -> None:
    head = "CBS-code;Gemeente;Peildatum;Inwoners;Status;Bron\n"
    row = "GM0537;{};2019-01-01;65302;definitief;CBS"
    text = imports(head + row.format("Lisse"), model="populationfigure")
    assert "Rij 2" in text
    assert "GM0537 is Katwijk, niet Lisse; verbeter de CBS-code of de naam." in text
    assert not PopulationFigure.objects.exists()
    assert "1 nieuw" in imports(head + row.format(" katwijk "), model="populationfigure")


def test_a_file_that_is_too_large_is_not_read(imports: Callable[..., str]) -> None:
    content = "CBS-code;Naam\n" + "x" * MAX_BYTES
    assert "Het bestand is groter dan 5 MB; deel het op." in imports(content)


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_a_workbook_that_unpacks_to_too_much_is_not_read(
    imports: Callable[..., str], kind: str
) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("content.xml", b" " * (MOST_UNPACKED + 1))
    said = imports(packed.getvalue(), name=f"lijst.{kind}")
    assert "Het werkblad is uitgepakt groter dan 50 MB; deel het op." in said


@pytest.mark.parametrize("kind", [0, 1, 2], ids=["csv", "xlsx", "ods"])
def test_what_goes_out_comes_in_again_unchanged(
    desk: Client, imports: Callable[..., str], reference: None, kind: int
) -> None:
    MunicipalityFactory(code="GM9998", name='=HYPERLINK("x")', province="-12")
    page = reverse("admin:municipalities_municipality_export")
    file = desk.post(page, {"format": str(kind)})
    extension = ("csv", "xlsx", "ods")[kind]
    assert f"gemeenten-{timezone.localdate().isoformat()}." in file["Content-Disposition"]
    text = imports(file.content, name=f"gemeenten.{extension}")
    assert "Dit bestand verandert niets" in text


def test_a_spreadsheet_gets_dates_and_numbers_and_no_formula(desk: Client, reference: None) -> None:
    MunicipalityFactory(code="GM9998", name="=1+1")
    page = reverse("admin:municipalities_municipality_export")
    sheet = openpyxl.load_workbook(io.BytesIO(desk.post(page, {"format": "1"}).content)).active
    rows = {row[0]: row for row in sheet.iter_rows(values_only=True)}
    assert next(iter(rows)) == "CBS-code"
    assert rows["GM9998"][1] == "'=1+1"
    assert rows["GM0576"][5] == datetime.datetime(2018, 12, 31)
    figures = reverse("admin:municipalities_populationfigure_export")
    sheet = openpyxl.load_workbook(io.BytesIO(desk.post(figures, {"format": "1"}).content)).active
    assert isinstance(list(sheet.iter_rows(values_only=True))[1][3], int)


def test_lists_are_csv_xlsx_or_ods() -> None:
    assert [kind().get_extension() for kind in (CSV, XLSX, ODS)] == ["csv", "xlsx", "ods"]


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "'=1", "''-1", "'s-Gravenhage", "", "a"])
def test_a_neutralised_text_comes_back(text: str) -> None:
    assert restored(neutralised(text)) == text
    assert not neutralised(text).startswith(("=", "+", "-", "@"))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (2020, "2020"),
        (2020.0, "2020"),
        (1234.5, "1234,5"),
        (datetime.datetime(2020, 1, 2), "2020-01-02"),
        (True, "ja"),
        ("  a\r\nb ", "a\nb"),
    ],
)
def test_a_cell_of_a_spreadsheet_reads_as_typed(value: object, text: str) -> None:
    assert cell_text(value) == text


def test_columns_have_dutch_headings_in_order() -> None:
    assert MunicipalityResource().get_export_headers() == [
        "CBS-code",
        "Naam",
        "Sorteernaam",
        "Provincie",
        "Bestaat vanaf",
        "Bestaat tot en met",
        "Opgegaan in",
    ]
    assert PopulationResource().get_export_headers()[:3] == ["CBS-code", "Gemeente", "Peildatum"]
