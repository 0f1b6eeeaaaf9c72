"""What the rest of the program knows of the disk: Protocols, and the values that pass them."""

from typing import Literal, Protocol, TypeAlias

from msgspec import Struct

from operator_tui.desk.drafts import Draft
from operator_tui.desk.kept import Batch, DraftKey, Kept
from operator_tui.desk.model import NO_LINE
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


class Drafts(Protocol):
    """What the operator is still writing, for each chat."""

    async def load(self, key: DraftKey) -> Draft:
        """The draft, empty when there is none."""
        ...

    async def save(self, key: DraftKey, draft: Draft) -> None:
        """Keep the draft; an empty one is forgotten. Raises `StoreError`."""
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


class Preferences(Struct, frozen=True):
    """What the operator chose, in `config.toml` or on the command line."""

    name: SafeLine = NO_LINE
    """How the demo greets the operator; empty: the server names one."""
    language: InterfaceLanguage = "en"
    """Of the interface."""
    icons: IconSet = "unicode"
    theme: str = "night"
