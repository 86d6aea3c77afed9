"""The page of patterns is whole: no component without a sample and a word on its use."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from config.patterns import FOLDER, components
from config.samples import patterns
from municipalities.models import User


def test_every_component_has_its_pattern() -> None:
    assert [pattern.name for pattern in patterns(csrf_token="")] == components()


@pytest.mark.parametrize("pattern", patterns(csrf_token=""), ids=lambda pattern: pattern.name)
def test_a_component_declares_its_inputs_and_its_keys(pattern) -> None:
    first = (FOLDER / f"{pattern.name}.html").read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("{# Inputs: ")
    assert pattern.inputs
    assert pattern.keyboard
    assert pattern.samples


def test_a_component_knows_no_app_and_asks_no_permission() -> None:
    for name in components():
        text = (FOLDER / f"{name}.html").read_text(encoding="utf-8")
        included = re.findall(r'{% include "([^"]+)"', text)
        assert all(path.startswith("components/") for path in included), name
        assert all(" only %}" in tag for tag in re.findall(r"{% include .*?%}", text)), name
        assert "perms." not in text, name


def test_the_page_shows_every_pattern_without_a_query_of_its_own(
    client: Client, technician: User, django_assert_num_queries
) -> None:
    client.force_login(technician)
    client.get("/patronen/")
    with django_assert_num_queries(3):  # session, user, new notices
        page = client.get("/patronen/").content.decode()
    assert re.findall(r'data-component="(\w+)"', page) == components()


def test_no_id_stands_twice_on_the_page(client: Client, technician: User) -> None:
    client.force_login(technician)
    page = client.get("/patronen/").content.decode()
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert sorted(set(ids)) == sorted(ids)


def test_nobody_else_knows_of_it_but_who_writes_the_program(
    client: Client, anna: User, settings
) -> None:
    client.force_login(anna)
    assert client.get("/patronen/").status_code == 404
    assert "/patronen/" not in client.get("/").content.decode()
    settings.DEBUG = True
    assert client.get("/patronen/").status_code == 200
    assert 'href="/patronen/"' in client.get("/").content.decode()
