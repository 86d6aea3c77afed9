"""Load municipalities, regions, inhabitants and organisations from fixtures/reference.yaml."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand

from municipalities import reference, textfile
from municipalities.commands import refuse


class Command(BaseCommand):
    help = (
        "Laadt gemeenten, regio’s, inwonertallen en organisaties; een tweede keer "
        "verandert er niets."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(settings.BASE_DIR) / "fixtures" / "reference.yaml"
        try:
            changed = reference.load(textfile.read(path.read_text(encoding="utf-8")).tree)
        except ValidationError as refusal:
            refuse(str(path), refusal.messages)
        self.stdout.write(
            f"Basisgegevens: {changed} regels bijgewerkt."
            if changed
            else "Basisgegevens: ongewijzigd."
        )
