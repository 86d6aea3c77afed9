"""A plan and its file: byte for byte, whole or not at all, and never over somebody's work."""

import datetime
import threading
from decimal import Decimal

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from funds.models import ApplicationLine, Envelope
from municipalities import textfile
from municipalities.guard import check_now
from tests.conftest import DB2, unguarded
from tests.factories import (
    EnvelopeFactory,
    GrantFactory,
    MunicipalityFactory,
    PopulationFigureFactory,
    RegionFactory,
    RegionMembershipFactory,
    RoundFactory,
    WorkPlanFactory,
)
from tests.trail import bring
from workplans import planfile
from workplans.models import Action, CostLine, Share, WorkPlan
from workplans.services import Outcome, store_plan

pytestmark = pytest.mark.django_db

LAID_OUT = """\
penvoerder: 1
plan:
  slug: drie-gemeenten-2020
  title: "Plan: met 'aanhalingstekens' en #hekjes"
  kind: jaarwerkplan
  region: drie
  period: "2020"
  status: concept
  as_of: 2020-03-01
  joint: inwoners 2019-01-01
applications:
  - fund: fonds
    round: eerste
blocks:
  - kind: tekst
    title: Inleiding
    text: |-
      Een alinea: met "aanhalingstekens", een # en 😀.

      - een punt
        - dieper
  - kind: tekst
    title: Zonder tekst
lines:
  - code: A
    title: Centen en gaten
    kind: thema
    actions:
      - code: "1"
        title: In centen
        amount: € 1.000,01
        nature: incidenteel
        planning: Q1 2020
        municipalities: gelijk over de gemeenten
      - code: "2"
        title: Nog niet bekend 😀
        amount: PM
        municipalities: Berg
      - code: "3"
        title: In procenten
        amount: € 100 (structureel)
        municipalities: 33,33% Aa, 33,33% Berg, 33,34% Cel
      - code: "4"
        title: Naar inwoners
        amount: € 1.000,-
        municipalities: naar rato van inwoners
      - code: "5"
        title: Leeg bedrag
        amount: ""
        municipalities: Cel
      - code: "6"
        title: Geen bedrag
        description: "  spaties voor en achter  "
        monitoring: |-
          regel 1
          regel 2
      - code: "7"
        title: Niet gelezen
        amount:
          unread: € 64,376
        funding: fonds
        planning:
          unread: Q5 2020
        municipalities:
          unread: de anderen
      - code: "8"
        title: Samen
        amount: € 0,02
        municipalities: alle gemeenten, penvoerder Aa
  - code: B
    title: Nog leeg
    kind: organisatie
"""


@pytest.fixture
def drie():
    """Three municipalities with 100, 200 and 700 inhabitants, a fund and a round."""
    region = RegionFactory(slug="drie", name="Drie", members=0)
    for name, inhabitants in (("Aa", 100), ("Berg", 200), ("Cel", 700)):
        municipality = MunicipalityFactory(name=name)
        RegionMembershipFactory(region=region, municipality=municipality)
        PopulationFigureFactory(municipality=municipality, inhabitants=inhabitants)
    EnvelopeFactory(region=region, fund=RoundFactory(slug="eerste", fund__slug="fonds").fund)
    return region


def load(text: str, **how) -> Outcome:
    return store_plan(planfile.read(text), **how)


def plan() -> WorkPlan:
    return WorkPlan.objects.get(slug="drie-gemeenten-2020")


def written(of: WorkPlan | None = None, **how) -> str:
    return planfile.to_yaml(planfile.dump(of or plan()), **how)


def refusal(text: str, **how) -> str:
    with pytest.raises(ValidationError) as caught:
        load(text, **how)
    return caught.value.code


def faults(text: str) -> list[str]:
    with pytest.raises(textfile.FileFaults) as caught:
        load(text)
    return [str(fault) for fault in caught.value.faults]


def events() -> int:
    return sum(
        model.objects.count()
        for app in ("municipalities", "funds", "workplans")
        for model in apps.get_app_config(app).get_models()
        if hasattr(model, "pgh_tracked_model")
    )


def submitted(text: str = LAID_OUT) -> str:
    unread = text.index('      - code: "7"')
    text = text[:unread] + text[text.index('      - code: "8"') :]
    text = text.replace("status: concept", "status: aangeboden")
    return text.replace("round: eerste\n", "round: eerste\n    submitted_on: 2020-03-01\n")


