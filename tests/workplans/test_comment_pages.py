"""The pages on which people talk: what is typed is never lost, each refusal a sentence."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from municipalities.models import User
from tests.factories import ActionFactory, CommentFactory, RoleAssignmentFactory, WorkPlanFactory
from workplans.models import Comment, Notice
from workplans.services import answer_comment, resolve_comment, withdraw_comment

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(bollenstreek, fund):
    return WorkPlanFactory(region=bollenstreek, draft=True, fund=fund)


@pytest.fixture
def action(plan):
    return ActionFactory(line__plan=plan, line__code="A", code="3", title="Opvang")


@pytest.fixture
def desk(client, anna):
    client.force_login(anna)
    return client


def url(plan, rest: str = "") -> str:
    return f"/werkplannen/{plan.slug}/opmerkingen/{rest}"


def said(response: Any) -> str:
    """The page as a person reads it, on one line."""
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(text.split())


# ---- placing


def test_comment_goes_to_the_place_of_the_address_and_back(desk, plan, action) -> None:
    page = desk.get(url(plan, "nieuw/?actie=A3&cel=planning"))
    assert page.context["form"].initial == {"spot": f"actie-{action.pk}", "cell": "planning"}
    answer = desk.post(
        url(plan, "nieuw/?actie=A3&cel=planning"),
        {"spot": f"actie-{action.pk}", "cell": "planning", "text": "Klopt\r\ndit?"},
    )
    assert (answer.status_code, answer.url) == (302, f"{plan.get_absolute_url()}#actie-A3")
    comment = Comment.objects.get()
    assert (comment.action, comment.cell, comment.text) == (action, "planning", "Klopt\ndit?")


def test_comment_on_the_whole_plan_leads_to_the_list(desk, plan) -> None:
    answer = desk.post(url(plan, "nieuw/"), {"text": "Mooi plan"}, follow=True)
    assert answer.redirect_chain == [(url(plan), 302)]
    assert "Uw opmerking staat bij het hele plan." in said(answer)


def test_place_that_is_not_in_the_plan_is_said_and_another_can_be_chosen(desk, plan) -> None:
    page = desk.get(url(plan, "nieuw/?actie=Z9"))
    assert page.status_code == 422
    assert "Actie Z9 staat niet (meer) in dit plan." in said(page)


def test_place_that_went_or_is_of_others_keeps_what_was_typed(desk, plan) -> None:
    other = ActionFactory()
    for key in (f"actie-{other.pk}", "actie-999999", "iets"):
        page = desk.post(url(plan, "nieuw/"), {"spot": key, "text": "Lang verhaal over opvang"})
        assert page.status_code == 422
        assert "Deze plaats staat niet meer in het plan" in said(page)
        assert "Lang verhaal over opvang" in page.content.decode()
    assert not Comment.objects.exists()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"text": ""}, "Schrijf eerst wat u wilt zeggen."),
        ({"text": "x" * 100_000}, "hoogstens 5.000 tekens en deze heeft er 100.000"),
        ({"text": "een\x07bel"}, "onzichtbaar stuurteken"),
        ({"text": "Klopt dit?", "cell": "planning"}, "Alleen een actie heeft cellen"),
        ({"text": "Klopt dit?", "cell": "niets"}, "Deze cel kennen wij niet"),
        ({"text": "Klopt dit?", "told": ["999999"]}, "leest dit plan niet meer"),
    ],
)
def test_wrong_input_is_a_sentence_and_nothing_is_lost(desk, plan, typed, sentence) -> None:
    page = desk.post(url(plan, "nieuw/"), typed)
    assert page.status_code == 422
    assert sentence in said(page)
    assert typed["text"] in page.content.decode()
    assert not Comment.objects.exists()


def test_html_is_shown_as_it_was_typed(desk, plan) -> None:
    desk.post(url(plan, "nieuw/"), {"text": "<script>alert(1)</script> & <b>vet</b>"})
    page = desk.get(url(plan)).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;vet&lt;/b&gt;" in page
    assert "<script>alert" not in page


def test_people_to_tell_are_the_other_readers(desk, plan, cast) -> None:
    form = desk.get(url(plan, "nieuw/")).context["form"]
    assert {name for _, name in form.fields["told"].choices} == {
        str(cast["pieter"]),
        str(cast["bram"]),
    }


# ---- a conversation


def test_answer_stands_below_and_leads_back(desk, plan, pieter) -> None:
    comment = CommentFactory(plan=plan, author=pieter)
    answer = desk.post(url(plan, f"{comment.pk}/"), {"text": "Ja."}, follow=True)
    stored = comment.answers.get()
    assert answer.redirect_chain[0][0] == stored.get_absolute_url()
    assert "Ja." in said(answer)


def test_answer_to_what_was_settled_meanwhile_keeps_the_text(desk, plan, pieter) -> None:
    comment = CommentFactory(plan=plan, author=pieter)
    resolve_comment(comment, by=pieter, at=now())
    page = desk.post(url(plan, f"{comment.pk}/"), {"text": "Een goed antwoord"})
    assert page.status_code == 422
    assert "al afgehandeld door Projectleider Duin- en Bollenstreek" in said(page)
    assert "Een goed antwoord" in page.content.decode()
    assert not comment.answers.exists()


def test_resolving_twice_says_who_was_first(desk, plan, pieter) -> None:
    comment = CommentFactory(plan=plan, author=pieter)
    resolve_comment(comment, by=pieter, at=now())
    page = desk.post(url(plan, f"{comment.pk}/afhandelen/"))
    assert page.status_code == 422
    assert "al afgehandeld door Projectleider Duin- en Bollenstreek" in said(page)


def test_step_leads_back_to_the_list_it_was_taken_in(desk, plan) -> None:
    comment = CommentFactory(plan=plan)
    here = url(plan, "?wie=mij")
    for back, expected in ((here, here), ("https://elders.nl/", comment.get_absolute_url())):
        Comment.objects.filter(pk=comment.pk).update(resolved_at=None, resolved_by=None)
        answer = desk.post(url(plan, f"{comment.pk}/afhandelen/"), {"terug": back})
        assert answer.url == expected


def test_withdrawn_text_is_nowhere(desk, plan, anna, pieter) -> None:
    comment = CommentFactory(plan=plan, author=anna, text="Geheim verhaal", told=[pieter])
    answer_comment(comment, by=pieter, text="Hoezo?")
    desk.post(url(plan, f"{comment.pk}/intrekken/"))
    desk.force_login(pieter)
    for path in (url(plan, "?stand=alle"), url(plan, f"{comment.pk}/"), "/meldingen/", "/"):
        page = desk.get(path)
        assert page.status_code == 200
        assert "Geheim verhaal" not in page.content.decode()
    assert "Ingetrokken op" in said(desk.get(url(plan, f"{comment.pk}/")))


def test_comment_of_another_plan_is_not_found_here(desk, plan) -> None:
    elsewhere = CommentFactory(plan=WorkPlanFactory(region=plan.region))
    assert desk.get(url(plan, f"{elsewhere.pk}/")).status_code == 404
    assert desk.post(url(plan, f"{elsewhere.pk}/afhandelen/")).status_code == 404


# ---- the list


def listed(desk, plan, query: str = "") -> set[int]:
    page = desk.get(url(plan, query))
    assert page.status_code == 200
    return {comment.pk for comment, _ in page.context["conversations"]}


def test_list_by_state_place_and_person(desk, plan, action, anna, pieter) -> None:
    mine = CommentFactory(plan=plan, author=anna, spot=action)
    to_me = CommentFactory(plan=plan, author=pieter, spot=action.line, told=[anna])
    other = CommentFactory(plan=plan, author=pieter)
    answered = CommentFactory(plan=plan, author=pieter)
    answer_comment(answered, by=anna, text="Ja.")
    done = CommentFactory(plan=plan, author=pieter)
    resolve_comment(done, by=anna, at=now())
    gone = CommentFactory(plan=plan, author=pieter)
    withdraw_comment(gone, at=now())
    opened = {mine.pk, to_me.pk, other.pk, answered.pk}
    assert listed(desk, plan) == opened
    assert listed(desk, plan, "?stand=afgehandeld") == {done.pk, gone.pk}
    assert listed(desk, plan, "?stand=alle") == opened | {done.pk, gone.pk}
    assert listed(desk, plan, f"?plaats=actie-{action.pk}") == {mine.pk}
    assert listed(desk, plan, f"?plaats=lijn-{action.line_id}") == {to_me.pk}
    assert listed(desk, plan, "?plaats=plan") == {other.pk, answered.pk}
    assert listed(desk, plan, "?wie=mij") == {mine.pk, answered.pk}
    assert listed(desk, plan, "?wie=aan-mij") == {to_me.pk}
    assert listed(desk, plan, f"?wie={pieter.pk}") == {to_me.pk, other.pk, answered.pk}


def test_filter_that_nobody_can_read_is_refused_with_a_sentence(desk, plan) -> None:
    CommentFactory(plan=plan)
    page = desk.get(url(plan, "?plaats=actie-99&wie=x"))
    assert page.status_code == 422


def test_list_costs_the_same_with_one_and_with_twenty_comments(desk, plan, action, pieter) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            desk.get(url(plan))
        return len(captured)

    CommentFactory(plan=plan, author=pieter, spot=action)
    queries()
    few = queries()
    for _ in range(19):
        comment = CommentFactory(plan=plan, spot=ActionFactory(line=action.line))
        answer_comment(comment, by=pieter, text="Ja.")
    assert queries() == few


# ---- notices


def test_header_counts_and_opening_reads(desk, plan, anna, pieter) -> None:
    comment = CommentFactory(plan=plan, author=pieter, told=[anna])
    assert "Meldingen: 1 nieuw" in said(desk.get("/fondsen/"))
    assert "u wordt genoemd" in said(desk.get("/"))
    desk.head(url(plan, f"{comment.pk}/"))
    assert Notice.objects.of(anna).unread().exists()
    desk.get(url(plan, f"{comment.pk}/"))
    assert "Meldingen: 1 nieuw" not in said(desk.get("/fondsen/"))
    assert "u wordt genoemd" not in said(desk.get("/"))


def test_all_is_read_at_once(desk, plan, anna, pieter) -> None:
    CommentFactory(plan=plan, author=pieter, told=[anna])
    CommentFactory(plan=plan, author=pieter, told=[anna])
    answer = desk.post("/meldingen/", follow=True)
    assert "2 meldingen staan nu als gelezen." in said(answer)
    assert "U heeft alles gelezen." in said(answer)


def test_choice_of_mail_is_kept_and_a_wrong_one_refused(desk, anna) -> None:
    page = desk.post("/meldingen/instellingen/", {"mailing": "nooit"})
    assert page.status_code == 422
    desk.post("/meldingen/instellingen/", {"mailing": "geen"})
    assert User.objects.get(pk=anna.pk).mailing == User.Mailing.NONE


def test_reader_reads_and_gets_no_button(client, plan, bram) -> None:
    comment = CommentFactory(plan=plan)
    client.force_login(bram)
    for path in (url(plan), url(plan, f"{comment.pk}/")):
        page = said(client.get(path))
        assert "Klopt dit?" in page
        assert "Handel af" not in page
        assert "Plaats" not in page.replace("Plaats Alle plaatsen", "").replace("Plaatsen", "")


def test_rights_that_are_taken_away_in_between(desk, plan, anna) -> None:
    anna.role_assignments.all().delete()
    assert desk.post(url(plan, "nieuw/"), {"text": "Nog iets"}).status_code == 404
    RoleAssignmentFactory(user=anna, reader_of_region=True, region=plan.region)
    page = desk.post(url(plan, "nieuw/"), {"text": "Nog iets"})
    assert page.status_code == 403
    assert "Alleen beleidsmedewerkers en de projectleider" in said(page)
