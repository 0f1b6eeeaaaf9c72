"""A practice session as it is begun, and as it goes on after a restart."""

import secrets
import uuid
from pathlib import Path

from msgspec import Struct, structs

from operator_tui.desk.model import Language
from operator_tui.desk.time import Millis
from server_stub.replay import Played, RecordedPractice, Recorder
from server_stub.service.cutting import encoded
from server_stub.service.keeper import RATE
from server_stub.service.kept import by_kind, read_value
from server_stub.service.ledger import Fact, Ledger, LedgerError
from server_stub.service.ledger_file import FileLedger
from server_stub.service.operators import staff_of
from server_stub.service.practice import Practice
from server_stub.visitors.session import Session
from server_stub.visitors.stage import Stage

LEDGER_FILE = "ledger.db"
BEGUN = "begun"
"""The kind of the one fact that says what was begun."""


class Asked(Struct, frozen=True):
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


class AnotherSessionError(Exception):
    """The folder holds a session that is not the one asked for; the text says which."""


class Opening:
    """Opens the ledger when it is made, and again when that had to be given up."""

    def __init__(
        self, session: Session, asked: Asked, folder: Path | None, record: Path | None = None
    ) -> None:
        """`folder` None: nothing outlives the process. `record`: what comes in is written there.

        LedgerError: the folder cannot be used. AnotherSessionError: it holds another session.
        """
        self._session = session
        self._staff = staff_of(session)
        self._folder = folder
        self._record = record
        self.recorder: Recorder | None = None
        self._ledger: Ledger | None = self._opened()
        kept = _begun(self._ledger)
        if kept is not None and (wrong := _difference(kept, asked)):
            self._ledger.close()
            raise AnotherSessionError(f"{folder} holds a session under way {wrong}")
        self.begun = kept or _new(asked)
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
        except LedgerError:
            ledger.close()
            raise

    def _begun_or_resumed(self, ledger: Ledger, now: Millis) -> Practice:
        if (begun := _begun(ledger)) is None:
            begun = structs.replace(self.begun, start=now)
            ledger.commit((), None, (Fact(BEGUN, "", encoded(begun)),))
        stage = Stage(self._session, begun.seed, begun.start, begun.language)
        if self._record is not None:
            return self._recorded(self._record, begun, stage, ledger)
        return Practice(self._staff, self._session.policy, stage, begun.start, ledger)

    def _recorded(self, path: Path, begun: Begun, stage: Stage, ledger: Ledger) -> Practice:
        policy, first = self._session.policy, self._session.operators[0].name
        practice = RecordedPractice(self._staff, policy, stage, begun.start, ledger)
        played = Played(begun.session, begun.seed, begun.language, begun.start, first)
        practice.recorder = self.recorder = self.recorder or Recorder(path, played)
        return practice

    def end(self, practice: Practice) -> None:
        """The session is over: a recording says how its logs stand."""
        if self.recorder is not None:
            self.recorder.end(practice)

    def _opened(self) -> Ledger:
        names = [one.id for one in self._staff]
        if self._folder is None:
            return Ledger(names, _new_epoch)
        return FileLedger(self._folder / LEDGER_FILE, names, _new_epoch)


def _new_epoch() -> str:
    return str(uuid.uuid4())


def _new(asked: Asked) -> Begun:
    seed = secrets.randbelow(1_000_000) if asked.seed is None else asked.seed
    return Begun(asked.session, seed, asked.language)


def _begun(ledger: Ledger) -> Begun | None:
    facts = by_kind(ledger.facts())
    return read_value(facts, BEGUN, Begun) if BEGUN in facts else None


def _rate(ledger: Ledger) -> float:
    facts = by_kind(ledger.facts())
    return read_value(facts, RATE, float) if RATE in facts else 1.0


def _difference(kept: Begun, asked: Asked) -> str | None:
    """What the two do not agree on, and what to do; None: nothing."""
    advice = "Ask for that one, or name another folder."
    if kept.session != asked.session:
        return f"of {kept.session}, not of {asked.session}. {advice}"
    if asked.seed not in (None, kept.seed):
        return f"with seed {kept.seed}. {advice}"
    if asked.language not in (None, kept.language):
        return f"with {kept.language or 'the visitors own'} as its language. {advice}"
    return None
