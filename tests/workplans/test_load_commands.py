"""The command line of plans, funds and reference data: what it says, and how it stops."""

import datetime
import io
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from textwrap import indent

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from funds import fundfile
from funds.limits import rule_tree
from funds.models import Application, Envelope, Fund, FundRule, Grant, Round
from municipalities import textfile
from municipalities.models import Municipality
from tests.conftest import DB2, FIXTURES
from workplans import planfile
from workplans.models import WorkPlan

pytestmark = pytest.mark.django_db

FUNDS = FIXTURES / "funds.yaml"
ROUNDS = "    rounds:\n"
RULE = "    rules:\n      - code: F1\n        kind: plafond\n        title: Niet meer dan dit\n"


def refused(command: str, *arguments: object, **options: object) -> str:
    with pytest.raises(CommandError) as caught:
        call_command(command, *map(str, arguments), **options)
    assert caught.value.returncode != 0
    return str(caught.value)


@pytest.fixture
def write(tmp_path: Path):
    def inner(text: str | bytes, name: str = "bestand.yaml") -> Path:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return inner


@pytest.mark.parametrize("command", ["load_plan", "load_funds"])
class TestAnyFile:
    def test_a_missing_file(self, command, tmp_path) -> None:
        assert "bestaat niet; kijk de naam na." in refused(command, tmp_path / "weg.yaml")

    def test_a_folder(self, command, tmp_path) -> None:
        assert "is een map; noem het bestand" in refused(command, tmp_path)

    def test_what_is_not_utf_8(self, command, write) -> None:
        assert "is geen UTF-8" in refused(command, write("é".encode("latin-1")))
        assert "is geen UTF-8" in refused(command, write(bytes(range(128, 256))))

    @pytest.mark.parametrize("text", ["", "- x\n", "x", "{}", '{"a": null}', "[]", "null"])
    def test_what_is_no_such_file_at_all(self, command, write, text) -> None:
        said = refused(command, write(text))
        assert "er is niets opgeslagen." in said
        assert "\n- " in said

    def test_what_is_too_large_is_not_read(self, command, write) -> None:
        said = refused(command, write("a: x\n" * 1_000_001))
        assert "Het bestand is groter dan 5 MB; deel het op." in said
        assert "groter dan 5 MB" in refused(command, "/dev/zero")

    def test_a_number_in_json(self, command, write) -> None:
        said = refused(command, write('{\n"plan": 64.376,\n"funds": true}'))
        assert "64.376 staat hier zonder aanhalingstekens" in said or "plan" in said
        assert "staat hier zonder aanhalingstekens; zet het tussen aanhalingstekens" in said

    def test_what_is_broken(self, command, write) -> None:
        assert "1 fout, er is niets opgeslagen." in refused(command, write("a: [\n"))


class TestPlans:
    @pytest.fixture(autouse=True)
    def _there(self, loaded) -> None:
        pass

    def test_a_second_time_says_that_nothing_changed(self, capsys) -> None:
        call_command("load_plan", str(DB2))
        assert capsys.readouterr().out == "Plan duin-en-bollenstreek-2020: ongewijzigd.\n"

    def test_a_byte_order_mark_does_not_matter(self, write, capsys) -> None:
        call_command("load_plan", str(write(b"\xef\xbb\xbf" + DB2.read_bytes())))
        assert "ongewijzigd" in capsys.readouterr().out

    def test_an_edited_plan_says_how_to_go_on(self, capsys) -> None:
        WorkPlan.objects.update(title="Hier veranderd")
        assert "overschrijf de veranderingen met --replace" in refused("load_plan", DB2)
        call_command("load_plan", str(DB2), absent=True)
        call_command("load_plan", str(DB2), replace=True)
        assert capsys.readouterr().out.splitlines() == [
            "Plan duin-en-bollenstreek-2020: bestaat al, niet aangeraakt.",
            "Plan duin-en-bollenstreek-2020: bijgewerkt.",
        ]

    def test_faults_are_one_list_under_the_name_of_the_file(self, write) -> None:
        text = DB2.read_text(encoding="utf-8").replace("slug: duin-en", "slug: nieuw-duin-en")
        wrong = text.replace("€ 80.000,-\n", "€ 64,376\n").replace("Q1 2020", "Q5 2020")
        said = refused("load_plan", write(wrong))
        assert "bestand.yaml: 3 fouten, er is niets opgeslagen.\n- regel " in said
        assert "lines[0].actions[0].amount: “64,376” is geen duidelijk bedrag" in said
        assert WorkPlan.objects.count() == 1


