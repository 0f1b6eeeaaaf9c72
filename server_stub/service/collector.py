"""Python's collector of garbage, which is in the way when much is read at one go."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def paused() -> Iterator[None]:
    """Without the collector: it would look through all that was read so far, again and again.

    What is read meanwhile is garbage in no part.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
