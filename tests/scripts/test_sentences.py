"""What the scripts refuse before their one job: each refusal is one Dutch sentence."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
LIBRARY = REPOSITORY / "script" / "lib"


def shell(text: str, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run shell text after the launcher's parts; $1 and on are the arguments."""
    parts = 'script=$1; shift; . "$script/lib/launch.sh"\n'
    return subprocess.run(
        ["sh", "-uc", parts + text, "sh", str(REPOSITORY / "script"), *arguments],
        env=os.environ | variables,
        capture_output=True,
        text=True,
        check=False,
    )


PORT_IS_FREE = '. "$script/lib/port.sh"; port_is_free'


def test_occupied_port_names_the_command_with_a_free_one():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused = shell(PORT_IS_FREE, PORT=str(port))
    assert refused.returncode == 1
    start, _, advice = refused.stderr.strip().partition("; kies een vrije poort: PORT=")
    assert start == f"Fout: Poort {port} is al bezet of hier niet toegestaan"
    free, _, command = advice.partition(" ")
    assert port < int(free) < 65536
    assert command == "script/server"


@pytest.mark.parametrize("port", ["", "0", "80x", "-1", "65536", "100000"])
def test_port_that_is_none_is_refused(port):
    refused = shell(PORT_IS_FREE, PORT=port)
    assert refused.returncode == 1
    assert f"PORT is '{port}'; goed is een getal van 1 tot en met 65535" in refused.stderr


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        (
            "postgresql://u:geheim@127.0.0.1:1/plan",
            "De database 'plan' op 127.0.0.1 antwoordt niet",
        ),
        ("postgresql://u:geheim@/plan?host=/nergens", "op /nergens antwoordt niet"),
        ("sqlite:///plan", "begint met 'sqlite'"),
    ],
)
def test_database_that_does_not_answer_is_one_sentence(url, reason):
    refused = subprocess.run(
        [sys.executable, str(LIBRARY / "check_database.py")],
        env=os.environ | {"DATABASE_URL": url, "PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert refused.returncode == 1
    assert refused.stderr.startswith("Fout: ")
    assert reason in refused.stderr
    assert refused.stderr.count("\n") == 1
    assert "geheim" not in refused.stderr


def test_settings_in_a_file_are_read_and_never_run(tmp_path):
    (tmp_path / ".env").write_text("# uitleg\n\nEEN=a b; $(touch x) `y`\nTWEE=\nDRIE=file")
    read = 'checkout=$1; dotenv_use; printf "%s|%s|%s" "$EEN" "$TWEE" "$DRIE"'
    found = shell(read, str(tmp_path), DRIE="environment")
    assert found.stdout == "a b; $(touch x) `y`||environment"


@pytest.mark.parametrize("line", ["EEN", "E EN=1", "=1", "1EEN=1", "EEN;x=1", "export EEN=1"])
def test_settings_in_a_file_that_cannot_be_read_are_refused(tmp_path, line):
    (tmp_path / ".env").write_text(f"TWEE=2\n{line}\n")
    refused = shell("checkout=$1; dotenv_use", str(tmp_path))
    assert refused.returncode == 1
    assert refused.stderr.startswith("Fout: Regel 2 van .env is niet te lezen")


def test_lock_files_name_hashes_and_no_address():
    locks = sorted(REPOSITORY.glob("requirements*.txt"))
    assert [lock.name for lock in locks] == [
        "requirements-test.txt",
        "requirements-uv.txt",
        "requirements.txt",
    ]
    for lock in locks:
        text = lock.read_text()
        assert "://" not in text
        assert "--hash=sha256:" in text


def test_lock_of_the_tests_holds_that_of_the_server():
    server, tests = (
        {line.split()[0] for line in (REPOSITORY / name).read_text().splitlines() if "==" in line}
        for name in ("requirements.txt", "requirements-test.txt")
    )
    assert server <= tests
