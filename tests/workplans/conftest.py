import pytest

from tests.workplans.every_key import make_all_it_names


@pytest.fixture
def named(db: None) -> None:
    """Everything that the plan of `every_key.py` names."""
    make_all_it_names()
