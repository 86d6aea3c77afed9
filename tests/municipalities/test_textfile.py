"""Files in which every scalar is text: what is read, what is refused, and where."""

import contextlib
import enum
import json
from pathlib import Path

import pytest
from django.conf import settings as settings_of_django
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from municipalities import textfile
from municipalities.characters import SLUG


def read(text: str):
    return textfile.read(text).tree


def faults(text: str) -> list[tuple[int | None, str]]:
    with pytest.raises(textfile.FileFaults) as caught:
        textfile.read(text)
    return [(fault.line, fault.sentence) for fault in caught.value.faults]


@pytest.mark.parametrize(
    "text",
    ["1.200", "2020-03-01", "yes", "null", "~", "1e5", "0x1F", "12:30", ".inf", "€ 650.000,-"],
)
def test_every_scalar_is_text(text) -> None:
    assert read(f"a: {text}\n") == {"a": text}


def test_a_hash_without_a_space_belongs_to_the_value() -> None:
    assert read("a: Zie#13\nb: '#13'\n") == {"a": "Zie#13", "b": "#13"}


@pytest.mark.parametrize("text", ["Zie #13", "Zie  #13", "Zie # dertien"])
def test_a_hash_after_a_space_is_reported(text) -> None:
    ((line, sentence),) = faults(f"a: x\nb: {text}\n")
    assert line == 2
    assert "tussen aanhalingstekens" in sentence


@pytest.mark.parametrize("line", ["b: Zie  # dertien", "b: 'Zie' #13", "# b", "b: x   "])
def test_what_is_clearly_a_comment_is_none_of_ours(line) -> None:
    assert read(f"a: x\n{line}\n")["a"] == "x"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a: x\nb: &anker y\n", 2, "Ankers"),
        ("a: &anker x\nb: *anker\n", 1, "Ankers"),
        ("a: x\n<<: *weg\n", 2, "Ankers"),
        ("a: !!int 5\n", 1, "type met !"),
        ("a: !!python/object:os.system x\n", 1, "type met !"),
        ("a: x\nb: y\na: z\n", 3, "De sleutel a staat er twee keer"),
        ("a:\n  - b: x\n    b: y\n", 3, "De sleutel b staat er twee keer"),
        ("a: x\n b: y\n", 2, "opmaak"),
        ("a: [x\n", 2, "opmaak"),
        ("a: 'x\n", 2, "opmaak"),
        ("a:\n\tb: y\n", 2, "opmaak"),
        ("a: x\n---\nb: y\n", 2, "opmaak"),
        ("a: x\nb: y\x07z\n", 2, "teken dat niet mag"),
        ("a: x\nb: \ud800\n", 2, "teken dat niet mag"),
        ('a: x\nb: "y\\x07z"\n', 2, "stuurteken"),
        ('a: x\nb: "y\\0"\n', 2, "stuurteken"),
        ('{"a": "x\\u0000"}', 1, "stuurteken"),
        ('{"a": [\n"x",\n"y\\ud800"]}', 3, "stuurteken"),
        ('{"a\\u001b[31m": "x"}', 1, "stuurteken"),
        ('a: x\n"b\\e[31m": y\n', 2, "stuurteken"),
        ('{"a": "x",\n "b": }', 2, "JSON"),
        ('{"a": "1",\n "a": "2"}', 2, "De sleutel a staat er twee keer"),
        ("{a: x}", 1, "JSON"),
        ("a: x\n[b]: y\n", 2, "Een sleutel is een gewoon woord"),
        ("a: x\n? {b: c}\n: y\n", 2, "Een sleutel is een gewoon woord"),
        ("a: x\nb: " + "[" * 2_000 + "]" * 2_000, 2, "20 niveaus diep genest"),
        ("- " * 100_000, 1, "20 niveaus diep genest"),
        ("a: x\n? " + "? " * 100_000, 2, "Een sleutel is een gewoon woord"),
        ('{"a":' * 20_000, None, "20 niveaus diep genest"),
        ('{"a":\n' + "[" * 200 + "]" * 200 + "}", 2, "20 niveaus diep genest"),
        ("x" * 5_000_001, None, "groter dan 5 MB"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text, line, words) -> None:
    assert any(found == line and words in sentence for found, sentence in faults(text))


