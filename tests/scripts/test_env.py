"""The readers of environment variables: exact for what is right, one sentence otherwise."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import env


def test_text_prefers_the_environment_over_the_default(monkeypatch):
    monkeypatch.setenv("PENVOERDER_PROEF", " waarde ")
    assert env.text("PENVOERDER_PROEF", "anders") == "waarde"


@pytest.mark.parametrize("value", ["", "  "])
def test_empty_text_counts_as_absent(monkeypatch, value):
    monkeypatch.setenv("PENVOERDER_PROEF", value)
    assert env.text("PENVOERDER_PROEF", "anders") == "anders"
    with pytest.raises(ImproperlyConfigured, match=r"PENVOERDER_PROEF is niet ingevuld.*=geheim"):
        env.text("PENVOERDER_PROEF", example="geheim")


@pytest.mark.parametrize(("value", "expected"), [("1", True), ("0", False)])
def test_flag_reads_one_and_zero(monkeypatch, value, expected):
    monkeypatch.setenv("PENVOERDER_PROEF", value)
    assert env.flag("PENVOERDER_PROEF", default=not expected) is expected


@pytest.mark.parametrize("value", ["true", "false", "ja", "2", "off"])
def test_flag_refuses_everything_else(monkeypatch, value):
    monkeypatch.setenv("PENVOERDER_PROEF", value)
    with pytest.raises(ImproperlyConfigured, match=r"goed zijn 1 \(aan\) en 0 \(uit\)"):
        env.flag("PENVOERDER_PROEF", default=False)


def test_count_reads_a_whole_number_within_its_bounds(monkeypatch):
    monkeypatch.setenv("PENVOERDER_PROEF", "4")
    assert env.count("PENVOERDER_PROEF", 1, most=4) == 4
    monkeypatch.delenv("PENVOERDER_PROEF")
    assert env.count("PENVOERDER_PROEF", 1, most=4) == 1


@pytest.mark.parametrize("value", ["0", "5", "-1", "2.0", "veel", "²", "9" * 5000])
def test_count_refuses_everything_else(monkeypatch, value):
    monkeypatch.setenv("PENVOERDER_PROEF", value)
    with pytest.raises(ImproperlyConfigured, match="een heel getal van 1 tot en met 4"):
        env.count("PENVOERDER_PROEF", 1, most=4)


def test_names_are_divided_by_commas(monkeypatch):
    monkeypatch.setenv("PENVOERDER_PROEF", "een.nl, twee.nl")
    assert env.names("PENVOERDER_PROEF") == ["een.nl", "twee.nl"]
    monkeypatch.delenv("PENVOERDER_PROEF")
    assert env.names("PENVOERDER_PROEF", "") == []


@pytest.mark.parametrize("value", ["een.nl twee.nl", "een.nl,,twee.nl", ","])
def test_names_divided_otherwise_are_refused(monkeypatch, value):
    monkeypatch.setenv("PENVOERDER_PROEF", value)
    with pytest.raises(ImproperlyConfigured, match="komma's ertussen"):
        env.names("PENVOERDER_PROEF")


def test_database_on_a_server():
    assert env.database("postgresql://an%40na:g%2Fh%23@db.lan:5433/plan?sslmode=require") == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "plan",
        "USER": "an@na",
        "PASSWORD": "g/h#",
        "HOST": "db.lan",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "require"},
    }


@pytest.mark.parametrize(
    ("url", "host", "port"),
    [
        ("postgresql://u@/plan?host=%2Ftmp%2FPv-0&port=5432", "/tmp/Pv-0", "5432"),
        ("postgresql://u@%2Ftmp%2FPv-0/plan", "/tmp/Pv-0", ""),
        ("postgres://u@[::1]:6000/plan", "::1", "6000"),
        ("postgresql:///plan", "", ""),
    ],
)
def test_database_at_a_socket_or_an_address(url, host, port):
    settings = env.database(url)
    assert (settings["HOST"], settings["PORT"]) == (host, port)
    assert settings["NAME"] == "plan"


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("sqlite:///plan.db", "begint met 'sqlite'"),
        ("plan", "begint met 'niets'"),
        ("postgresql://u:geheim@[::1/plan", "geen adres"),
        ("postgresql://u:geheim#1@db/plan", "%23"),
        ("postgresql://u:geheim@db:vijf/plan", "server of poort"),
        ("postgresql://u:geheim@db:70000/plan", "tussen 1 en 65535"),
        ("postgresql://u:geheim@db/plan?port=x", "tussen 1 en 65535"),
        ("postgresql://u:geheim@db", "noemt geen database"),
        ("postgresql://u:geheim@db/een/twee", "noemt geen database"),
        ("postgresql://u:geheim@db/plan?sslmod=require", "'sslmod'"),
        ("postgresql://u:geheim@db/plan?require", "naam=waarde"),
        ("postgresql://u:geheim@db/plan?host=a&host=b", "dubbel"),
    ],
)
def test_broken_database_address_is_one_sentence_without_the_password(url, reason):
    with pytest.raises(ImproperlyConfigured) as caught:
        env.database(url)
    sentence = str(caught.value)
    assert reason in sentence
    assert env.DATABASE_EXAMPLE in sentence
    assert "geheim" not in sentence
    assert "\n" not in sentence
