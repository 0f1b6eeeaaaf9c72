"""A practice session as it is begun, and as it goes on after a restart."""

import logging
import secrets
import uuid
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct, structs

from operator_tui.desk.entries import Language
from operator_tui.desk.time import Millis
from server_stub.fingerprint import fingerprint
from server_stub.recording import Played, RecordedPractice, Tape, inputs_of
from server_stub.replay import check
from server_stub.service.cutting import encoded
from server_stub.service.keeper import RATE
from server_stub.service.kept import by_kind, read_value
from server_stub.service.ledger import Fact, Ledger
from server_stub.service.ledger_file import FileLedger
from server_stub.service.operators import staff_of
from server_stub.service.practice import Practice
from server_stub.sessions.made_of import changed, made_of
from server_stub.sessions.session import Session
from server_stub.sessions.stage import Stage

log = logging.getLogger(__name__)

LEDGER_FILE = "ledger.db"
BEGUN = "begun"
"""The kind of the one fact that says what was begun."""


class Wanted(Struct, frozen=True):
    """What the command line says of the session; None: whatever it is."""

    session: str
    seed: int | None = None
    language: Language | None = None


class Begun(Struct, frozen=True):
    """What makes a session the one it is: its visitors can be made again from this."""

    session: str
    seed: int
    language: Language | None
    start: Millis = 0
    """The moment when the first operator came in."""
    made_of: dict[str, str] = {}
    """What its file and its plays said then."""


class AnotherSessionError(Exception):
    """The folder holds a session that is not the one asked for; the text says which."""


class Opening:
    """Opens the ledger when it is made, and again when that had to be given up."""

    def __init__(
        self, session: Session, wanted: Wanted, folder: Path | None, record: Path | None = None
    ) -> None:
        """`folder` None: nothing outlives the process. `record`: what comes in is written there.

        LedgerError: the folder cannot be used. AnotherSessionError: it, or the recording, holds
        another session. OSError: the recording cannot be written.
        """
        self._session, self._wanted = session, wanted
        self._staff = staff_of(session)
        self._folder = folder
        self._record = record
        self._tape: Tape | None = None
        self._ledger: Ledger | None = self._opened()
        kept = _begun(self._ledger)
        try:
            self._check(kept)
        except BaseException:
            self._ledger.close()
            raise
        self.begun = kept or _new(wanted, made_of(session))
        """What is played here."""
        self.goes_on = kept is not None
        """Whether it was begun before this process was."""
        self.rate = _rate(self._ledger)
        """How fast its clock ran when it was last changed: who paused it finds it paused."""

    def begin(self, now: Millis) -> Practice:
        """The session, where it stood; its first beginning is `now`. LedgerError."""
        ledger, self._ledger = self._ledger or self._opened(), None
        try:
            return self._begun_or_resumed(ledger, now)
        except BaseException:
            ledger.close()
            raise

    def end(self, practice: Practice) -> None:
        """The session is over: a recording says how its logs stand.

        What could not be written at its time is written now. OSError: it cannot be.
        """
        if self._record is None:
            return
        if self._folder is not None and not (self._tape and self._tape.whole):
            self._tape = self._taped(self._record, practice.ledger)
        if self._tape is None or not self._tape.whole:
            raise OSError(f"{self._record}: the recording was broken off, the disk did not take it")
        self._tape.end(practice.now, fingerprint(practice.ledger, practice.floor.staff))

    def _begun_or_resumed(self, ledger: Ledger, now: Millis) -> Practice:
        if (begun := _begun(ledger)) is None:
            begun = structs.replace(self.begun, start=now)
            ledger.commit((), None, (Fact(BEGUN, "", encoded(begun)),))
        self.begun = begun
        stage = Stage(self._session, begun.seed, begun.start, begun.language)
        practice = RecordedPractice(self._staff, self._session.policy, stage, begun.start, ledger)
        if self._record is not None:
            practice.tape = self._tape = self._taped_if_possible(self._record, ledger)
        return practice

    def _check(self, kept: Begun | None) -> None:
        """AnotherSessionError, OSError: the folder or the recording is none for this session."""
        if kept is not None and (wrong := _difference(kept, self._wanted, made_of(self._session))):
            raise AnotherSessionError(f"{self._folder} holds a session under way {wrong}")
        if self._record is not None:
            check(self._record, None if kept is None else self._played(kept))

    def _played(self, begun: Begun) -> Played:
        first = self._session.operators[0].name
        many = (begun.seed, begun.language, begun.start, first, begun.made_of)
        return Played(self._wanted.session, *many)

    def _taped(self, path: Path, ledger: Ledger) -> Tape:
        if self._tape is not None:
            self._tape.close()
        return Tape(path, self._played(self.begun), inputs_of(ledger))

    def _taped_if_possible(self, path: Path, ledger: Ledger) -> Tape | None:
        """The session does not wait for its recording: `end` tries again."""
        try:
            return self._taped(path, ledger)
        except OSError as error:
            log.warning("%s: nothing is recorded (%s)", path, error.strerror)
            return None

    def _opened(self) -> Ledger:
        names = [one.id for one in self._staff]
        if self._folder is None:
            return Ledger(names, _new_epoch)
        return FileLedger(self._folder / LEDGER_FILE, names, _new_epoch)


def _new_epoch() -> str:
    return str(uuid.uuid4())


def _new(wanted: Wanted, made: dict[str, str]) -> Begun:
    seed = secrets.randbelow(1_000_000) if wanted.seed is None else wanted.seed
    return Begun(wanted.session, seed, wanted.language, made_of=made)


def _begun(ledger: Ledger) -> Begun | None:
    facts = by_kind(ledger.facts(BEGUN))
    return read_value(facts, BEGUN, Begun) if BEGUN in facts else None


def _rate(ledger: Ledger) -> float:
    facts = by_kind(ledger.facts(RATE))
    return read_value(facts, RATE, float) if RATE in facts else 1.0


def _difference(kept: Begun, wanted: Wanted, made: Mapping[str, str]) -> str | None:
    """What the two do not agree on, and what to do; None: nothing."""
    advice = "Ask for that one, or name another folder."
    if Path(kept.session).name != Path(wanted.session).name:
        return f"of {kept.session}, not of {wanted.session}. {advice}"
    if wanted.seed not in (None, kept.seed):
        return f"with seed {kept.seed}. {advice}"
    if wanted.language not in (None, kept.language):
        return f"with {kept.language or 'the visitors own'} as its language. {advice}"
    if other := changed(kept.made_of, made):
        return (
            f"of {kept.session}, and since it began this was changed: {', '.join(other)}. Its"
            " visitors could not go on from where they stood. Change that back, or begin anew:"
            " name another folder."
        )
    return None
