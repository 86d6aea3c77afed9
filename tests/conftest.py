"""The cast, and the fixtures that every test may ask for.

anna       beleidsmedewerker of Katwijk, a member of the Duin- en Bollenstreek
pieter     projectleider of the Duin- en Bollenstreek
bram       lezer of the Duin- en Bollenstreek
carla      beleidsmedewerker of Alphen aan den Rijn, a member of the Rijnstreek
fenna      fondsbeheerder of Leiden, which owns the fund
hanna      beheerder: people, roles and reference data; no plan, no money
gijs       signed in, without a role
technician superuser without a role: the Django admin and nothing else

There are two sub-regions and one fund, always the same: `bollenstreek`, `rijnstreek` and
`fund`. A test that asks for `loaded` gets them from the real fixtures, with the plan of
2020, and one that asks for `documents` with all five plans; any other test gets a small
copy under the same codes and slugs.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import Model
from django.test import Client, override_settings

from funds import fundfile
from funds.models import Fund
from municipalities import reference as reference_data
from municipalities import textfile
from municipalities.guard import check_now
from municipalities.models import Municipality, Region, RoleAssignment, User
from tests.factories import (
    EnvelopeFactory,
    FundFactory,
    MunicipalityFactory,
    RegionFactory,
    RegionMembershipFactory,
    RoleAssignmentFactory,
    UserFactory,
)
from workplans import planfile
from workplans.models import WorkPlan
from workplans.services import store_plan

Role = RoleAssignment.Role

FIXTURES = Path(settings.BASE_DIR) / "fixtures"
DB2 = FIXTURES / "plans" / "duin-en-bollenstreek-2020.yaml"
CAST = ("anna", "pieter", "bram", "carla", "fenna", "hanna", "gijs", "technician")


@pytest.fixture(scope="session", autouse=True)
def _quick_passwords() -> Iterator[None]:
    """Hashing a password is slow on purpose, and no test is about that."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


# ---- the place


@pytest.fixture
def bollenstreek(request: pytest.FixtureRequest, db: None) -> Region:
    """Katwijk, Noordwijk and Lisse (K, N, L), or the real five when `loaded`."""
    return _region(
        request,
        "duin-en-bollenstreek",
        "Duin- en Bollenstreek",
        {"GM0537": ("Katwijk", "K"), "GM0575": ("Noordwijk", "N"), "GM0553": ("Lisse", "L")},
    )


@pytest.fixture
def rijnstreek(request: pytest.FixtureRequest, db: None) -> Region:
    """Alphen aan den Rijn and Nieuwkoop (A, Nk), or the real three when `loaded`."""
    return _region(
        request,
        "rijnstreek",
        "Rijnstreek",
        {"GM0484": ("Alphen aan den Rijn", "A"), "GM0569": ("Nieuwkoop", "Nk")},
    )


def _region(
    request: pytest.FixtureRequest, slug: str, name: str, members: dict[str, tuple[str, str]]
) -> Region:
    _load_first(request)
    parent = RegionFactory(
        slug="holland-rijnland", name="Holland Rijnland", kind="regio", members=0
    )
    region = RegionFactory(slug=slug, name=name, parent=parent, members=0)
    if not region.memberships.exists():
        for position, (code, (known_as, abbreviation)) in enumerate(members.items()):
            RegionMembershipFactory(
                region=region,
                municipality=MunicipalityFactory(code=code, name=known_as),
                abbreviation=abbreviation,
                position=position,
            )
    return region


def _load_first(request: pytest.FixtureRequest) -> None:
    """The real data come before the small copy, whatever the order of the arguments."""
    for name in ("loaded", "documents"):
        if name in request.fixturenames:
            request.getfixturevalue(name)


@pytest.fixture
def leiden(request: pytest.FixtureRequest, db: None) -> Municipality:
    _load_first(request)
    return MunicipalityFactory(code="GM0546", name="Leiden")


