from typing import Any

import pytest

from tests.workplans.every_key import make_all_it_names


@pytest.fixture
def named(db: None) -> None:
    """Everything that the plan of `every_key.py` names."""
    make_all_it_names()


@pytest.fixture
def page(client: Any, pieter: Any) -> Any:
    """pieter, at his desk."""
    client.force_login(pieter)
    return client
