"""This machine's clock: the only place that asks for the time; everybody else is handed it."""

import os
from contextlib import suppress
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from time import monotonic
from zoneinfo import ZoneInfo

_LOCAL = Path("/etc/localtime")


class MonotonicClock:
    """`desk.time.Clock`: never runs back, not even when somebody sets the machine's date."""

    def seconds(self) -> float:
        """Seconds since some fixed moment."""
        return monotonic()


def local_zone() -> tzinfo:
    """The operator's time zone, with its summer time where the system tells which zone it is."""
    with suppress(OSError, ValueError, KeyError):
        if name := os.environ.get("TZ", "").removeprefix(":"):
            return ZoneInfo(name)
        with _LOCAL.open("rb") as file:
            return ZoneInfo.from_file(file)
    return datetime.now(UTC).astimezone().tzinfo or UTC
