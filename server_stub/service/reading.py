"""Reading much at one go."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def at_one_go() -> Iterator[None]:
    """Without Python's collector: it would look through all that was read so far, again and again.

    What is read here is garbage in no part.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
