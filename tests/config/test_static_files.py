"""Files of the screen: named after their content, and then kept for ever by a browser."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client, override_settings
from django.urls import reverse

from tests.reports.reading import parse

pytestmark = pytest.mark.django_db


INSTALLATION = {
    "DEBUG": False,
    "WHITENOISE_AUTOREFRESH": False,
    "WHITENOISE_USE_FINDERS": False,
    "STORAGES": settings.STORAGES
    | {"staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}},
}
# What the pages of the process do not use takes most of the time.
OTHERS = ["admin*", "import_export*", "django_htmx*", "account*"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Our files as an installation has them: collected, hashed and compressed."""
    folder = tmp_path_factory.mktemp("static")
    call_command("make_fonts", stdout=io.StringIO())
    with override_settings(STATIC_ROOT=folder, **INSTALLATION):
        call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=OTHERS)
    return folder


@pytest.fixture
def collected(folder: Path) -> Iterator[Client]:
    """A browser in front of that installation."""
    with override_settings(STATIC_ROOT=folder, **INSTALLATION):
        yield Client()


def test_files_of_a_page_are_hashed_cached_and_compressed(collected: Client) -> None:
    page = parse(collected.get(reverse("account_login")).content)
    addresses = page.xpath("//link/@href | //script/@src")
    assert len(addresses) > 5
    for address in addresses:
        assert re.fullmatch(r"/static/[\w./-]+\.[0-9a-f]{12}\.(css|js|svg)", address)
        response = collected.get(address, headers={"accept-encoding": "br"})
        body = b"".join(response.streaming_content)
        assert response.status_code == 200, address
        assert response["Cache-Control"] == "max-age=315360000, public, immutable"
        if len(body) > 500:
            assert response["Content-Encoding"] == "br", address
        inside = collected.get(address)
        text = b"".join(inside.streaming_content).decode()
        for named in re.findall(r'url\("?([^")]+)"?\)', text):
            assert named.startswith("data:") or re.search(r"\.[0-9a-f]{12}\.", named), named


def test_file_that_does_not_exist_is_not_found(collected: Client, pieter: Any) -> None:
    collected.force_login(pieter)
    assert collected.get("/static/weg.css").status_code == 404
    assert collected.get("/static/../config/settings.py").status_code == 404