class TestByteForByte:
    def test_db2(self, loaded) -> None:
        text = DB2.read_text(encoding="utf-8")
        assert written(loaded) == text
        with unguarded():
            loaded.applications.all().delete()
        loaded.delete()
        planless = text.replace("tweede-aanvraag", "eerste-aanvraag")
        for _ in range(2):
            assert load(planless) in (Outcome.NEW, Outcome.UNCHANGED)
            assert written(WorkPlan.objects.get()) == planless

    def test_a_plan_of_our_own(self, drie) -> None:
        assert load(LAID_OUT) is Outcome.NEW
        assert written() == LAID_OUT
        plan().delete()
        assert load(LAID_OUT) is Outcome.NEW
        assert written() == LAID_OUT

    def test_json_is_the_same_file(self, drie) -> None:
        load(LAID_OUT)
        as_json = planfile.to_json(
            planfile.dump(plan()), base="sha256:" + "0" * 64, totals={"a": 1}
        )
        assert load(as_json) is Outcome.UNCHANGED
        file = planfile.read(as_json)
        assert planfile.digest(file.tree) == planfile.digest(planfile.read(LAID_OUT).tree)
        assert planfile.to_yaml(file.tree) == LAID_OUT

    def test_a_plan_that_was_just_made_is_written_as_when_it_is_read_back(self) -> None:
        made = WorkPlanFactory(kind=WorkPlan.Kind.ANNUAL)
        stored = WorkPlan.objects.get()
        assert planfile.to_yaml(planfile.dump(made)) == planfile.to_yaml(planfile.dump(stored))

    def test_100_000_characters_of_anything(self, drie) -> None:
        long = ('é"😀: #{}\t' * 12_500)[:99_999] + "x"
        tree = planfile.normalised(planfile.read(LAID_OUT).tree)
        tree["blocks"][0]["text"] = long
        text = planfile.to_yaml(tree)
        assert load(text) is Outcome.NEW
        assert written() == text

    def test_500_actions(self, drie) -> None:
        actions = "".join(
            f'      - code: "{n}"\n        title: Actie {n}\n        amount: € {n},01\n'
            "        municipalities: gelijk over de gemeenten\n"
            for n in range(500)
        )
        text = LAID_OUT[: LAID_OUT.index("      - code:")] + actions
        assert load(text) is Outcome.NEW
        assert written() == text
        assert Share.objects.count() == 1500


@settings(max_examples=150, deadline=None)
@given(
    st.text(st.characters(blacklist_categories=("Cc", "Cs")), min_size=1, max_size=200),
    st.text(st.one_of(st.characters(blacklist_categories=("Cc", "Cs")), st.just("\n"))),
)
def test_any_text_comes_back_from_the_file(title, text) -> None:
    tree = planfile.normalised(planfile.read(LAID_OUT).tree)
    tree["plan"]["title"] = title
    tree["blocks"][0] = {"kind": "tekst", "title": title, "text": text}
    file = planfile.read(planfile.to_yaml(tree))
    assert planfile.normalised(file.tree) == planfile.normalised(tree)
    assert planfile.digest(planfile.read(planfile.to_json(tree)).tree) == planfile.digest(tree)


class TestValues:
    @pytest.fixture(autouse=True)
    def _loaded(self, drie) -> None:
        load(LAID_OUT)
        check_now()

    def shares(self, code: str) -> dict[str, tuple[str, Decimal | None]]:
        rows = Share.objects.filter(cost_line__action__code=code).select_related("municipality")
        return {
            row.municipality.name: (row.state, row.amount and row.amount.amount) for row in rows
        }

    def test_cents(self) -> None:
        assert self.shares("1") == {
            "Aa": ("known", Decimal("333.34")),
            "Berg": ("known", Decimal("333.34")),
            "Cel": ("known", Decimal("333.33")),
        }

    def test_pm_reaches_the_municipality(self) -> None:
        assert self.shares("2") == {"Berg": ("pm", None)}

    def test_percentages(self) -> None:
        assert [amount for _, amount in self.shares("3").values()] == [
            Decimal("33.33"),
            Decimal("33.33"),
            Decimal("33.34"),
        ]

    def test_inhabitants(self) -> None:
        assert [amount for _, amount in self.shares("4").values()] == [100, 200, 700]
        assert Action.objects.get(code="4").key_date == datetime.date(2019, 1, 1)

    def test_an_empty_amount_is_a_gap_and_no_amount_is_none(self) -> None:
        assert self.shares("5") == {"Cel": ("blank", None)}
        assert not CostLine.objects.filter(action__code="6").exists()

    def test_nature_in_the_text_and_beside_it(self) -> None:
        natures = dict(CostLine.objects.values_list("action__code", "nature"))
        assert (natures["1"], natures["3"], natures["4"]) == ("incidental", "structural", "")

    def test_what_is_unread_is_marked(self) -> None:
        action = Action.objects.get(code="7")
        assert (action.planning_unread, action.municipalities_unread) == (True, True)
        assert action.cost_lines.get().state == "unread"

    def test_a_joint_action_is_its_leads(self) -> None:
        assert self.shares("8") == {"Aa": ("known", Decimal("0.02"))}