class TestFunds:
    def load(self, path: Path, capsys) -> str:
        call_command("load_funds", str(path))
        return capsys.readouterr().out

    def text(self, *changes: tuple[str, str]) -> str:
        text = FUNDS.read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new, 1)
        return text

    def test_a_second_time_says_that_nothing_changed(self, reference, capsys) -> None:
        assert self.load(FUNDS, capsys) == "Fondsen: 7 regels bijgewerkt.\n"
        assert self.load(FUNDS, capsys) == "Fondsen: ongewijzigd.\n"

    def test_applications_of_plans_are_left_alone(self, loaded, capsys) -> None:
        assert self.load(FUNDS, capsys) == "Fondsen: ongewijzigd.\n"
        assert Application.objects.count() == 2

    def test_an_envelope_whose_period_changed_is_changed(self, loaded, write, capsys) -> None:
        path = write(self.text(("ends_on: 2020-12-31", "ends_on: 2021-06-30")))
        assert self.load(path, capsys) == "Fondsen: 1 regels bijgewerkt.\n"
        assert Envelope.objects.get().ends_on == datetime.date(2021, 6, 30)

    @pytest.mark.parametrize(
        ("old", "new", "words"),
        [
            ("€ 2.935.466,-", "€ 3.000.000,-", "leg het verschil vast als bijstelling"),
            (
                "dated_on: 2019-01-01\n        amount",
                "dated_on: 2019-01-02\n        amount",
                "vast",
            ),
            ("condition: Over", "condition: Nog over", "Een bijstelling staat vast"),
            ("condition: Over", "amount: € 5\n            condition: Over", "nieuwe bijstelling"),
        ],
    )
    def test_what_stands_fast_is_not_rewritten(self, loaded, write, old, new, words) -> None:
        path = write(self.text((old, new)))
        said = refused("load_funds", path)
        assert "1 fout, er is niets opgeslagen." in said
        assert words in said

    def test_a_round_may_refuse_what_is_not_known(self, loaded, write, capsys) -> None:
        """As long as the file says so; what was asked before stands."""
        said = (
            "dated_on: 2020-01-01\n",
            "dated_on: 2020-01-01\n        unknown_amounts: geweigerd\n",
        )
        path = write(self.text(said))
        assert self.load(path, capsys) == "Fondsen: 1 regels bijgewerkt.\n"
        assert self.load(path, capsys) == "Fondsen: ongewijzigd.\n"
        strict = Round.objects.filter(accepts_unknown=False)
        assert [found.slug for found in strict] == ["tweede-aanvraag"]
        self.load(write(self.text()), capsys)
        assert not strict.all().exists()

    def test_a_correction_is_a_mutation(self, loaded, write, capsys) -> None:
        more = "mutations:\n          - {reason: Verschil, dated_on: 2020-02-01, amount: −€ 1}"
        path = write(self.text(("mutations:", more)))
        assert self.load(path, capsys) == "Fondsen: 1 regels bijgewerkt.\n"
        assert self.load(path, capsys) == "Fondsen: ongewijzigd.\n"
        assert Envelope.objects.get().mutations.filter(amount=-1).exists()

    @pytest.mark.parametrize(
        ("old", "new", "words"),
        [
            ("owner: GM0546", "owner: GM9999", "GM9999 kennen wij niet; bekend zijn: GM0388"),
            (
                ROUNDS,
                f"{ROUNDS[:-1]} [{{unknown_amounts: nee}}]\n    oud:\n",
                "toegestaan, geweigerd",
            ),
            ("region: duin", "region: groen", "groen-en-bollenstreek kennen wij niet"),
            ("€ 2.935.466,-", "€ 64,376", "regel 24, funds[0].envelopes[0].amount: “64,376”"),
            ("€ 2.935.466,-", "-5", "niet negatief"),
            ("€ 2.935.466,-", "PM", "envelopes[0].amount"),
            ("€ 2.935.466,-", "99.999.999.999.999", "te veel cijfers"),
            ("ends_on: 2020-12-31", "ends_on: 2018-12-31", "draai de twee om"),
            ("ends_on: 2020-12-31", "ends_on: 2020-02-30", "De dag 2020-02-30 bestaat niet"),
            ("round: eerste-aanvraag", "round: derde", "geen ronde derde"),
            ("submitted_on: 2019-09-01", "submitted_on: 2018-09-01", "ligt voor de dag"),
            ("granted_on: 2019-09-30", "granted_on: 2019-08-30", "ligt voor de aanvraag"),
            (ROUNDS, f"{RULE}        amount: '64,376'\n{ROUNDS}", "rules[0].amount: “64,376”"),
            (ROUNDS, f"{RULE}        figuur: totaal\n{ROUNDS}", "figuur"),
            ("                granted_on: 2019-09-30\n", "", "vul granted_on in"),
            (
                "                granted: € 1.345.000,-\n",
                "",
                "lines[0].granted_on: granted_on hoort bij een beschikking; vul granted in",
            ),
            ("            condition: Over de", "            decision: Over de", "heeft een bedrag"),
        ],
    )
    def test_a_fault_stores_nothing(self, reference, write, old, new, words) -> None:
        said = refused("load_funds", write(self.text((old, new))))
        assert words in said
        assert not Fund.objects.exists()

    @pytest.mark.parametrize(
        ("old", "new", "words"),
        [
            ("granted: € 1.345.000,-", "granted: € 1,-", "al beschikt"),
            ("amount: € 1.345.000,-", "amount: € 1,-", "al ingediend"),
            ("submitted_on: 2019-09-01", "submitted_on: 2019-09-02", "al ingediend"),
        ],
    )
    def test_what_was_asked_and_granted_is_not_rewritten(
        self, loaded, write, old, new, words
    ) -> None:
        assert words in refused("load_funds", write(self.text((old, new))))
        grant = Grant.objects.get()
        assert (grant.amount.amount, grant.dated_on) == (1_345_000, datetime.date(2019, 9, 30))

    def test_rules_are_those_of_a_plan_file_and_come_back_byte_for_byte(
        self, loaded, write, capsys
    ) -> None:
        """The rules of Westfriesland, as if they were of the fund."""
        plan = (FIXTURES / "plans" / "westfriesland-2019.yaml").read_text(encoding="utf-8")
        rules = plan[plan.index("rules:\n") :]
        rules = rules[: re.search(r"^(?!rules:)\w", rules, re.MULTILINE).start()]
        path = write(self.text((ROUNDS, indent(rules, "    ") + ROUNDS)))
        count = rules.count("- code:")
        assert self.load(path, capsys) == f"Fondsen: {count} regels bijgewerkt.\n"
        assert self.load(path, capsys) == "Fondsen: ongewijzigd.\n"
        trees = [rule_tree(rule) for rule in Fund.objects.get().rules.all()]
        said = [{key: text for key, text in tree.items() if text} for tree in trees]
        assert textfile.write_yaml({"rules": said}) == rules
        threshold = FundRule.objects.get(code="WF-R6")
        assert (threshold.state, threshold.amount.amount) == ("known", 50_000)