def test_every_fault_is_said_at_once() -> None:
    found = faults("a: x #1\nb: y\nb: z #2\n")
    assert [line for line, _ in found] == [1, 3, 3]


@pytest.mark.parametrize("text", ["", "\n", "# alleen een opmerking\n"])
def test_an_empty_file_is_an_empty_tree(text) -> None:
    assert read(text) == {}


def test_a_file_is_read_to_twenty_levels() -> None:
    assert read("a: " + "[" * 19 + "]" * 19)
    assert read('{"a":' + "[" * 19 + "]" * 19 + "}")


def test_yaml_and_json_know_the_same_lines() -> None:
    text = '{"a": "x: \\" [",\n\n "b": [\n{"c": "y"},\n"z"]\n}'
    file = textfile.read(text)
    assert file.lines == {
        (): 1,
        ("a",): 1,
        ("b",): 3,
        ("b", 0): 4,
        ("b", 0, "c"): 4,
        ("b", 1): 5,
    }
    assert textfile.read("\n" + text).tree == file.tree
    assert textfile.read("--- " + text).lines == file.lines


def test_lines_end_as_they_do_anywhere() -> None:
    assert read("a: x\r\nb: |-\r\n  y\r\n  z\r\n") == {"a": "x", "b": "y\nz"}


SCHEMA = {
    "type": "object",
    "required": ["naam", "soort"],
    "additionalProperties": False,
    "properties": {
        "naam": {"type": "string", "maxLength": 5, "minLength": 1},
        "soort": {"enum": ["een", "twee"]},
        "dag": {"type": "string", "pattern": "^[0-9]+$", "description": "cijfers, zoals 12"},
        "cel": {
            "description": "tekst of unread",
            "anyOf": [
                {"type": "string", "maxLength": 5},
                {
                    "type": "object",
                    "required": ["unread"],
                    "additionalProperties": False,
                    "properties": {"unread": {"type": "string", "minLength": 1}},
                },
            ],
        },
        "delen": {"type": "array", "maxItems": 2, "items": {"type": "string"}},
    },
}
RIGHT = "naam: x\nsoort: een\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("naam: x\n", "regel 1: De sleutel soort ontbreekt; vul die in."),
        (
            "naam: te lang\nsoort: een\n",
            "regel 1, naam: De tekst is langer dan 5 tekens; maak die korter.",
        ),
        (
            "naam: ''\nsoort: een\n",
            "regel 1, naam: Deze waarde is leeg; vul die in of laat de sleutel weg.",
        ),
        (
            "naam: x\nsoort: drie\n",
            "regel 2, soort: drie is hier geen mogelijkheid; kies uit: een, twee.",
        ),
        (RIGHT + "dag: x\n", "regel 3, dag: “x” is niet te lezen; goed is: cijfers, zoals 12."),
        (RIGHT + "dag:\n  - x\n", "regel 3, dag: Hier hoort tekst te staan."),
        (RIGHT + "delen: x\n", "regel 3, delen: Hier hoort een lijst te staan."),
        (
            RIGHT + "delen: [x, y, z]\n",
            "regel 3, delen: Hier staan meer dan 2 onderdelen; deel het bestand op.",
        ),
        (
            RIGHT + "erbij: x\n",
            "regel 1: De sleutel erbij kennen wij hier niet; bekend zijn: naam, soort, dag, cel, "
            "delen.",
        ),
        (
            RIGHT + "cel: te lang\n",
            "regel 3, cel: De tekst is langer dan 5 tekens; maak die korter.",
        ),
        (
            RIGHT + "cel: {unread: ''}\n",
            "regel 3, cel: Deze waarde is leeg; vul die in of laat de sleutel weg.",
        ),
        (
            RIGHT + "cel: {anders: x}\n",
            "regel 3, cel: De sleutel unread ontbreekt; vul die in.",
        ),
        (RIGHT + "cel: [x]\n", "regel 3, cel: Dit is niet te lezen; goed is: tekst of unread."),
        ("- naam: x\n", "regel 1: Hier horen sleutels met waarden te staan."),
    ],
)
def test_a_fault_against_the_schema_is_a_dutch_sentence_with_its_place(text, said) -> None:
    found = [str(fault) for fault in textfile.check(textfile.read(text), SCHEMA)]
    assert said in found


