"""Cuts the fonts of `report.pdf` from Liberation Serif: see README.md beside it. Needs fonttools, which the site doesn't."""

import sys

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from hromada.report.documents.pdf_report import font_characters

HERE = __file__.removesuffix("cut.py")
NAMES = [0, 1, 2, 3, 4, 5, 6, 13, 14]  # copyright, names, version, licence


def cut(folder: str, style: str) -> None:
    font = TTFont(f"{folder}/LiberationSerif-{style}.ttf", recalcTimestamp=False)
    options = Options(
        hinting=False, notdef_outline=True, name_IDs=NAMES, name_languages=[0x409],
        layout_features=["kern", "mark", "mkmk", "ccmp"],
    )  # fmt: skip
    subsetter = Subsetter(options)
    subsetter.populate(text="".join(sorted(font_characters())))
    subsetter.subset(font)
    for name in font["name"].names:  # the licence reserves «Liberation» for the uncut fonts
        if name.nameID in (1, 3, 4, 6):
            name.string = str(name).removeprefix("Ascender - ").replace("Liberation", "Hromada")
    font.save(f"{HERE}HromadaSerif-{style}.ttf")


for one in ("Regular", "Bold", "Italic", "BoldItalic"):
    cut(sys.argv[1], one)
