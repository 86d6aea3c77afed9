"""Write a plan to a file in one of the formats."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from municipalities.commands import day_of
from reports.pdf import PdfError
from reports.rendering import FORMATS, render
from workplans.models import WorkPlan


class Command(BaseCommand):
    help = "Schrijft een plan naar een bestand."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", metavar="KENMERK")
        parser.add_argument("--format", required=True, help=", ".join(FORMATS))
        parser.add_argument("--output", required=True, metavar="BESTAND")
        parser.add_argument("--on", metavar="DATUM", help="Peildatum, zoals 2020-03-01.")

    def handle(self, *args: Any, **options: Any) -> None:
        plan = self._plan(options["slug"])
        form = options["format"]
        if form not in FORMATS:
            raise CommandError(
                f"Het formaat {form} kennen wij niet; kies uit: {', '.join(FORMATS)}.", returncode=2
            )
        on = day_of(options["on"], what="De peildatum")
        try:
            rendered = render(plan, form, on=on)
            Path(options["output"]).write_bytes(rendered.body)
        except PdfError as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(
                f"Het bestand {options['output']} is niet te schrijven ({error.strerror}); kies "
                "een andere plaats."
            ) from error
        self.stdout.write(f"Geschreven: {options['output']}.")

    def _plan(self, slug: str) -> WorkPlan:
        plan = WorkPlan.objects.select_related("region", "programme").filter(slug=slug).first()
        if plan is None:
            known = ", ".join(WorkPlan.objects.in_list_order().values_list("slug", flat=True)[:20])
            raise CommandError(
                f"Het plan {slug} bestaat niet; bekend zijn: {known or 'nog geen plannen'}.",
                returncode=2,
            )
        return plan
