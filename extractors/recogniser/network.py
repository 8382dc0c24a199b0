"""The network: a few convolutions over a line of 32 rows, read column by column."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from extractors.recogniser.texts import ALPHABET

CLASSES = len(ALPHABET) + 1


def make_block(
    inside: int,
    outside: int,
    kernel: tuple[int, int] = (3, 3),
    stride: tuple[int, int] = (1, 1),
    padding: tuple[int, int] = (1, 1),
) -> nn.Sequential:
    """Return convolution, normalisation and rectifier."""
    return nn.Sequential(
        nn.Conv2d(inside, outside, kernel, stride, padding, bias=False),
        nn.BatchNorm2d(outside),
        nn.ReLU(inplace=True),
    )


class FigureNetwork(nn.Module):  # type: ignore[misc]  # torch is untyped where absent
    """Ink of shape (lines, 1, 32, width) to log-probabilities (lines, width/2, 19).

    The width is halved once only: with a quarter, separators are lost.
    """

    def __init__(self) -> None:
        super().__init__()
        self.look = nn.Sequential(
            make_block(1, 24, stride=(2, 2)),
            make_block(24, 40),
            nn.MaxPool2d((2, 1)),
            make_block(40, 64),
            nn.MaxPool2d((2, 1)),
            make_block(64, 96),
            nn.MaxPool2d((2, 1)),
            make_block(96, 128, kernel=(2, 3), padding=(0, 1)),
        )
        self.along = nn.Sequential(
            nn.Conv1d(128, 128, 3, padding=1, bias=False),
            nn.BatchNorm1d(128),
            nn.ReLU(inplace=True),
        )
        self.name = nn.Linear(128, CLASSES)

    def forward(self, ink: Tensor) -> Tensor:
        """Return the log-probability of each class at each place."""
        seen = self.look(ink).squeeze(2)
        seen = seen + self.along(seen)
        return torch.log_softmax(self.name(seen.transpose(1, 2)), dim=2)
