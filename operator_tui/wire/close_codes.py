"""What the close of a connection means for the next one (the protocol's close codes)."""

from enum import StrEnum

FORKED = 4410
"""Another database sends under our device's name: go on under a new one."""
NO_CLOSE = 1006
"""The connection ended without a word."""
TOO_LONG = 1009
"""A frame came that is too long even to be read and left out."""

STOPS = {4400: "bad_frame", 4401: "token", 4406: "version", 4409: "fenced"}
"""Closes after which only a person can help, and why."""


class Retry(StrEnum):
    """When to try again."""

    AT_ONCE = "at_once"
    """With no more than a first, short jitter."""
    BACKOFF = "backoff"
    NEVER = "never"


_AT_ONCE = frozenset({1000, 1001, 1012, 4408, FORKED})


def retry(code: int) -> Retry:
    """When to try again after a close with `code`; one that nobody knows is a failure."""
    if code in STOPS:
        return Retry.NEVER
    return Retry.AT_ONCE if code in _AT_ONCE else Retry.BACKOFF
