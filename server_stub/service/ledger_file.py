"""The ledger on disk: SQLite behind the ledger in memory.

Memory answers, the file remembers. Every method that changes something changes both within one
transaction of the file, and the caller goes on once that is on the disk (WAL, synchronous=FULL).
When anything fails memory may be ahead of the disk, so nothing is answered any more: the ledger
is to be opened anew, and what is on the disk is the truth.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from operator_tui.wire.frames import Result
from server_stub.service.ledger import Answered, Fact, Ledger, LedgerError, Standing
from server_stub.service.ledger_schema import explained, opened
from server_stub.service.ledger_tables import Tables
from server_stub.service.logs import Log


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
        self._tables = Tables(connect(path))
        with self._transaction():
            self._logs = {operator: self._log(operator) for operator in operators}

    def admit(self, operator: str, device: str, epoch: str | None, seq: int) -> Standing:
        """As in memory; the fence is on the disk before anybody is welcomed."""
        with self._transaction() as tables:
            standing = super().admit(operator, device, epoch, seq)
            log = self._logs[operator]
            if standing.renewed:
                tables.put_log(operator, log)
                tables.forget_what_devices_said(operator)
            if standing.generation == 1:
                tables.forget_devices_but(operator, log.devices)
            tables.put_device(operator, device, log.devices[device])
        return standing

    def commit(
        self,
        events: Iterable[tuple[str, int, bytes]],
        answered: Answered | None = None,
        facts: Iterable[Fact] = (),
    ) -> Result | None:
        """As in memory; facts are kept too."""
        with self._transaction() as tables:
            added = list(events)
            heads = {operator: self.head(operator) for operator, _, _ in added}
            result = super().commit(added, answered)
            for operator, head in heads.items():
                log = self._logs[operator]
                tables.add_events(operator, log.records[head - log.head :])
                tables.put_log(operator, log)
            if answered is not None and result is not None:
                tables.add_result(answered.operator, answered.device, result)
                tables.put_last_n(answered.operator, answered.device, result.n)
            tables.put_facts(facts)
        return result

    def facts(self) -> Iterable[Fact]:
        """The facts as they stand, each kind in its order; none: nothing was ever begun."""
        with self._transaction() as tables:
            return tables.facts()

    def close(self) -> None:
        """Let go of the file. What is asked later is refused."""
        self._broken = self._broken or LedgerError(f"{self._path}: closed")
        with suppress(sqlite3.Error):
            self._tables.db.close()

    def _log(self, operator: str) -> Log:
        log = self._tables.log(operator)
        if log is None:
            log = Log(self._new_epoch())
            self._tables.put_log(operator, log)
        return log

    @contextmanager
    def _transaction(self) -> Iterator[Tables]:
        """All that is done inside is on the disk, or nowhere and the ledger is at its end."""
        if self._broken is not None:
            raise self._broken
        try:
            self._tables.db.execute("BEGIN IMMEDIATE")
            yield self._tables
            self._tables.db.execute("COMMIT")
        except sqlite3.Error as error:
            self._broken = explained(error, self._path)
            self.close()
            raise self._broken from error
        except BaseException:
            self.close()
            raise
