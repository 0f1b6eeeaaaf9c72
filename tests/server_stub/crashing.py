"""The bundled server, killed as by kill -9 at a point of the test's choosing.

`python -m tests.server_stub.crashing POINT COUNT ARGUMENT...`: at the COUNTth time it comes to
POINT the process is gone. The arguments are the server's own.
"""

import os
import signal
import sqlite3
import sys
from typing import Any

from server_stub import __main__ as server
from server_stub.speaking import Speaker

BEFORE = {"begin": "BEGIN IMMEDIATE", "event": "INSERT INTO event", "commit": "COMMIT"}
AFTER = {"result": "INSERT INTO result", "fact": "INSERT INTO fact", "committed": "COMMIT"}
SENT = {
    one: one.removesuffix("-sent") for one in ("welcome", "snapshot", "event-sent", "result-sent")
}
POINTS = (*BEFORE, *AFTER, *SENT)

point, left = sys.argv[1], int(sys.argv[2])


def at(reached: bool) -> None:
    global left  # noqa: PLW0603
    left -= reached
    if reached and left == 0:
        os.kill(os.getpid(), signal.SIGKILL)


class Doomed(sqlite3.Connection):
    def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:  # noqa: ANN401
        at(sql.startswith(BEFORE.get(point, "never")))
        done = super().execute(sql, *values)
        at(sql.startswith(AFTER.get(point, "never")))
        return done

    def executemany(self, sql: str, *values: Any) -> sqlite3.Cursor:  # noqa: ANN401
        at(sql.startswith(BEFORE.get(point, "never")))
        return super().executemany(sql, *values)


def doomed(*args: Any, **kwargs: Any) -> sqlite3.Connection:  # noqa: ANN401
    db = real_connect(*args, **kwargs, factory=Doomed)
    db.execute("PRAGMA wal_autocheckpoint = 8")
    return db


async def send(self: Speaker, frame: str) -> None:
    await real_send(self, frame)
    at(frame.startswith(f'{{"t":"{SENT.get(point, "never")}"'))


real_connect, real_send = sqlite3.connect, Speaker._send
sqlite3.connect = doomed  # type: ignore[assignment]
Speaker._send = send  # type: ignore[method-assign]

if __name__ == "__main__":
    sys.exit(server.main(sys.argv[3:]))
