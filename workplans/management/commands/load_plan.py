"""Make plans equal to their files."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandParser

from municipalities import textfile
from municipalities.commands import refuse, text_of
from workplans import planfile
from workplans.services import Outcome, store_plan

SAID = {
    Outcome.NEW: "nieuw opgeslagen",
    Outcome.CHANGED: "bijgewerkt",
    Outcome.UNCHANGED: "ongewijzigd",
    Outcome.PRESENT: "bestaat al, niet aangeraakt",
}


class Command(BaseCommand):
    help = "Maakt elk plan gelijk aan zijn bestand; een tweede keer verandert er niets."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", metavar="BESTAND")
        parser.add_argument(
            "--replace", action="store_true", help="Overschrijf wat sindsdien is veranderd."
        )
        parser.add_argument(
            "--absent", action="store_true", help="Laad alleen plannen die er nog niet zijn."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        for name in options["files"]:
            try:
                file = planfile.read(text_of(name))
                outcome = store_plan(
                    file, replace=options["replace"], only_absent=options["absent"]
                )
            except textfile.FileFaults as faults:
                refuse(name, [str(fault) for fault in faults.faults])
            except ValidationError as refusal:
                refuse(name, refusal.messages)
            self.stdout.write(f"Plan {file.tree['plan']['slug']}: {SAID[outcome]}.")
