"""A recorded session, fed back: the same input at the same moments gives the same logs.

A `.replay` file has one JSON object a line: what was played, then every input of every operator,
of visitors played by hand, and of trainers (`recording.py`).
"""

from collections.abc import Iterator
from pathlib import Path
from typing import assert_never

import msgspec
from msgspec import Raw, structs

from operator_tui.desk.text import decode_hook
from operator_tui.wire.frames import Op
from server_stub.plays.problems import Problem, ProblemsError
from server_stub.recording import (
    Asked,
    Ended,
    Input,
    Played,
    Present,
    Row,
    Thrown,
    Typed,
    Visited,
)
from server_stub.service.ledger import Ledger
from server_stub.service.operators import staff_of
from server_stub.service.practice import Caller, Practice
from server_stub.sessions.made_of import changed, made_of
from server_stub.sessions.session import Session, led_by
from server_stub.sessions.session_file import load
from server_stub.sessions.stage import Stage


class AnotherRecordingError(Exception):
    """A file that is there already and is no recording of this session; the text says what now."""


def check(path: Path, played: Played | None) -> None:
    """Whether a recording may be written there. AnotherRecordingError, OSError: it may not.

    `played`: the session that goes on, whose recording may be there; None: a new one.
    """
    new = path.with_name(f"{path.name}.new")
    new.touch(0o600)
    new.unlink()
    if not path.exists() or not path.stat().st_size:
        return
    try:
        first = next(rows(path), None)
    except ProblemsError:
        first = None
    if played is None or not isinstance(first, Played) or not _same(first, played):
        what = "there already, and no recording of this session"
        raise AnotherRecordingError(f"{path}: {what}. Move it away, or name another file.")


def _same(one: Played, other: Played) -> bool:
    """Whether both are of one session; its file may have been moved."""
    return structs.replace(one, session=other.session) == other


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
    practice, ended = begun(told[0], path), None
    for row in told[1:]:
        match row:
            case Ended():
                practice.run_to(row.at)
                ended = row
            case Played():
                pass
            case _:
                _feed(practice, row)
    return practice, ended


def begun(played: Played, path: Path) -> Practice:
    """A practice at its beginning, whose logs are only in memory. Raises `ProblemsError`."""
    session = load(played.session)
    if played.operator:
        session = led_by(session, played.operator)
    if other := changed(played.made_of, made_of(session)) if played.made_of else ():
        what = f"since it was recorded this was changed: {', '.join(other)}."
        raise ProblemsError([Problem(path.name, 1, what, "Change that back to play it again.")])
    return _from_the_beginning(played, session)


def _from_the_beginning(played: Played, session: Session) -> Practice:
    stage = Stage(session, played.seed, played.start, played.language)
    staff = staff_of(session)
    ledger = Ledger([one.id for one in staff], lambda: "replay")
    return Practice(staff, session.policy, stage, played.start, ledger)


def _feed(practice: Practice, row: Input) -> None:
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
            _ask(practice, row)
        case _:
            assert_never(row)


def _ask(practice: Practice, row: Asked) -> None:
    """Devices count their ops anew: those that were only repeated are not in the recording."""
    standing = practice.admit(row.operator, row.device, None, 0)
    caller = Caller(row.operator, row.device, standing.generation)
    command = Raw(bytes(row.op.command))
    practice.op(caller, Op(standing.last_n + 1, row.op.id, row.op.made, command), row.at)
