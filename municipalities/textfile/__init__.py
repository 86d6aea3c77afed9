"""Files that people write: YAML or JSON in which every scalar is text.

Knows no Django and no domain. `amount: 1.200` is the text `1.200`, not a number;
anchors, tags and double keys are refused; each fault knows its line.
"""

from municipalities.textfile.checking import check
from municipalities.textfile.reading import MAX_BYTES, TOO_LARGE, read
from municipalities.textfile.tree import Fault, FileFaults, Path, TextFile, path_text
from municipalities.textfile.writing import write_json, write_yaml

__all__ = [
    "MAX_BYTES",
    "TOO_LARGE",
    "Fault",
    "FileFaults",
    "Path",
    "TextFile",
    "check",
    "path_text",
    "read",
    "write_json",
    "write_yaml",
]
