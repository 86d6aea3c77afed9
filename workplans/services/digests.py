"""Mail: what somebody was told and has not read yet, in one message."""

from __future__ import annotations

import datetime
import hashlib
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.template.loader import render_to_string
from django.urls import reverse

from municipalities.models import User
from workplans.models import Notice

OLDEST = datetime.timedelta(days=8)
"""What is older is not mailed any more: who turns mail on again gets no flood."""
LONGEST_QUOTE = 300
_NOT_MAILED = Q(mailed_at__isnull=True, read_at__isnull=True, at__gt=Now() - OLDEST)


def waiting_for_mail() -> list[int]:
    """Keys of the people for whom there may be something to send, in order."""
    waiting = Notice.objects.filter(_NOT_MAILED).exclude(user__mailing=User.Mailing.NONE)
    return list(waiting.order_by("user").values_list("user", flat=True).distinct())


def send_digest(key: int) -> int:
    """Mail one person what there is to tell; how many notices that were.

    The notices are locked, and marked in the transaction that ends after the mail server
    took the message: when sending fails nothing is marked, and of two commands at once
    the second passes over what the first is sending. Should the machine stop between the
    two, the message comes again under the same Message-ID. Nothing is sent of a plan that
    the person no longer sees, of what was read or withdrawn, without an address of the
    site, or to who wants no mail.
    """
    if not settings.SITE_ADDRESS:
        return 0
    with transaction.atomic():
        wanting = User.objects.filter(is_active=True).exclude(mailing=User.Mailing.NONE)
        user = wanting.filter(pk=key).first()
        if user is None:
            return 0
        waiting = Notice.objects.of(user).filter(_NOT_MAILED).with_subject()
        notices = list(waiting.select_for_update(skip_locked=True, no_key=True, of=("self",)))
        if not notices:
            return 0
        Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(mailed_at=Now())
        _message(user, notices).send()
    return len(notices)


def absolute(path: str) -> str:
    """An address of this site as a mail has to say it."""
    return urljoin(settings.SITE_ADDRESS, path)


def _message(user: User, notices: list[Notice]) -> EmailMessage:
    choices = absolute(reverse("workplans:notice_settings"))
    count = len(notices)
    context = {
        "user": user,
        "count": count,
        "items": [
            (notice, _quote(notice), absolute(notice.get_absolute_url())) for notice in notices
        ],
        "all": absolute(reverse("workplans:notice_list")),
        "choices": choices,
    }
    return EmailMessage(
        subject=f"Penvoerder: {count} nieuwe {'melding' if count == 1 else 'meldingen'}",
        body=render_to_string("workplans/mail/digest.txt", context),
        to=[user.email],
        headers={"List-Unsubscribe": f"<{choices}>", "Message-ID": _message_id(user, notices)},
    )


def _message_id(user: User, notices: list[Notice]) -> str:
    """The same for the same message, so that a second copy can be known as one."""
    keys = ",".join(str(notice.pk) for notice in notices)
    told = hashlib.sha256(f"{user.pk}:{keys}".encode()).hexdigest()[:32]
    return f"<{told}@{urlsplit(settings.SITE_ADDRESS).hostname}>"


def _quote(notice: Notice) -> str:
    """The start of a comment on one line; the rest is read in the application."""
    if notice.comment is None:
        return ""
    text = " ".join(notice.comment.text.split())
    return text if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE].rstrip()}…"