class TestTwice:
    def test_a_second_run_changes_nothing_and_leaves_no_trace(self, drie) -> None:
        load(submitted())
        before = events()
        assert load(submitted()) is Outcome.UNCHANGED
        assert load(submitted(), replace=True) is Outcome.UNCHANGED
        assert events() == before

    @pytest.mark.parametrize(
        ("laid_out", "by_hand"),
        [
            ("  status: concept\n", ""),
            ('period: "2020"', "period: 2020-2020"),
            ("(structureel)\n", "(structureel)\n        nature: structureel\n"),
            ("    title: Zonder tekst\n", "    title: Zonder tekst\n    text: ''\n"),
            ("kind: organisatie\n", "kind: organisatie\n    actions: []\n"),
        ],
    )
    def test_another_way_to_write_the_same_is_the_same(self, drie, laid_out, by_hand) -> None:
        text = LAID_OUT.replace(laid_out, by_hand)
        assert text != LAID_OUT
        assert load(text) is Outcome.NEW
        assert load(text) is Outcome.UNCHANGED
        assert load(LAID_OUT) is Outcome.UNCHANGED

    def test_only_what_differs_is_written(self, drie) -> None:
        load(LAID_OUT)
        before = events()
        assert load(LAID_OUT.replace("In centen", "In hele centen")) is Outcome.CHANGED
        # The action, and the plan that keeps the digest of its file.
        assert events() == before + 2

    def test_only_absent_leaves_what_is_there(self, drie) -> None:
        load(LAID_OUT)
        changed = LAID_OUT.replace("In centen", "Anders")
        assert load(changed, only_absent=True) is Outcome.PRESENT
        assert written() == LAID_OUT

    def test_rows_keep_their_keys_when_others_come_before_them(self, drie) -> None:
        load(LAID_OUT)
        key = Action.objects.get(code="8").pk
        without = (
            LAID_OUT[: LAID_OUT.index('      - code: "1"')]
            + LAID_OUT[LAID_OUT.index('      - code: "2"') :]
        )
        load(without)
        assert Action.objects.get(code="8").pk == key
        assert written() == without


class TestOverSomebodysWork:
    @pytest.fixture(autouse=True)
    def _loaded(self, drie) -> None:
        load(LAID_OUT)

    def edit(self) -> None:
        Action.objects.filter(code="6").update(title="Hier veranderd")

    def test_edited_since_it_was_loaded_is_refused(self) -> None:
        self.edit()
        assert refusal(LAID_OUT) == "edited"
        assert refusal(LAID_OUT.replace("In centen", "Anders")) == "edited"
        assert Action.objects.filter(title="Hier veranderd").exists()

    def test_replace_overwrites(self) -> None:
        self.edit()
        assert load(LAID_OUT, replace=True) is Outcome.CHANGED
        assert written() == LAID_OUT

    def test_an_export_of_the_plan_as_it_stands_may_be_changed(self) -> None:
        self.edit()
        exported = written(base=planfile.digest(planfile.dump(plan())))
        assert load(exported.replace("In centen", "In hele centen")) is Outcome.CHANGED
        assert Action.objects.filter(title="Hier veranderd").exists()

    def test_an_export_from_before_the_edit_is_refused(self) -> None:
        exported = written(base=planfile.digest(planfile.dump(plan())))
        self.edit()
        assert refusal(exported.replace("In centen", "Anders")) == "edited"
        assert load(exported.replace("In centen", "Anders"), replace=True) is Outcome.CHANGED

    @pytest.mark.parametrize("status", ["vastgesteld", "afgesloten"])
    def test_an_adopted_plan_is_always_refused(self, status) -> None:
        bring(plan(), status)
        assert refusal(LAID_OUT) == "adopted"
        assert refusal(LAID_OUT, replace=True) == "adopted"

    def test_a_plan_made_here_is_not_overwritten_by_a_file_of_that_name(self, drie) -> None:
        WorkPlanFactory(slug="hier-gemaakt", region=drie)
        text = LAID_OUT.replace("drie-gemeenten-2020", "hier-gemaakt")
        assert refusal(text) == "edited"


