"""Terms of the law on grants: the last day, and when the term to decide stands still."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from funds import terms
from funds.balance import standings
from funds.clauses import Provided
from funds.completing import answer_completion, ask_completion
from funds.deadlines import deadlines, decision_days
from funds.ledger import decide, decide_all, settle
from funds.models import Application, CompletionRequest, Fund
from funds.provisions import provisions
from funds.requesting import account
from tests.factories import ApplicationFactory, CompletionRequestFactory, asked


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


ASKED = day("2020-03-01")
YEAR = Provided(day("2020-01-01"), day("2020-12-31"))


class TestTheLastDay:
    @pytest.mark.parametrize(
        ("term", "start", "last"),
        [
            # A Sunday moves to Monday 27 April, King's Day, and so to Tuesday.
            (terms.DECISION, "2020-03-01", "2020-04-28"),
            # Good Friday, Easter: from Friday past the Monday.
            (terms.DECISION, "2021-02-05", "2021-04-06"),
            (terms.PAYMENT, "2020-04-01", "2020-05-13"),
            # Ascension Day is a Thursday.
            (terms.PAYMENT, "2020-04-09", "2020-05-22"),
            # Counted back, or longer than three months: it does not move.
            (terms.APPLICATION, "2021-01-02", "2020-10-03"),
            (terms.SETTLEMENT, "2018-12-30", "2019-06-30"),
            (terms.SETTLEMENT, "2020-12-31", "2021-06-30"),
            (terms.RECOVERY, "2020-02-29", "2025-02-28"),
        ],
    )
    def test_of_a_term(self, term, start, last) -> None:
        assert terms.last_day(term, day(start)) == day(last)

    @pytest.mark.parametrize(
        ("until", "answered", "count"),
        [
            ("2020-03-20", "2020-03-11", 9),
            ("2020-03-20", None, 19),
            ("2020-03-20", "2020-04-20", 19),
            ("2020-03-20", "2020-03-01", 0),
        ],
    )
    def test_stands_still_up_to_the_answer_or_the_day_given(self, until, answered, count) -> None:
        request = (ASKED, day(until), day(answered) if answered else None)
        assert len(terms.suspended_days([request, request])) == count

    def test_the_calendar_ends(self) -> None:
        """A row that SQL wrote breaks no page."""
        assert terms.last_day(terms.SETTLEMENT, datetime.date.max) == datetime.date.max
        assert terms.last_day(terms.APPLICATION, datetime.date.min) == datetime.date.min
        assert terms.suspended_days([(day("9999-12-30"), datetime.date.max, None)])

    def test_what_is_asked_after_the_term_moves_nothing(self) -> None:
        still = terms.suspended_days([(day("2020-05-01"), day("2020-05-20"), None)])
        assert terms.last_day(terms.DECISION, ASKED, still) == day("2020-04-28")


@pytest.fixture
def application(fund, bollenstreek) -> Application:
    """600 and 400, asked on 1 March 2020 of a fund under the law on grants."""
    Fund.objects.update(regime=Fund.Regime.GRANT)
    envelope = fund.envelopes.get(region=bollenstreek)
    made = ApplicationFactory(envelope=envelope, lines=[asked(600), asked(400)])
    return Application.objects.get(pk=made.pk)


def found(application: Application, on: str) -> list[tuple[str, str, str]]:
    """Article, last day, and the day on which it was done."""
    made = deadlines(
        application,
        standings(application.lines.order_by("position"), day(on)),
        provided=provisions(application, day(on)),
        completions=list(application.completions.filter(dated_on__lte=day(on))),
        on=day(on),
    )
    return [(each.term.article, str(each.day), str(each.done_on or "")) for each in made]


def test_of_no_other_regime(application) -> None:
    Fund.objects.update(regime=Fund.Regime.CONTRIBUTION)
    stored = Application.objects.get()
    stored_lines = standings(stored.lines.all(), ASKED)
    assert not decision_days([stored], ASKED)
    assert not deadlines(stored, stored_lines, provided=(), completions=(), on=ASKED)


def test_the_life_of_an_application(application, fenna, pieter) -> None:
    assert found(application, "2020-03-02") == [("4:13", "2020-04-28", "")]
    request = ask_completion(
        application, text="Begroting", due_on=day("2020-03-20"), on=day("2020-03-10"), by=fenna
    )
    assert decision_days([application], day("2020-03-09")) == {application.pk: day("2020-04-28")}
    # Ten days still, as long as nobody answers; then five.
    assert decision_days([application], day("2020-03-10")) == {application.pk: day("2020-05-06")}
    answer_completion(request, on=day("2020-03-16"), by=fenna)
    assert found(application, "2020-03-16") == [
        ("4:15", "2020-03-20", "2020-03-16"),
        ("4:13", "2020-05-01", ""),
    ]
    amounts = {line.pk: Decimal(300) for line in application.lines.all()}
    grants = decide_all(application, amounts, provided=YEAR, on=day("2020-04-01"), by=fenna)
    assert found(application, "2020-04-01") == [
        ("4:60", "2019-10-02", "2020-03-01"),
        ("4:15", "2020-03-20", "2020-03-16"),
        ("4:13", "2020-05-01", "2020-04-01"),
        ("4:87", "2020-05-13", ""),
        ("4:74", "2021-06-30", ""),
    ]
    for grant in grants:
        account(grant, Decimal(190), text="Uren", on=day("2021-02-01"), by=pieter)
        account(grant, Decimal(200), text="Toch meer uren", on=day("2021-02-20"), by=pieter)
        settle(grant, Decimal(200), ground="Verslag", on=day("2021-03-01"), by=fenna)
    assert found(application, "2021-03-01")[3:] == [("4:74", "2021-06-30", "2021-02-01")]


class TestTheDatabase:
    def test_not_on_what_was_decided(self, application, fenna, refuses) -> None:
        for line in application.lines.all():
            decide(line, Decimal(0), on=day("2020-04-01"), by=fenna)
        with refuses("completion_decided"):
            CompletionRequestFactory(application=application)

    def test_not_before_the_application(self, application, refuses) -> None:
        with refuses("completion_day"):
            CompletionRequestFactory(application=application, dated_on=day("2020-02-29"))

    def test_at_least_a_day_to_complete(self, application, refuses) -> None:
        with refuses("funds_completion_due"):
            CompletionRequestFactory(application=application, due_on=ASKED)

    def test_it_is_answered_once(self, application, fenna, refuses) -> None:
        request = CompletionRequestFactory(application=application)
        with refuses("completion_kept"):
            CompletionRequest.objects.update(text="Anders")
        with refuses("funds_completion_answered"):
            CompletionRequest.objects.update(answered_on=day("2020-02-29"), closed_by=fenna)
        answer_completion(request, on=ASKED, by=fenna)
        with pytest.raises(ValidationError) as refusal:
            answer_completion(request, on=ASKED, by=fenna)
        assert refusal.value.error_list[0].code == "completion_kept"


def test_from_the_question_to_the_answer(client, application, fenna) -> None:
    slug = application.envelope.fund.slug
    client.force_login(fenna)
    ask = reverse("funds:completion_ask", args=[slug, application.pk])
    said = {"on": "2020-03-10", "due_on": "2020-03-20", "text": "De begroting per activiteit"}
    assert client.post(ask, said | {"due_on": "2020-03-10"}).status_code == 422
    assert client.post(ask, said).status_code == 302
    answer = reverse("funds:completion_answer", args=[slug, CompletionRequest.objects.get().pk])
    detail = reverse("reports:application_detail", args=[slug, application.pk])
    text = client.get(detail).content.decode()
    assert answer in text
    assert "06-05-2020" in text
    assert "uiterlijk 6 mei 2020" in client.get("/").content.decode()
    assert client.post(answer, {"on": "2020-03-16"}).status_code == 302
    text = client.get(detail).content.decode()
    assert "Aangevuld op 16-03-2020" in text
    assert "01-05-2020" in text
