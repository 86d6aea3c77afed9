"""Try the database of DATABASE_URL once and say in one sentence why it does not answer."""

import os
import sys
from typing import Any

import psycopg
from django.core.exceptions import ImproperlyConfigured

from config import env


def fault_of(settings: dict[str, Any]) -> str:
    """Connect and leave; return why that failed, or nothing. Waits five seconds at most."""
    options = {"connect_timeout": 5} | settings["OPTIONS"]
    place = settings["HOST"] or "deze machine"
    try:
        with psycopg.connect(
            dbname=settings["NAME"],
            user=settings["USER"] or None,
            password=settings["PASSWORD"] or None,
            host=settings["HOST"] or None,
            port=settings["PORT"] or None,
            **options,
        ) as connection:
            version = connection.info.server_version // 10_000
    except psycopg.Error as fault:
        reason = " ".join(str(fault).split()).rsplit("FATAL: ", 1)[-1]
        return (
            f"De database {settings['NAME']!r} op {place} antwoordt niet ({reason}); "
            "zorg dat de server draait en dat DATABASE_URL klopt, "
            "of laat DATABASE_URL weg om een eigen database te gebruiken."
        )
    if version < 15:
        return f"De database op {place} is PostgreSQL {version}; nodig is 15 of nieuwer."
    return ""


def main() -> int:
    try:
        fault = fault_of(env.database(os.environ["DATABASE_URL"]))
    except ImproperlyConfigured as refusal:
        fault = str(refusal)
    if fault:
        print(f"Fout: {fault}", file=sys.stderr)
    return 1 if fault else 0


if __name__ == "__main__":
    sys.exit(main())
