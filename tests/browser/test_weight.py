"""What a page weighs, in bytes as they go over the line. Times are not measured here."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import reverse

from tests.browser.conftest import Site

KB = 1000
MOST_CSS = 60 * KB
MOST_CSS_PACKED = 15 * KB
MOST_SCRIPT_PACKED = 15 * KB
MOST_IN_ALL = 100 * KB
PLAN = reverse("reports:workplan_detail", args=["duin-en-bollenstreek-2020"])
FUND = reverse("reports:fund_detail", args=["investeringsfonds-mz-holland-rijnland"])
PAGES = ("/", reverse("reports:workplan_list"), PLAN, reverse("reports:fund_list"), FUND)


def cold_visit(running_site: Site, name: str, url: str) -> list[dict[str, Any]]:
    """Every answer to a first visit: its url, kind and headers, and how many bytes it is
    as `sent` with its headers, as a `body` that is compressed, and `raw`, unpacked."""
    context = running_site.new_window(name)
    page = context.new_page()
    client = context.new_cdp_session(page)
    client.send("Network.enable")
    answers: dict[str, dict[str, Any]] = {}
    client.on("Network.responseReceived", lambda event: answers.update({event["requestId"]: event}))
    client.on("Network.dataReceived", lambda event: _add(answers, event, raw="dataLength"))
    client.on("Network.dataReceived", lambda event: _add(answers, event, body="encodedDataLength"))
    client.on("Network.loadingFinished", lambda e: _add(answers, e, sent="encodedDataLength"))
    page.goto(url, wait_until="networkidle")
    page.evaluate("document.fonts.ready.then(() => true)")
    context.close()
    return [
        {
            "url": answer["response"]["url"],
            "kind": answer["type"],
            "headers": {k.lower(): v for k, v in answer["response"]["headers"].items()},
            **{what: answer.get(what, 0) for what in ("sent", "body", "raw")},
        }
        for answer in answers.values()
        if not answer["response"]["url"].startswith("data:")
    ]


def _add(answers: dict[str, dict[str, Any]], event: dict[str, Any], **fields: str) -> None:
    answer = answers.get(event["requestId"], {})
    for what, field in fields.items():
        answer[what] = answer.get(what, 0) + event[field]


def weight(answers: list[dict[str, Any]], kind: str, what: str) -> int:
    return sum(answer[what] for answer in answers if answer["kind"] == kind)


@pytest.mark.parametrize("url", PAGES)
def test_a_page_is_light(running_site: Site, url: str) -> None:
    answers = cold_visit(running_site, "pieter", url)
    assert weight(answers, "Stylesheet", "raw") < MOST_CSS
    assert 0 < weight(answers, "Stylesheet", "body") < MOST_CSS_PACKED
    own = [answer for answer in answers if "htmx" not in answer["url"]]
    assert weight(own, "Script", "body") < MOST_SCRIPT_PACKED
    assert sum(answer["sent"] for answer in answers) < MOST_IN_ALL


def test_the_first_page_is_light(running_site: Site) -> None:
    answers = cold_visit(running_site, "nobody", reverse("account_login"))
    assert len(answers) > 8
    assert sum(answer["sent"] for answer in answers) < MOST_IN_ALL


def test_static_files_are_hashed_compressed_and_kept_for_ever(running_site: Site) -> None:
    files = [a for a in cold_visit(running_site, "pieter", PLAN) if "/static/" in a["url"]]
    assert len(files) > 8
    for file in files:
        assert re.search(r"\.[0-9a-f]{12}\.\w+$", file["url"]), file["url"]
        assert "immutable" in file["headers"]["cache-control"], file["url"]
        assert "max-age=315360000" in file["headers"]["cache-control"], file["url"]
        # A font is compressed inside.
        if file["kind"] != "Font":
            assert file["headers"]["content-encoding"] in ("br", "gzip"), file["url"]


def test_no_font_holds_up_the_text(running_site: Site) -> None:
    context, _ = running_site.window("pieter")
    page = context.new_page()
    page.goto("/")
    shown = page.evaluate("[...document.fonts].map(font => font.display)")
    page.close()
    assert shown
    assert set(shown) <= {"swap", "fallback", "optional"}
