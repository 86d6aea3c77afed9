"""The people of the demonstration, all with the same password: one for each role, and
one for each region whose plans nobody would see otherwise."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from municipalities.models import Municipality, Region, RoleAssignment, User

PASSWORD = "duin-en-bollen"
Role = RoleAssignment.Role

PEOPLE = (
    ("anna", "Beleidsmedewerker Katwijk", Role.POLICY_OFFICER, "GM0537"),
    ("pieter", "Projectleider Duin- en Bollenstreek", Role.PROJECT_LEADER, "duin-en-bollenstreek"),
    ("bram", "Lezer Duin- en Bollenstreek", Role.READER, "duin-en-bollenstreek"),
    ("carla", "Beleidsmedewerker Alphen aan den Rijn", Role.POLICY_OFFICER, "GM0484"),
    ("fenna", "Fondsbeheerder Leiden", Role.FUND_MANAGER, "GM0546"),
    ("hanna", "Beheerder", Role.ADMINISTRATOR, ""),
    ("gijs", "Nog zonder rol", None, ""),
    ("ilse", "Projectleider Westfriesland", Role.PROJECT_LEADER, "westfriesland"),
    ("joost", "Projectleider Leidschendam-Voorburg", Role.PROJECT_LEADER, "leidschendam-voorburg"),
)


class Command(BaseCommand):
    help = "Maakt de mensen van de demonstratie; alleen met PENVOERDER_DEMO=1."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--show", action="store_true", help="Toon hoe u inlogt.")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(
                "Mensen voor een demonstratie maken wij alleen met PENVOERDER_DEMO=1."
            )
        for name, display_name, role, scope in PEOPLE:
            email = f"{name}@penvoerder.test"
            if not User.objects.filter(email=email).exists():
                user = User.objects.create_user(email, PASSWORD, display_name=display_name)
                if role is not None:
                    _assign(user, role, scope)
        technician = "technisch@penvoerder.test"
        if not User.objects.filter(email=technician).exists():
            User.objects.create_superuser(technician, PASSWORD, display_name="Technisch beheer")
        if options["show"]:
            self._show()

    def _show(self) -> None:
        people = [(name, display_name) for name, display_name, _, _ in PEOPLE]
        for name, display_name in [*people, ("technisch", "Technisch beheer (alleen beheer)")]:
            self.stdout.write(f"  {name}@penvoerder.test".ljust(32) + display_name)
        self.stdout.write(f"  wachtwoord voor allemaal: {PASSWORD}")


def _assign(user: User, role: Role, scope: str) -> None:
    assignment = RoleAssignment(user=user, role=role)
    if scope.startswith("GM"):
        assignment.municipality = Municipality.objects.get(code=scope)
    elif scope:
        assignment.region = Region.objects.get(slug=scope)
    assignment.full_clean()
    assignment.save()
