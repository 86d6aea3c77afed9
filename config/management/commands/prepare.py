"""Everything that must have happened before the server can serve, in one process."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection


class Command(BaseCommand):
    help = (
        "Bereidt database, basisgegevens, voorbeelden en bestanden voor; doet alleen wat nog moet."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        fixtures = Path(settings.BASE_DIR) / "fixtures"
        call_command("migrate", verbosity=0, interactive=False, stdout=self.stdout)
        self.stdout.write("Database: bij.")
        call_command("make_fonts", stdout=self.stdout)
        call_command("collectstatic", verbosity=0, interactive=False, stdout=self.stdout)
        self.stdout.write("Bestanden voor het scherm: klaar.")
        call_command("load_reference", stdout=self.stdout)
        call_command("load_funds", str(fixtures / "funds.yaml"), stdout=self.stdout)
        plans = sorted(str(path) for path in (fixtures / "plans").glob("*.yaml"))
        call_command("load_plan", *plans, absent=True, stdout=self.stdout)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # searching chooses badly until PostgreSQL has counted
        if settings.DEMO:
            self.stdout.write("Inloggen kan als:")
            call_command("demo_people", show=True, stdout=self.stdout)
