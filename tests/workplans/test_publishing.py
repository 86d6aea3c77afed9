"""Making versions public and withdrawing them: services, and what the database refuses."""

from __future__ import annotations

import datetime
from io import StringIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils.timezone import localdate

from tests.factories import PublicationFactory, PublicationWithdrawalFactory, WorkPlanFactory
from workplans.lifecycle import SUBMIT
from workplans.models import Publication, PublicationWithdrawal, PublishedFile
from workplans.services import keep_version

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)


@pytest.fixture
def public(bollenstreek: Any, fund: Any) -> Publication:
    plan = WorkPlanFactory(submitted=True, region=bollenstreek, fund=fund)
    return PublicationFactory(version=plan.versions.get(name=SUBMIT.keeps))


class TestPublish:
    def test_it_counts_until_the_last_day_of_its_term(self, public) -> None:
        last = public.retention_until
        assert Publication.objects.in_force(last).get() == public
        assert not Publication.objects.in_force(last + DAY).exists()
        assert Publication.objects.expired(last + DAY).get() == public

    def test_a_newer_one_takes_its_place_for_good(self, public) -> None:
        newer = PublicationFactory(version=public.version, title="Beter")
        today = localdate()
        assert Publication.objects.in_force(today).get() == newer
        PublicationWithdrawalFactory(publication=newer)
        assert not Publication.objects.in_force(today).exists()
        assert Publication.objects.newest().get() == newer

    def test_twice_the_same_is_refused(self, public) -> None:
        with pytest.raises(ValidationError, match="al openbaar onder deze titel"):
            PublicationFactory(version=public.version, title=public.title)

    def test_a_concept_is_refused(self, public, refuses, bollenstreek) -> None:
        draft = WorkPlanFactory(draft=True, region=bollenstreek)
        kept = keep_version(draft, name="Concept", by=None)
        with pytest.raises(ValidationError, match="was nog een concept"):
            PublicationFactory(version=kept)

    def test_before_its_version_it_is_refused(self, public, refuses) -> None:
        with refuses("publication_before_version"):
            Publication.objects.create(
                version=public.version,
                title="Te vroeg",
                published_on=localdate() - 2 * DAY,
                retention_until=localdate(),
            )

    @pytest.mark.parametrize(
        ("table", "constraint"),
        [
            ("publication", "publication_append_only"),
            ("publishedfile", "published_file_append_only"),
            ("publicationwithdrawal", "publication_withdrawal"),
        ],
    )
    def test_the_database_refuses_to_remove_it(self, public, refuses, table, constraint) -> None:
        PublicationWithdrawalFactory(publication=public)
        with refuses(constraint), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM workplans_{table}")

    def test_the_database_refuses_other_bytes_and_another_term(self, public, refuses) -> None:
        with refuses("published_file_append_only"):
            PublishedFile.objects.update(body=b"anders")
        with refuses("publication_append_only"):
            Publication.objects.update(retention_until=localdate() + DAY)


class TestWithdraw:
    def test_once_and_not_before_the_publication(self, public, refuses) -> None:
        with refuses("withdrawal_before_publication"):
            PublicationWithdrawal.objects.create(
                publication=public, withdrawn_on=localdate() - DAY, reason="Te vroeg"
            )
        PublicationWithdrawalFactory(publication=public)
        with pytest.raises(ValidationError):
            PublicationWithdrawalFactory(publication=public)


class TestExpired:
    def test_what_is_past_its_term_is_listed_and_stays(self, public) -> None:
        told = StringIO()
        call_command("expired_publications", on=str(public.retention_until + DAY), stdout=told)
        assert public.version.plan.slug in told.getvalue()
        assert told.getvalue().endswith("1 publicatie voorbij de bewaartermijn.\n")
        told = StringIO()
        call_command("expired_publications", on=str(public.retention_until), stdout=told)
        assert told.getvalue() == "0 publicaties voorbij de bewaartermijn.\n"
        assert PublishedFile.objects.count() == 4

    def test_a_day_that_is_none_is_refused(self) -> None:
        with pytest.raises(CommandError, match="jaar-maand-dag"):
            call_command("expired_publications", on="gisteren")
