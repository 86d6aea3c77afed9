"""Where the typefaces of screen and paper come from: two pinned font packages.

No font file is part of the project. The PDF embeds the packages' own OpenType files;
the screen gets smaller copies, cut to the letters of Western European languages.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from types import MappingProxyType

_PACKAGES = ("font_source_sans_pro", "font_source_serif_pro")

# Basic Latin, Latin-1, Latin Extended-A, general punctuation, the euro sign, arrows and
# signs that amounts and lists use, and the joined letters fi and fl.
_LATIN = (
    (0x0020, 0x007E),
    (0x00A0, 0x017F),
    (0x02C6, 0x02DD),
    (0x2010, 0x2027),
    (0x2030, 0x203A),
    (0x20AC, 0x20AC),
    (0x2190, 0x2193),
    (0x2212, 0x2212),
    (0x2248, 0x2265),
    (0xFB01, 0xFB02),
)
_FEATURES = (
    "ccmp",
    "kern",
    "liga",
    "locl",
    "lnum",
    "mark",
    "mkmk",
    "onum",
    "pnum",
    "tnum",
)
_WEB_FONTS = {
    "source-sans-regular.woff2": "SourceSansPro-Regular.otf",
    "source-sans-semibold.woff2": "SourceSansPro-Semibold.otf",
    "source-serif-semibold.woff2": "SourceSerifPro-Semibold.otf",
}


@cache
def font_files() -> Mapping[str, Path]:
    """Every font file of the packages by its file name, e.g. `SourceSansPro-It.otf`."""
    return MappingProxyType({path.name: path for path in _font_paths()})


@cache
def characters() -> frozenset[int]:
    """The characters that the text of a document has a glyph for; the first time costs
    some 0.1 s. The regular and the semibold face have the same, and headings fall back
    on them."""
    from fontTools.ttLib import TTFont

    with TTFont(str(font_files()["SourceSansPro-Regular.otf"]), lazy=True) as font:
        return frozenset(font.getBestCmap())


def make_web_fonts(folder: Path) -> list[Path]:
    """Write the three faces of the screen as woff2 and return their paths.

    Takes a few seconds; the same packages give the same bytes, and a file that is
    already there is kept, so that a second start costs nothing.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, source in _WEB_FONTS.items():
        path = folder / name
        if not path.exists():
            # Whole or not at all: a half written font would be kept for ever.
            part = path.with_suffix(".part")
            part.write_bytes(_cut_to_latin(font_files()[source]))
            part.replace(path)
        written.append(path)
    return written


def _font_paths() -> Iterator[Path]:
    for package in _PACKAGES:
        spec = find_spec(package)
        if spec is None or not spec.submodule_search_locations:
            raise FileNotFoundError(
                f"Het pakket {package.replace('_', '-')} met de letters ontbreekt; "
                "installeer requirements.txt opnieuw."
            )
        for folder in spec.submodule_search_locations:
            yield from sorted(Path(folder, "files").glob("*.[ot]tf"))


def _cut_to_latin(source: Path) -> bytes:
    from fontTools.subset import Options, Subsetter, load_font, save_font

    options = Options(
        flavor="woff2",
        layout_features=list(_FEATURES),
        hinting=False,
        desubroutinize=True,
        notdef_outline=True,
        recalc_timestamp=False,
    )
    font = load_font(str(source), options)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[code for first, last in _LATIN for code in range(first, last + 1)])
    subsetter.subset(font)
    cut = BytesIO()
    save_font(font, cut, options)
    return cut.getvalue()
