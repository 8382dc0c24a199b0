"""The cells of a scanned table: cut out without their rulings, and read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.model import Reading
from extractors.recogniser.reader import FigureReading, read_figures
from extractors.scans.cutting import DARK, CutCell, cut_cells, frame_ink, join_lines
from extractors.scans.grid import ScannedTable
from extractors.scans.ocr import DIGITS, OcrJob, OcrWord, read_crops

Gray = NDArray[np.uint8]

SURE = 0.95
"""From this confidence on, one reader's figure is taken without asking another."""

LIKELY = 0.4
"""From this confidence on, the network's Roman numeral beats Tesseract's reading."""

CONFIDENT, LETTERS = 0.8, 2
"""From this confidence and this many letters on, words are believed to be words."""

TRIMMED = 0.8
"""Confidence, at most, of a figure that had a mark before or after it."""

AGREED = 0.9
"""Two readers agree if by this much one of them at least must be right."""

DOUBTED = 0.5
"""Confidence, at most, of what readers disagree about."""

UNSURE_TEXT, ENLARGED = 0.6, 1.25
"""Below this confidence words are read once more, drawn larger by this factor."""

MISSED, NEAR_WORD = 0.8, 0.3
"""In squares of the x-height: ink of a letter; and in x-heights, how far from its word
a mark may stand."""

TALLEST_LINE = 4.3
"""In x-heights; a joined line with marks above and below, and its frame."""

DIGIT_HEIGHT = 1.48
"""Height of a digit in x-heights."""

SPECKS = "'`´ˆ¨¬¦|°¡†‡‘’"
"""Signs that specks and stubs of rulings are read as."""

LONE_SPECKS = "*·•.,:;~^_"
"""Signs that specks are read as where they stand alone beside words."""

NETWORK, TESSERACT_DIGITS, TESSERACT_TEXT = "network", "tesseract-digits", "tesseract"
"""The names of the readers in :class:`~extractors.model.Reading`."""


@dataclass(frozen=True, slots=True)
class CellReading:
    """What a cell says, how surely, and what each reader made of it."""

    text: str
    confidence: float
    readings: tuple[Reading, ...] = ()


EMPTY = CellReading("", 1.0)


def read_table(table: ScannedTable) -> list[CellReading]:
    """Return the reading of each cell of a table, in the order of its cells."""
    cuts = cut_cells(table)
    figures = read_with_network(cuts, table.x_height)
    wanted = [k for k, cut in enumerate(cuts) if cut is not None]
    text_at = [k for k in wanted if not is_sure(figures[k])]
    second_at = [k for k in text_at if may_be_figure(figures[k])]
    texts = dict(zip(text_at, read_texts(pick(cuts, text_at)), strict=True))
    seconds = dict(zip(second_at, read_digits(pick(cuts, second_at)), strict=True))
    return [
        EMPTY if cut is None else decide(figures[k], texts.get(k), seconds.get(k))
        for k, cut in enumerate(cuts)
    ]


def pick(cuts: Sequence[CutCell | None], places: Iterable[int]) -> list[CutCell]:
    """Return the cells at these places, which all hold ink."""
    return [cut for k in places if (cut := cuts[k]) is not None]


def is_sure(figure: FigureReading | None) -> bool:
    """Whether the network alone settles the cell."""
    return figure is not None and figure.is_figure and figure.confidence >= SURE


def may_be_figure(figure: FigureReading | None) -> bool:
    """Whether the cell is worth a second reading as a figure."""
    return figure is not None and figure.is_figure


def decide(
    figure: FigureReading | None, text: Reading | None, second: Reading | None
) -> CellReading:
    """Return what stands in a cell that holds ink.

    A figure is sure when the network is, or when another reader reads the same;
    otherwise the network's reading stands with too little confidence to be trusted.
    """
    own = Reading(NETWORK, figure.text, figure.confidence) if figure else None
    readings = tuple(r for r in (own, second, text) if r is not None)
    if figure is not None and is_sure(figure):
        return CellReading(figure.text, figure.confidence, readings)
    if text is not None and is_outvoted(figure, text, second):
        return CellReading(text.text, text.confidence, readings)
    if figure is not None and may_be_figure(figure) and not reads_as_words(text):
        agreed = weigh_agreement(figure, [r for r in (second, text) if r])
        sure = max(agreed, SURE) if agreed >= AGREED else min(agreed, DOUBTED)
        return CellReading(figure.text, sure, readings)
    if figure is not None and is_likely_numeral(figure, text):
        return CellReading(figure.text, figure.confidence, readings)
    if text is None or not text.text:
        return CellReading("", 0.0, readings)
    if sees_nothing(figure) and text.confidence < DOUBTED:
        return EMPTY
    words = drop_specks(text.text)
    if not words:
        return CellReading("", 0.0, readings)
    if looks_like_figure(words):
        return CellReading(words, min(text.confidence, DOUBTED), readings)
    return CellReading(words, text.confidence, readings)