@pytest.fixture
def fund(leiden: Municipality, bollenstreek: Region, rijnstreek: Region) -> Fund:
    """Leiden's fund, with an envelope for each of the two sub-regions."""
    fund = FundFactory(
        slug="investeringsfonds-mz-holland-rijnland",
        name="Investeringsfonds maatschappelijke zorg Holland Rijnland",
        owner=leiden,
    )
    for region in (bollenstreek, rijnstreek):
        if not fund.envelopes.filter(region=region).exists():
            EnvelopeFactory(fund=fund, region=region)
    return fund


# ---- the cast


def _person(name: str, shown: str, role: str = "", **scope: Any) -> User:
    user = UserFactory(email=f"{name}@voorbeeld.nl", display_name=shown)
    if role and not user.role_assignments.exists():
        RoleAssignmentFactory(user=user, role=role, **scope)
    return user


@pytest.fixture
def anna(bollenstreek: Region) -> User:
    katwijk = Municipality.objects.get(code="GM0537")
    return _person("anna", "Beleidsmedewerker Katwijk", Role.POLICY_OFFICER, municipality=katwijk)


@pytest.fixture
def pieter(bollenstreek: Region) -> User:
    return _person(
        "pieter",
        "Projectleider Duin- en Bollenstreek",
        Role.PROJECT_LEADER,
        region=bollenstreek,
    )


@pytest.fixture
def bram(bollenstreek: Region) -> User:
    return _person("bram", "Lezer Duin- en Bollenstreek", Role.READER, region=bollenstreek)


@pytest.fixture
def carla(rijnstreek: Region) -> User:
    alphen = Municipality.objects.get(code="GM0484")
    return _person(
        "carla",
        "Beleidsmedewerker Alphen aan den Rijn",
        Role.POLICY_OFFICER,
        municipality=alphen,
    )


@pytest.fixture
def fenna(leiden: Municipality) -> User:
    return _person("fenna", "Fondsbeheerder Leiden", Role.FUND_MANAGER, municipality=leiden)


@pytest.fixture
def floor(leiden: Municipality) -> User:
    """The other fund manager of Leiden."""
    return _person("floor", "Tweede fondsbeheerder Leiden", Role.FUND_MANAGER, municipality=leiden)


@pytest.fixture
def hanna(db: None) -> User:
    return _person("hanna", "Beheerder", Role.ADMINISTRATOR)


@pytest.fixture
def gijs(db: None) -> User:
    return _person("gijs", "Collega zonder rol")


@pytest.fixture
def technician(db: None) -> User:
    return UserFactory(
        email="technician@voorbeeld.nl", display_name="Technisch beheer", technician=True
    )


@pytest.fixture
def desk(client: Client, technician: User) -> Client:
    """The technician at work."""
    client.force_login(technician)
    return client


@pytest.fixture
def cast(request: pytest.FixtureRequest) -> dict[str, User]:
    """Everybody, by name."""
    return {name: request.getfixturevalue(name) for name in CAST}


# ---- the database


@pytest.fixture
def refuses(db: None) -> Callable[[str], contextlib.AbstractContextManager[None]]:
    """`with refuses("share_sum"): …`: the database itself refuses the block, by that
    constraint, at the latest when it would commit."""

    @contextlib.contextmanager
    def inner(constraint: str) -> Iterator[None]:
        # Which statement is refused, the block's or the check, is not the point.
        with pytest.raises(IntegrityError) as caught, transaction.atomic():  # noqa: PT012
            yield
            check_now()
        assert caught.value.__cause__.diag.constraint_name == constraint

    return inner


@pytest.fixture
def accepts(db: None) -> Callable[[], contextlib.AbstractContextManager[None]]:
    """`with accepts(): …`: what the block leaves behind may be committed."""

    @contextlib.contextmanager
    def inner() -> Iterator[None]:
        with transaction.atomic():
            yield
            check_now()

    return inner


