"""What the rest of the program knows of the disk: Protocols, and the values that pass them."""

from collections.abc import Mapping
from typing import Literal, Protocol, TypeAlias

from msgspec import Struct

from operator_tui.desk.drafts import Draft
from operator_tui.desk.entries import NO_LINE, Id, Message
from operator_tui.desk.kept import Batch, DraftKey, Kept
from operator_tui.desk.text import SafeLine

InterfaceLanguage: TypeAlias = Literal["en", "nl", "pl", "fi"]
IconSet: TypeAlias = Literal["unicode", "nerd", "ascii"]


class StoreError(Exception):
    """The disk refused; `code`: `disk` (full, read-only, gone), `locked` or `corrupt`.

    After it everything is as if the call had not been made.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Store(Protocol):
    """View, cursor and outbox of one desk, changed by transactions only."""

    async def load(self) -> Kept:
        """All that is kept; a new place with a new device when there is nothing yet."""
        ...

    async def commit(self, batch: Batch) -> None:
        """Make `batch` durable, all or nothing (`desk.kept.after`); raises `StoreError`."""
        ...


class Spot(Struct, frozen=True, omit_defaults=True):
    """How far one chat is scrolled up: by what stands at the top of the view."""

    entry: str
    """The id of a message, or the kind of a line and its moment."""
    nth: int = 0
    """Which entry it was."""
    part: str = "BODY"
    """What part of it stood on the top row, and which row of that."""
    row: int = 0
    character: int = 0
    """The first character of the message on that row."""
    unseen: int = 0
    """How many messages of others below it were never in view."""


class View(Struct, frozen=True, omit_defaults=True):
    """What stands on the screen, so that the next start can show it again."""

    chat: Id | None = None
    """The open chat."""
    note: bool = False
    """Whether the composer writes a note."""
    spots: dict[str, Spot] = {}
    """By chat id, those that do not follow their end."""


class Drafts(Protocol):
    """What the operator is still writing, for each chat, and what stands on the screen."""

    @property
    def kept(self) -> Mapping[DraftKey, Draft]:
        """Every draft that was there at the start."""
        ...

    @property
    def view(self) -> View:
        """What stood on the screen last, before the start."""
        ...

    async def load(self, key: DraftKey) -> Draft:
        """The draft, empty when there is none."""
        ...

    async def save(self, key: DraftKey, draft: Draft) -> None:
        """Keep the draft; an empty one is forgotten. Raises `StoreError`."""
        ...

    async def look(self, view: View) -> None:
        """Keep what stands on the screen. Raises `StoreError`."""
        ...


class Transcripts(Protocol):
    """What was said in every chat that this desk has had, open or not. Raises `StoreError`."""

    async def older(self, chat: Id, before: Id | None = None) -> tuple[Message, ...]:
        """At most 50 messages before that one (None: the last ones), in their order."""
        ...

    async def merge(self, chat: Id, messages: tuple[Message, ...]) -> None:
        """Add older messages, in their order, as far as they are not there yet."""
        ...


class Leftovers(Protocol):
    """What other files of the same operator still hold."""

    async def unsent(self, operator: Id) -> int:
        """How many things not known to be sent `operator` has under another token at this server.

        0 for who was known at the start: then it was offered there.
        """
        ...


class Remembered(Struct, frozen=True):
    """Small things that the program itself keeps from one start to the next."""

    welcome_seen: bool = False


class Settings(Protocol):
    """Where `Remembered` is kept."""

    async def load(self) -> Remembered:
        """What was kept last; the defaults when there is nothing, or nothing readable."""
        ...

    async def save(self, remembered: Remembered) -> None:
        """Replace it, all or nothing; raises `StoreError`."""
        ...


LONGEST_KEPT = 3_650
"""Days."""


class Preferences(Struct, frozen=True):
    """What the operator chose, in `config.toml` or on the command line."""

    name: SafeLine = NO_LINE
    """How the demo greets the operator; empty: the server names one."""
    language: InterfaceLanguage = "en"
    """Of the interface."""
    icons: IconSet = "unicode"
    theme: str = "night"
    keep_days: int | None = 30
    """Days after which transcripts and drafts that nothing was added to are purged, at a start;
    1 to `LONGEST_KEPT`. None: it is not certain what was chosen, and nothing is."""
