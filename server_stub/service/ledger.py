"""The ledger: each operator's gapless log, and how far each device has been heard.

Kept in memory. Every public method that changes something is one transaction, and nobody may hear
of it before it is kept, which `when_kept` tells: so `ledger_file.py` can put a file behind it.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Literal, TypeAlias
from uuid import uuid4

from msgspec import Struct, structs

from operator_tui.wire.frames import Result
from server_stub.service.backlog import Tell
from server_stub.service.logs import Log, Record
from server_stub.service.runs import Runs

Misstep: TypeAlias = Literal["fenced", "gap", "device_forked"]
"""Why an op is not even answered: the connection is out of step and has to start again."""


class Standing(Struct, frozen=True):
    """What a device finds when it comes in; `resumes`: the log still holds all it has missed."""

    epoch: str
    head: int
    last_n: int
    generation: int
    resumes: bool
    renewed: bool = False
    """The log was begun anew just now: other devices of the operator must start again."""


class Answered(Struct, frozen=True):
    """The result of one op, as it is kept with the events that the op made."""

    operator: str
    device: str
    result: Result


class Fact(Struct, frozen=True):
    """A thing to be known after a restart, besides the logs: what it means is not our business.

    Facts of one `kind` behave like a dict: a new key stands last, a known one stays where it is.
    """

    kind: str
    key: str
    value: bytes | None
    """None: no longer so."""


class LedgerError(Exception):
    """The ledger could not keep something, and will not try again: it has to be opened anew.

    What it was asked to keep is not kept, or not all of it may be known to be. The text has no
    words of visitors or operators in it.
    """

    def __init__(self, why: str, *, lasting: bool = False) -> None:
        super().__init__(why)
        self.lasting = lasting
        """Opening it anew will not help: a person has to look."""


class Ledger:
    """The logs of all operators. `new_epoch` gives a uuid never given before."""

    def __init__(self, operators: Iterable[str], new_epoch: Callable[[], str]) -> None:
        self.later = False
        """Whether what changes is kept later, by whoever has `batch` written; memory is at once."""
        self._new_epoch = new_epoch
        self._logs = {operator: Log(new_epoch()) for operator in operators}
        self.run = str(uuid4())
        """Names this start of the server, in no log and in nothing that is compared."""
        self._runs = Runs({self.run: {}})

    def head(self, operator: str) -> int:
        """The seq of the operator's last event; 0 before the first."""
        return self._logs[operator].head

    def after(self, operator: str, seq: int, at_most: int) -> Sequence[Record] | None:
        """Up to `at_most` events that follow `seq`; None when the log no longer holds them all."""
        log = self._logs[operator]
        if seq < log.trimmed:
            return None
        start = seq - log.trimmed
        return log.records[start : start + at_most]

    def admit(
        self, operator: str, device: str, epoch: str | None, seq: int, run: str | None = None
    ) -> Standing:
        """Let a device in that has the log up to `seq`; older connections of it are fenced off.

        `run`: the last one by which it was let in; None: it does not say. A device that has more
        of this epoch than the server, or has it of a run that the server does not know, lost
        nothing, the server did: then the log begins a new epoch.
        """
        log = self._logs[operator]
        told = run is None or self._runs.told(run, operator, seq, log.head)
        renewed = epoch == log.epoch and (seq > log.head or not told)
        if renewed:
            log.begin_anew(self._new_epoch())
        known = log.device(device)
        known.generation += 1
        resumes = epoch == log.epoch and seq >= log.trimmed
        return Standing(log.epoch, log.head, known.last_n, known.generation, resumes, renewed)

    def judge(
        self, operator: str, device: str, generation: int, n: int, op: str
    ) -> Result | Misstep | None:
        """What is known of op `n` before it is tried; None: it is the next one, try it.

        A result: it was tried before, this became of it. A misstep: close the connection.
        """
        known = self._logs[operator].devices.get(device)
        if known is None or known.generation != generation:
            return "fenced"
        if n == known.last_n + 1:
            return None
        oldest = known.last_n - len(known.results) + 1
        if not oldest <= n <= known.last_n:
            return "gap"
        kept = known.results[n - oldest]
        return structs.replace(kept, duplicate=True) if kept.id == op else "device_forked"

    def commit(
        self,
        events: Iterable[tuple[str, int, bytes]],
        answered: Answered | None = None,
        facts: Iterable[Fact] = (),  # noqa: ARG002
    ) -> Result | None:
        """Append events (operator, at, bytes) and keep the result that goes with them, or nothing.

        Gives the result as kept: with the head at which the op stands in the log. Facts are
        for a restart, which memory does not outlive: here they are not even looked at.
        """
        touched = set()
        for operator, at, event in events:
            self._logs[operator].append(at, event)
            touched.add(operator)
        for operator in touched:
            self._logs[operator].trim()
        if answered is None:
            return None
        log = self._logs[answered.operator]
        result = structs.replace(answered.result, seq=log.head)
        known = log.devices[answered.device]
        known.last_n = result.n
        known.results.append(result)
        return result

    def facts(self, of: str | None = None, *, but: str | None = None) -> Iterable[Fact]:  # noqa: ARG002
        """The facts of a kind, or all, but for a kind that may be long; each kind in its order.

        None: nothing was ever begun.
        """
        return ()

    def how_many(self, kind: str) -> int:  # noqa: ARG002
        """How many facts of a kind there are."""
        return 0

    @property
    def waiting(self) -> int:
        """How many transactions are not known to be kept."""
        return 0

    def when_kept(self, tell: Tell) -> None:
        """Call `tell` once all that was changed so far is kept, and after all told before it."""
        tell()

    def batch(self) -> tuple[Any, ...]:
        """What waits to be kept, as much of it as is kept together."""
        return ()

    def write(self, batch: tuple[Any, ...]) -> None:
        """Have a batch kept, in whatever thread. LedgerError: it is not."""

    def kept(self, batch: tuple[Any, ...]) -> None:
        """A batch has been written: tell what waited for it."""

    def flush(self) -> None:
        """Have all of it kept before this returns. LedgerError: it is not.

        Not while somebody has a batch written: that would be written twice.
        """

    def close(self) -> None:
        """Keep nothing any more."""
