"""To which desk a file belongs, kept inside it: its name gives neither server nor operator away."""

import sqlite3

from msgspec import Struct

from operator_tui.desk.entries import Id


class Whose(Struct, frozen=True):
    """To which desk a file belongs."""

    server: str
    operator: Id | None
    """None: no server has said so yet."""


def note(db: sqlite3.Connection, server: str, operator: Id | None) -> None:
    """Keep whose the file is; an operator that is not known now stays the one that was."""
    db.execute(
        "INSERT INTO whose VALUES (1, ?, ?) ON CONFLICT (one) DO UPDATE"
        " SET server = excluded.server, operator = ifnull(excluded.operator, operator)",
        (server, operator),
    )


def note_operator(db: sqlite3.Connection, operator: Id) -> None:
    """Keep who the server says that the operator is."""
    db.execute("UPDATE whose SET operator = ?", (operator,))


def read(db: sqlite3.Connection) -> Whose | None:
    """To which desk the file belongs, if it knows."""
    found = db.execute("SELECT server, operator FROM whose").fetchone()
    return None if found is None else Whose(*found)
