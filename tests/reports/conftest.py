"""What the tests of documents share: the validator, started once per test process."""

import pytest

from tests.reports.verapdf import VeraPdf


@pytest.fixture(scope="session")
def verapdf(tmp_path_factory: pytest.TempPathFactory) -> VeraPdf:
    return VeraPdf(tmp_path_factory.mktemp("verapdf"))