@contextlib.contextmanager
def unguarded() -> Iterator[None]:
    """Write what no guard lets through, as only the superuser of the cluster can: to make
    history older, or to take back what was submitted. No trigger at all runs."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield
        cursor.execute("SET LOCAL session_replication_role = origin")


def insert_like(model: type[Model], **changes: Any) -> None:
    """Insert by plain SQL a row as the last of the table, but for these columns."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} SELECT (jsonb_populate_record(r, %s::jsonb || "
            f"jsonb_build_object('id', id + 1000))).* FROM {table} r ORDER BY id DESC LIMIT 1",
            [json.dumps(changes, default=str)],
        )


# ---- the real data


@pytest.fixture(scope="session")
def _copies() -> dict[str, dict[str, bytes]]:
    """What the fixtures hold, by set and table, as PostgreSQL copies it out and in."""
    return {}


@pytest.fixture
def reference(_copies: dict[str, dict[str, bytes]], db: None) -> None:
    """Municipalities, figures and regions of fixtures/reference.yaml."""
    _load_once(_copies, "reference", _load_reference)


@pytest.fixture
def loaded(_copies: dict[str, dict[str, bytes]], db: None) -> WorkPlan:
    """All real data: reference data, the fund, and the plan of 2020, which is given."""
    _load_once(_copies, "loaded", _load_everything)
    return WorkPlan.objects.get(slug="duin-en-bollenstreek-2020")


@pytest.fixture
def documents(_copies: dict[str, dict[str, bytes]], db: None) -> dict[str, WorkPlan]:
    """All real data with all five plans, by slug."""
    _load_once(_copies, "documents", _load_documents)
    return {plan.slug: plan for plan in WorkPlan.objects.all()}


def _load_reference() -> None:
    text = (FIXTURES / "reference.yaml").read_text(encoding="utf-8")
    reference_data.load(textfile.read(text).tree)


def _load_everything() -> None:
    _load_reference()
    fundfile.load((FIXTURES / "funds.yaml").read_text(encoding="utf-8"))
    store_plan(planfile.read(DB2.read_text(encoding="utf-8")))


def _load_documents() -> None:
    _load_everything()
    for path in sorted(DB2.parent.glob("*.yaml")):
        store_plan(planfile.read(path.read_text(encoding="utf-8")))


def _load_once(copies: dict[str, dict[str, bytes]], name: str, load: Callable[[], None]) -> None:
    """Load through our own code the first time, and copy the rows every other time.

    The rows keep their keys, and what the triggers made of them, history and the search
    index, is copied too, so that none has to run again.
    """
    if name not in copies:
        with transaction.atomic():
            load()
            check_now()
            copies[name] = {table: _copy_out(table) for table in _filled_tables()}
    else:
        with unguarded():
            for table, key in _filled_tables().items():
                _copy_in(table, key, copies[name][table])


def _filled_tables() -> dict[str, str]:
    """The tables that fixtures fill, and the column that counts their rows, if any."""
    own = [
        model
        for app in ("municipalities", "funds", "workplans")
        for model in apps.get_app_config(app).get_models()
        if getattr(model, "pgh_tracked_model", model) not in (User, RoleAssignment)
    ]
    index = [table for table in connection.introspection.table_names() if "_search" in table]
    return {model._meta.db_table: model._meta.pk.column for model in own} | dict.fromkeys(index, "")


def _columns(table: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT quote_ident(attname) FROM pg_attribute "
            "WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum",
            [table],
        )
        return [column for (column,) in cursor.fetchall()]


def _copy_out(table: str) -> bytes:
    """All rows, with history as of the moment at which they are copied in."""
    values = ("'now'" if name == "pgh_created_at" else name for name in _columns(table))
    statement = f"COPY (SELECT {', '.join(values)} FROM {table}) TO STDOUT"
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        return b"".join(bytes(part) for part in copy)


def _copy_in(table: str, key: str, rows: bytes) -> None:
    if not rows:
        return
    with connection.cursor() as cursor:
        with cursor.copy(f"COPY {table} FROM STDIN") as copy:
            copy.write(rows)
        if key:
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', '{key}'), "
                f"(SELECT max({key}) + 1 FROM {table}), false)"
            )
