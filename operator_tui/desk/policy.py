"""The limits of good service, as data: each with its unit and its source.

A server sends its own `Policy`; these are the values when it is silent about one.
"""

from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from operator_tui.desk.time import HOUR, MINUTE, SECOND, Millis

NOTE_WORDS = 3
"""Words that the note of a transfer has at least: who takes over must not ask again (R18).

No field of `Policy`: every server holds to it, and refuses a shorter note (docs/protocol.md).
"""


class ReplyClock(StrEnum):
    """At which unanswered message of the visitor the clock of a reply starts."""

    FIRST = "first"
    """The first one: who keeps writing is not kept waiting for ever (our reading of R11)."""
    LAST = "last"
    """The last one, as R11 has it to the letter."""


class Policy(Struct, frozen=True, omit_defaults=True):
    """How soon is soon. All spans in milliseconds of the server's clock."""

    first_reply_within: Millis = 30 * SECOND
    """A new chat is late *after* this, counted from when this operator received it (R7)."""
    reply_soon: Millis = 30 * SECOND
    """An owed reply turns amber *from* this on (R132)."""
    reply_within: Millis = 60 * SECOND
    """An owed reply is late *after* this (R11)."""
    visitor_silent_from: Millis = 2 * MINUTE
    """A visitor who has been answered is silent *from* this on (R8, R22)."""
    paused_from: Millis = 40 * SECOND
    """Who left the website is paused *from* this on (R33)."""
    boomerang_from: Millis = 12 * HOUR
    """The shortest silence after which a messaging chat comes back as a boomerang (R27)."""
    boomerang_to: Millis = 24 * HOUR
    """The longest one; later it is a new chat (R27)."""
    reply_clock: ReplyClock = ReplyClock.FIRST
    places: Annotated[int, Meta(ge=1, le=1_000)] = 2
    """How many chats an operator holds before automatic acceptance stops (R64, R110)."""
    automatic_acceptance: bool = True
    """Chats below the limit arrive by themselves (R43)."""
    automatic_transfer_after: Millis | None = None
    """A message unanswered for this long sends its chat to a colleague (R14); None: never."""
    transfer_answered_within: Millis = 30 * SECOND
    """A transfer not accepted within this comes back with its note."""
    typing_preview: bool = False
    """Whether the operator sees what a visitor types before it is sent."""
