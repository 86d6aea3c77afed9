"""Pages of what somebody is told, and how often by mail."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from workplans.comment_forms import MailingForm
from workplans.models import Notice
from workplans.services import read_notices

PER_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
def notice_list(request: HttpRequest) -> HttpResponse:
    """What the user was told, newest first; the button marks all of it as read."""
    if request.method == "POST":
        count = read_notices(request.user)
        word = "melding staat" if count == 1 else "meldingen staan"
        messages.success(request, f"{count} {word} nu als gelezen.")
        return redirect("workplans:notice_list")
    mine = Notice.objects.of(request.user)
    page = Paginator(mine.with_subject(), PER_PAGE).get_page(request.GET.get("pagina"))
    context = {"page": page, "unread": mine.unread().count(), "kept": QueryDict()}
    return render(request, "workplans/notice_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def notice_settings(request: HttpRequest) -> HttpResponse:
    """How often somebody gets mail about what there is to tell."""
    typed = request.POST if request.method == "POST" else None
    form = MailingForm(typed, instance=request.user)
    if form.is_valid():
        form.save()
        messages.success(request, "Uw keuze is bewaard.")
        return redirect("workplans:notice_settings")
    status = 422 if form.errors else 200
    return render(request, "workplans/notice_settings.html", {"form": form}, status=status)