def drop_specks(text: str) -> str:
    """Return the words of a cell without the signs that specks are read as.

    What is left of a ruling makes of 'Tổng cộng' a "'Tổng cộng".
    """
    words = [word for part in text.split() if (word := part.strip(SPECKS))]
    said = [word for word in words if word.strip(LONE_SPECKS)]
    return " ".join(said or words)


def is_likely_numeral(figure: FigureReading, text: Reading | None) -> bool:
    """Whether the cell holds a Roman numeral or a formula, which Tesseract knows not.

    It reads II as H or "; where it sees a word, there is one. 'Xã' is a word however
    short: no stroke of a numeral is read as a letter with a mark.
    """
    if not figure.is_numeral or figure.confidence < LIKELY:
        return False
    if text is not None and is_marked_word(text):
        return text.confidence < figure.confidence
    return text is None or len(text.text) <= len(figure.text) + 1


def is_marked_word(text: Reading) -> bool:
    """Whether a reading is letters, one of them with a mark: Vietnamese, no numeral."""
    return len(text.text) > 1 and text.text.isalpha() and not text.text.isascii()


def sees_nothing(figure: FigureReading | None) -> bool:
    """Whether the network is sure that the ink is no print: specks, a seal's edge."""
    return figure is not None and not figure.text and figure.confidence >= SURE


def weigh_agreement(figure: FigureReading, others: Sequence[Reading]) -> float:
    """Return how sure a figure is, other readers that read the same counted in.

    Readers of one kind fail together on a lost point, so only the surest counts.
    """
    own = squeeze(figure.text)
    same = [r.confidence for r in others if squeeze(r.text).strip(".,") == own]
    return 1 - (1 - figure.confidence) * (1 - max(same, default=0.0))


def spell(text: str) -> str:
    """Return the letters and digits of a text."""
    return "".join(c for c in text if c.isalnum() or c == "%")


def squeeze(text: str) -> str:
    """Return the text without spaces, which readers disagree about."""
    return "".join(text.split())


def reads_as_words(text: Reading | None) -> bool:
    """Whether the reader of words saw words, and was sure of them."""
    if text is None or text.confidence < CONFIDENT:
        return False
    letters = sum(c.isalpha() for c in text.text)
    return letters >= LETTERS and letters > sum(c.isdigit() for c in text.text)


def is_outvoted(
    figure: FigureReading | None, text: Reading, second: Reading | None
) -> bool:
    """Whether both other readers see the same digits, and the sure one letters too.

    The network was taught no letters: 'KH 2019' is a 2 to it.
    """
    if figure is None or second is None or second.confidence < DOUBTED:
        return False
    if text.confidence < CONFIDENT or sum(c.isalpha() for c in text.text) < LETTERS:
        return False
    digits = "".join(c for c in text.text if c.isdigit())
    return bool(digits) and digits == second.text and squeeze(figure.text) != digits


def looks_like_figure(text: str) -> bool:
    """Whether the text holds digits and no letters."""
    return any(c.isdigit() for c in text) and not any(c.isalpha() for c in text)


def read_with_network(
    cuts: Sequence[CutCell | None], x_height: float
) -> list[FigureReading | None]:
    """Return the network's reading of each cell of one line, else None."""
    places = [k for k, cut in enumerate(cuts) if cut is not None and cut.is_one_line]
    crops = [frame_ink(cut, 0.3) for cut in pick(cuts, places)]
    found = read_figures(crops, DIGIT_HEIGHT * x_height)
    readings: list[FigureReading | None] = [None] * len(cuts)
    for k, reading in zip(places, found, strict=True):
        readings[k] = trim(reading) if reading is not None else None
    return readings


def trim(figure: FigureReading) -> FigureReading:
    """Return a figure without a mark before or after it: a speck, read as a point.

    Then another reader is asked. '1.' counts a row and is left as it is.
    """
    text = figure.text.strip(".,")
    if not figure.is_figure or text == figure.text or len(text) < 2:
        return figure
    return FigureReading(text, min(figure.confidence, TRIMMED))


def read_texts(cuts: Sequence[CutCell]) -> list[Reading]:
    """Return the Vietnamese text of each cell, read line by line.

    What was read without confidence or in part is read once more, a little larger and
    as it stands, line under line: specks beside the lines spoil their joining.
    """
    if not cuts:
        return []
    x_height = cuts[0].x_height
    upright = [k for k, cut in enumerate(cuts) if cut.may_be_upright_text]
    blocks = [frame_ink(cut, 0.8) for cut in cuts]
    turned = [turn_text(cuts[k]) for k in upright]
    job = OcrJob("vie", 7, dpi=round(12 * x_height))
    crops = [*map(join_lines, cuts), *turned]
    read = read_crops(crops, job)
    found = [*map(join_words, read)]
    partial = [is_partial(*pair, x_height) for pair in zip(crops, read, strict=True)]
    readings, others = found[: len(cuts)], found[len(cuts) :]
    for n, (k, other) in enumerate(zip(upright, others, strict=True), len(cuts)):
        if weigh(other) > weigh(readings[k]):
            readings[k], blocks[k], partial[k] = other, crops[n], partial[n]
    unsure = [k for k, r in enumerate(readings) if is_unsure_text(r, partial[k])]
    larger = [enlarge(blocks[k]) for k in unsure]
    again = read_crops(larger, replace(job, psm=6))
    for k, picture, words in zip(unsure, larger, again, strict=True):
        second = join_words(words)
        if not partial[k]:
            readings[k] = combine(readings[k], second)
        elif misses_print(picture, words, ENLARGED * x_height):
            readings[k] = doubt(readings[k], second)
        else:
            readings[k] = complete(readings[k], second)
    return readings


