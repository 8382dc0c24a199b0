"""Train the figure reader: ``python -m extractors.recogniser.train FONTS OUT``.

About half an hour on one core for 12,000 steps of 64 crops; the crops are rendered by
a second process meanwhile. Needs the extra ``train`` (torch, onnx) and the font
packages of ``fonts.PACKAGES``.
"""

from __future__ import annotations

import argparse
import logging
import math
import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.utils.data import DataLoader, IterableDataset, get_worker_info

from extractors.recogniser import fonts
from extractors.recogniser.network import FigureNetwork
from extractors.recogniser.render import draw_sample
from extractors.recogniser.shape import HEIGHT
from extractors.recogniser.texts import ALPHABET

log = logging.getLogger(__name__)

BATCH = 64
POOL = 16
"""Batches drawn together and sorted by width, so that little is padding."""

Batch = tuple[NDArray[np.uint8], list[str]]


def pack_batch(samples: list[tuple[NDArray[np.uint8], str]]) -> Batch:
    """Return crops padded with paper to the widest, and their texts."""
    width = max(crop.shape[1] for crop, _ in samples)
    width += width % 2
    packed = np.zeros((len(samples), 1, HEIGHT, width), np.uint8)
    for place, (crop, _) in zip(packed, samples, strict=True):
        place[0, :, : crop.shape[1]] = crop
    return packed, [text for _, text in samples]


class Crops(IterableDataset[Batch]):  # type: ignore[misc]  # torch is untyped where absent
    """Endless batches of fresh crops."""

    def __init__(self, files: list[Path], weights: list[float], seed: int) -> None:
        self.files, self.weights, self.seed = files, weights, seed

    def __iter__(self) -> Iterator[Batch]:
        """Draw, sort by width, and hand out in any order."""
        info = get_worker_info()
        start = self.seed + (0 if info is None else info.id * 100_000_000)
        rng = np.random.default_rng(start)
        while True:
            numbers = range(start, start + BATCH * POOL)
            start += BATCH * POOL
            drawn = [draw_sample(self.files, self.weights, k) for k in numbers]
            drawn.sort(key=lambda sample: sample[0].shape[1])
            for k in rng.permutation(POOL):
                yield pack_batch(drawn[k * BATCH : (k + 1) * BATCH])


def load_fonts(folder: Path) -> tuple[list[Path], list[float]]:
    """Return the faces to train on and how often each is drawn."""
    groups = ((fonts.TIMES, 3.0), (fonts.SERIF, 1.2), (fonts.SANS, 1.0))
    files: list[Path] = []
    weights: list[float] = []
    for names, weight in groups:
        found = fonts.find_fonts(folder, names)
        files += found
        weights += [weight] * len(found)
    return files, weights


def encode_texts(texts: list[str]) -> tuple[Tensor, Tensor]:
    """Return all class numbers in a row, and how many each text has."""
    numbers = [ALPHABET.index(c) + 1 for text in texts for c in text]
    return torch.tensor(numbers), torch.tensor([len(text) for text in texts])


def compute_loss(net: nn.Module, batch: Batch) -> Tensor:
    """Return the CTC loss of a batch."""
    ink, texts = batch
    scores = net(torch.from_numpy(ink).float() / 255)
    targets, lengths = encode_texts(texts)
    places = torch.full((len(texts),), scores.shape[1])
    return nn.functional.ctc_loss(
        scores.transpose(0, 1), targets, places, lengths, zero_infinity=True
    )


def read_greedily(scores: NDArray[np.float32]) -> list[str]:
    """Return the text of each line of class scores, best class at each place."""
    texts = []
    for best in scores.argmax(axis=2):
        kept = [
            k for k, before in zip(best, [0, *best[:-1]], strict=True) if k != before
        ]
        texts.append("".join(ALPHABET[k - 1] for k in kept if k))
    return texts


def measure(net: nn.Module, files: list[Path], seed: int, batches: int = 8) -> float:
    """Return the share of fresh crops read exactly."""
    net.eval()
    right = count = 0
    source = iter(Crops(files, [1.0] * len(files), seed))
    with torch.no_grad():
        for _ in range(batches):
            ink, texts = next(source)
            scores = net(torch.from_numpy(ink).float() / 255).numpy()
            right += sum(
                a == b for a, b in zip(read_greedily(scores), texts, strict=True)
            )
            count += len(texts)
    net.train()
    return right / count


def save_onnx(net: nn.Module, path: Path) -> None:
    """Write the network for ONNX Runtime, any number of lines of any width."""
    net.eval()
    torch.onnx.export(
        net,
        (torch.zeros(2, 1, HEIGHT, 64),),
        str(path),
        input_names=["ink"],
        output_names=["scores"],
        dynamic_axes={
            "ink": {0: "lines", 3: "width"},
            "scores": {0: "lines", 1: "places"},
        },
        opset_version=17,
        dynamo=False,
    )
    net.train()


def plan_rate(step: int, steps: int) -> float:
    """Return the share of the full learning rate: short warm-up, then a cosine."""
    if step < 200:
        return step / 200
    return 0.5 * (1 + math.cos(math.pi * (step - 200) / max(1, steps - 200)))


def load_start(net: nn.Module, start: Path) -> None:
    """Begin from kept weights; an alphabet that has grown keeps what it knew."""
    state = net.state_dict()
    for name, kept in torch.load(start).items():
        state[name][tuple(slice(0, n) for n in kept.shape)] = kept
    net.load_state_dict(state)


def train(
    folder: Path, out: Path, steps: int, seed: int, workers: int, start: Path | None
) -> None:
    """Train and write ``figures.onnx`` and ``figures.pt`` into ``out``."""
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    files, weights = load_fonts(folder)
    held_out = fonts.find_fonts(folder, fonts.HELD_OUT)
    net = FigureNetwork()
    if start is not None:
        load_start(net, start)
    log.info(
        "%d faces, %d weights", len(files), sum(p.numel() for p in net.parameters())
    )
    best = torch.optim.AdamW(net.parameters(), lr=2.5e-3, weight_decay=1e-2)
    rate = torch.optim.lr_scheduler.LambdaLR(best, lambda k: plan_rate(k, steps))
    source = DataLoader(
        Crops(files, weights, seed),
        batch_size=None,
        num_workers=workers,
        prefetch_factor=POOL,
    )
    for step, batch in enumerate(source, 1):
        loss = compute_loss(net, (np.asarray(batch[0]), batch[1]))
        best.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 5.0)
        best.step()
        rate.step()
        if step % 500 == 0 or step == steps:
            seen, unseen = measure(net, files, 1 << 40), measure(net, held_out, 1 << 41)
            log.info(
                "step %d loss %.4f seen %.4f unseen %.4f",
                step,
                loss.item(),
                seen,
                unseen,
            )
            torch.save(net.state_dict(), out / "figures.pt")
        if step % 2000 == 0 or step == steps:
            save_onnx(net, out / "figures.onnx")
        if step >= steps:
            break


def main() -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("fonts", type=Path, help="folder with the font files")
    parser.add_argument("out", type=Path, help="folder for the weights")
    parser.add_argument("--steps", type=int, default=12_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--start", type=Path, help="a figures.pt to begin from")
    given = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    train(given.fonts, given.out, given.steps, given.seed, given.workers, given.start)


if __name__ == "__main__":
    main()
