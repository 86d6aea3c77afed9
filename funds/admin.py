"""The Django admin of funds: what there is, and what was asked and granted.

What was asked or granted is added through the services and never changed.
"""

from typing import Any

from django.contrib import admin
from django.db import models
from django.forms import BaseInlineFormSet, ModelForm
from django.http import HttpRequest

from funds.forms import ApplicationLineForm, EnvelopeMutationForm, RuleForm
from funds.models import (
    ENVELOPE_FIXED,
    Accountability,
    Application,
    ApplicationLine,
    ApplicationWithdrawal,
    CarryOver,
    ChangeRequest,
    CompletionRequest,
    Distribution,
    DistributionShare,
    DistributionTranche,
    Earmark,
    Envelope,
    EnvelopeMutation,
    Fund,
    FundRule,
    Grant,
    GrantEntry,
    GrantProposal,
    Instalment,
    Obligation,
    ObligationEntry,
    PaymentSchedule,
    ProposedGrant,
    Provision,
    ReserveMovement,
    Round,
    RoundChoice,
    RoundScenario,
)
from funds.notation import format_euro
from funds.resources import EnvelopeResource
from funds.services import record_grant, submit_application
from municipalities.admin import (
    DerivedAdmin,
    GuardedAdmin,
    GuardedRows,
    LedgerAdmin,
    LedgerInline,
    ListPages,
    register_history,
)


@admin.display(description="Bedrag", ordering="amount")
def euros(row: Any) -> str:
    """The amount of a row as on every page, or the state that stands for it."""
    if row.amount is not None:
        return format_euro(row.amount.amount)
    return row.get_state_display() if hasattr(row, "get_state_display") else "nog niet bekend"


class RoundInline(GuardedRows, admin.TabularInline):
    model = Round
    prepopulated_fields = {"slug": ("name",)}
    exclude = ("requires",)
    extra = 0
    show_change_link = True


class EnvelopeMutationInline(LedgerInline):
    """The way to correct an envelope: what is there stays, another is added."""

    model = EnvelopeMutation
    form = EnvelopeMutationForm


class FundRuleInline(GuardedRows, admin.StackedInline):
    model = FundRule
    form = RuleForm
    extra = 0
    classes = ("collapse",)