class TestSubmitted:
    @pytest.fixture(autouse=True)
    def _loaded(self, drie) -> None:
        load(submitted())

    def asked(self) -> list[tuple[str, str]]:
        return list(ApplicationLine.objects.order_by("position").values_list("code", "title"))

    def test_loading_submits(self) -> None:
        assert [code for code, _ in self.asked()] == ["A1", "A2", "A3", "A4", "A5", "A8"]
        assert plan().is_submitted

    def test_back_to_concept_is_refused(self) -> None:
        assert refusal(LAID_OUT) == "status"
        assert refusal(LAID_OUT, replace=True) == "status"

    def test_another_day_of_submission_is_refused(self) -> None:
        text = submitted().replace("submitted_on: 2020-03-01", "submitted_on: 2020-02-01")
        assert refusal(text) == "applied"

    def test_application_lines_never_change(self) -> None:
        before = self.asked()
        text = submitted().replace("In centen", "Anders").replace("€ 1.000,01", "€ 5,-")
        assert load(text) is Outcome.CHANGED
        assert CostLine.objects.get(action__code="1").amount.amount == 5
        assert self.asked() == before

    def test_once_granted_it_is_not_overwritten(self) -> None:
        GrantFactory(line=ApplicationLine.objects.first())
        Action.objects.filter(code="6").update(title="Hier veranderd")
        assert refusal(submitted(), replace=True) == "granted"
        assert refusal(submitted()) == "edited"


HEAD = LAID_OUT[: LAID_OUT.index("applications:")]


class TestFaults:
    def test_every_fault_is_in_one_list_with_line_and_path_and_nothing_is_stored(
        self, drie
    ) -> None:
        text = (
            LAID_OUT.replace("round: eerste", "round: tweede")
            .replace("€ 1.000,01", "€ 64,376")
            .replace("planning: Q1 2020", "planning: Q5 2020")
            .replace("municipalities: Berg", "municipalities: Bergen")
            .replace("33,34% Cel", "33,33% Cel")
            .replace("code: B\n", "code: A\n")
            .replace("as_of: 2020-03-01", "as_of: 2020-02-30")
        )
        found = faults(text)
        places = [fault.split(": ")[0] for fault in found]
        assert sorted(places) == sorted(
            [
                "regel 9, plan.as_of",
                "regel 12, applications[0]",
                "regel 31, lines[0].actions[0].amount",
                "regel 33, lines[0].actions[0].planning",
                "regel 38, lines[0].actions[1].municipalities",
                "regel 42, lines[0].actions[2].municipalities",
                "regel 70, lines[1].code",
            ]
        )
        assert not WorkPlan.objects.exists()

    @pytest.mark.parametrize(
        ("old", "new", "words"),
        [
            ("region: drie", "region: vier", "De regio vier kennen wij niet; bekend zijn: drie"),
            ('"2020"', "2021-2020", "draai ze om"),
            ("kind: jaarwerkplan\n", "kind: jaarwerkplan\n  programme: weg\n", "laad dat eerst"),
            ("status: concept", "status: aangeboden", "vul submitted_on in"),
            (
                "round: eerste\n",
                "round: eerste\n    submitted_on: 2020-01-01\n",
                "heeft geen submitted_on",
            ),
            ("round: eerste\n", "round: eerste\n  - fund: fonds\n    round: eerste\n", "twee keer"),
            ("inwoners 2019-01-01", "inwoners 2019-99-01", "kijk de dag na"),
            ("inwoners 2019-01-01", "inwoners 2018-01-01", "er zijn cijfers van 1 januari 2019"),
            ("(structureel)\n", "(structureel)\n        nature: incidenteel\n", "andere aard"),
            (
                "title: Geen bedrag\n",
                "title: Geen bedrag\n        nature: incidenteel\n",
                "hoort bij",
            ),
            ("amount: € 1.000,-\n", "amount: NaN\n", "geen bedrag"),
            ("municipalities: Cel\n", "municipalities: 'Cel: € 5,-'\n", "bedrag is niet bekend"),
        ],
    )
    def test_a_fault_of_meaning_says_what_would_be_right(self, drie, old, new, words) -> None:
        assert old in LAID_OUT
        assert any(words in fault for fault in faults(LAID_OUT.replace(old, new, 1)))
        assert not WorkPlan.objects.exists()

    def test_inhabitants_without_a_date_take_the_newest_that_all_have(self, drie) -> None:
        text = LAID_OUT.replace("inwoners 2019-01-01", "inwoners")
        assert load(text) is Outcome.NEW

    def test_inhabitants_without_any_figures_are_refused(self, drie) -> None:
        drie.memberships.first().municipality.population_figures.all().delete()
        text = LAID_OUT.replace("inwoners 2019-01-01", "inwoners")
        assert any("plan.joint" in fault for fault in faults(text))

    def test_inhabitants_where_there_are_no_municipalities(self, drie) -> None:
        drie.memberships.all().delete()
        (fault,) = faults(HEAD)
        assert fault.endswith(
            "plan.joint: Drie heeft op 1 januari 2020 geen gemeenten; voeg die eerst aan de regio "
            "toe."
        )

    @pytest.mark.parametrize(
        "text", ["naar rato van inwoners", "Per gemeente € 1,-", "penvoerder", "Aa", "50% Aa"]
    )
    def test_a_region_without_municipalities_is_said(self, drie, text) -> None:
        for membership in drie.memberships.all():
            membership.municipality.valid_until = datetime.date(2019, 12, 31)
            membership.municipality.save()
        wrong = HEAD.replace("  joint: inwoners 2019-01-01\n", "") + (
            "lines:\n  - code: A\n    title: x\n    kind: thema\n    actions:\n"
            '      - code: "1"\n        title: y\n        amount: PM\n'
            f"        municipalities: {text}\n"
        )
        (fault,) = faults(wrong)
        assert "Drie heeft op 1 januari 2020 geen gemeenten" in fault

    def test_a_submission_that_is_refused_stores_nothing(self, drie) -> None:
        Envelope.objects.update(starts_on="2030-01-01", ends_on="2030-12-31")
        with pytest.raises(ValidationError, match=r"heeft in .* geen ruimte"):
            load(submitted())
        assert not WorkPlan.objects.exists()


