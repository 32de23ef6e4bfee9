#!/usr/bin/env python3
"""Writes src/engines/mrz/ocr_b_shapes.inc: the shapes of OCR-B as the reader of printed zones compares them. Run by hand when the
grid changes: scripts/make_ocr_b_shapes.py > src/engines/mrz/ocr_b_shapes.inc. Font: Debian's fonts-ocr-b, public domain."""
from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont

COLUMNS, ROWS, FINE, HEIGHT = 12, 17, 6, 17 / 12  # a cell is one advance wide and HEIGHT advances high


class Lines(BasePen):
    """Outlines as polygons."""

    def __init__(self, glyphs):
        super().__init__(glyphs)
        self.polygons = []

    def _moveTo(self, point):
        self.polygons.append([point])

    def _lineTo(self, point):
        self.polygons[-1].append(point)

    def _curveToOne(self, one, two, end):
        start = self.polygons[-1][-1]
        for step in range(1, 9):
            t = step / 8
            self.polygons[-1].append(tuple(
                (1 - t) ** 3 * start[i] + 3 * (1 - t) ** 2 * t * one[i] + 3 * (1 - t) * t * t * two[i] + t ** 3 * end[i]
                for i in (0, 1)))


def winding(polygons, x, y):
    turns = 0
    for polygon in polygons:
        for (ax, ay), (bx, by) in zip(polygon, polygon[1:] + polygon[:1]):
            if (ay <= y) != (by <= y) and (x - ax) * (by - ay) < (bx - ax) * (y - ay) if by > ay else \
                    (ay <= y) != (by <= y) and (x - ax) * (by - ay) > (bx - ax) * (y - ay):
                turns += 1 if by > ay else -1
    return turns


def main():
    font = TTFont("/usr/share/fonts/opentype/ocr-b/OCRB.otf")
    glyphs, names = font.getGlyphSet(), font.getBestCmap()
    capital = Lines(glyphs)
    glyphs[names[ord("H")]].draw(capital)
    tops = [y for polygon in capital.polygons for _, y in polygon]
    middle = (min(tops) + max(tops)) / 2
    for letter in "<0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ":
        glyph = glyphs[names[ord(letter)]]
        pen = Lines(glyphs)
        glyph.draw(pen)
        advance = glyph.width
        step = advance / COLUMNS
        digits = ""
        for row in range(ROWS):
            for column in range(COLUMNS):
                ink = 0
                for fine in range(FINE * FINE):
                    x = (column + (fine % FINE + 0.5) / FINE) * step
                    y = middle + HEIGHT * advance / 2 - (row + (fine // FINE + 0.5) / FINE) * step
                    ink += winding(pen.polygons, x, y) != 0
                digits += "%x" % round(15 * ink / (FINE * FINE))
        print('{\'%s\', "%s"},' % (letter, '"\n "'.join(digits[i:i + 102] for i in (0, 102))))


main()
