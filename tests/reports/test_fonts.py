from pathlib import Path

from fontTools.ttLib import TTFont

from reports.fonts import font_files, make_web_fonts


def test_packages_hold_the_faces_that_the_stylesheets_name():
    names = {
        "SourceSansPro-Regular.otf",
        "SourceSansPro-Semibold.otf",
        "SourceSerifPro-Semibold.otf",
    }
    assert names <= set(font_files())


def test_web_fonts_are_small_and_hold_the_signs_of_amounts(tmp_path: Path):
    made = make_web_fonts(tmp_path / "fonts")
    assert [path.name for path in made] == [
        "source-sans-regular.woff2",
        "source-sans-semibold.woff2",
        "source-serif-semibold.woff2",
    ]
    for path in made:
        assert path.stat().st_size < 27_000
        letters = TTFont(path).getBestCmap()
        assert all(ord(sign) in letters for sign in "Aëïij€−×–’…\u00a0")


def test_web_fonts_that_are_there_are_kept(tmp_path: Path):
    first, *_ = make_web_fonts(tmp_path)
    first.write_bytes(b"kept")
    make_web_fonts(tmp_path)
    assert first.read_bytes() == b"kept"
