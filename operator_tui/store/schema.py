"""How a desk's database is laid out, and how an older layout becomes the present one."""

import sqlite3
from collections.abc import Sequence
from uuid import uuid4

APPLICATION = 0x6F74646B
"""Marks the file as ours: "otdk"."""

MIGRATIONS: Sequence[str] = (
    """
CREATE TABLE place (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    device TEXT NOT NULL, epoch TEXT, seq INTEGER NOT NULL, next_n INTEGER NOT NULL
);
CREATE TABLE desk (one INTEGER PRIMARY KEY CHECK (one = 1), desk BLOB NOT NULL);
CREATE TABLE event (position INTEGER PRIMARY KEY AUTOINCREMENT, logged BLOB NOT NULL);
CREATE TABLE outbox (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE, row BLOB NOT NULL, handed_to TEXT
);
CREATE TABLE adopted (id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE draft (
    chat TEXT, note INTEGER, draft BLOB NOT NULL, kept_at INTEGER NOT NULL,
    PRIMARY KEY (chat, note)
) WITHOUT ROWID;
CREATE TABLE view (one INTEGER PRIMARY KEY CHECK (one = 1), view BLOB NOT NULL);
CREATE TABLE chat (
    chat TEXT PRIMARY KEY, visitor TEXT, name TEXT NOT NULL DEFAULT '',
    folded TEXT NOT NULL DEFAULT '', kept_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX chat_of_visitor ON chat (visitor);
CREATE TABLE message (
    number INTEGER PRIMARY KEY AUTOINCREMENT, chat TEXT NOT NULL, id TEXT NOT NULL,
    at INTEGER NOT NULL, place INTEGER NOT NULL, folded TEXT NOT NULL, message BLOB NOT NULL,
    UNIQUE (chat, id)
);
CREATE INDEX message_at ON message (chat, at, place);
CREATE INDEX message_place ON message (chat, place);
CREATE VIRTUAL TABLE word USING fts5 (
    folded, content = 'message', content_rowid = 'number', tokenize = 'trigram'
);
CREATE TABLE indexed (one INTEGER PRIMARY KEY CHECK (one = 1), number INTEGER NOT NULL);
INSERT INTO indexed VALUES (1, 0);
CREATE TRIGGER message_gone AFTER DELETE ON message
WHEN old.number <= (SELECT number FROM indexed) BEGIN
    INSERT INTO word (word, rowid, folded) VALUES ('delete', old.number, old.folded);
END;
""",
    """
DROP TRIGGER message_gone;
DROP TABLE word;
DROP TABLE indexed;
ALTER TABLE message DROP COLUMN folded;
""",
    """
CREATE TABLE whose (
    one INTEGER PRIMARY KEY CHECK (one = 1), server TEXT NOT NULL, operator TEXT
);
""",
    "ALTER TABLE place ADD COLUMN run TEXT",
)
"""Each makes the next layout out of the one before; what is here is never changed, only added to.

`event` holds what came after the checkpoint in `desk`. `outbox.handed_to` names the device that
is taking a row over, `adopted` the rows that this device has taken over. `message.place` orders
messages of the same millisecond. The first layout had an index over the words of `message` that
nothing looked into. `whose` says which server and operator the file is for. `place.run` is what
the server calls the run of it that told of the log up to the cursor.
"""


class NotOursError(Exception):
    """The file is a database, but no desk's."""


class NewerError(Exception):
    """The file was laid out by a newer version of this program."""


def brought_up(db: sqlite3.Connection, migrations: Sequence[str] = MIGRATIONS) -> None:
    """Bring the layout up to date, or raise `NewerError`, `NotOursError`, `sqlite3.Error`.

    Each step is a transaction: whatever ends the program, the layout is a whole one.
    """
    layout, application = _number(db, "user_version"), _number(db, "application_id")
    empty = db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
    if not empty and application != APPLICATION:
        raise NotOursError
    if layout > len(migrations):
        raise NewerError
    for n, script in enumerate(migrations[layout:], layout + 1):
        db.executescript(
            f"BEGIN IMMEDIATE; {script};"
            f" PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {n}; COMMIT"
        )
    new = "INSERT OR IGNORE INTO place (one, device, seq, next_n) VALUES (1, ?, 0, 1)"
    db.execute(new, (str(uuid4()),))


def _number(db: sqlite3.Connection, pragma: str) -> int:
    number: int = db.execute(f"PRAGMA {pragma}").fetchone()[0]
    return number
