"""The sentences of system lines (screens.md, "System lines")."""

from typing import assert_never

from operator_tui.desk.entries import Line, LineKind
from operator_tui.desk.names import first_name
from operator_tui.desk.text import SafeAddress
from operator_tui.desk.time import DAY, HOUR, MINUTE
from operator_tui.ui.words import tr, trn


def sentence(line: Line) -> str:
    """What the system line tells the operator."""
    match line.kind:
        case LineKind.OPENED:
            return _opened(line)
        case LineKind.INVITED:
            return tr("The visitor accepted the invitation")
        case LineKind.LEFT:
            return tr("The visitor left the website")
        case LineKind.RETURNED:
            return _returned(line)
        case LineKind.SCREEN_SHARED:
            return _screen(line)
        case LineKind.SCREEN_UNSHARED:
            return tr("Screen sharing stopped")
        case LineKind.PASSED_BY_HAND:
            return tr("Passed on by {name}", name=line.name) if line.name else tr("Passed on")
        case LineKind.PASSED_UNANSWERED:
            return tr("Not answered in time, passed on")
        case LineKind.PASSED_BACK:
            return _passed_back(line)
        case LineKind.REACTIVATED:
            return _reactivated(line)
        case LineKind.NO_ANSWER_NEEDED:
            return tr("No answer needed")
        case LineKind.CLOSED:
            return tr("The visitor closed the chat")
        case LineKind.UNREADABLE:
            return _unreadable(line)
        case _:
            assert_never(line.kind)


def split_address(page: SafeAddress) -> tuple[str, str]:
    """Host and path of a page without its scheme: `winkel.example` and `/garantie`."""
    host, slash, path = page.partition("://")[2].partition("/")
    if not host and "://" not in page:
        host, slash, path = page.partition("/")
    return host, slash + path


def place(page: SafeAddress) -> str:
    """A page as people name it: without scheme and without a lonely last slash."""
    host, path = split_address(page)
    return host if host and path == "/" else host + path


def _opened(line: Line) -> str:
    name, page = first_name(line.name), place(line.page)
    match bool(name), bool(page):
        case True, True:
            return tr("{name} opened the chat on {page}", name=name, page=page)
        case True, False:
            return tr("{name} opened the chat", name=name)
        case False, True:
            return tr("The visitor opened the chat on {page}", page=page)
        case _:
            return tr("The visitor opened the chat")


def _screen(line: Line) -> str:
    """With what is on the screen, where the server tells: the operator guides by it (R31)."""
    shared = tr("The visitor shares the screen")
    return f"{shared}: {line.shows}" if line.shows else shared


def _returned(line: Line) -> str:
    """The path says enough: the website is the one that the visitor left."""
    _, path = split_address(line.page)
    page = path if len(path) > 1 else place(line.page)
    return tr("The visitor is back on {page}", page=page) if page else tr("The visitor is back")


def _passed_back(line: Line) -> str:
    if not line.name:
        return tr("Nobody took the chat over, it is back")
    return tr("Not taken over by {name}, it is back", name=line.name)


def _reactivated(line: Line) -> str:
    """In whole days from two of them: `Back after 14 h`, `Back after 3 days`."""
    if line.span >= 2 * DAY:
        return trn("Back after {n} day", "Back after {n} days", line.span // DAY)
    if line.span >= HOUR:
        return tr("Back after {hours} h", hours=line.span // HOUR)
    return tr("Back after {minutes} min", minutes=line.span // MINUTE)


def _unreadable(line: Line) -> str:
    return trn("A message could not be read", "{n} messages could not be read", max(1, line.n))
