"""Cut the fonts of the packages to what the screen needs."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from reports.fonts import make_web_fonts


class Command(BaseCommand):
    # The folder that the checks ask for is what this command makes.
    requires_system_checks = ()
    help = "Maakt de lettertypen voor het scherm; wat er al is, blijft staan."

    def handle(self, *args: Any, **options: Any) -> None:
        make_web_fonts(settings.FONTS_DIR)
        self.stdout.write("Lettertypen: klaar.")
