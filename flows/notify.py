"""A summary of a night, sent to a webhook where one is set."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING

import httpx

from extractors.errors import ExitCode
from flows.settings import Settings

if TYPE_CHECKING:
    from flows.shift import Outcome

log = logging.getLogger(__name__)

_SECONDS = 20
_NAMED = 50
"""So many failures are told one by one; 'sohoa status' has them all."""


def send_summary(outcomes: Sequence[Outcome], settings: Settings) -> None:
    """Post what came of a night, as JSON with a ``text`` that chats show.

    Where it cannot be sent the log says so: the papers are in, with or without it.
    The address stands in no log, since it is a password by itself.
    """
    address = settings.webhook.get_secret_value()
    if not address:
        return
    try:
        answer = httpx.post(address, json=build_summary(outcomes), timeout=_SECONDS)
        answer.raise_for_status()
    except httpx.HTTPStatusError as error:
        log.warning("the webhook refuses (%s)", error.response.status_code)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        log.warning("the webhook cannot be reached (%s)", type(error).__name__)


def build_summary(outcomes: Sequence[Outcome]) -> dict[str, object]:
    """Return what is sent: counts, and a line for each of the first failures."""
    failed = [o for o in outcomes if o.exit_code is not ExitCode.OK]
    text = f"sohoa: {len(outcomes)} papers tonight, {len(failed)} failed"
    lines = [str(outcome.problem) for outcome in failed[:_NAMED]]
    return {
        "text": "\n".join([text, *lines]),
        "papers": len(outcomes),
        "failed": len(failed),
        "failures": lines,
    }
