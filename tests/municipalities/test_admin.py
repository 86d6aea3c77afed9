"""The admin as its people meet it: who gets in, what they find, and what is refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from funds.models import EnvelopeCounter, ReserveCounter, RoundCounter
from municipalities.models import Municipality, Region, RoleAssignment, User
from tests.browser_form import filled_in
from tests.factories import MunicipalityFactory, RegionFactory, RoleAssignmentFactory
from workplans.models import (
    Comment,
    Mention,
    Notice,
    PlanChange,
    PlanRevision,
    PlanVersion,
    Presence,
    PublishedFile,
    WorkPlan,
)

OUR_APPS = ("municipalities", "funds", "workplans")
# What people say and keep, and what the editor and the guards note, has pages of its own
# or none.
NOT_HERE = (
    *(Comment, EnvelopeCounter, Mention, Notice, PlanChange, PlanRevision, PlanVersion, Presence),
    *(PublishedFile, ReserveCounter, RoundCounter),
)
OUR_MODELS = [
    model
    for app in OUR_APPS
    for model in apps.get_app_config(app).get_models()
    if not hasattr(model, "pgh_tracked_model") and model not in NOT_HERE
]
PASSWORD = "een-lang-geheim-87"


def url_of(model: type, page: str, *args: object) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


@pytest.fixture
def hannas_desk(client: Client, hanna: User) -> Client:
    client.force_login(hanna)
    return client


# ---- the door


def test_a_stranger_is_sent_to_our_own_sign_in(client: Client, db: None) -> None:
    response = client.get(reverse("admin:workplans_action_changelist"), follow=True)
    signs_in = f"{reverse('account_login')}?next={reverse('admin:workplans_action_changelist')}"
    assert response.redirect_chain[-1][0] == signs_in
    response = client.get(reverse("admin:login"))
    assert response.url == f"{reverse('account_login')}?next={reverse('admin:index')}"


@pytest.mark.parametrize(
    "page", ["admin:index", "admin:login", "admin:workplans_action_changelist"]
)
def test_somebody_without_the_right_reads_why(client: Client, gijs: User, page: str) -> None:
    client.force_login(gijs)
    response = client.get(reverse(page))
    assert response.status_code == 403
    assert "voor de beheerder" in response.content.decode()


# ---- what there is


def test_every_model_of_ours_has_a_page() -> None:
    assert [m for m in OUR_MODELS if not admin.site.is_registered(m)] == []


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model.__name__)
def test_every_page_of_a_model_opens(
    desk: Client, loaded: WorkPlan, fenna: User, model: type
) -> None:
    pages = [url_of(model, "changelist"), f"{url_of(model, 'changelist')}?q=a"]
    row = model._default_manager.last()
    if row is not None:
        pages += [url_of(model, "change", row.pk), url_of(model, "history", row.pk)]
    for page in pages:
        assert desk.get(page).status_code == 200, page
    options = admin.site.get_model_admin(model)
    assert desk.get(url_of(model, "add")).status_code in (200, 403)
    if hasattr(options, "resource_classes"):
        assert desk.get(url_of(model, "import")).status_code == 200
        assert desk.get(url_of(model, "export")).status_code == 200


def test_no_choice_of_thousands() -> None:
    """Every foreign key that a person fills in is searched for, not picked from a list."""
    for model in OUR_MODELS:
        options = admin.site.get_model_admin(model)
        keys = {f.name for f in model._meta.fields if f.is_relation and f.editable}
        if not options.__class__.has_add_permission.__qualname__.startswith("DerivedAdmin"):
            searched = {*options.autocomplete_fields, *options.raw_id_fields}
            assert keys <= searched, model.__name__


def test_changelists_show_ten_rows_with_the_queries_of_one(
    desk: Client, django_assert_num_queries: Callable
) -> None:
    MunicipalityFactory.create_batch(2)
    RegionFactory()
    RoleAssignmentFactory(policy_officer=True)
    RoleAssignmentFactory(reader_of_region=True)
    models = [m for m in OUR_MODELS if m._meta.app_label == "municipalities"]
    before = {model: _queries(desk, model) for model in models}
    merged = MunicipalityFactory()
    MunicipalityFactory.create_batch(9, merged_into=merged)
    for _ in range(8):
        RegionFactory(parent=RegionFactory(), centre_municipality=merged)
        RoleAssignmentFactory(policy_officer=True)
        RoleAssignmentFactory(reader_of_region=True)
    for model in models:
        with django_assert_num_queries(before[model]):
            desk.get(url_of(model, "changelist"))


def _queries(desk: Client, model: type) -> int:
    desk.get(url_of(model, "changelist"))
    with CaptureQueriesContext(connection) as seen:
        desk.get(url_of(model, "changelist"))
    return len(seen)


# ---- refusals by the database


def test_a_municipality_cannot_end_under_a_plan(desk: Client, loaded: WorkPlan) -> None:
    katwijk = Municipality.objects.get(code="GM0537")
    page = url_of(Municipality, "change", katwijk.pk)
    sent = filled_in(desk.get(page), valid_until="31-12-2018", province="Elders")
    response = desk.post(page, sent)
    assert response.status_code == 200
    text = response.content.decode()
    assert "Katwijk bestaat niet op 01-01-2020" in text
    assert 'value="Elders"' in text
    assert list(response.context["messages"]) == []
    katwijk.refresh_from_db()
    assert katwijk.valid_until is None


def test_a_double_role_is_refused_beside_the_role(desk: Client, anna: User) -> None:
    role = anna.role_assignments.get()
    page = url_of(User, "change", anna.pk)
    sent = filled_in(desk.get(page)) | {
        "role_assignments-TOTAL_FORMS": ["2"],
        "role_assignments-1-role": [role.role],
        "role_assignments-1-municipality": [str(role.municipality_id)],
        "role_assignments-1-region": [""],
        "role_assignments-1-user": [str(anna.pk)],
    }
    response = desk.post(page, sent)
    assert response.status_code == 200
    assert "heeft deze rol daar al" in response.content.decode()
    assert anna.role_assignments.count() == 1


def test_a_municipality_in_use_is_not_removed(desk: Client, loaded: WorkPlan) -> None:
    katwijk = Municipality.objects.get(code="GM0537")
    response = desk.post(url_of(Municipality, "delete", katwijk.pk), {"post": "yes"})
    assert response.status_code == 200
    assert Municipality.objects.filter(pk=katwijk.pk).exists()
    chosen = {"action": "delete_selected", "_selected_action": [katwijk.pk], "post": "yes"}
    desk.post(url_of(Municipality, "changelist"), chosen)
    assert Municipality.objects.filter(pk=katwijk.pk).exists()


# ---- people


def test_hanna_makes_a_person_with_a_role(hannas_desk: Client, bollenstreek: Region) -> None:
    response = hannas_desk.post(
        url_of(User, "add"),
        {
            "display_name": "Beleidsmedewerker Lisse",
            "email": "Lisse@Voorbeeld.nl",
            "password1": PASSWORD,
            "password2": PASSWORD,
        },
    )
    assert response.status_code == 302
    person = User.objects.get(email="lisse@voorbeeld.nl")
    assert person.check_password(PASSWORD)
    page = url_of(User, "change", person.pk)
    sent = filled_in(hannas_desk.get(page)) | {
        "role_assignments-TOTAL_FORMS": ["1"],
        "role_assignments-0-role": ["beleidsmedewerker"],
        "role_assignments-0-municipality": [str(Municipality.objects.get(code="GM0553").pk)],
        "role_assignments-0-region": [""],
        "role_assignments-0-user": [str(person.pk)],
    }
    assert hannas_desk.post(page, sent).status_code == 302
    assert str(person.role_assignments.get()) == "beleidsmedewerker Lisse"


def test_a_role_at_the_wrong_place_is_explained(
    hannas_desk: Client, gijs: User, bollenstreek: Region
) -> None:
    page = url_of(User, "change", gijs.pk)
    sent = filled_in(hannas_desk.get(page)) | {
        "role_assignments-TOTAL_FORMS": ["1"],
        "role_assignments-0-role": ["projectleider"],
        "role_assignments-0-municipality": [str(Municipality.objects.get(code="GM0553").pk)],
        "role_assignments-0-region": [""],
        "role_assignments-0-user": [str(gijs.pk)],
    }
    response = hannas_desk.post(page, sent)
    assert response.status_code == 200
    assert "een projectleider bij een regio" in " ".join(response.content.decode().split())
    assert not gijs.role_assignments.exists()


def test_an_address_is_taken_whatever_its_capitals(hannas_desk: Client, gijs: User) -> None:
    response = hannas_desk.post(
        url_of(User, "add"),
        {
            "display_name": "Nog een",
            "email": gijs.email.upper(),
            "password1": PASSWORD,
            "password2": PASSWORD,
        },
    )
    assert "Er is al iemand met dit e-mailadres" in response.content.decode()


def test_hanna_does_not_meet_superusers_nor_their_rights(
    hannas_desk: Client, hanna: User, technician: User
) -> None:
    listed = hannas_desk.get(url_of(User, "changelist")).content.decode()
    assert technician.email not in listed
    assert hanna.email in listed
    for page in (
        url_of(User, "change", technician.pk),
        f"/beheer/municipalities/user/{technician.pk}/password/",
    ):
        assert hannas_desk.get(page).status_code in (302, 404)
    own = url_of(User, "change", hanna.pk)
    fields = filled_in(hannas_desk.get(own))
    assert not {"is_superuser", "groups", "user_permissions", "is_staff"} & set(fields)
    hannas_desk.post(own, fields | {"is_superuser": ["on"]})
    hanna.refresh_from_db()
    assert not hanna.is_superuser


def test_hanna_gives_a_new_password(hannas_desk: Client, gijs: User) -> None:
    page = f"/beheer/municipalities/user/{gijs.pk}/password/"
    shown = hannas_desk.get(page).content.decode()
    assert 'name="usable_password"' not in shown
    assert "None" not in shown
    response = hannas_desk.post(page, {"password1": "kort", "password2": "kort"})
    assert "te kort" in response.content.decode()
    response = hannas_desk.post(page, {"password1": PASSWORD, "password2": PASSWORD})
    assert response.status_code == 302
    gijs.refresh_from_db()
    assert gijs.check_password(PASSWORD)


def test_hanna_sees_no_plan_and_no_money(hannas_desk: Client) -> None:
    for model in OUR_MODELS:
        expected = 200 if model._meta.app_label == "municipalities" else 403
        response = hannas_desk.get(url_of(model, "changelist"))
        assert response.status_code == expected, model.__name__
    for page in ("import", "export"):
        assert hannas_desk.get(reverse(f"admin:workplans_action_{page}")).status_code == 403
    index = hannas_desk.get(reverse("admin:index")).content.decode()
    assert "Gemeenten en mensen" in index
    assert "Werkplannen" not in index


def test_a_person_is_removed_with_the_roles(hannas_desk: Client, anna: User) -> None:
    delete = url_of(User, "delete", anna.pk)
    hannas_desk.post(delete, filled_in(hannas_desk.get(delete)))
    assert not User.objects.filter(pk=anna.pk).exists()
    assert not RoleAssignment.objects.filter(user=anna.pk).exists()


# ---- history


def test_history_says_who_when_old_and_new(hannas_desk: Client, bollenstreek: Region) -> None:
    page = url_of(Region, "change", bollenstreek.pk)
    hannas_desk.post(page, filled_in(hannas_desk.get(page), name="Bollenstreek"))
    text = hannas_desk.get(url_of(Region, "history", bollenstreek.pk)).content.decode()
    rows = " ".join(text.split())
    assert "<td>Naam</td> <td>Duin- en Bollenstreek</td> <td>Bollenstreek</td>" in rows
    assert "Beheerder" in rows
    recorded = Region.pgh_event_model.objects.latest("pgh_id").pgh_created_at
    assert timezone.localtime(recorded).strftime("%H:%M:%S") in rows
    assert "Lid toegevoegd" in rows


def test_what_was_removed_is_still_told(hannas_desk: Client, db: None) -> None:
    gone = MunicipalityFactory(name="Verdwenen")
    key = gone.pk
    delete = url_of(Municipality, "delete", key)
    hannas_desk.post(delete, filled_in(hannas_desk.get(delete)))
    changes = hannas_desk.get(reverse("admin:municipalities_municipalityevent_changelist"))
    text = changes.content.decode()
    assert "verwijderd" in text
    assert "Verdwenen" in text
    history = hannas_desk.get(url_of(Municipality, "history", key))
    assert "<td>Naam</td> <td>Verdwenen</td> <td>–</td>" in " ".join(
        history.content.decode().split()
    )
    assert hannas_desk.get(reverse("admin:workplans_actionevent_changelist")).status_code == 403


def test_recorded_changes_are_listed_with_the_queries_of_one(
    hannas_desk: Client, django_assert_num_queries: Callable
) -> None:
    page = reverse("admin:municipalities_municipalityevent_changelist")
    MunicipalityFactory.create_batch(2)
    hannas_desk.get(page)
    with CaptureQueriesContext(connection) as seen:
        hannas_desk.get(page)
    MunicipalityFactory.create_batch(10)
    with django_assert_num_queries(len(seen)):
        hannas_desk.get(page)


@pytest.mark.parametrize("model", ["pghistory.events", "workplans.workplan"])
def test_no_address_finds_a_page_for_any_row(desk: Client, loaded: WorkPlan, model: str) -> None:
    kind = ContentType.objects.get_for_model(apps.get_model(model))
    assert desk.get(f"/beheer/r/{kind.pk}/{loaded.pk}/").status_code == 404


def test_no_link_leads_to_a_page_that_is_not_shown(desk: Client, loaded: WorkPlan) -> None:
    """A technical sign-in sees no plans."""
    page = desk.get(url_of(WorkPlan, "change", loaded.pk)).content.decode()
    assert loaded.get_absolute_url() not in page
    assert "/beheer/r/" not in page


def test_packages_bring_no_pages_of_their_own() -> None:
    assert {model._meta.app_label for model in admin.site._registry} == set(OUR_APPS)


def test_sentences_that_django_lacks_are_dutch(hannas_desk: Client, gijs: User) -> None:
    page = f"/beheer/municipalities/user/{gijs.pk}/password/"
    response = hannas_desk.post(page, {"password1": "kort", "password2": "kort"})
    text = response.content.decode()
    assert "Dit wachtwoord is te kort; kies een wachtwoord van minstens" in text
    assert "<title>Fout:" in text
    assert '<a href="/beheer/">Beheer</a>' in text


def test_what_is_stored_is_said_without_an_article(desk: Client, loaded: WorkPlan) -> None:
    """Django says “De” before every kind of data; not each kind takes it."""
    page = url_of(WorkPlan, "change", loaded.pk)
    said = desk.post(page, filled_in(desk.get(page)), follow=True).content.decode()
    assert "Gewijzigd: werkplan ‘" in said
    assert "De werkplan" not in said


def test_the_history_of_a_person_tells_roles_and_log(
    hannas_desk: Client, anna: User, hanna: User
) -> None:
    page = url_of(User, "change", anna.pk)
    hannas_desk.post(page, filled_in(hannas_desk.get(page), display_name="Anders"))
    text = hannas_desk.get(url_of(User, "history", anna.pk)).content.decode()
    assert "Rol toegevoegd" in text
    assert "Weergavenaam gewijzigd" in text
