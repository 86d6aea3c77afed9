"""Load funds with their envelopes, rounds, applications and grants from a file."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandParser

from funds import fundfile
from municipalities import textfile
from municipalities.commands import refuse, text_of


class Command(BaseCommand):
    help = "Laadt fondsen uit een bestand; een tweede keer verandert er niets."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="BESTAND")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            written = fundfile.load(text_of(options["file"]))
        except textfile.FileFaults as faults:
            refuse(options["file"], [str(fault) for fault in faults.faults])
        except ValidationError as refusal:
            refuse(options["file"], refusal.messages)
        self.stdout.write(
            f"Fondsen: {written} regels bijgewerkt." if written else "Fondsen: ongewijzigd."
        )
