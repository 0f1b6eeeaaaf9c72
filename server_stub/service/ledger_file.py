"""The ledger on disk: SQLite behind the ledger in memory.

Memory answers, the file remembers. What is changed is one transaction of the file, kept once that
is on the disk (WAL, synchronous=FULL): before the method returns or, with `later`, when the next
batch is written, and then nobody may know of it before `when_kept` says so. When anything fails
memory is ahead of the disk for good, so nothing is answered any more: the ledger is to be opened
anew, and what is on the disk is the truth.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock

from operator_tui.wire.frames import Result
from server_stub.service import collector
from server_stub.service.backlog import Backlog, Tell
from server_stub.service.ledger import Answered, Fact, Ledger, LedgerError, Standing
from server_stub.service.ledger_schema import explained, opened
from server_stub.service.ledger_tables import Tables, Writes
from server_stub.service.logs import Log
from server_stub.service.runs import Runs

BATCH = 64
"""So many transactions go to the disk together at most."""


class FileLedger(Ledger):
    """A ledger that outlives the process. Nobody else can open its file meanwhile."""

    def __init__(
        self,
        path: Path,
        operators: Iterable[str],
        new_epoch: Callable[[], str],
        connect: Callable[[Path], sqlite3.Connection] = opened,
    ) -> None:
        """Open the file, or make it. LedgerError: it cannot be used; the text says why."""
        super().__init__((), new_epoch)
        self._path = path
        self._broken: LedgerError | None = None
        self._backlog = Backlog[Writes]()
        self._tables, self._busy = Tables(connect(path)), Lock()
        self._begins: Writes | None = None
        """That this run has begun, to be kept with the first thing that happens in it."""
        with self._transaction() as writes, self._using(), collector.paused():
            self._logs = {operator: self._log(operator, writes) for operator in operators}
            self._begins = self._begun()

    @property
    def waiting(self) -> int:
        """How many transactions are not known to be on the disk."""
        return self._backlog.waiting

    def admit(
        self, operator: str, device: str, epoch: str | None, seq: int, run: str | None = None
    ) -> Standing:
        """As in memory; the fence, and this run, are kept before anybody may be welcomed."""
        with self._transaction() as writes:
            standing = super().admit(operator, device, epoch, seq, run)
            log = self._logs[operator]
            if standing.renewed:
                writes.put_log(operator, log)
                writes.forget_what_devices_said(operator)
            if standing.generation == 1:
                writes.forget_devices_but(operator, log.devices)
            writes.put_device(operator, device, log.devices[device])
        return standing

    def commit(
        self,
        events: Iterable[tuple[str, int, bytes]],
        answered: Answered | None = None,
        facts: Iterable[Fact] = (),
    ) -> Result | None:
        """As in memory; facts are kept too."""
        with self._transaction() as writes:
            added = list(events)
            heads = {operator: self.head(operator) for operator, _, _ in added}
            result = super().commit(added, answered)
            for operator, head in heads.items():
                log = self._logs[operator]
                writes.add_events(operator, log.records[head - log.head :])
                writes.put_log(operator, log)
            if answered is not None and result is not None:
                writes.add_result(answered.operator, answered.device, result)
                writes.put_last_n(answered.operator, answered.device, result.n)
            writes.put_facts(facts)
        return result

    def facts(self, of: str | None = None, *, but: str | None = None) -> Iterable[Fact]:
        """As they stand in the file."""
        self.flush()
        with self._using():
            return self._tables.facts(of, but)

    def how_many(self, kind: str) -> int:
        """How many facts of a kind stand in the file."""
        self.flush()
        with self._using():
            return self._tables.how_many(kind)

    def when_kept(self, tell: Tell) -> None:
        """Call `tell` once all that was changed so far is on the disk; never, if it cannot be."""
        self._backlog.when_kept(tell)

    def batch(self) -> tuple[Writes, ...]:
        """The next transactions for the disk, in their order; they are here until `kept`."""
        return self._backlog.first(BATCH)

    def write(self, batch: tuple[Writes, ...]) -> None:
        """Have the batch on the disk, whole, or LedgerError. In any thread, one at a time."""
        with self._using(), self._busy:
            db = self._tables.db
            db.execute("BEGIN IMMEDIATE")
            for writes in batch:
                for sql, values in writes.statements:
                    db.execute(sql, values)
            db.execute("COMMIT")

    def kept(self, batch: tuple[Writes, ...]) -> None:
        """The batch has been written: tell what waited for it."""
        self._backlog.kept(len(batch))

    def close(self) -> None:
        """Let go of the file: what was not kept is lost, and what is asked later is refused."""
        self._broken = self._broken or LedgerError(f"{self._path}: closed")
        with suppress(sqlite3.Error), self._busy:
            self._tables.db.close()

    def flush(self) -> None:
        """Have all of it on the disk before this returns. LedgerError."""
        while batch := self.batch():
            self.write(batch)
            self.kept(batch)

    def _log(self, operator: str, writes: Writes) -> Log:
        log = self._tables.log(operator)
        if log is None:
            log = Log(self._new_epoch())
            writes.put_log(operator, log)
        return log

    def _begun(self) -> Writes:
        """Of a run in which nothing happens nobody was told, and nothing is kept."""
        self._runs = Runs(self._tables.runs())
        heads = {operator: log.head for operator, log in self._logs.items()}
        forgotten = self._runs.begin(self.run, heads)
        writes = Writes()
        writes.add_run(self.run, heads)
        writes.forget_runs(forgotten)
        return writes

    @contextmanager
    def _transaction(self) -> Iterator[Writes]:
        """All that is changed inside is kept together, or the ledger is at its end."""
        if self._broken is not None:
            raise self._broken
        writes, self._begins = self._begins or Writes(), None
        try:
            yield writes
        except BaseException:
            self.close()
            raise
        self._backlog.add(writes)
        if not self.later:
            self.flush()

    @contextmanager
    def _using(self) -> Iterator[None]:
        """Whatever goes wrong with the file ends the ledger."""
        if self._broken is not None:
            raise self._broken
        try:
            yield
        except sqlite3.Error as error:
            self._broken = explained(error, self._path)
            self.close()
            raise self._broken from error
        except BaseException:
            self.close()
            raise
