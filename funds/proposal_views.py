"""Four eyes: a proposal with its effect, to be confirmed by another fund manager."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from funds.models import GrantProposal
from funds.proposing import (
    ask_four_eyes,
    confirm,
    is_void,
    proposed_effect,
    proposed_lines,
    withdraw_proposal,
)
from funds.views import crumbs, managed_fund, typed

CONFIRM, WITHDRAW = "bevestigen", "intrekken"


class ProposalForm(forms.Form):
    """Which of the two buttons was pressed."""

    step = forms.ChoiceField(
        label="Bevestigen of intrekken",
        choices=[(CONFIRM, "Bevestigen"), (WITHDRAW, "Intrekken")],
        error_messages={"required": "Kies of u het voorstel bevestigt of intrekt."},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def proposal_detail(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show what a proposal would do now, and confirm or withdraw it."""
    fund = managed_fund(request, slug)
    proposals = GrantProposal.objects.managed_by(request.user).select_related(
        "application__envelope__fund", "application__envelope__region", "application__round"
    )
    proposal = get_object_or_404(
        proposals.select_related(
            "proposed_by", "closed_by", "provision", "choice"
        ).prefetch_related("provision__obligations"),
        pk=number,
        application__envelope__fund=fund,
    )
    form = ProposalForm(typed(request))
    if form.is_valid():
        try:
            done = _take(form.cleaned_data["step"], proposal, request)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            messages.success(request, done)
            return redirect("reports:application_detail", slug, proposal.application_id)
    is_alone = proposal.is_open and proposal.choice_id is None
    effect = proposed_effect(proposal) if is_alone else None
    context = {
        "fund": fund,
        "proposal": proposal,
        "lines": proposed_lines(proposal),
        "effect": effect,
        "is_void": effect is not None and is_void(proposal, effect),
        "is_own": proposal.proposed_by_id == request.user.pk,
        "form": form,
        "breadcrumbs": crumbs(fund),
    }
    status = 422 if form.errors else 200
    return render(request, "funds/proposal_detail.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def fund_four_eyes(request: HttpRequest, slug: str) -> HttpResponse:
    """Have every decision in the fund confirmed by a second person."""
    fund = managed_fund(request, slug)
    form = forms.Form(typed(request))
    if form.is_valid():
        try:
            ask_four_eyes(fund)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            messages.success(
                request,
                "Over een beschikking en een verhoging besluiten voortaan twee mensen.",
            )
            return redirect("reports:fund_detail", slug)
    context = {"fund": fund, "form": form, "breadcrumbs": crumbs(fund)}
    status = 422 if form.errors else 200
    return render(request, "funds/fund_four_eyes.html", context, status=status)


def _take(step: str, proposal: GrantProposal, request: HttpRequest) -> str:
    """Take the step; the sentence that tells what was done."""
    if step == WITHDRAW:
        withdraw_proposal(proposal, by=request.user)
        return "Het voorstel is ingetrokken; er is niets veranderd."
    count = len(confirm(proposal, by=request.user))
    lines = "1 regel" if count == 1 else f"{count} regels"
    return f"Het voorstel is bevestigd: op {lines} geldt nu wat was voorgesteld."
