"""Running text at the form of a part and on its way from a clipboard."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import reverse

from tests.browser_form import filled_in
from tests.factories import BlockFactory, WorkPlanFactory
from tests.reports.reading import parse
from workplans.models import Block

pytestmark = pytest.mark.django_db

TEXT = "Een *alinea*.\n- punt"


@pytest.fixture
def block(bollenstreek: Any) -> Block:
    plan = WorkPlanFactory(region=bollenstreek, slug="plan")
    return BlockFactory(plan=plan, kind="tekst", title="Inleiding", text=TEXT)


@pytest.fixture
def url(block: Block) -> str:
    return reverse("workplans:part_edit", args=[block.plan.slug, f"block:{block.pk}"])


@pytest.fixture
def read(page: Any, block: Block) -> Any:
    address = reverse("workplans:text_read", args=[block.plan.slug])

    def inner(sent: Any) -> HttpResponse:
        return page.post(address, json.dumps(sent), content_type="application/json")

    return inner


class TestForm:
    def test_the_field_has_the_text_and_its_html_for_the_editor(self, page, url) -> None:
        (area,) = parse(page.get(url).content).xpath('//textarea[@name="text"]')
        assert area.text.strip() == TEXT
        assert area.get("data-prose") == (
            "<p>Een <em>alinea</em>.</p><ul><li><p>punt</p></li></ul>"
        )

    def test_the_html_of_the_editor_is_stored_as_text(self, page, block, url) -> None:
        made = "<h3>Kop</h3><p onclick='x()'>Nu <strong>vet</strong><script>alert(1)</script></p>"
        page.post(url, filled_in(page.get(url), text_opgemaakt=made))
        block.refresh_from_db()
        assert block.text == "### Kop\n\nNu **vet**"

    def test_an_editor_that_was_emptied_empties_the_text(self, page, block, url) -> None:
        page.post(url, filled_in(page.get(url), text_opgemaakt="<p></p>"))
        block.refresh_from_db()
        assert block.text == ""

    def test_without_the_editor_the_plain_field_counts(self, page, block, url) -> None:
        page.post(url, filled_in(page.get(url), text="Nu *anders*."))
        block.refresh_from_db()
        assert block.text == "Nu *anders*."

    def test_what_was_made_up_comes_back_when_the_form_is_refused(self, page, block, url) -> None:
        sent = filled_in(page.get(url), text_opgemaakt="<p>Mijn <em>tekst</em></p>")
        Block.objects.filter(pk=block.pk).update(text="Van een ander")
        response = page.post(url, sent)
        assert response.status_code == 422
        (area,) = parse(response.content).xpath('//textarea[@name="text"]')
        assert area.text.strip() == "Mijn *tekst*"
        assert area.get("data-prose") == "<p>Mijn <em>tekst</em></p>"


class TestPasting:
    def test_html_becomes_what_the_plan_can_say(self, read) -> None:
        assert read({"html": "<h1>Kop</h1><table><tr><td>a<td>b<tr><td>c<td>d</table>"}).json() == {
            "text": "### Kop\n\n| a | b |\n| c | d |",
            "html": '<h3>Kop</h3><table><thead><tr><th scope="col"><p>a</p></th><th scope="col">'
            "<p>b</p></th></tr></thead><tbody><tr><td><p>c</p></td><td><p>d</p></td></tr></tbody>"
            "</table>",
        }

    def test_text_is_laid_out_as_it_reads(self, read) -> None:
        assert read({"text": "- een\n- twee"}).json()["html"] == (
            "<ul><li><p>een</p></li><li><p>twee</p></li></ul>"
        )

    @pytest.mark.parametrize(
        "sent", [[], {}, {"html": 3}, {"text": None}, {"html": "x" * 2_000_001}]
    )
    def test_what_is_no_text_is_refused_with_a_sentence(self, read, sent) -> None:
        response = read(sent)
        assert response.status_code == 400
        assert response.json()["sentence"].endswith(".")
