"""Reminds people of what they still have to report, and mails what they were told and did
not read; for cron, once a day."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import localdate

from workplans.services import remind_of_progress, send_digest, waiting_for_mail


class Command(BaseCommand):
    help = "Mailt iedereen die dat wil één bericht met de meldingen sinds het vorige."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.SITE_ADDRESS:
            raise CommandError(
                "Wij kennen het adres van deze website niet; zet PENVOERDER_ADDRESS, zoals "
                "https://penvoerder.voorbeeld.nl, dan kloppen de links in de mail."
            )
        remind_of_progress(on=localdate())
        sent, failed = 0, []
        for key in waiting_for_mail():
            try:
                sent += send_digest(key) > 0
            except OSError as error:
                # Of one person the mail server is away; the next may have better luck.
                failed.append(str(error))
        self.stdout.write(f"{sent} {'bericht' if sent == 1 else 'berichten'} verstuurd.")
        if failed:
            raise CommandError(
                f"{len(failed)} niet verstuurd; dat gebeurt de volgende keer alsnog. De "
                f"mailserver zei: {failed[0]}"
            )
