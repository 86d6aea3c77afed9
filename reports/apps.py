from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "Rapporten"

    def ready(self) -> None:
        """Give the steps of a plan the condition that only a report can add up."""
        from reports.checker.stops import rules_kept
        from workplans.services import CONDITIONS

        CONDITIONS["rules_kept"] = rules_kept
