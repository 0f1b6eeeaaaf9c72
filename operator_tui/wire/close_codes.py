"""What the close of a connection means for the next one (the protocol's close codes)."""

FORKED = 4410
"""Another database sends under our device's name: go on under a new one."""
NO_CLOSE = 1006
"""The connection ended without a word."""
TOO_LONG = 1009
"""A frame came that is too long even to be read and left out."""

STOPS = {4400: "bad_frame", 4401: "token", 4406: "version", 4409: "fenced"}
"""Closes after which only a person can help, and why."""


AT_ONCE = frozenset({1000, 1001, 1012, 4408, FORKED})
"""Closes after which to try again with no more than a first, short jitter. After all others, also
those that nobody knows, each wait is longer."""
