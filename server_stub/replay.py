"""A session's input as it came, with its virtual times: written while it runs, and fed back.

A `.replay` file has one JSON object a line: what was played, then every input of every operator,
of visitors played by hand, and of trainers. The same input at the same moments gives the same logs.
"""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeAlias

import msgspec
from msgspec import Raw, Struct

from operator_tui.desk.model import Id, Language
from operator_tui.desk.text import SafeLine, decode_hook
from operator_tui.desk.time import Millis
from operator_tui.wire.frames import Op, Result
from server_stub.fingerprint import fingerprint
from server_stub.service.cutting import encoded
from server_stub.service.ledger import Ledger, Misstep
from server_stub.service.operators import staff_of
from server_stub.service.practice import Caller, Practice
from server_stub.visitors.acts import Act
from server_stub.visitors.injected import Injected
from server_stub.visitors.problems import Problem, ProblemsError
from server_stub.visitors.session import Session, led_by
from server_stub.visitors.session_file import load
from server_stub.visitors.stage import Stage


class Played(Struct, frozen=True, tag="played"):
    """What was played: the same visitors can be made from it."""

    session: str
    seed: int
    language: Language | None
    start: Millis
    operator: SafeLine | None = None
    """The first operator's name, when it is not the session's."""


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


class Recorder:
    """Writes the rows of one file, each at once. OSError: it cannot be written."""

    def __init__(self, path: Path, played: Played) -> None:
        """A file that is there already is gone on with: the session was restarted."""
        self._path = path
        if not path.exists() or not path.stat().st_size:
            self.write(played)

    def write(self, row: Row) -> None:
        """Add a row; what it says is in the file when this returns."""
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
        file = os.open(self._path, flags, 0o600)
        try:
            os.write(file, encoded(row) + b"\n")
        finally:
            os.close(file)

    def end(self, practice: Practice) -> None:
        """Say how the logs stand."""
        self.write(Ended(practice.now, fingerprint(practice)))


class RecordedPractice(Practice):
    """A practice whose input is written down, once it has been kept."""

    recorder: Recorder

    def come_and_go(self, present: Iterable[Id], now: Millis) -> None:
        """As `Practice` has it."""
        who = tuple(sorted(present))
        super().come_and_go(who, now)
        self.recorder.write(Present(self.now, who))

    def typed(self, operator: Id, chat: Id, now: Millis) -> None:
        """As `Practice` has it."""
        super().typed(operator, chat, now)
        self.recorder.write(Typed(self.now, operator, chat))

    def visit(self, visitor: Id, act: Act, now: Millis) -> None:
        """As `Practice` has it."""
        super().visit(visitor, act, now)
        self.recorder.write(Visited(self.now, visitor, act))

    def inject(self, injected: Iterable[Injected], now: Millis) -> None:
        """As `Practice` has it."""
        thrown = tuple(injected)
        super().inject(thrown, now)
        self.recorder.write(Thrown(self.now, thrown))

    def op(self, caller: Caller, op: Op, now: Millis) -> Result | Misstep:
        """As `Practice` has it; what is only repeated is no input."""
        result = super().op(caller, op, now)
        if not isinstance(result, str) and not result.duplicate:
            self.recorder.write(Asked(self.now, caller.operator, caller.device, op))
        return result


def rows(path: Path) -> Iterator[Row]:
    """The rows of a file. Raises `ProblemsError`; a last line that was cut off is passed over."""
    lines = path.read_bytes().split(b"\n")
    for number, line in enumerate(lines[:-1], start=1):
        try:
            yield _DECODER.decode(line)
        except (msgspec.MsgspecError, RecursionError) as error:
            what = "this line is not part of a recording."
            raise ProblemsError([Problem(path.name, number, what)]) from error


_DECODER: msgspec.json.Decoder[Row] = msgspec.json.Decoder(Row, dec_hook=decode_hook)


def replayed(path: Path) -> tuple[Practice, Ended | None]:
    """The session of a recording, played again, and what the recording says of its end.

    Raises `ProblemsError` when it cannot be read or its session cannot be made.
    """
    told = list(rows(path))
    if not told or not isinstance(told[0], Played):
        raise ProblemsError([Problem(path.name, 1, "this is not a recording.")])
    practice, devices, ended = begun(told[0]), _Devices(), None
    for row in told[1:]:
        match row:
            case Ended():
                practice.run_to(row.at)
                ended = row
            case Played():
                pass
            case _:
                devices.feed(practice, row)
    return practice, ended


def begun(played: Played, session: Session | None = None) -> Practice:
    """A practice at its beginning, whose logs are only in memory."""
    session = session or load(played.session)
    if played.operator:
        session = led_by(session, played.operator)
    stage = Stage(session, played.seed, played.start, played.language)
    staff = staff_of(session)
    ledger = Ledger([one.id for one in staff], lambda: "replay")
    return Practice(staff, session.policy, stage, played.start, ledger)


class _Devices:
    """The devices of a recording, which count their ops anew."""

    def __init__(self) -> None:
        self._counts: dict[tuple[Id, Id], int] = {}

    def feed(self, practice: Practice, row: Input) -> None:
        """Have one input happen at its moment."""
        match row:
            case Present(at, who):
                practice.come_and_go(who, at)
            case Typed(at, operator, chat):
                practice.typed(operator, chat, at)
            case Visited(at, visitor, act):
                practice.visit(visitor, act, at)
            case Thrown(at, injected):
                practice.inject(injected, at)
            case Asked():
                self._ask(practice, row)

    def _ask(self, practice: Practice, row: Asked) -> None:
        key = (row.operator, row.device)
        count = self._counts[key] = self._counts.get(key, 0) + 1
        standing = practice.admit(row.operator, row.device, None, 0)
        caller = Caller(row.operator, row.device, standing.generation)
        command = Raw(bytes(row.op.command))
        practice.op(caller, Op(count, row.op.id, row.op.made, command), row.at)