def test_faults_against_the_schema_come_in_the_order_of_the_file() -> None:
    text = "soort: drie\nnaam: te lang\ndag: x\n"
    found = textfile.check(textfile.read(text), SCHEMA)
    assert [fault.line for fault in found] == [1, 2, 3]


@pytest.mark.parametrize("bare", ["64.376", "1", "-0", "1e999", "9" * 5_000, "true", "NaN"])
def test_a_bare_value_in_json_is_refused_with_its_place(bare) -> None:
    file = textfile.read(f'{{"naam": "x",\n "soort": {bare},\n "cel": {bare}}}')
    shown = bare if len(bare) < 60 else "9" * 57 + "…"
    right = f"{shown} staat hier zonder aanhalingstekens; zet het tussen aanhalingstekens, zoals "
    assert [str(fault) for fault in textfile.check(file, SCHEMA)] == [
        f'regel 2, soort: {right}"{shown}".',
        f'regel 3, cel: {right}"{shown}".',
    ]


def test_null_in_json_is_no_text() -> None:
    file = textfile.read('{"naam": null, "soort": "een", "delen": ["x", null, "y"]}')
    said = "Hier staat null; laat de sleutel weg, of zet tekst tussen aanhalingstekens."
    assert [str(fault) for fault in textfile.check(file, SCHEMA)] == [
        "regel 1, delen: Hier staan meer dan 2 onderdelen; deel het bestand op.",
        f"regel 1, delen[1]: {said}",
        f"regel 1, naam: {said}",
    ]


def test_text_that_is_a_choice_is_written_as_text() -> None:
    class Kind(enum.StrEnum):
        ONE = "een"

    assert textfile.write_yaml({"a": Kind.ONE}) == "a: een\n"
    assert textfile.write_json({"a": Kind.ONE}) == '{\n  "a": "een"\n}\n'


def allowed_text() -> st.SearchStrategy[str]:
    """Any text that a file may hold: no control characters, no halves of a pair."""
    return st.text(
        st.one_of(
            st.characters(blacklist_categories=("Cc", "Cs")),
            st.sampled_from("\n\t #:-'\"|>&*!%@`{}[],?\u2028\u2029\ufeff\u00a0😀"),
        )
    )


TREES = st.dictionaries(
    st.sampled_from(["a", "b", "penvoerder", "title"]),
    st.one_of(allowed_text(), st.lists(st.dictionaries(st.just("x"), allowed_text(), min_size=1))),
    min_size=1,
)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TREES)
def test_what_is_written_is_read_back(tree) -> None:
    wanted = {key: value for key, value in tree.items() if value != []} or {"a": "x"}
    assert read(textfile.write_yaml(wanted)) == wanted
    assert read(textfile.write_json(wanted)) == wanted


@settings(max_examples=200, deadline=None)
@given(allowed_text())
def test_what_is_written_is_written_the_same_again(text) -> None:
    once = textfile.write_yaml({"a": text})
    assert textfile.write_yaml(read(once)) == once


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60))
def test_any_text_at_all_is_read_or_refused_in_dutch(text) -> None:
    with contextlib.suppress(textfile.FileFaults):
        textfile.check(textfile.read(text), SCHEMA)


def test_canonical_json_is_sorted() -> None:
    text = textfile.write_json({"b": "2", "a": "é"})
    assert list(json.loads(text)) == ["a", "b"]
    assert text == '{\n  "a": "é",\n  "b": "2"\n}\n'


def test_the_schemas_know_a_key_as_the_models_do() -> None:
    for name in ("planbestand", "fondsenbestand"):
        path = Path(settings_of_django.BASE_DIR) / "docs" / f"{name}.schema.json"
        schema = json.loads(path.read_text(encoding="utf-8"))
        assert schema["$defs"]["slug"]["pattern"] == SLUG
