"""Say what a careful reader would find wrong in a plan."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from reports.checker.accepted import checked
from reports.checker.finding import Severity
from reports.checker.page import count_text
from reports.rendering import report
from workplans.models import WorkPlan


class Command(BaseCommand):
    help = "Controleert een plan: ernst, regel, plaats en zin. Eindigt met 1 als er iets blokkeert."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", metavar="KENMERK")

    def handle(self, *args: Any, **options: Any) -> None:
        plans = WorkPlan.objects.select_related("region", "programme")
        plan = plans.filter(slug=options["slug"]).first()
        if plan is None:
            known = ", ".join(WorkPlan.objects.in_list_order().values_list("slug", flat=True)[:20])
            raise CommandError(
                f"Het plan {options['slug']} bestaat niet; bekend zijn: "
                f"{known or 'nog geen plannen'}.",
                returncode=2,
            )
        found = checked(report(plan))
        for finding in found.open:
            self.stdout.write(
                f"{finding.severity}  {finding.rule.code}  {finding.where}  {finding.sentence}"
            )
        if found.accepted:
            self.stdout.write(f"Geaccepteerd: {count_text(len(found.accepted))}.")
        if any(finding.severity is Severity.BLOCK for finding in found.open):
            sys.exit(1)
