"""Read amounts, planning or divisions line by line, and say how each was understood."""

import json
import sys
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.timezone import localdate

from funds.notation import NotationError, amount_as_json, read_amount
from municipalities.characters import INVISIBLE, has_control
from municipalities.commands import day_of, quiet_end
from municipalities.models import Region
from workplans.gazetteer import places_of
from workplans.notation.planning import planning_as_json, read_planning
from workplans.notation.shares import read_shares, sharing_as_json

LONGEST = {"amount": 500, "planning": 500, "municipalities": 20_000}
"""How many characters such a cell of a plan may have."""

LONGEST_IN_BYTES = 4 * max(LONGEST.values()) + 2


class Command(BaseCommand):
    help = "Leest regels van de standaardinvoer en schrijft per regel één JSON-object."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", metavar="SOORT", help=", ".join(LONGEST))
        parser.add_argument("--region", metavar="REGIO", help="Nodig voor municipalities.")
        parser.add_argument("--on", metavar="DATUM", help="Eerste dag van het plan.")

    def handle(self, *args: Any, **options: Any) -> None:
        with quiet_end():
            read = self._reader(options)
            for raw in _lines(sys.stdin.buffer):
                text = raw.decode("utf-8", errors="replace").rstrip("\r\n")
                try:
                    _refuse_unreadable(raw, text, LONGEST[options["kind"]])
                    understood = read(text)
                except NotationError as fault:
                    understood = {"fault": fault.sentence}
                said = {"text": text[: max(LONGEST.values())]} | understood
                self.stdout.write(json.dumps(said, ensure_ascii=False))

    def _reader(self, options: dict[str, Any]) -> Callable[[str], dict[str, Any]]:
        kind = options["kind"]
        if kind == "amount":
            return lambda text: amount_as_json(read_amount(text))
        if kind == "planning":
            return lambda text: planning_as_json(read_planning(text))
        if kind == "municipalities":
            day = day_of(options["on"], what="De dag") or localdate()
            places = places_of(self._region(options["region"]), day)
            return lambda text: sharing_as_json(read_shares(text, places))
        raise CommandError(
            f"De soort {kind} kennen wij niet; kies uit: {', '.join(LONGEST)}.", returncode=2
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


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """Each line once, without the mark at the start of a file; of a line that is too
    long for a cell only its beginning."""
    mark = b"\xef\xbb\xbf"
    while raw := stream.readline(LONGEST_IN_BYTES):
        part = raw
        while part and not part.endswith(b"\n"):
            part = stream.readline(LONGEST_IN_BYTES)
        yield raw.removeprefix(mark)
        mark = b""


def _refuse_unreadable(raw: bytes, text: str, longest: int) -> None:
    """`NotationError` for a line that is no text, or longer than a cell."""
    if len(text) > longest:
        raise NotationError(
            f"Deze regel is langer dan {longest} tekens, meer dan een cel kan hebben; maak die "
            "korter.",
            code="too_long",
        )
    if text.encode() != raw.rstrip(b"\r\n"):
        raise NotationError("Deze regel is geen UTF-8; sla de tekst op als UTF-8.", code="encoding")
    if has_control(text):
        raise NotationError(INVISIBLE, code="control")
