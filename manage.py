#!/usr/bin/env python
"""Django's command line; `script/manage` calls it inside the project's environment."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import OperationalError, ProgrammingError

UNDEFINED_TABLE = "42P01"


def main() -> int:
    """Run one command; what keeps it from starting is one Dutch sentence, no traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        print(error, file=sys.stderr)
    except OperationalError as error:
        reason = str(error).strip().splitlines()[0]
        print(
            f"De database is niet te bereiken ({reason}); kijk of PostgreSQL draait en of "
            "DATABASE_URL klopt.",
            file=sys.stderr,
        )
    except ProgrammingError as error:
        if getattr(error.__cause__, "sqlstate", None) != UNDEFINED_TABLE:
            raise
        print(
            "De database heeft nog niet alle tabellen; maak die eerst met script/manage migrate.",
            file=sys.stderr,
        )
    else:
        return 0
    return 1


if __name__ == "__main__":
    sys.exit(main())