class TestKeyDate:
    """The reference date of a division by inhabitants."""

    NEWER = datetime.date(2019, 7, 1)

    @pytest.fixture(autouse=True)
    def _newer_figures_arrive(self, drie) -> None:
        load(LAID_OUT)
        for membership in drie.memberships.all():
            PopulationFigureFactory(
                municipality=membership.municipality,
                reference_date=self.NEWER,
                inhabitants=500,
            )

    def key_date(self) -> datetime.date:
        return Action.objects.get(code="4").key_date

    def test_it_is_kept_while_the_text_is_unchanged(self) -> None:
        load(LAID_OUT.replace("amount: € 1.000,-", "amount: € 2.000,-"))
        assert self.key_date() == datetime.date(2019, 1, 1)
        shares = Share.objects.filter(cost_line__action__code="4").order_by("position")
        assert [share.amount.amount for share in shares] == [200, 400, 1400]

    def test_another_text_takes_the_newest(self) -> None:
        load(LAID_OUT.replace("naar rato van inwoners", "naar rato van inwoners over Aa, Berg"))
        assert self.key_date() == self.NEWER

    def test_it_is_kept_also_when_no_other_would_do(self) -> None:
        load(LAID_OUT.replace('period: "2020"', 'period: "2018"'))
        assert self.key_date() == datetime.date(2019, 1, 1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("second", [LAID_OUT, LAID_OUT.replace("In centen", "Anders")])
def test_two_who_load_one_new_plan_at_once_wait_for_each_other(drie, second) -> None:
    start, outcomes = threading.Barrier(2, timeout=20), []

    def run(text: str) -> None:
        try:
            file = planfile.read(text)
            start.wait()
            outcomes.append(store_plan(file).value)
        except ValidationError as refused:
            outcomes.append(refused.code)
        except Exception as error:
            outcomes.append(repr(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[text]) for text in (LAID_OUT, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    expected = "unchanged" if second == LAID_OUT else "changed"
    assert sorted(outcomes) == sorted(["new", expected])
    assert WorkPlan.objects.count() == 1
