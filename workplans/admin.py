"""The Django admin of plans: what people typed is changed, what it says follows."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import models
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from funds.notation import format_euro
from municipalities.admin import (
    DerivedAdmin,
    GuardedAdmin,
    GuardedRows,
    ListPages,
    ReadOnlyInline,
    register_history,
)
from municipalities.versions import Watched
from workplans.forms import ActionForm
from workplans.models import (
    Action,
    ActionLine,
    CostLine,
    PlanApplication,
    PlanningEntry,
    Section,
    Share,
    WorkPlan,
)
from workplans.resources import ActionResource
from workplans.services import reread_plan

FOLLOWS = frozenset(
    str(model._meta.verbose_name) for model in (CostLine, Share, PlanningEntry, PlanApplication)
)
"""What goes along when an action or a plan is removed, and nobody removes alone."""


@admin.display(description="Bedrag", ordering="amount")
def euros(row: Any) -> str:
    """The amount, or the state that stands for it."""
    if row.amount is None:
        return str(row.get_state_display())
    return format_euro(row.amount.amount)


def period_of(entry: PlanningEntry) -> str:
    """`2020`, `kwartaal 2 van 2020 t/m 2021`, `2020, doorlopend`."""
    start = _moment(entry.start_year, entry.start_quarter)
    end = _moment(entry.end_year, entry.end_quarter)
    span = start if end in ("", start) else f"{start} t/m {end}" if start else f"t/m {end}"
    words = [span, "doorlopend" if entry.is_continuous else "", entry.reference]
    said = ", ".join(word for word in words if word)
    subject = " ".join(word for word in (entry.group, entry.label) if word)
    said = said or entry.state or "zonder jaar"
    return f"{subject}: {said}" if subject else said


def _moment(year: int | None, quarter: int | None) -> str:
    if year is None:
        return ""
    return f"kwartaal {quarter} van {year}" if quarter else str(year)


class PartOfPlan:
    """For pages of a plan and of its parts: they change one at a time, and who changes a
    part hears when the plan was submitted in the meantime."""

    path_from_plan = ""

    def turns(self, key: int) -> models.QuerySet:
        plans = WorkPlan.objects.select_for_update(no_key=True, of=("self",))
        return plans.filter(**{self.path_from_plan or "pk": key})

    def watched(self, row: Any) -> list[Watched]:
        own = [*super().watched(row)]
        if not self.path_from_plan:
            return own
        plan = WorkPlan.objects.get(**{self.path_from_plan: row.pk})
        return [*own, Watched(WorkPlan, "pgh_obj_id", plan.pk, {"status": ""})]


class DerivedGoesAlong:
    """For pages of rows from which others follow: those are removed with them."""

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple:
        deleted, count, lacking, protected = super().get_deleted_objects(objs, request)
        return deleted, count, {name for name in lacking if name not in FOLLOWS}, protected


class SectionInline(GuardedRows, admin.StackedInline):
    model = Section
    extra = 0
    classes = ("collapse",)


class ActionLineInline(GuardedRows, admin.TabularInline):
    model = ActionLine
    extra = 0
    show_change_link = True


class PlanApplicationForm(ModelForm):
    """A round to apply in; what was submitted stands fast."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.application_id is not None:
            for name in ("round", "position", "submitted_on"):
                self.fields[name].disabled = True


class PlanApplicationInline(GuardedRows, admin.TabularInline):
    model = PlanApplication
    form = PlanApplicationForm
    autocomplete_fields = ("round",)
    readonly_fields = ("application",)
    extra = 0

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).select_related("round__fund", "application")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return (obj is None or not obj.is_submitted) and super().has_delete_permission(request, obj)


