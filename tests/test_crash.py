import asyncio
import errno
import logging
import sqlite3
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from operator_tui import crash
from operator_tui.log import start_log

CANARY = "kanarie"
HOOKS = ((sys, "excepthook"), (sys, "unraisablehook"), (threading, "excepthook"))


def quoting(words: str) -> None:
    raise ValueError(f"cannot deal with {words}")


def misled(words: str) -> None:
    try:
        quoting(words)
    except ValueError as error:
        raise KeyError(words) from error


def caught(words: str) -> Exception:
    with pytest.raises(KeyError) as found:
        misled(words)
    return found.value


def test_a_report_tells_where_and_which_without_words_or_variables() -> None:
    told = crash.report(caught(CANARY))
    assert CANARY not in told
    assert "KeyError\n" in told
    assert "ValueError\n" in told
    assert "in quoting" in told
    assert "raise ValueError(" in told


def test_every_error_of_a_group_is_told_and_each_that_led_to_it() -> None:
    error = ExceptionGroup(CANARY, [caught(CANARY), ExceptionGroup("", [TypeError(CANARY)])])
    told = crash.report(error)
    assert CANARY not in told
    assert [kind for kind in ("KeyError", "ValueError", "TypeError") if kind not in told] == []


def test_errors_that_lead_to_each_other_come_to_an_end() -> None:
    one, other = ValueError(CANARY), TypeError(CANARY)
    one.__context__, other.__context__ = other, one
    assert 2 <= crash.report(one).count("Error") <= crash.DEEPEST


def test_the_codes_of_the_system_are_told() -> None:
    assert crash.report(OSError(errno.ENOSPC, CANARY)) == "OSError (ENOSPC)"
    with pytest.raises(sqlite3.Error) as refused:
        sqlite3.connect(":memory:").execute(f"SELECT {CANARY}")
    assert "OperationalError (SQLITE_ERROR)" in crash.report(refused.value)


@contextmanager
def guarded() -> Iterator[None]:
    """The guard is set, and nothing is logged but what `start_log` starts within."""
    root = logging.getLogger()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(root, "handlers", [])
        patch.setattr(root, "level", root.level)
        for module, hook in HOOKS:
            patch.setattr(module, hook, getattr(module, hook))
        crash.guard()
        yield
        for handler in root.handlers:
            handler.close()


def crashes_in_a_thread() -> None:
    thread = threading.Thread(target=quoting, args=(CANARY,))
    thread.start()
    thread.join()


def test_what_nobody_catches_is_told_like_that_in_every_thread(
    capsys: pytest.CaptureFixture[str],
) -> None:
    error = caught(CANARY)
    with guarded():
        sys.excepthook(type(error), error, error.__traceback__)
        crashes_in_a_thread()
    told = capsys.readouterr().err
    assert told.count("in quoting") == 2
    assert CANARY not in told


def test_with_a_log_a_thread_that_crashes_writes_there_and_not_over_the_desk(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with guarded():
        start_log(tmp_path / "log")
        crashes_in_a_thread()
    assert capsys.readouterr().err == ""
    told = (tmp_path / "log").read_text()
    assert "in quoting" in told
    assert CANARY not in told


async def test_the_log_tells_errors_without_their_words(tmp_path: Path) -> None:
    with guarded():
        start_log(tmp_path / "log", logging.DEBUG)
        logging.getLogger("desk").error("crash", exc_info=caught(CANARY))
        task = asyncio.get_running_loop().create_future()
        handled = {"message": "never retrieved", "future": task, "exception": caught(CANARY)}
        task.set_exception(ValueError(CANARY))
        asyncio.get_running_loop().default_exception_handler(handled)
    assert task.exception() is not None
    told = (tmp_path / "log").read_text()
    assert "ERROR asyncio never retrieved" in told
    assert told.count("in quoting") == 2
    assert CANARY not in told
