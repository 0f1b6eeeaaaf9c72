"""One number for what is in all logs: two runs that agree on it are the same."""

import hashlib
from collections.abc import Iterable
from typing import Any

import msgspec

from server_stub.service.ledger import Ledger
from server_stub.service.logs import KEPT_EVENTS, Record

BATCH = 1_000
LEFT_OUT = {"device", "n"}
"""Members of a message's origin that say by which machine it came."""


def fingerprint(ledger: Ledger, operators: Iterable[str]) -> str:
    """SHA-256 over each operator's last 10,000 events: seq, virtual time, ids and content.

    The epoch of a log and the devices of its operators do not count.
    """
    whole = hashlib.sha256()
    for operator in sorted(operators):
        head = ledger.head(operator)
        whole.update(f"{operator} {head}\n".encode())
        seq = max(0, head - KEPT_EVENTS)
        while seq < head:
            records = ledger.after(operator, seq, BATCH)
            if not records:
                break
            for record in records:
                whole.update(_line(record))
            seq = records[-1].seq
    return whole.hexdigest()


def _line(record: Record) -> bytes:
    event = _without_devices(msgspec.json.decode(record.event))
    return msgspec.json.encode([record.seq, record.at, event], order="deterministic") + b"\n"


def _without_devices(value: Any) -> Any:  # noqa: ANN401
    """The value with every origin down to the id of its op."""
    if isinstance(value, list):
        return [_without_devices(one) for one in value]
    if not isinstance(value, dict):
        return value
    return {
        key: {k: v for k, v in one.items() if k not in LEFT_OUT}
        if key == "origin" and isinstance(one, dict)
        else _without_devices(one)
        for key, one in value.items()
    }
