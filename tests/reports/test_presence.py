"""Who went away while a PDF was asked for: nothing is made for them."""

from __future__ import annotations

import socket
from typing import Any

import pytest
from django.urls import reverse

from reports.pdf import pdf_place
from reports.pdf_job import PdfAbandonedError, PdfJob
from reports.presence import presence
from reports.rendering import render as render_plan
from tests.reports.test_pdf_engine import ASSETS, ENDLESS, page, render


def test_hanging_up_is_noticed() -> None:
    ours, theirs = socket.socketpair()
    with ours:
        is_there = presence(ours)
        assert is_there()
        theirs.send(b"GET / HTTP/1.1\r\n")
        assert is_there()
        theirs.close()
        assert not is_there()


def test_without_a_connection_to_look_at_somebody_is_there() -> None:
    assert presence(None)()


def test_who_hung_up_while_waiting_gets_no_place() -> None:
    with pytest.raises(PdfAbandonedError), pdf_place(lambda: False):
        pass
    assert render("<p>Tekst</p>").startswith(b"%PDF-1.7")


def test_making_ends_when_nobody_waits_for_it() -> None:
    answers = iter([True, True, False])
    with pytest.raises(PdfAbandonedError), pdf_place(lambda: next(answers)) as make:
        make(PdfJob(page(ENDLESS), ASSETS), 60)
    assert render("<p>Tekst</p>").startswith(b"%PDF-1.7")


def test_who_has_a_place_keeps_it() -> None:
    with pdf_place():
        assert render("<p>Tekst</p>").startswith(b"%PDF-1.7")


@pytest.mark.django_db
class TestPlan:
    def test_nothing_is_computed_for_who_is_gone(self, loaded, django_assert_num_queries) -> None:
        with django_assert_num_queries(0), pytest.raises(PdfAbandonedError):
            render_plan(loaded, "pdf", is_wanted=lambda: False)

    def test_page_looks_at_the_connection(self, client: Any, loaded, bram) -> None:
        ours, theirs = socket.socketpair()
        theirs.close()
        client.force_login(bram)
        address = reverse("reports:workplan_download", args=[loaded.slug, "pdf"])
        with ours:
            response = client.get(address, **{"gunicorn.socket": ours})
        assert response.status_code == 409
        assert "omdat de vrager de verbinding verbrak" in response.content.decode()
