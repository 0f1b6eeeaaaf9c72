"""What comes in while a session runs, kept with what comes of it, and written to a `.replay` file.

The ledger has it first, in the transaction of what came of it: so neither is ever without the
other, however the server ends. The file follows, and is written anew when a session goes on.
"""

import logging
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias

from msgspec import Struct

from operator_tui.desk.entries import Id, Language
from operator_tui.desk.text import SafeLine
from operator_tui.desk.time import Millis
from operator_tui.wire.frames import Op, Result
from server_stub.service.cutting import encoded
from server_stub.service.keeper import INPUT
from server_stub.service.kept import by_kind
from server_stub.service.ledger import Ledger, Misstep
from server_stub.service.practice import Caller, Practice
from server_stub.visitors.acts import Act
from server_stub.visitors.injected import Injected

log = logging.getLogger(__name__)


class Played(Struct, frozen=True, tag="played"):
    """What was played: the same visitors can be made from it."""

    session: str
    seed: int
    language: Language | None
    start: Millis
    operator: SafeLine | None = None
    """The first operator's name, when it is not the session's."""
    made_of: dict[str, str] = {}
    """What the session's file and its plays said (`sessions/made_of.py`)."""


class Present(Struct, frozen=True, tag="present"):
    """From now on these operators are connected."""

    at: Millis
    who: tuple[Id, ...]


class Typed(Struct, frozen=True, tag="typed"):
    """An operator is typing in a chat."""

    at: Millis
    operator: Id
    chat: Id


class Visited(Struct, frozen=True, tag="visited"):
    """A visitor played by hand did something."""

    at: Millis
    visitor: Id
    act: Act


class Asked(Struct, frozen=True, tag="op"):
    """An operator's op, whether or not it was refused."""

    at: Millis
    operator: Id
    device: Id
    op: Op


class Ended(Struct, frozen=True, tag="ended"):
    """The recording ends here, and the logs had this fingerprint."""

    at: Millis
    fingerprint: str


class Thrown(Struct, frozen=True, tag="thrown"):
    """A trainer threw something in."""

    at: Millis
    injected: tuple[Injected, ...]


Input: TypeAlias = Present | Typed | Visited | Asked | Thrown
Row: TypeAlias = Played | Input | Ended


class Tape:
    """A `.replay` file: one row a line, its owner's alone.

    When it can no longer be written it stays as it is, a recording that was broken off, and the
    session goes on.
    """

    def __init__(self, path: Path, played: Played, inputs: Iterable[bytes] = ()) -> None:
        """Write the file whole, in place of one that is there. OSError: it cannot be written."""
        self._path = path
        whole = b"".join(row + b"\n" for row in (encoded(played), *inputs))
        new = path.with_name(f"{path.name}.new")
        new.unlink(missing_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND
        file = os.open(new, flags, 0o600)
        self._file: int | None = file
        self.whole = True
        """Whether every row is in the file."""
        try:
            _write(file, whole)
            new.replace(path)
        except OSError:
            self.close()
            new.unlink(missing_ok=True)
            raise

    def add(self, row: bytes) -> None:
        """Add a row; it is in the file when this returns, or the file is not whole any more."""
        if self._file is None or not self.whole:
            return
        try:
            _write(self._file, row + b"\n")
        except OSError as error:
            self.whole = False
            log.warning("%s: the recording breaks off here (%s)", self._path, error.strerror)

    def end(self, at: Millis, fingerprint: str) -> None:
        """Say how the logs stand, and let go of the file."""
        self.add(encoded(Ended(at, fingerprint)))
        self.close()

    def close(self) -> None:
        """Let go of the file, once: its number may be another's by the second time."""
        self.whole, file, self._file = False, self._file, None
        if file is not None:
            os.close(file)


def _write(file: int, what: bytes) -> None:
    while what:
        what = what[os.write(file, what) :]


class RecordedPractice(Practice):
    """A practice whose input is kept; `tape`, if there is one, has it once the ledger has."""

    tape: Tape | None = None

    def come_and_go(self, present: Iterable[Id], now: Millis) -> None:
        """As `Practice` has it."""
        who = tuple(sorted(present))
        with self._comes(Present(max(self.now, now), who)):
            super().come_and_go(who, now)

    def typed(self, operator: Id, chat: Id, now: Millis) -> None:
        """As `Practice` has it."""
        with self._comes(Typed(max(self.now, now), operator, chat)):
            super().typed(operator, chat, now)

    def visit(self, visitor: Id, act: Act, now: Millis) -> None:
        """As `Practice` has it."""
        with self._comes(Visited(max(self.now, now), visitor, act)):
            super().visit(visitor, act, now)

    def inject(self, injected: Iterable[Injected], now: Millis) -> None:
        """As `Practice` has it."""
        thrown = tuple(injected)
        with self._comes(Thrown(max(self.now, now), thrown)):
            super().inject(thrown, now)

    def op(self, caller: Caller, op: Op, now: Millis) -> Result | Misstep:
        """As `Practice` has it; what is only repeated, or out of step, is no input."""
        operator, device = caller.operator, caller.device
        if self.ledger.judge(operator, device, caller.generation, op.n, op.id) is not None:
            return super().op(caller, op, now)
        with self._comes(Asked(max(self.now, now), operator, device, op)):
            return super().op(caller, op, now)

    @contextmanager
    def _comes(self, row: Input) -> Iterator[None]:
        """Have the row kept in the one transaction inside, and then written."""
        kept = b" ".join(encoded(row).splitlines())  # a client's JSON may have some between words
        self._keeper.record(kept)
        try:
            yield
        except BaseException:
            self._keeper.withdraw()
            raise
        if (tape := self.tape) is not None:
            self.ledger.when_kept(lambda: tape.add(kept))


def inputs_of(ledger: Ledger) -> list[bytes]:
    """All that came in since the session began, a row each, in its order."""
    return list(by_kind(ledger.facts(INPUT)).get(INPUT, {}).values())