@admin.register(Fund)
class FundAdmin(GuardedAdmin):
    list_display = ("name", "owner", "regime", "starts_on", "ends_on")
    list_filter = ("regime", ("owner", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("owner",)
    search_fields = ("name", "slug", "owner__name")
    autocomplete_fields = ("owner",)
    prepopulated_fields = {"slug": ("name",)}
    readonly_fields = ("is_in_register",)
    inlines = (RoundInline, FundRuleInline)
    fieldsets = (
        (None, {"fields": ("name", "slug", "owner")}),
        ("Recht", {"fields": ("regime", "legal_basis", "is_in_register")}),
        ("Looptijd", {"fields": ("starts_on", "ends_on", "locked_until")}),
        ("Besluiten", {"fields": ("four_eyes",)}),
    )
    history_of_parts = (
        (Round, "fund_id", "Aanvraagronde"),
        (FundRule, "fund_id", "Regel"),
    )


class RuleAdmin(GuardedAdmin):
    """Rules of what `owner` names; `owner_name` is the field by which it is known."""

    owner = owner_name = ""
    form = RuleForm
    list_display_links = ("code", "title")

    def __init_subclass__(cls) -> None:
        name = f"{cls.owner}__{cls.owner_name}"
        cls.fields = (cls.owner, *RuleForm.Meta.fields)
        cls.list_display = ("code", "title", "kind", cls.owner, euros, "share_text", "severity")
        cls.list_filter = ("kind", "severity", (cls.owner, admin.RelatedOnlyFieldListFilter))
        cls.list_select_related = cls.autocomplete_fields = (cls.owner,)
        cls.search_fields = ("code", "title", "text", "source", name)
        cls.ordering = (name, "position", "pk")


@admin.register(FundRule)
class FundRuleAdmin(RuleAdmin):
    owner, owner_name = "fund", "name"


@admin.register(Envelope)
class EnvelopeAdmin(ListPages, GuardedAdmin):
    resource_classes = (EnvelopeResource,)
    list_display = ("region", "fund", "label", "starts_on", "ends_on", euros, "dated_on")
    list_filter = (
        ("fund", admin.RelatedOnlyFieldListFilter),
        ("region", admin.RelatedOnlyFieldListFilter),
    )
    list_select_related = ("region", "fund")
    search_fields = ("region__name", "fund__name", "label", "decision")
    autocomplete_fields = ("region", "fund")
    date_hierarchy = "starts_on"
    ordering = ("fund__name", "region__name", "starts_on", "pk")
    inlines = (EnvelopeMutationInline,)
    fieldsets = (
        (None, {"fields": ("fund", "region", "label")}),
        ("Periode", {"fields": ("starts_on", "ends_on")}),
        (
            "Bedrag",
            {
                "fields": ("amount", "dated_on", "decision", "entered_at"),
                "description": "Bedrag en datum staan na het opslaan vast. Een wijziging legt u "
                "vast als bijstelling.",
            },
        ),
    )
    history_of_parts = ((EnvelopeMutation, "envelope_id", "Bijstelling"),)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        fixed = [Envelope._meta.get_field(column).name for column in ENVELOPE_FIXED]
        return ("entered_at", *(fixed if obj is not None else ()))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def choice_text(self, row: Envelope) -> str:
        return f"{row}, {row.starts_on:%d-%m-%Y} t/m {row.ends_on:%d-%m-%Y}"


@admin.register(EnvelopeMutation)
class EnvelopeMutationAdmin(LedgerAdmin):
    form = EnvelopeMutationForm
    list_display = ("reason", "envelope", euros, "dated_on", "condition")
    list_filter = (("envelope__fund", admin.RelatedOnlyFieldListFilter),)
    list_select_related = ("envelope__region", "envelope__fund")
    search_fields = ("reason", "decision", "condition", "envelope__region__name")
    autocomplete_fields = ("envelope", "concludes")
    date_hierarchy = "dated_on"
    ordering = ("-dated_on", "-pk")


@admin.register(Earmark)
class EarmarkAdmin(DerivedAdmin):
    """To read and to find; the fund manager adds and changes one on a page of the fund."""

    list_display = ("name", "envelope", "minimum", "maximum", "dated_on", "entered_at")
    list_filter = (("envelope__fund", admin.RelatedOnlyFieldListFilter),)
    list_select_related = ("envelope__region", "envelope__fund")
    search_fields = ("name", "decision", "envelope__region__name")
    date_hierarchy = "dated_on"
    ordering = ("-dated_on", "-pk")


@admin.register(Round)
class RoundAdmin(GuardedAdmin):
    list_display = ("name", "fund", "dated_on", "opens_on", "closes_on", "accepts_unknown")
    list_filter = (("fund", admin.RelatedOnlyFieldListFilter), "accepts_unknown")
    list_select_related = ("fund",)
    search_fields = ("name", "slug", "fund__name")
    autocomplete_fields = ("fund",)
    prepopulated_fields = {"slug": ("name",)}
    date_hierarchy = "dated_on"
    ordering = ("-dated_on", "-pk")


class ApplicationLineInline(admin.TabularInline):
    """Lines to type when an application is added, and to read afterwards."""

    model = ApplicationLine
    form = ApplicationLineForm
    extra = 3
    min_num = 1
    can_delete = False

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple:
        return ("code", "title", "asked") if obj is None else ("position", "code", "title", euros)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple:
        return () if obj is None else self.get_fields(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is None and super().has_add_permission(request, obj)


@admin.register(Application)
class ApplicationAdmin(LedgerAdmin):
    list_display = ("title", "envelope", "round", "submitted_on", "entered_at")
    list_filter = (
        ("round__fund", admin.RelatedOnlyFieldListFilter),
        ("envelope__region", admin.RelatedOnlyFieldListFilter),
    )
    list_select_related = ("envelope__region", "envelope__fund", "round__fund")
    search_fields = ("title", "envelope__region__name", "envelope__fund__name", "round__name")
    autocomplete_fields = ("envelope", "round")
    date_hierarchy = "submitted_on"
    ordering = ("-submitted_on", "-pk")
    readonly_fields = ("entered_at",)
    fields = ("envelope", "round", "title", "submitted_on", "entered_at")
    inlines = (ApplicationLineInline,)

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        """Written with its lines, in `save_related`."""

    def save_related(
        self,
        request: HttpRequest,
        form: ModelForm,
        formsets: list[BaseInlineFormSet],
        change: bool,
    ) -> None:
        asked = form.instance
        stored = submit_application(
            asked.envelope,
            round=asked.round,
            title=asked.title,
            submitted_on=asked.submitted_on,
            lines=[line.asked_line() for lines in formsets for line in lines if line.has_changed()],
        )
        asked.pk = stored.pk

    def construct_change_message(
        self, request: HttpRequest, form: ModelForm, formsets: Any, add: bool = False
    ) -> Any:
        return super().construct_change_message(request, form, [], add)


@admin.register(ApplicationLine)
class ApplicationLineAdmin(DerivedAdmin):
    """To read and to find; lines are added with their application only."""

    list_display = ("code", "title", euros, "application", "position")
    list_filter = (
        "state",
        ("application__round__fund", admin.RelatedOnlyFieldListFilter),
    )
    list_select_related = ("application",)
    search_fields = ("code", "title", "application__title")
    ordering = ("application__submitted_on", "application", "position", "pk")
    fields = ("application", "position", "code", "title", euros)
    readonly_fields = (euros,)

    def choice_text(self, row: ApplicationLine) -> str:
        return f"{row.application} – {row}"


@admin.register(Grant)
class GrantAdmin(LedgerAdmin):
    list_display = ("line", "application", euros, "dated_on", "decision")
    list_filter = (("line__application__round__fund", admin.RelatedOnlyFieldListFilter),)
    list_select_related = ("line__application",)
    search_fields = ("line__code", "line__title", "line__application__title", "decision")
    autocomplete_fields = ("line", "earmark")
    date_hierarchy = "dated_on"
    ordering = ("-dated_on", "-pk")
    readonly_fields = ("entered_at",)
    fields = ("line", "amount", "earmark", "dated_on", "decision", "entered_at")

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        stored = record_grant(
            obj.line,
            amount=obj.amount.amount,
            dated_on=obj.dated_on,
            decision=obj.decision,
            earmark=obj.earmark,
        )
        obj.pk = stored.pk

    @admin.display(description="Aanvraag", ordering="line__application__title")
    def application(self, grant: Grant) -> models.Model:
        return grant.line.application


@admin.register(GrantProposal)
class GrantProposalAdmin(DerivedAdmin):
    """To read and to find; fund managers propose and confirm on pages of the process."""

    list_display = ("application", "dated_on", "proposed_by", "outcome", "closed_by", "entered_at")
    list_filter = ("outcome", ("application__round__fund", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("application", "proposed_by", "closed_by")
    search_fields = ("application__title", "decision")
    date_hierarchy = "dated_on"
    ordering = ("-dated_on", "-pk")


@admin.register(ProposedGrant)
class ProposedGrantAdmin(DerivedAdmin):
    """The lines of proposals, to read."""

    list_display = ("proposal", "line", euros, "earmark")
    list_filter = (("proposal__application__round__fund", admin.RelatedOnlyFieldListFilter),)
    list_select_related = ("proposal__application", "line", "earmark")
    search_fields = ("line__code", "line__title", "proposal__application__title")
    ordering = ("-proposal__dated_on", "line__position", "pk")


@admin.register(Provision)
class ProvisionAdmin(DerivedAdmin):
    """To read and to find, as are its obligations; they come with a decision."""

    list_display = ("application", "starts_on", "ends_on", "dated_on", "proposal", "entered_by")
    list_filter = (("application__round__fund", admin.RelatedOnlyFieldListFilter),)
    list_select_related = ("application", "proposal__application", "entered_by")
    search_fields = ("application__title",)
    date_hierarchy = "dated_on"
    ordering = ("-dated_on", "-pk")


@admin.register(Obligation)
class ObligationAdmin(DerivedAdmin):
    list_display = ("text", "kind", "due_on", "provision")
    list_filter = (
        "kind",
        ("provision__application__round__fund", admin.RelatedOnlyFieldListFilter),
    )
    list_select_related = ("provision__application",)
    search_fields = ("text", "provision__application__title")
    date_hierarchy = "due_on"
    ordering = ("-provision__dated_on", "position", "pk")


@admin.register(ObligationEntry)
class ObligationEntryAdmin(DerivedAdmin):
    list_display = ("obligation", "outcome", "dated_on", "note", "entered_by", "entered_at")
    list_filter = (
        "outcome",
        ("obligation__provision__application__round__fund", admin.RelatedOnlyFieldListFilter),
    )
    list_select_related = ("obligation", "entered_by")
    search_fields = ("obligation__text", "note")
    date_hierarchy = "dated_on"
    ordering = ("-dated_on", "-pk")


@admin.register(Accountability)
class AccountabilityAdmin(DerivedAdmin):
    """To read and to find; recipients account on a page of the process."""

    list_display = ("grant", "realised", "dated_on", "text", "entered_by", "entered_at")
    list_filter = (("grant__line__application__round__fund", admin.RelatedOnlyFieldListFilter),)
    list_select_related = ("grant__line", "entered_by")
    search_fields = ("grant__line__code", "grant__line__title", "text")
    date_hierarchy = "dated_on"
    ordering = ("-dated_on", "-pk")


@admin.register(ChangeRequest)
class ChangeRequestAdmin(DerivedAdmin):
    """To read and to find; they are asked and answered on pages of the process."""

    list_display = ("grant", "granted", "requested", "dated_on", "outcome", "entered_by")
    list_filter = (
        "outcome",
        ("grant__line__application__round__fund", admin.RelatedOnlyFieldListFilter),
    )
    list_select_related = ("grant__line", "entered_by")
    search_fields = ("grant__line__code", "grant__line__title", "reason", "answer")
    date_hierarchy = "dated_on"
    ordering = ("-dated_on", "-pk")


@admin.register(CompletionRequest)
class CompletionRequestAdmin(DerivedAdmin):
    """To read and to find; the fund manager asks and closes one on pages of the process."""

    list_display = ("application", "dated_on", "due_on", "answered_on", "entered_by")
    list_filter = (("application__round__fund", admin.RelatedOnlyFieldListFilter),)
    list_select_related = ("application", "entered_by")
    search_fields = ("application__title", "text")
    date_hierarchy = "dated_on"
    ordering = ("-dated_on", "-pk")


@admin.register(RoundScenario)
class RoundScenarioAdmin(DerivedAdmin):
    """To read and to find; fund managers make scenarios on pages of the round."""

    list_display = ("title", "number", "round", "choice")
    list_filter = (("round__fund", admin.RelatedOnlyFieldListFilter),)
    list_select_related = ("round__fund", "choice__round__fund")
    search_fields = ("title", "text", "round__name")
    ordering = ("round__name", "number", "pk")


@admin.register(RoundChoice)
class RoundChoiceAdmin(DerivedAdmin):
    list_display = ("round", "number", "dated_on", "decision", "entered_by", "entered_at")
    list_select_related = ("round__fund", "entered_by")
    search_fields = ("round__name", "decision")
    date_hierarchy = "dated_on"
    ordering = ("-dated_on", "-pk")


@admin.register(ApplicationWithdrawal)
class ApplicationWithdrawalAdmin(DerivedAdmin):
    """To read and to find; a plan is taken back on its own page."""

    list_display = ("application", "dated_on", "reason", "entered_at")
    list_filter = (("application__round__fund", admin.RelatedOnlyFieldListFilter),)
    list_select_related = ("application",)
    search_fields = ("application__title", "reason")


@admin.register(GrantEntry)
class GrantEntryAdmin(DerivedAdmin):
    """To read and to find; the fund manager enters and corrects on pages of the process."""

    list_display = ("kind", "grant", euros, "dated_on", "reference", "entered_by", "entered_at")
    list_filter = ("kind", ("fund", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("grant__line", "entered_by")
    search_fields = (
        "grant__line__code",
        "grant__line__title",
        "grant__line__application__title",
        "reference",
        "reason",
        "decision",
    )
    date_hierarchy = "dated_on"
    ordering = ("-dated_on", "-pk")


@admin.register(PaymentSchedule)
class PaymentScheduleAdmin(DerivedAdmin):
    """To read and to find, as are its instalments; it is made on a page of the process."""

    list_display = ("application", "number", euros, "dated_on", "entered_by", "entered_at")
    list_filter = (("application__round__fund", admin.RelatedOnlyFieldListFilter),)
    list_select_related = ("application", "entered_by")
    search_fields = ("application__title", "typed", "reason")
    date_hierarchy = "dated_on"
    ordering = ("-dated_on", "-pk")


@admin.register(Instalment)
class InstalmentAdmin(DerivedAdmin):
    list_display = ("due_on", "kind", "grant", euros, "schedule")
    list_filter = ("kind", ("schedule__application__round__fund", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("grant__line", "schedule__application")
    search_fields = ("grant__line__code", "grant__line__title", "schedule__application__title")
    date_hierarchy = "due_on"
    ordering = ("-due_on", "-pk")


@admin.register(Distribution)
class DistributionAdmin(DerivedAdmin):
    """To read and to find, as are its parts; it is made on a page of the process."""

    list_display = ("title", "fund", "region", euros, "decided_on", "corrects", "entered_by")
    list_filter = (("fund", admin.RelatedOnlyFieldListFilter), "from_reserve")
    list_select_related = ("fund", "region", "corrects", "entered_by")
    search_fields = ("title", "decision", "reason", "region__name")
    date_hierarchy = "decided_on"
    ordering = ("-decided_on", "-pk")


@admin.register(DistributionTranche)
class DistributionTrancheAdmin(DerivedAdmin):
    list_display = ("distribution", "number", "dated_on", euros)
    list_filter = (("distribution__fund", admin.RelatedOnlyFieldListFilter),)
    list_select_related = ("distribution",)
    search_fields = ("distribution__title",)
    date_hierarchy = "dated_on"
    ordering = ("-dated_on", "-pk")


@admin.register(DistributionShare)
class DistributionShareAdmin(DerivedAdmin):
    list_display = ("municipality", "distribution", "tranche", euros)
    list_filter = (("municipality", admin.RelatedOnlyFieldListFilter),)
    list_select_related = ("municipality", "tranche__distribution")
    search_fields = ("municipality__name", "tranche__distribution__title")
    ordering = ("-tranche__dated_on", "-pk")

    @admin.display(description="Verdeling", ordering="tranche__distribution__title")
    def distribution(self, share: DistributionShare) -> models.Model:
        return share.tranche.distribution


@admin.register(ReserveMovement)
class ReserveMovementAdmin(DerivedAdmin):
    list_display = ("reason", "fund", "kind", euros, "dated_on", "decision", "entered_by")
    list_filter = ("kind", ("fund", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("fund", "entered_by")
    search_fields = ("reason", "decision", "fund__name")
    date_hierarchy = "dated_on"
    ordering = ("-dated_on", "-pk")


@admin.register(CarryOver)
class CarryOverAdmin(DerivedAdmin):
    """To read and to find; it is made and taken back on pages of the process."""

    list_display = ("source", "target", "movement", "corrects", "entered_by", "entered_at")
    list_filter = (("source__envelope__fund", admin.RelatedOnlyFieldListFilter),)
    list_select_related = ("source", "target", "movement", "corrects__source", "entered_by")
    search_fields = ("source__reason", "source__decision", "source__envelope__region__name")
    ordering = ("-pk",)


register_history(
    admin.site,
    Fund,
    FundRule,
    Envelope,
    EnvelopeMutation,
    Earmark,
    Round,
    RoundScenario,
    Application,
    ApplicationLine,
    ApplicationWithdrawal,
    Grant,
    GrantEntry,
    GrantProposal,
    PaymentSchedule,
    ProposedGrant,
    Provision,
    Obligation,
    ObligationEntry,
    Accountability,
    ChangeRequest,
    CompletionRequest,
    Distribution,
    ReserveMovement,
    CarryOver,
)