def is_partial(line: Gray, words: Sequence[OcrWord], x_height: float) -> bool:
    """Whether a reading of a cell's joined lines may lack some of the print.

    Lines that hang together by their marks are not parted, and one of them is lost.
    """
    is_tall = line.shape[0] > TALLEST_LINE * x_height
    return is_tall or misses_print(line, words, x_height)


def misses_print(crop: Gray, words: Sequence[OcrWord], x_height: float) -> bool:
    """Whether a letter or more of a crop's print stands in none of the words read.

    Tesseract drops words, and is sure of the others: 'Tổng số hộ' becomes 'số hộ'.
    """
    ink = crop < DARK
    slack = round(NEAR_WORD * x_height)
    for x0, y0, x1, y1 in (word.box for word in words):
        ink[max(y0 - slack, 0) : y1 + slack, max(x0 - slack, 0) : x1 + slack] = False
    return bool(ink.sum() > MISSED * x_height**2)


def complete(first: Reading, second: Reading) -> Reading:
    """Return a second reading that has all of the print, which the first may lack.

    The first says nothing against it.
    """
    return second if second.confidence >= CONFIDENT else doubt(first, second)


def doubt(first: Reading, second: Reading) -> Reading:
    """Return the fuller of two readings of which none has all of the print."""
    best = max(first, second, key=weigh)
    return Reading(best.reader, best.text, min(best.confidence, DOUBTED))


def turn_text(cut: CutCell) -> Gray:
    """Return the ink of a cell whose text runs upwards, made level."""
    level = cv2.rotate(frame_ink(cut, 0.8), cv2.ROTATE_90_CLOCKWISE)
    return np.asarray(level, np.uint8)


def enlarge(picture: Gray) -> Gray:
    """Return a crop at another size: Tesseract stumbles at one and not at the next."""
    larger = cv2.resize(
        picture, None, fx=ENLARGED, fy=ENLARGED, interpolation=cv2.INTER_CUBIC
    )
    return np.asarray(larger, np.uint8)


def is_unsure_text(reading: Reading, in_part: bool) -> bool:
    """Whether words, no figure, were read in part or with too little confidence."""
    letters = sum(c.isalpha() for c in reading.text)
    digits = sum(c.isdigit() for c in reading.text)
    is_words = letters > max(1, digits)
    return is_words and (in_part or reading.confidence < UNSURE_TEXT)


def combine(first: Reading, second: Reading) -> Reading:
    """Return what two readings of the same words make: agreed, or still in doubt.

    They may differ in what specks are read as.
    """
    if spell(first.text) == spell(second.text):
        return max(first, second, key=lambda r: r.confidence)
    return doubt(first, second)


def weigh(reading: Reading) -> float:
    """Return how much a reading says: its letters times how sure they are."""
    return reading.confidence * sum(c.isalnum() for c in reading.text)


def read_digits(cuts: Sequence[CutCell]) -> list[Reading]:
    """Return each cell read by Tesseract with digits only, the second opinion."""
    if not cuts:
        return []
    job = OcrJob("eng", 7, whitelist=DIGITS)
    found = read_crops([sharpen_digits(cut) for cut in cuts], job)
    return [join_words(words, TESSERACT_DIGITS, glue="") for words in found]


def sharpen_digits(cut: CutCell) -> Gray:
    """Return the ink at 28 rows a digit, blurred and made black and white."""
    scale = 28 / (DIGIT_HEIGHT * cut.x_height)
    ink = frame_ink(cut, 0.6)
    size = (max(1, round(ink.shape[1] * scale)), max(1, round(ink.shape[0] * scale)))
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    soft = cv2.GaussianBlur(cv2.resize(ink, size, interpolation=way), (3, 3), 0)
    _, bits = cv2.threshold(soft, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    return np.asarray(bits, np.uint8)


def join_words(
    words: Sequence[OcrWord], reader: str = TESSERACT_TEXT, glue: str = " "
) -> Reading:
    """Return the words of a crop as one reading, as sure as its least sure word."""
    text = glue.join(w.text for w in words)
    return Reading(reader, text, min((w.confidence for w in words), default=0.0))
