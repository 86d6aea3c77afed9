"""The shape of the house: imports, migrations, names, settings, and what is tracked."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db.models import Field, Model

from tests.docs import tables

ROOT = Path(settings.BASE_DIR)
APPS = ("config", "reports", "workplans", "funds", "municipalities")
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
FROM_DJANGO = {"password", "last_login", "is_superuser"}


def tracked_files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def modules(app: str) -> list[Path]:
    return sorted((ROOT / app).rglob("*.py"))


def own_models() -> list[type[Model]]:
    """The models that we wrote, without the event models of the history."""
    return [
        model
        for app in APPS
        for model in apps.get_app_config(app).get_models()
        if not hasattr(model, "pgh_tracked_model")
    ]


def own_fields(model: type[Model]) -> list[Field]:
    """The fields that a person can meet: not the key, nor what nobody reads or types."""
    return [
        field
        for field in model._meta.local_fields
        if not field.primary_key
        and not field.name.endswith("_currency")
        and field.name not in FROM_DJANGO
        and (field.editable or field._verbose_name is not None)
    ]


# ---- imports


def test_the_import_contracts_hold() -> None:
    linted = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from importlinter.cli import lint_imports_command; "
            "sys.exit(lint_imports_command())",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert linted.returncode == 0, linted.stdout


def test_no_contract_has_an_exception() -> None:
    for contract in PYPROJECT["tool"]["importlinter"]["contracts"]:
        assert "ignore_imports" not in contract, contract["name"]
        assert set(contract.get("exhaustive_ignores", [])) <= {"apps", "migrations"}


@pytest.mark.parametrize("app", [app for app in APPS if app != "config"])
def test_every_module_of_an_app_has_its_place_in_the_contract(app: str) -> None:
    (contract,) = [
        contract
        for contract in PYPROJECT["tool"]["importlinter"]["contracts"]
        if contract.get("containers") == [app]
    ]
    placed = {
        part.strip(" ()") for layer in contract["layers"] for part in re.split(r"[|:]", layer)
    }
    found = {path.relative_to(ROOT / app).parts[0].removesuffix(".py") for path in modules(app)}
    assert found - {"__init__", "apps", "migrations"} <= placed


def test_foreign_keys_name_the_class() -> None:
    """A string passes the import linter, a class upwards cannot."""
    named = []
    for app in APPS:
        for path in modules(app):
            if "migrations" in path.parts:
                continue
            for call in calls(path):
                name = getattr(call.func, "attr", "")
                target = call.args[0] if call.args else None
                if name in ("ForeignKey", "OneToOneField", "ManyToManyField") and isinstance(
                    target, ast.Constant
                ):
                    named.append(f"{path.relative_to(ROOT)}: {target.value}")
    assert [name for name in named if not name.endswith(": self")] == []


def calls(path: Path) -> Iterator[ast.Call]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def test_every_file_with_strict_types_is_tracked() -> None:
    tracked = {path.relative_to(ROOT) for path in tracked_files()}
    listed = [Path(name) for name in PYPROJECT["tool"]["mypy"]["files"]]
    lost = [name for name in listed if not any(path.is_relative_to(name) for path in tracked)]
    assert lost == []


# ---- models


def test_no_migration_is_missing(db: None) -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize("model", own_models(), ids=lambda model: model.__name__)
def test_a_model_and_its_fields_have_dutch_names(model: type[Model]) -> None:
    assert {"verbose_name", "verbose_name_plural"} <= set(model._meta.original_attrs)
    nameless = [field.name for field in own_fields(model) if field._verbose_name is None]
    assert nameless == []


# ---- glossary


def glossary_rows() -> list[list[str]]:
    return [row for table in tables(GLOSSARY) for row in table[2:]]


def identifiers(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def test_every_model_stands_in_the_glossary_under_its_dutch_name() -> None:
    pairs = {(row[0], name) for row in glossary_rows() for name in identifiers(row[1])}
    missing = [
        model.__name__
        for model in own_models()
        if (str(model._meta.verbose_name), model.__name__) not in pairs
    ]
    assert missing == []


def test_every_field_stands_in_the_glossary_under_its_dutch_name() -> None:
    pairs = {(row[0], name) for row in glossary_rows() for name in identifiers(row[1])}
    missing = [
        f"{model.__name__}.{field.name}: {field.verbose_name}"
        for model in own_models()
        for field in own_fields(model)
        if (str(field.verbose_name), field.name) not in pairs
    ]
    assert missing == []


def test_every_identifier_of_the_glossary_exists_in_the_code() -> None:
    known = {name for app in APPS for path in modules(app) for name in defined(path)}
    named = {name for row in glossary_rows() for cell in row[1:] for name in identifiers(cell)}
    assert {part for name in named for part in name.split(".")} - known == set()


def defined(path: Path) -> Iterator[str]:
    """What a module defines: classes, functions, names, and the words of its constants."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            yield node.name
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            for part in ast.walk(node.value):
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    yield part.value


# ---- settings


VARIABLE = re.compile(r"\b(PENVOERDER_[A-Z_]*[A-Z]|DATABASE_URL|PORT)\b")


def test_every_variable_that_is_read_stands_in_the_example() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    explained = set(re.findall(r"^# ([A-Z_]+)=", example, re.M))
    read = {name for path in modules("config") for name in variables_of(path)}
    scripts = [path for path in (ROOT / "script").rglob("*") if path.is_file()]
    used = read | {
        name
        for path in scripts
        if path.suffix in ("", ".sh")
        for name in VARIABLE.findall(path.read_text(encoding="utf-8"))
    }
    assert {"DATABASE_URL", "PENVOERDER_SECRET_KEY"} <= read
    assert used == explained


def variables_of(path: Path) -> Iterator[str]:
    """The names that a module asks `config.env` for."""
    for call in calls(path):
        if isinstance(call.func, ast.Attribute) and getattr(call.func.value, "id", "") == "env":
            for part in call.args:
                if isinstance(part, ast.Constant) and VARIABLE.fullmatch(str(part.value)):
                    yield str(part.value)


# ---- what is tracked


# In parts, so that this file does not find itself.
ADDRESSES = ("pypi" + ".org", "python" + "hosted.org", "--index" + "-url", "registry." + "npmjs")
MACHINE = re.compile(r"(?<![\w.}/*-])/(?:wo" + r"rk|ro" + r"ot|ho" + r"me/\w+)/\w")


def test_no_tracked_file_names_a_registry_or_a_path_of_a_machine() -> None:
    found = []
    for path in tracked_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{path.relative_to(ROOT)}: {part}" for part in ADDRESSES if part in text]
        found += [f"{path.relative_to(ROOT)}: {hit[0]}" for hit in MACHINE.finditer(text)]
    assert found == []


def test_no_tracked_file_is_a_font() -> None:
    fonts = {".otf", ".ttf", ".woff", ".woff2"}
    assert [path.name for path in tracked_files() if path.suffix in fonts] == []


def test_no_code_leaves_work_for_afterwards() -> None:
    mark = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b")
    suffixes = {".py", ".sh", ".html", ".css", ".js", ""}
    found = [
        str(path.relative_to(ROOT))
        for path in tracked_files()
        if path.suffix in suffixes and mark.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []
