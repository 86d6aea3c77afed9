"""Lists what is past its retention term; destroys nothing."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.timezone import localdate

from municipalities.days import read_day
from workplans.models import Publication


class Command(BaseCommand):
    help = "Noemt de publicaties waarvan de bewaartermijn voorbij is; er wordt niets vernietigd."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--on", default="", help="de dag, zoals 2031-01-01; anders vandaag")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            day = read_day(options["on"]) if options["on"] else localdate()
        except ValueError:
            raise CommandError("Schrijf de dag als jaar-maand-dag, zoals 2031-01-01.") from None
        expired = Publication.objects.expired(day).select_related("version__plan__region")
        for row in expired.defer("version__tree").order_by("retention_until", "pk"):
            plan = row.version.plan
            self.stdout.write(
                f"{row.retention_until.isoformat()}  {plan.slug}  versie {row.version.number}  "
                f"{row.title} ({plan.region.name})"
            )
        count = len(expired)
        self.stdout.write(
            f"{count} {'publicatie' if count == 1 else 'publicaties'} voorbij de bewaartermijn."
        )
