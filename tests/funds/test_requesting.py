"""What a recipient says of a grant: what was spent, and which amount it should become."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from funds.balance import standings
from funds.ledger import change_grant, decide, settle
from funds.models import Accountability, ChangeRequest, Grant
from funds.requesting import (
    account,
    last_accounts,
    open_requests,
    refuse_request,
    request_changes,
    waiting_requests,
)
from tests.factories import AccountabilityFactory, ApplicationFactory, ChangeRequestFactory, asked

pytestmark = pytest.mark.django_db

DAY = datetime.date(2020, 4, 1)
LATER = datetime.date(2020, 6, 1)


@pytest.fixture
def application(fund, bollenstreek):
    envelope = fund.envelopes.get(region=bollenstreek)
    return ApplicationFactory(envelope=envelope, lines=[asked(600, code="A1"), asked(400)])


@pytest.fixture
def grant(application, fenna) -> Grant:
    """500 of 600 on the first line."""
    return decide(application.lines.first(), Decimal(500), on=DAY, by=fenna)


@pytest.fixture
def wish(application, grant, pieter) -> ChangeRequest:
    """400 instead, asked by pieter."""
    first = standings(application.lines.order_by("position"), DAY)[0]
    (made,) = request_changes({first: Decimal(400)}, reason="Minder uren", on=DAY, by=pieter)
    return made


def code(refusal) -> str:
    return refusal.value.error_list[0].code


def test_the_last_accountability_stands(application, grant, pieter) -> None:
    account(grant, Decimal(300), text="Uren", on=DAY, by=pieter)
    account(grant, Decimal(350), text="Meer uren", on=LATER, by=pieter)
    assert last_accounts(application, DAY)[grant.pk].realised.amount == 300
    assert last_accounts(application, LATER)[grant.pk].realised.amount == 350
    assert not last_accounts(application, DAY - datetime.timedelta(days=1))


def test_none_of_an_earlier_day_than_the_last(application, grant, pieter) -> None:
    """The last one by day is what counts, so an earlier one would be said in vain."""
    account(grant, Decimal(300), text="Uren", on=LATER, by=pieter)
    with pytest.raises(ValidationError) as refusal:
        account(grant, Decimal(350), text="Meer uren", on=DAY, by=pieter)
    assert code(refusal) == "account_day"


def test_a_change_before_another_change_is_refused(grant, fenna) -> None:
    """The difference of that day would bring the grant to an amount that nobody typed."""
    change_grant(grant, Decimal(550), reason="Meer", on=LATER, by=fenna)
    with pytest.raises(ValidationError) as refusal:
        change_grant(grant, Decimal(520), reason="Toch minder", on=DAY, by=fenna)
    assert code(refusal) == "changed_later"
    assert "Na 01-04-2020" in refusal.value.messages[0]


def test_a_change_answers_a_request(application, wish, fenna) -> None:
    assert waiting_requests(fenna) == [wish]
    change_grant(wish.grant, Decimal(450), reason="Deels", on=LATER, by=fenna)
    wish.refresh_from_db()
    assert (wish.outcome, wish.answer, wish.closed_by) == ("toegewezen", "Deels", fenna)
    assert wish.closed_at is not None
    assert not open_requests(application)


def test_a_refusal_leaves_the_grant(application, wish, fenna) -> None:
    refuse_request(wish, reason="Eerst het verslag", by=fenna)
    assert standings(application.lines.all(), LATER)[0].granted == 500
    with pytest.raises(ValidationError) as refusal:
        refuse_request(wish, reason="Nog eens", by=fenna)
    assert code(refusal) == "request_kept"


class TestTheDatabase:
    @pytest.mark.parametrize("made", [AccountabilityFactory, ChangeRequestFactory])
    def test_not_on_what_was_settled_or_refused(self, made, application, grant, fenna, refuses):
        refused = decide(application.lines.last(), Decimal(0), on=DAY, by=fenna)
        settle(grant, Decimal(300), ground="Verslag", on=LATER, by=fenna)
        for each in (grant, refused):
            with refuses("grant_not_open"):
                made(grant=each)

    def test_not_before_the_grant(self, grant, refuses) -> None:
        with refuses("grant_open_day"):
            AccountabilityFactory(grant=grant, dated_on=DAY - datetime.timedelta(days=1))

    def test_one_request_at_a_time(self, wish, refuses) -> None:
        with refuses("funds_request_once"):
            ChangeRequestFactory(grant=wish.grant, requested=100)

    def test_not_for_what_was_granted_already(self, grant, refuses) -> None:
        with refuses("funds_request_differs"):
            ChangeRequestFactory(grant=grant, requested=500)

    def test_nothing_is_settled_before_the_answer(self, wish, fenna) -> None:
        with pytest.raises(ValidationError) as refusal:
            settle(wish.grant, Decimal(300), ground="Verslag", on=LATER, by=fenna)
        assert code(refusal) == "request_open"

    def test_an_answer_says_who_and_why(self, wish, fenna, refuses) -> None:
        with refuses("funds_request_answered"):
            ChangeRequest.objects.update(outcome="afgewezen", closed_by=fenna)

    def test_what_was_said_stands_fast(self, wish, refuses) -> None:
        with refuses("request_kept"):
            ChangeRequest.objects.update(requested=1)
        AccountabilityFactory(grant=wish.grant)
        with refuses("account_append_only"):
            Accountability.objects.update(realised=1)


class TestThePages:
    @pytest.fixture
    def step(self, application, client):
        """Send a step on the application as somebody, or open it."""

        def sent(user, word: str, **said: str):
            slug = application.envelope.fund.slug
            address = reverse("funds:application_step", args=[slug, application.pk, word])
            client.force_login(user)
            return client.post(address, said) if said else client.get(address)

        return sent

    def test_from_a_request_to_the_change(self, step, client, grant, pieter, fenna) -> None:
        line = grant.line
        wished = {"on": "2020-05-01", f"regel-{line.pk}": "400", "reason": "Minder uren"}
        assert step(pieter, "wijziging-vragen", **wished).status_code == 302
        request = ChangeRequest.objects.get()
        assert (request.granted.amount, request.requested.amount) == (500, 400)
        form = step(fenna, "wijzigen").context["form"]
        assert form[f"regel-{line.pk}"].value() == "400"
        assert form["reason"].value() == "Minder uren"
        assert "beantwoord het wijzigingsverzoek" in client.get("/").content.decode()
        assert step(fenna, "wijzigen", **wished).status_code == 302
        assert not ChangeRequest.objects.open()

    def test_it_is_refused_on_its_page(self, client, wish, pieter, fenna) -> None:
        application = wish.grant.line.application
        slug = application.envelope.fund.slug
        page = reverse("funds:request_refuse", args=[slug, wish.pk])
        client.force_login(fenna)
        assert client.post(page, {"reason": ""}).status_code == 422
        assert client.post(page, {"reason": "Eerst het verslag"}).status_code == 302
        client.force_login(pieter)
        detail = reverse("reports:application_detail", args=[slug, application.pk])
        assert "Antwoord: Eerst het verslag" in client.get(detail).content.decode()

    def test_from_the_accountability_to_the_settlement(self, step, grant, pieter, fenna) -> None:
        name = f"regel-{grant.line.pk}"
        alone = step(pieter, "verantwoorden", **{"on": "2020-05-01", name: "450"})
        assert alone.context["form"].errors == {
            f"{name}-tekst": ["Vul ook in waaraan €\xa0450 is besteed."]
        }
        said = {"on": "2020-05-01", name: "450", f"{name}-tekst": "Uren"}
        assert step(pieter, "verantwoorden", **said).status_code == 302
        form = step(fenna, "vaststellen").context["form"]
        field = form[f"{name}-gerealiseerd"]
        assert field.value() == "450"
        assert field.help_text == (
            "Verantwoord €\xa0450 op 01-05-2020, €\xa050 minder dan beschikt"
        )

    def test_what_came_since_the_page_was_opened_is_seen_first(
        self, step, application, grant, pieter, fenna
    ) -> None:
        name = f"regel-{grant.line.pk}"
        opened = {"known": step(fenna, "wijzigen").context["form"].known}
        account(grant, Decimal(450), text="Uren", on=DAY, by=pieter)
        first = standings(application.lines.order_by("position"), DAY)[0]
        request_changes({first: Decimal(400)}, reason="Minder uren", on=DAY, by=pieter)
        said = {"on": "2020-05-01", name: "90", "reason": "Anders"}
        answer = step(fenna, "wijzigen", **said | opened)
        assert answer.status_code == 422
        assert ChangeRequest.objects.open()
        seen = {"known": answer.context["form"].known}
        assert step(fenna, "wijzigen", **said | seen).status_code == 302

    def test_who_only_reads_says_nothing(self, step, grant, bram, carla) -> None:
        assert step(bram, "verantwoorden").status_code == 403
        assert step(bram, "wijziging-vragen").status_code == 403
        assert step(carla, "verantwoorden").status_code == 404
