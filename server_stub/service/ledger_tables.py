"""What the ledger reads from its tables, and what it has written into them."""

import sqlite3
from collections.abc import Iterable, Mapping
from typing import TypeAlias

from msgspec import json

from operator_tui.desk.text import decode_hook, encode_hook
from operator_tui.wire.frames import Result
from server_stub.service.ledger import Fact
from server_stub.service.logs import KEPT_RESULTS, Device, Log, Record

Statement: TypeAlias = tuple[str, tuple[object, ...]]

_encoder = json.Encoder(enc_hook=encode_hook)
_results = json.Decoder(Result, dec_hook=decode_hook)


class Tables:
    """One open file, to be read. Any of its methods may raise `sqlite3.Error`."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db

    def log(self, operator: str) -> Log | None:
        """The operator's log with its devices; None: there is none yet."""
        found = self.db.execute(
            "SELECT epoch, head FROM log WHERE operator = ?", (operator,)
        ).fetchone()
        if found is None:
            return None
        log = Log(found[0])
        log.head = found[1]
        events = "SELECT seq, at, event FROM event WHERE operator = ? ORDER BY seq"
        log.records += [Record(*row) for row in self.db.execute(events, (operator,))]
        devices = "SELECT device, last_n, generation FROM device WHERE operator = ? ORDER BY seen"
        for name, last_n, generation in self.db.execute(devices, (operator,)):
            log.devices[name] = self._device(operator, name, last_n, generation)
        return log

    def _device(self, operator: str, name: str, last_n: int, generation: int) -> Device:
        device = Device()
        device.last_n, device.generation = last_n, generation
        results = "SELECT result FROM result WHERE operator = ? AND device = ? ORDER BY n"
        rows = self.db.execute(results, (operator, name))
        device.results.extend(_results.decode(row[0]) for row in rows)
        return device

    def runs(self) -> dict[str, dict[str, int]]:
        """The runs of the server in their order, with where each found the logs."""
        runs: dict[str, dict[str, int]] = {}
        for run, operator, head in self.db.execute(
            "SELECT run, operator, head FROM run ORDER BY id"
        ):
            runs.setdefault(run, {})[operator] = head
        return runs

    def facts(self, of: str | None, but: str | None) -> Iterable[Fact]:
        """Facts of one kind, or of all but one, in the order in which their keys came."""
        where, kind = ("kind = ?", of) if of is not None else ("kind IS NOT ?", but)
        rows = self.db.execute(
            f"SELECT kind, key, value FROM fact WHERE {where} ORDER BY id",  # noqa: S608
            (kind,),
        )
        return [Fact(*row) for row in rows]

    def how_many(self, kind: str) -> int:
        """How many facts of a kind there are."""
        count = self.db.execute("SELECT count(*) FROM fact WHERE kind = ?", (kind,))
        return int(count.fetchone()[0])


class Writes:
    """One transaction in the making: values only, so that any thread may carry it out later."""

    def __init__(self) -> None:
        self.statements: list[Statement] = []

    def _do(self, sql: str, values: tuple[object, ...]) -> None:
        self.statements.append((sql, values))

    def put_log(self, operator: str, log: Log) -> None:
        """Keep epoch and head, and no event that the log no longer holds."""
        self._do(
            "INSERT INTO log VALUES (?, ?, ?) ON CONFLICT (operator)"
            " DO UPDATE SET epoch = excluded.epoch, head = excluded.head",
            (operator, log.epoch, log.head),
        )
        self._do("DELETE FROM event WHERE operator = ? AND seq <= ?", (operator, log.trimmed))

    def add_events(self, operator: str, records: Iterable[Record]) -> None:
        """Keep events of a log."""
        for one in records:
            row = (operator, one.seq, one.at, one.event)
            self._do("INSERT INTO event VALUES (?, ?, ?, ?)", row)

    def put_device(self, operator: str, name: str, device: Device) -> None:
        """Keep how far the device has been heard; it is the last one seen."""
        self._do(
            "INSERT OR REPLACE INTO device SELECT ?, ?, ?, ?, 1 + ifnull(max(seen), 0) FROM device"
            " WHERE operator = ?",
            (operator, name, device.last_n, device.generation, operator),
        )

    def put_last_n(self, operator: str, name: str, last_n: int) -> None:
        """Keep the last number the device has been heard with."""
        self._do(
            "UPDATE device SET last_n = ? WHERE operator = ? AND device = ?",
            (last_n, operator, name),
        )

    def add_result(self, operator: str, name: str, result: Result) -> None:
        """Keep a result, and only so many before it."""
        self._do(
            "INSERT INTO result VALUES (?, ?, ?, ?)",
            (operator, name, result.n, _encoder.encode(result)),
        )
        self._do(
            "DELETE FROM result WHERE operator = ? AND device = ? AND n <= ?",
            (operator, name, result.n - KEPT_RESULTS),
        )

    def forget_what_devices_said(self, operator: str) -> None:
        """A new epoch: numbers of commands begin again."""
        self._do("DELETE FROM result WHERE operator = ?", (operator,))
        self._do("UPDATE device SET last_n = 0 WHERE operator = ?", (operator,))

    def forget_devices_but(self, operator: str, names: Iterable[str]) -> None:
        """Forget devices that memory has forgotten."""
        rest = (operator, json.encode(list(names)).decode())
        gone = "WHERE operator = ? AND device NOT IN (SELECT value FROM json_each(?))"
        self._do(f"DELETE FROM device {gone}", rest)  # noqa: S608
        self._do(f"DELETE FROM result {gone}", rest)  # noqa: S608

    def add_run(self, run: str, heads: Mapping[str, int]) -> None:
        """Keep where a run of the server found the logs."""
        for operator, head in heads.items():
            row = (run, operator, head)
            self._do("INSERT INTO run (run, operator, head) VALUES (?, ?, ?)", row)

    def forget_runs(self, runs: Iterable[str]) -> None:
        """Forget runs that memory has forgotten."""
        for run in runs:
            self._do("DELETE FROM run WHERE run = ?", (run,))

    def put_facts(self, facts: Iterable[Fact]) -> None:
        """Keep facts and forget facts, in the order given."""
        for fact in facts:
            if fact.value is None:
                self._do("DELETE FROM fact WHERE kind = ? AND key = ?", (fact.kind, fact.key))
            else:
                self._do(
                    "INSERT INTO fact (kind, key, value) VALUES (?, ?, ?)"
                    " ON CONFLICT (kind, key) DO UPDATE SET value = excluded.value",
                    (fact.kind, fact.key, fact.value),
                )
