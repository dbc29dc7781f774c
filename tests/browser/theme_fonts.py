"""Makes the theme's font files from the variable Commissioner (SIL OFL 1.1, github.com/kosbarts/Commissioner, version 1.001).

    python -m tests.browser.theme_fonts "Commissioner[FLAR,VOLM,slnt,wght].ttf"

Needs fonttools and brotli, which nothing else here does. Prints each file's `unicode-range` for theme/static/css/tokens.css.
A page in Ukrainian loads the first file alone: it has the digits, the punctuation and the Latin letters of the site's own
words, too. 1,000 units to the em instead of 2,000 and one unit of tolerance in the weights make the files a tenth
smaller; a unit is 0.02 px of a text's size.
"""

import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "theme/static/fonts"
UNITS, TOLERANCE = 1_000, 1.0
OWN_WORDS = (
    "Facebook Telegram Viber Atom English CC BY I V X"  # sharing, feeds, the language, the licence, Roman numerals
)
UKRAINIAN = (
    "АБВГҐДЕЄЖЗИІЇЙКЛМНОПРСТУФХЦЧШЩЬЮЯабвгґдеєжзиіїйклмнопрстуфхцчшщьюя"
    " \u00a0!\"'()+,-./:;?%0123456789«»·×ʼ–—‘’“”„…№−"
) + OWN_WORDS  # fmt: skip
LATIN = [chr(code) for code in range(0x20, 0x7F) if chr(code) not in UKRAINIAN] + ["©"]
SIGNS = "§®°±²³½•€™ЁЪЫЭёъыэ"
FILES = {"uk": (UKRAINIAN, True), "latin": (LATIN, False), "signs": (SIGNS, True)}  # with kerning or without


def make(source, characters, file, has_kerning):
    """Write a subset with the weights 400 to 700; returns its characters' codes."""
    from fontTools import subset
    from fontTools.ttLib import TTFont
    from fontTools.ttLib.scaleUpem import scale_upem
    from fontTools.varLib import instancer

    font = instancer.instantiateVariableFont(TTFont(source), {"wght": (400, 400, 700), "slnt": 0, "FLAR": 0, "VOLM": 0})
    options = subset.Options(hinting=False, legacy_kern=False, glyph_names=False, name_IDs=[0, 1, 2, 4, 5, 6, 13, 14])
    options.layout_features = ["kern"] if has_kerning else []
    chosen = subset.Subsetter(options)
    chosen.populate(unicodes=sorted({ord(character) for character in characters}))
    chosen.subset(font)
    scale_upem(font, UNITS)
    simplify(font)
    for table in ("STAT", "MVAR", "HVAR", "GDEF", "prep", "gasp"):  # a browser does without
        if table in font:
            del font[table]
    font.flavor = "woff2"
    font.save(file)
    return sorted(font.getBestCmap())


def simplify(font):
    """Leave out the movements of points that those of their neighbours make up for."""
    glyphs, metrics = font["glyf"], font["hmtx"].metrics
    for name, variations in font["gvar"].variations.items():
        points, control = glyphs._getCoordinatesAndControls(name, metrics, None)
        for variation in variations:
            if None in variation.coordinates:
                variation.calcInferredDeltas(points, control.endPts)
            variation.roundDeltas()
            variation.optimize(points, control.endPts, tolerance=TOLERANCE)


def unicode_range(codes):
    """Codes in the way of CSS: U+0020-0022, U+0025."""
    ranges = []
    for code in codes:
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return ", ".join(f"U+{first:04X}" if first == last else f"U+{first:04X}-{last:04X}" for first, last in ranges)


if __name__ == "__main__":
    for part, (characters, has_kerning) in FILES.items():
        file = FOLDER / f"commissioner-{part}.woff2"
        print(part, file.stat().st_size, unicode_range(make(sys.argv[1], characters, file, has_kerning)))