def test_a_rule_of_a_fund_is_written_like_one_of_a_plan() -> None:
    of_fund, of_plan = fundfile.schema()["$defs"], planfile.schema()["$defs"]
    for name in ("rule", "code", "title", "text", "short"):
        assert of_fund[name] == of_plan[name], name


class TestReference:
    def test_a_second_time_says_that_nothing_changed(self, db, capsys) -> None:
        call_command("load_reference")
        call_command("load_reference")
        first, second = capsys.readouterr().out.splitlines()
        assert first.endswith("regels bijgewerkt.")
        assert second == "Basisgegevens: ongewijzigd."

    def test_what_it_holds(self, reference) -> None:
        gone = Municipality.objects.get(name="Noordwijkerhout")
        assert Municipality.objects.count() == 22
        assert (gone.valid_until, gone.merged_into.name) == (
            datetime.date(2018, 12, 31),
            "Noordwijk",
        )
        for municipality in Municipality.objects.all():
            municipality.full_clean()


class TestReadNotation:
    @pytest.fixture
    def read(self, monkeypatch, capsys):
        def inner(text: str | bytes, *arguments: str) -> list[dict[str, object]]:
            raw = text.encode() if isinstance(text, str) else text
            monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
            call_command("read_notation", *arguments)
            return [json.loads(line) for line in capsys.readouterr().out.splitlines()]

        return inner

    def test_each_line_is_one_object(self, read) -> None:
        assert read("€ 1.250\r\n\nPM", "amount") == [
            {"text": "€ 1.250", "state": "known", "amount": "1250.00"},
            {"text": "", "state": "blank", "amount": None},
            {"text": "PM", "state": "pm", "amount": None},
        ]
        assert read("\n2020\n", "planning") == [
            {"text": "", "entries": [], "by_hand": False},
            {"text": "2020", "entries": [{"from": "2020-Q1", "to": "2020-Q4"}], "by_hand": False},
        ]

    @pytest.mark.parametrize("kind", ["amount", "planning"])
    @pytest.mark.parametrize(
        ("raw", "words"),
        [
            (b"20\x0020", "onzichtbaar stuurteken"),
            (b"20\x1b[31m20", "onzichtbaar stuurteken"),
            (b"20\r20", "onzichtbaar stuurteken"),
            (b"\xff\xfe2\x000", "geen UTF-8"),
            ("é".encode("latin-1"), "geen UTF-8"),
            (b"x" * 501, "langer dan 500 tekens"),
            (b"1" * 300_000, "langer dan 500 tekens"),
        ],
    )
    def test_a_line_that_is_no_text_has_a_sentence(self, read, kind, raw, words) -> None:
        first, second = read(raw + b"\nn.v.t.\n", kind)
        assert words in first["fault"]
        assert "fault" not in second

    def test_the_mark_of_a_file_is_no_text(self, read) -> None:
        first, second = read(b"\xef\xbb\xbfPM\n\xef\xbb\xbfPM\n", "amount")
        assert first == {"text": "PM", "state": "pm", "amount": None}
        assert "is geen bedrag" in second["fault"]

    def test_municipalities_have_a_region_and_a_day(self, reference, read) -> None:
        where = ("municipalities", "--region", "duin-en-bollenstreek", "--on")
        assert read("Katwijk", *where, "2020-01-01") == [
            {"text": "Katwijk", "rule": "single", "municipalities": ["GM0537"]}
        ]
        for day in ("20200101", "2020-W01-1", "1-1-2020", "2020-02-30"):
            said = refused("read_notation", *where, day)
            assert said == (
                f"De dag {day} is geen dag; schrijf die als jaar-maand-dag, zoals 2020-03-01."
            )

    def start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "manage.py", "read_notation", "amount"],
            cwd=settings.BASE_DIR,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=os.environ | {"PENVOERDER_SECRET_KEY": "alleen-voor-de-tests"},
            # Who runs the tests in the background has Ctrl-C ignored in every child.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )

    def test_who_reads_no_further_gets_no_traceback(self) -> None:
        with self.start() as process:
            process.stdout.close()
            process.stdout = None
            _, said = process.communicate(b"PM\n" * 10_000, timeout=60)
        assert (process.returncode, said) == (141, b"")

    def test_stopping_gives_no_traceback(self) -> None:
        with self.start() as process:
            process.stdin.write(b"PM\n" * 10_000)
            process.stdin.flush()
            assert process.stdout.readline().startswith(b'{"text": "PM"')
            process.send_signal(signal.SIGINT)
            _, said = process.communicate(timeout=60)
        assert (process.returncode, said) == (130, b"")


@pytest.mark.parametrize("day", ["20200301", "2020-W10-1", "1-3-2020", "", "2020-02-30"])
def test_an_export_takes_a_day_in_one_form(loaded, tmp_path, day) -> None:
    said = refused(
        "export_plan", loaded.slug, format="yaml", output=str(tmp_path / "uit.yaml"), on=day
    )
    assert "schrijf die als jaar-maand-dag, zoals 2020-03-01." in said
