"""Read amounts, planning or divisions line by line, and say how each was understood."""

import datetime
import json
import sys
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.timezone import localdate

from funds.notation import NotationError, amount_as_json, read_amount
from municipalities.models import Region
from workplans.gazetteer import places_of
from workplans.notation.planning import planning_as_json, read_planning
from workplans.notation.shares import read_shares, sharing_as_json

KINDS = ("amount", "planning", "municipalities")


class Command(BaseCommand):
    help = "Leest regels van de standaardinvoer en schrijft per regel één JSON-object."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", metavar="SOORT", help=", ".join(KINDS))
        parser.add_argument("--region", metavar="REGIO", help="Nodig voor municipalities.")
        parser.add_argument("--on", metavar="DATUM", help="Eerste dag van het plan.")

    def handle(self, *args: Any, **options: Any) -> None:
        read = self._reader(options)
        for line in sys.stdin:
            text = line.rstrip("\r\n")
            try:
                understood = read(text)
            except NotationError as fault:
                understood = {"fault": fault.sentence}
            self.stdout.write(json.dumps({"text": text} | understood, ensure_ascii=False))

    def _reader(self, options: dict[str, Any]) -> Callable[[str], dict[str, Any]]:
        kind = options["kind"]
        if kind == "amount":
            return lambda text: amount_as_json(read_amount(text))
        if kind == "planning":
            return lambda text: planning_as_json(read_planning(text))
        if kind == "municipalities":
            places = places_of(self._region(options["region"]), self._day(options["on"]))
            return lambda text: sharing_as_json(read_shares(text, places))
        raise CommandError(
            f"De soort {kind} kennen wij niet; kies uit: {', '.join(KINDS)}.", returncode=2
        )

    def _region(self, slug: str | None) -> Region:
        region = Region.objects.filter(slug=slug or "").first()
        if region is None:
            known = ", ".join(Region.objects.order_by("slug").values_list("slug", flat=True))
            raise CommandError(
                f"De regio {slug or '(geen)'} kennen wij niet; noem er een met --region: {known}.",
                returncode=2,
            )
        return region

    def _day(self, text: str | None) -> datetime.date:
        try:
            return datetime.date.fromisoformat(text) if text else localdate()
        except ValueError:
            raise CommandError(
                f"De dag {text} is niet te lezen; schrijf die als 2020-01-01.", returncode=2
            ) from None
