import asyncio
import errno
import logging
import sqlite3
import sys
import threading
from pathlib import Path

import pytest

from operator_tui import crash
from operator_tui.log import start_log

CANARY = "kanarie"


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


def test_what_nobody_catches_is_told_like_that_in_every_thread(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for module, hook in ((sys, "excepthook"), (sys, "unraisablehook"), (threading, "excepthook")):
        monkeypatch.setattr(module, hook, getattr(module, hook))
    crash.guard()
    error = caught(CANARY)
    sys.excepthook(type(error), error, error.__traceback__)
    thread = threading.Thread(target=quoting, args=(CANARY,))
    thread.start()
    thread.join()
    told = capsys.readouterr().err
    assert told.count("in quoting") == 2
    assert CANARY not in told


async def test_the_log_tells_errors_without_their_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", [])
    monkeypatch.setattr(root, "level", root.level)
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
    root.handlers[-1].close()
