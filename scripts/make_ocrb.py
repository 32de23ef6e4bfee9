#!/usr/bin/python3
"""Converts Debian's OCR-B (OpenType with CFF outlines) to TrueType.

Cairo 1.16 writes a corrupt PDF from the CFF outlines and reports success; TrueType outlines are written well.
Usage: make_ocrb.py /usr/share/fonts/opentype/ocr-b/OCRB.otf OCRB.ttf
"""

import sys

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable

MAX_ERROR = 1.0  # font units of 1000 to the em


def convert(source: str, target: str) -> None:
    font = TTFont(source)
    glyph_set = font.getGlyphSet()
    order = font.getGlyphOrder()
    glyphs = {}
    for name in order:
        pen = TTGlyphPen(glyph_set)
        glyph_set[name].draw(Cu2QuPen(pen, MAX_ERROR, reverse_direction=True))
        glyphs[name] = pen.glyph()
    font["loca"] = newTable("loca")
    font["glyf"] = glyf = newTable("glyf")
    glyf.glyphOrder = order
    glyf.glyphs = glyphs
    for table in ("CFF ", "VORG", "GSUB", "GPOS", "DSIG"):
        if table in font:
            del font[table]
    for name in order:
        glyf[name].recalcBounds(glyf)
        width, _ = font["hmtx"][name]
        font["hmtx"][name] = (width, getattr(glyf[name], "xMin", 0))
    maxp = font["maxp"]
    maxp.tableVersion = 0x00010000
    maxp.maxZones = 1
    for field in ("maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs", "maxStackElements",
                  "maxSizeOfInstructions"):
        setattr(maxp, field, 0)
    maxp.maxComponentElements = max((len(g.components) for g in glyphs.values() if hasattr(g, "components")), default=0)
    font["post"].formatType = 2.0
    font["post"].extraNames = []
    font["post"].mapping = {}
    font["post"].glyphOrder = order
    for record in font["name"].names:  # own family name, so that the broken original is never chosen
        if record.nameID in (1, 4, 16):
            record.string = "RCMS OCR-B"
        if record.nameID == 6:
            record.string = "RCMS-OCR-B"
    font.sfntVersion = "\x00\x01\x00\x00"
    font["head"].created = font["head"].modified = 2082844800  # 1970-01-01, so that the file is always the same
    font.recalcTimestamp = False
    font.save(target)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    convert(sys.argv[1], sys.argv[2])
