"""Strict readers of environment variables.

What is missing or cannot be read stops the start with one Dutch sentence that names
the variable and what would be right. A password never appears in it.
"""

import os
import re
from collections.abc import Mapping
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

DATABASE_EXAMPLE = "postgresql://gebruiker:wachtwoord@server:5432/penvoerder"

# Settings of a connection that libpq knows and that make sense in an address. A typing
# fault such as `sslmod` is refused here; it would otherwise surface as a traceback.
CONNECTION_OPTIONS = frozenset(
    {
        "application_name",
        "channel_binding",
        "connect_timeout",
        "gssencmode",
        "keepalives",
        "keepalives_count",
        "keepalives_idle",
        "keepalives_interval",
        "options",
        "passfile",
        "service",
        "sslcert",
        "sslcrl",
        "sslkey",
        "sslmode",
        "sslrootcert",
        "target_session_attrs",
        "tcp_user_timeout",
    }
)


def text(name: str, default: str | None = None, *, example: str = "") -> str:
    """Read a text; without a default it must be there. An empty value counts as absent."""
    value = os.environ.get(name, "").strip()
    if value:
        return value
    if default is not None:
        return default
    right = f", bijvoorbeeld: {name}={example}" if example else ""
    raise ImproperlyConfigured(f"De variabele {name} is niet ingevuld; geef die een waarde{right}.")


def flag(name: str, *, default: bool) -> bool:
    """Read 1 or 0; nothing else, since `false` taken for true would open a door."""
    value = text(name, "1" if default else "0")
    if value not in ("0", "1"):
        raise ImproperlyConfigured(
            f"De variabele {name} is {value!r}; goed zijn 1 (aan) en 0 (uit)."
        )
    return value == "1"


def count(name: str, default: int, *, most: int) -> int:
    """Read a whole number from 1 up to `most`."""
    value = text(name, str(default))
    if not (value.isascii() and value.isdigit() and len(value) < 9 and 1 <= int(value) <= most):
        raise ImproperlyConfigured(
            f"De variabele {name} is {value!r}; goed is een heel getal van 1 tot en met {most}."
        )
    return int(value)


def names(name: str, default: str | None = None, *, example: str = "") -> list[str]:
    """Read a list divided by commas; a name that is empty or holds a space is refused."""
    found = [part.strip() for part in text(name, default, example=example).split(",")]
    if found == [""]:
        return []
    if any(not part or re.search(r"\s", part) for part in found):
        raise ImproperlyConfigured(
            f"De variabele {name} is {','.join(found)!r}; "
            "schrijf namen met komma's ertussen, zoals: een.nl,twee.nl"
        )
    return found


def database(url: str) -> dict[str, object]:
    """Turn the address of a PostgreSQL database into Django's settings of it.

    A host in the query part, such as the folder of a socket, goes before that of the
    address itself, as it does for PostgreSQL's own programs.
    """
    try:
        parts = urlsplit(url)
    except ValueError as fault:
        raise _broken("is geen adres van een database") from fault
    if parts.scheme not in ("postgresql", "postgres"):
        raise _broken(f"begint met {parts.scheme or 'niets'!r} en niet met 'postgresql'")
    if parts.fragment or "#" in url:
        raise _broken("bevat een #; schrijf dat teken in een wachtwoord als %23")

    credentials, _, place = parts.netloc.rpartition("@")
    user, _, password = credentials.partition(":")
    where = re.fullmatch(r"(\[[0-9A-Fa-f:.]+\]|[^:\[\]]*)(?::(\d*))?", place)
    if where is None:
        raise _broken("heeft een server of poort die niet te lezen is")
    query = _query(parts.query)
    name = unquote(parts.path.removeprefix("/"))
    if not name or "/" in name:
        raise _broken("noemt geen database")

    host = query.pop("host", "") or unquote(where[1].strip("[]"))
    port = query.pop("port", "") or where[2] or ""
    if port and not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        raise _broken(f"heeft poort {port!r}, die tussen 1 en 65535 hoort te liggen")
    unknown = sorted(query.keys() - CONNECTION_OPTIONS)
    if unknown:
        raise _broken(f"bevat {unknown[0]!r}, dat PostgreSQL niet kent")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(user),
        "PASSWORD": unquote(password),
        "HOST": host,
        "PORT": port,
        "OPTIONS": query,
    }


def _query(query: str) -> dict[str, str]:
    """Read the part after the question mark; each word stands there once."""
    try:
        pairs = parse_qsl(query, keep_blank_values=True, strict_parsing=True) if query else []
    except ValueError as fault:
        raise _broken("heeft na het vraagteken geen 'naam=waarde'") from fault
    found: Mapping[str, str] = dict(pairs)
    if len(found) != len(pairs):
        raise _broken("noemt na het vraagteken iets dubbel")
    return dict(found)


def _broken(reason: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(
        f"De variabele DATABASE_URL {reason}; goed is bijvoorbeeld: {DATABASE_EXAMPLE}"
    )
