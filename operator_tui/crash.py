"""What is told of a fault of the program's own: where and which, never what it was dealing with.

The local variables of a desk or a server, and the words of an error, may be a visitor's: neither
is shown or logged. Frames, names of errors and codes of the system are. Both programs use it.
"""

import errno
import logging
import sys
import threading
import traceback
from collections.abc import Iterator
from itertools import islice
from types import TracebackType

log = logging.getLogger(__name__)

DEEPEST = 20
"""Errors in one report: those that led to it, and those of a group."""


def report(error: BaseException) -> str:
    """The error and those that led to it, the last one first, without their words."""
    return "\n\n".join("\n".join(_told(one)) for one in islice(_all(error), DEEPEST))


def guard() -> None:
    """From now on what nobody catches is told like that, too, in every thread.

    What did not end the program goes to the log where there is one: the desk may be painted on
    the standard error, and a report in the middle of it would be lost and spoil the screen.
    """
    sys.excepthook = _uncaught
    threading.excepthook = sys.unraisablehook = _somewhere


def _all(error: BaseException) -> Iterator[BaseException]:
    """The error, then those of its group, and what it came of."""
    yield error
    for other in getattr(error, "exceptions", ()):
        yield from _all(other)
    if error.__cause__ is not None:
        yield from _all(error.__cause__)
    elif error.__context__ is not None and not error.__suppress_context__:
        yield from _all(error.__context__)


def _told(error: BaseException) -> Iterator[str]:
    yield _name(error)
    for frame in traceback.extract_tb(error.__traceback__):
        yield f'  File "{frame.filename}", line {frame.lineno}, in {frame.name}'
        if frame.line:
            yield f"    {frame.line}"


def _name(error: BaseException) -> str:
    kind = type(error)
    name = kind.__qualname__
    whole = name if kind.__module__ == "builtins" else f"{kind.__module__}.{name}"
    code = _code(error)
    return f"{whole} ({code})" if code else whole


def _code(error: BaseException) -> str:
    match error:
        case OSError(errno=int(number)):
            return errno.errorcode.get(number, str(number))
        case _:
            return str(getattr(error, "sqlite_errorname", ""))


def _uncaught(_: type[BaseException], error: BaseException, __: TracebackType | None) -> None:
    print(report(error), file=sys.stderr)


def _somewhere(told: "threading.ExceptHookArgs | sys.UnraisableHookArgs") -> None:
    if told.exc_value is None:
        return
    if log.hasHandlers():
        log.critical("crash of a part", exc_info=told.exc_value)
    else:
        print(report(told.exc_value), file=sys.stderr)
