"""A server that is killed in the middle of a batch of decisions has decided nothing."""

from __future__ import annotations

import http.client
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from funds.models import Application, ApplicationLine, Grant
from tests.browser_form import filled_in
from tests.factories import ApplicationFactory, asked
from tests.sessions import until_nobody_else_works, until_somebody_waits

pytestmark = pytest.mark.django_db(transaction=True)

LINES = 5


@pytest.fixture
def application(fund, bollenstreek) -> Application:
    envelope = fund.envelopes.get(region=bollenstreek)
    return ApplicationFactory(envelope=envelope, lines=[asked(100)] * LINES)


@contextmanager
def server() -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The application as a process of its own on the database of the tests; its address."""
    name = connection.settings_dict["NAME"]
    own = re.sub(r"(://[^/]*/)[^?]*", rf"\g<1>{name}", os.environ["DATABASE_URL"])
    with subprocess.Popen(
        [sys.executable, "-u", "manage.py", "runserver", "--noreload", "127.0.0.1:0"],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": own, "PENVOERDER_SECRET_KEY": settings.SECRET_KEY},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        try:
            said = (re.search(r"http://([\d.]+:\d+)/", line) for line in process.stdout)
            yield process, next(found[1] for found in said if found)
        finally:
            process.kill()


def send(address: str, path: str, desk: Client, fields: dict[str, list[str]]) -> None:
    """Send a form as the browser of this client would."""
    cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in desk.cookies.items())
    kind = "application/x-www-form-urlencoded"
    line = http.client.HTTPConnection(address, timeout=60)
    try:
        line.request(
            "POST", path, urlencode(fields, doseq=True), {"Cookie": cookies, "Content-Type": kind}
        )
        line.getresponse()
    except (ConnectionError, http.client.HTTPException):
        pass
    finally:
        line.close()


def test_all_or_nothing(application, client, fenna) -> None:
    client.force_login(fenna)
    fund = application.envelope.fund
    path = reverse("funds:application_step", args=[fund.slug, application.pk, "beschikken"])
    fields = filled_in(client.post(path, filled_in(client.get(path))))
    middle = ApplicationLine.objects.filter(application=application, position=3)
    with server() as (process, address):
        sender = threading.Thread(target=send, args=[address, path, client, fields])
        with transaction.atomic():
            assert middle.select_for_update().get()
            sender.start()
            until_somebody_waits()
            process.kill()
            process.wait()
        sender.join(timeout=60)
    until_nobody_else_works()
    assert not Grant.objects.exists()

    assert client.post(path, fields).status_code == 302
    assert Grant.objects.filter(line__application=application).count() == LINES
