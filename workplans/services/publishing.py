"""Making a version of a plan public, and ending that."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable

from django.core.exceptions import ValidationError

from municipalities.guard import guarded
from municipalities.models import User
from workplans.models import PlanVersion, Publication, PublicationWithdrawal, PublishedFile
from workplans.services.turn import locked_plan


def publish_version(
    version: PlanVersion,
    files: Iterable[PublishedFile],
    *,
    title: str,
    adopted_on: datetime.date | None,
    retention_until: datetime.date,
    on: datetime.date,
    by: User | None,
) -> Publication:
    """Make a version public with these files, which are new; `on` is today. What of the
    plan was public before is so no longer. Raises `ValidationError`: `already_public`,
    `future`, `publication_unsubmitted`, and what is wrong with the texts."""
    if adopted_on is not None and adopted_on > on:
        raise ValidationError(
            {
                "adopted_on": ValidationError(
                    "Deze dag moet nog komen; laat het veld leeg zolang het plan niet is "
                    "vastgesteld.",
                    code="future",
                )
            }
        )
    with guarded():
        plan = locked_plan(version.plan_id)
        now = Publication.objects.in_force(on).filter(version__plan=plan).first()
        if now is not None and (now.version_id, now.title) == (version.pk, title):
            raise ValidationError(
                f"Versie {version.number} is al openbaar onder deze titel; kies een andere versie "
                "of titel.",
                code="already_public",
            )
        publication = Publication(
            version=version,
            title=title,
            adopted_on=adopted_on,
            published_on=on,
            retention_until=retention_until,
            published_by=by,
            published_by_name=str(by) if by else "",
        )
        publication.full_clean()
        publication.save()
        for file in files:
            file.publication = publication
            file.digest = hashlib.sha256(file.body).hexdigest()
            file.full_clean()
            file.save()
        return publication


def withdraw_publication(
    publication: Publication, *, reason: str, on: datetime.date, by: User | None
) -> PublicationWithdrawal:
    """End a publication from today (`on`); everybody reads the reason. Raises
    `ValidationError`, also where somebody was first."""
    withdrawal = PublicationWithdrawal(
        publication=publication,
        withdrawn_on=on,
        reason=reason,
        withdrawn_by=by,
        withdrawn_by_name=str(by) if by else "",
    )
    with guarded():
        withdrawal.full_clean()
        withdrawal.save()
    return withdrawal
