"""An application that is not whole: ask to complete it, and write down that it was."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods

from funds.completing import answer_completion, ask_completion
from funds.dated_forms import AnsweredForm, CompletionForm
from funds.models import Application, CompletionRequest
from funds.permissions import can_administer
from funds.views import crumbs, typed


@require_http_methods(["GET", "HEAD", "POST"])
def completion_ask(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Ask the region to complete an application by a day."""
    found = Application.objects.visible_to(request.user).select_related("envelope__fund__owner")
    application = get_object_or_404(found, pk=number, envelope__fund__slug=slug)
    can_administer(request.user, application.envelope.fund).require()
    form = CompletionForm(typed(request), on=localdate())
    if form.is_valid():
        try:
            ask_completion(application, by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            messages.success(request, "Vastgelegd dat u om een aanvulling vroeg.")
            return redirect("reports:application_detail", slug, number)
    return _page(request, application, form, heading="Aanvulling vragen", asked=None)


@require_http_methods(["GET", "HEAD", "POST"])
def completion_answer(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Write down on which day an application was completed."""
    asked = get_object_or_404(
        CompletionRequest.objects.visible_to(request.user).select_related(
            "application__envelope__fund__owner", "entered_by", "closed_by"
        ),
        pk=number,
        application__envelope__fund__slug=slug,
    )
    application = asked.application
    can_administer(request.user, application.envelope.fund).require()
    form = AnsweredForm(typed(request), on=localdate())
    if form.is_valid():
        try:
            answer_completion(asked, by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            messages.success(request, "Vastgelegd dat de aanvraag is aangevuld.")
            return redirect("reports:application_detail", slug, application.pk)
    return _page(request, application, form, heading="Aanvulling ontvangen", asked=asked)


def _page(
    request: HttpRequest,
    application: Application,
    form: CompletionForm | AnsweredForm,
    *,
    heading: str,
    asked: CompletionRequest | None,
) -> HttpResponse:
    context = {
        "fund": application.envelope.fund,
        "application": application,
        "asked": asked,
        "form": form,
        "heading": heading,
        "breadcrumbs": crumbs(application.envelope.fund),
    }
    status = 422 if form.errors else 200
    return render(request, "funds/completion.html", context, status=status)
