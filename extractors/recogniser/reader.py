"""Reads crops of figures with the shipped weights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from extractors.recogniser.shape import HEIGHT, Gray, fit_figure
from extractors.recogniser.texts import ALPHABET, FIGURE_SIGNS, UNKNOWN

WEIGHTS = Path(__file__).with_name("figures.onnx")

BATCH = 32
"""Lines read at once, sorted by width so that little is padding."""

WIDEST = 1024
"""Columns; a longer line is no figure."""


@dataclass(frozen=True, slots=True)
class FigureReading:
    """What a crop says: its text and the probability that it says just this."""

    text: str
    confidence: float

    @property
    def is_figure(self) -> bool:
        """Whether nothing but digits and their marks was seen."""
        known = all(c in FIGURE_SIGNS for c in self.text)
        return known and any(c.isdigit() or c == "-" for c in self.text)

    @property
    def is_numeral(self) -> bool:
        """Whether a Roman numeral or a formula was seen, and no letters beside."""
        return not self.is_figure and bool(self.text) and UNKNOWN not in self.text


@lru_cache(maxsize=1)
def load_session() -> onnxruntime.InferenceSession:
    """Return the network, on one thread: pages are read in parallel, not this."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(
        str(WEIGHTS), options, providers=["CPUExecutionProvider"]
    )


def read_figures(
    crops: Sequence[Gray], text_height: float
) -> list[FigureReading | None]:
    """Return the reading of each crop of one line, None where there is no ink.

    Args:
        crops: Grey, dark ink on light paper.
        text_height: Height of a digit in pixels, roughly.
    """
    fitted = [fit_figure(crop, text_height) for crop in crops]
    readings: list[FigureReading | None] = [None] * len(crops)
    order = [
        k for k, ink in enumerate(fitted) if ink is not None and ink.shape[1] <= WIDEST
    ]
    order.sort(key=lambda k: _width(fitted[k]))
    for start in range(0, len(order), BATCH):
        chosen = order[start : start + BATCH]
        scores = _score([ink for k in chosen if (ink := fitted[k]) is not None])
        for k, lines in zip(chosen, scores, strict=True):
            readings[k] = decode(lines)
    return readings


def _width(ink: Gray | None) -> int:
    return 0 if ink is None else ink.shape[1]


def _score(lines: Sequence[Gray]) -> list[NDArray[np.float32]]:
    """Return log-probabilities (places, classes) of each line, without its padding."""
    width = max(ink.shape[1] for ink in lines)
    width += width % 2
    packed = np.zeros((len(lines), 1, HEIGHT, width), np.float32)
    for place, ink in zip(packed, lines, strict=True):
        place[0, :, : ink.shape[1]] = ink
    (scores,) = load_session().run(["scores"], {"ink": packed / 255})
    return [s[: -(-ink.shape[1] // 2)] for s, ink in zip(scores, lines, strict=True)]


def decode(scores: NDArray[np.float32]) -> FigureReading:
    """Return the likeliest text and its probability over all ways to write it."""
    best = scores.argmax(axis=1)
    before = np.concatenate([[0], best[:-1]])
    classes = [int(k) for k in best[(best != before) & (best != 0)]]
    text = "".join(ALPHABET[k - 1] for k in classes).strip()
    return FigureReading(text, float(np.exp(sum_paths(scores, classes))))


def sum_paths(scores: NDArray[np.float32], classes: Sequence[int]) -> float:
    """Return the log-probability of a text: the sum over all CTC paths to it."""
    states = [0]
    for k in classes:
        states += [k, 0]
    labels = np.array(states)
    skip = np.zeros(len(labels), bool)
    skip[2:] = (labels[2:] != 0) & (labels[2:] != labels[:-2])
    paths = np.full(len(labels), -np.inf)
    paths[: min(2, len(labels))] = scores[0, labels[:2]]
    for row in scores[1:]:
        one = np.concatenate([[-np.inf], paths[:-1]])
        two = np.concatenate([[-np.inf, -np.inf], paths[:-2]])[: len(paths)]
        two = np.where(skip, two, -np.inf)
        paths = np.logaddexp(np.logaddexp(paths, one), two) + row[labels]
    return float(np.logaddexp.reduce(paths[-2:]))
