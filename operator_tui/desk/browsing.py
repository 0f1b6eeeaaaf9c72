"""Visitors who look around without chatting, and the help that is offered to them (R86, R91)."""

from collections.abc import Iterable

from msgspec import Struct

from operator_tui.desk.entries import NO_ADDRESS, NO_LINE, Id, Language
from operator_tui.desk.text import SafeAddress, SafeLine
from operator_tui.desk.time import Millis


class Suggestion(Struct, frozen=True, omit_defaults=True):
    """Why the server suggests to invite somebody: in a trainer's words, or by the time passed."""

    why: SafeLine = NO_LINE
    on_site: Millis = 0
    """The visitor has been on the website for at least so long; 0: that is not the reason."""
    on_page: Millis = 0
    """The same for the page."""


class Invitation(Struct, frozen=True, omit_defaults=True):
    """An operator offered help; `ignored` once the visitor has not taken it."""

    by: SafeLine
    at: Millis
    ignored: bool = False


class Browsing(Struct, frozen=True, omit_defaults=True):
    """A visitor who is on the website and in no chat."""

    visitor: Id
    on_site_since: Millis
    on_page_since: Millis
    name: SafeLine = NO_LINE
    """Empty when it is not known."""
    language: Language = "en"
    page: SafeAddress = NO_ADDRESS
    suggested: Suggestion | None = None
    invited: Invitation | None = None
    """The last invitation."""

    @property
    def open_to_help(self) -> bool:
        """Whether nobody has offered help yet."""
        return self.invited is None

    @property
    def waits(self) -> bool:
        """Whether an invitation stands that has not been answered."""
        return self.invited is not None and not self.invited.ignored


def suggested(browsing: Iterable[Browsing]) -> tuple[Browsing, ...]:
    """Who is suggested and has not been invited."""
    return tuple(one for one in browsing if one.suggested is not None and one.open_to_help)


def in_order(browsing: Iterable[Browsing]) -> tuple[Browsing, ...]:
    """Suggested ones first, who has been invited last; among equals who is here longest."""
    return tuple(sorted(browsing, key=_place))


def _place(one: Browsing) -> tuple[bool, bool, Millis, Id]:
    return not one.open_to_help, one.suggested is None, one.on_site_since, one.visitor