@admin.register(WorkPlan)
class WorkPlanAdmin(DerivedGoesAlong, PartOfPlan, GuardedAdmin):
    list_display = ("title", "region", "kind", "first_year", "last_year", "status", "as_of")
    list_filter = ("status", "kind", ("region", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("region",)
    search_fields = ("title", "slug", "region__name")
    autocomplete_fields = ("region", "programme")
    prepopulated_fields = {"slug": ("title",)}
    readonly_fields = ("status",)
    inlines = (PlanApplicationInline, ActionLineInline, SectionInline)
    actions = None  # a plan is removed on its own page, after a look
    fieldsets = (
        (None, {"fields": ("title", "slug", "kind", "region", "programme")}),
        ("Periode", {"fields": (("first_year", "last_year"), "as_of")}),
        (
            "Stand",
            {
                "fields": ("status", "joint_text"),
                "description": "De status verandert door het plan in te dienen, niet hier.",
            },
        ),
    )
    history_of_parts = (
        (Section, "plan_id", "Tekst"),
        (ActionLine, "plan_id", "Actielijn"),
        (PlanApplication, "plan_id", "Aanvraag"),
    )

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return (obj is None or not obj.is_submitted) and super().has_delete_permission(request, obj)

    def choice_text(self, row: WorkPlan) -> str:
        return f"{row} ({row.region}, {row.period_text})"

    def save_consequences(self, form: ModelForm, change: bool) -> None:
        if change and {"region", "first_year"} & set(form.changed_data):
            reread_plan(form.instance)


@admin.register(Section)
class SectionAdmin(PartOfPlan, GuardedAdmin):
    path_from_plan = "sections"
    list_display = ("title", "plan", "position")
    list_filter = (("plan", admin.RelatedOnlyFieldListFilter),)
    list_select_related = ("plan",)
    search_fields = ("title", "text", "plan__title")
    autocomplete_fields = ("plan",)
    ordering = ("plan__title", "position", "pk")


@admin.register(ActionLine)
class ActionLineAdmin(DerivedGoesAlong, PartOfPlan, GuardedAdmin):
    path_from_plan = "lines"
    list_display = ("code", "title", "kind", "plan", "position")
    list_display_links = ("code", "title")
    list_filter = ("kind", ("plan", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("plan",)
    search_fields = ("code", "title", "plan__title")
    autocomplete_fields = ("plan",)
    ordering = ("plan__title", "position", "pk")
    history_of_parts = ((Action, "line_id", "Actie"),)

    def choice_text(self, row: ActionLine) -> str:
        return f"{row.plan} – {row}"

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return () if obj is None else ("plan",)


@admin.register(Action)
class ActionAdmin(DerivedGoesAlong, PartOfPlan, ListPages, GuardedAdmin):
    """The typed cells are changed here; below stands how they were read."""

    path_from_plan = "lines__actions"
    form = ActionForm
    resource_classes = (ActionResource,)
    list_display = (
        "shown_code",
        "title",
        "plan",
        "amount",
        "planning_text",
        "municipalities_text",
        "sharing",
    )
    list_display_links = ("shown_code", "title")
    list_filter = (
        ("line__plan", admin.RelatedOnlyFieldListFilter),
        "sharing",
        ("lead", admin.RelatedOnlyFieldListFilter),
        "planning_unread",
        "municipalities_unread",
        "cost_lines__state",
    )
    list_select_related = ("line__plan__region",)
    search_fields = ("code", "line__code", "title", "budget_title", "description")
    autocomplete_fields = ("line",)
    ordering = ("line__plan__title", "line__position", "position", "pk")
    readonly_fields = ("sharing", "lead", "key_date", "read_shares", "read_planning")
    fieldsets = (
        (None, {"fields": ("line", "code", "position", "title", "budget_title", "description")}),
        (
            "Bedrag",
            {"fields": ("has_cost", "amount_text", "nature", "funding")},
        ),
        ("Planning en gemeenten", {"fields": ("planning_text", "municipalities_text")}),
        ("Volgen", {"fields": ("monitoring",)}),
        (
            "Cellen die niet te lezen zijn",
            {
                "classes": ("collapse",),
                "fields": ("amount_unreadable", "planning_unreadable", "municipalities_unreadable"),
                "description": "Zet een vinkje om een tekst te bewaren die niet te lezen is. Wat "
                "erin staat telt dan niet mee, en het plan kan zo niet worden ingediend.",
            },
        ),
        (
            "Zo is het gelezen",
            {"fields": ("sharing", "lead", "key_date", "read_shares", "read_planning")},
        ),
    )
    history_of_parts = ((CostLine, "action_id", "Kostenregel"),)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        actions = super().get_queryset(request).select_related("line__plan__region", "lead")
        return actions.prefetch_related("cost_lines")

    def watched(self, row: Action) -> list[Watched]:
        shown = {"text": "amount_text", "nature": "nature", "funding_text": "funding"}
        cost = Watched(CostLine, "action_id", row.pk, shown, presence="has_cost")
        return [*super().watched(row), cost]

    def save_model(self, request: HttpRequest, obj: Any, form: ActionForm, change: bool) -> None:
        form.store()

    @admin.display(description="Code", ordering="code")
    def shown_code(self, action: Action) -> str:
        return action.full_code

    @admin.display(description="Werkplan", ordering="line__plan__title")
    def plan(self, action: Action) -> str:
        return str(action.line.plan)

    @admin.display(description="Bedrag", ordering="cost_lines__amount")
    def amount(self, action: Action) -> str:
        texts = (cost.text or cost.get_state_display() for cost in action.cost_lines.all())
        return "; ".join(texts).replace("€ ", "€\u00a0")

    @admin.display(description="Verdeling over gemeenten")
    def read_shares(self, action: Action) -> SafeString | str:
        shares = Share.objects.filter(cost_line__action=action).select_related("municipality")
        ordered = shares.order_by("cost_line__position", "capacity", "position", "pk")
        rows = [(f"{share.municipality} {euros(share)}",) for share in ordered]
        return format_html_join("", "<div>{}</div>", rows) or "niet verdeeld"

    @admin.display(description="Perioden")
    def read_planning(self, action: Action) -> SafeString | str:
        if action.planning_by_hand:
            return "een zin; niet als periode gelezen"
        rows = [(period_of(entry),) for entry in action.planning_entries.all()]
        return format_html_join("", "<div>{}</div>", rows) or "geen"


@admin.register(CostLine)
class CostLineAdmin(DerivedAdmin):
    """To read: a cost line follows from the cells of its action."""

    list_display = ("action", "plan", "text", "state", euros, "nature", "funding_text")
    list_filter = (
        "state",
        "nature",
        ("action__line__plan", admin.RelatedOnlyFieldListFilter),
    )
    list_select_related = ("action__line__plan",)
    search_fields = ("text", "action__title", "action__code", "funding_text")
    ordering = ("action__line__plan__title", "action__line__position", "action__position", "pk")

    class ShareInline(ReadOnlyInline):
        model = Share
        fields = ("municipality", "capacity", euros)
        readonly_fields = (euros,)

        def get_queryset(self, request: HttpRequest) -> models.QuerySet:
            return super().get_queryset(request).select_related("municipality")

    inlines = (ShareInline,)

    @admin.display(description="Werkplan", ordering="action__line__plan__title")
    def plan(self, cost: CostLine) -> str:
        return str(cost.action.line.plan)


@admin.register(Share)
class ShareAdmin(DerivedAdmin):
    """To read: a share follows from amount and municipalities of its action."""

    list_display = ("municipality", "shown_action", "plan", "capacity", euros)
    list_filter = (
        "capacity",
        "state",
        ("municipality", admin.RelatedOnlyFieldListFilter),
        ("cost_line__action__line__plan", admin.RelatedOnlyFieldListFilter),
    )
    list_select_related = ("municipality", "cost_line__action__line__plan")
    search_fields = ("municipality__name", "cost_line__action__title", "cost_line__text")
    ordering = ("municipality__sort_name", "cost_line", "position", "pk")

    @admin.display(description="Werkplan", ordering="cost_line__action__line__plan__title")
    def plan(self, share: Share) -> str:
        return str(share.cost_line.action.line.plan)

    @admin.display(description="Actie", ordering="cost_line__action__title")
    def shown_action(self, share: Share) -> str:
        return str(share.cost_line.action)


@admin.register(PlanningEntry)
class PlanningEntryAdmin(DerivedAdmin):
    """To read: a period follows from the planning of its action."""

    list_display = ("action", "plan", "shown_period", "label", "is_continuous")
    list_filter = (
        "start_year",
        "is_continuous",
        ("action__line__plan", admin.RelatedOnlyFieldListFilter),
    )
    list_select_related = ("action__line__plan",)
    search_fields = ("label", "group", "action__title", "action__code")
    ordering = ("action__line__plan__title", "action__line__position", "action__position", "pk")

    @admin.display(description="Werkplan", ordering="action__line__plan__title")
    def plan(self, entry: PlanningEntry) -> str:
        return str(entry.action.line.plan)

    @admin.display(description="Periode", ordering="start_year")
    def shown_period(self, entry: PlanningEntry) -> str:
        return period_of(entry)


@admin.register(PlanApplication)
class PlanApplicationAdmin(DerivedAdmin):
    """To read and to find; a round is added on the page of the plan."""

    list_display = ("plan", "round", "submitted_on", "application")
    list_filter = (
        ("plan__region", admin.RelatedOnlyFieldListFilter),
        ("round__fund", admin.RelatedOnlyFieldListFilter),
    )
    list_select_related = ("plan", "round__fund", "application")
    search_fields = ("plan__title", "round__name", "application__title")
    date_hierarchy = "submitted_on"
    ordering = ("-submitted_on", "plan__title", "position", "pk")


register_history(
    admin.site,
    WorkPlan,
    Section,
    ActionLine,
    Action,
    CostLine,
    Share,
    PlanningEntry,
    PlanApplication,
)
