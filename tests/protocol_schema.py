"""The protocol as JSON Schema, made from the types that read it: `python -m tests.protocol_schema`.

The commit must hold what this writes into docs/protocol.schema.json; a test compares.
"""

import json
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

from msgspec import to_builtins
from msgspec.json import schema_components

from operator_tui.desk.commands import Command
from operator_tui.desk.events import Event
from operator_tui.desk.model import Desk
from operator_tui.desk.signals import Signal
from operator_tui.desk.text import SafeAddress, SafeLine, SafeText, encode_hook
from operator_tui.wire.frames import FromClient, FromServer

PLACE = Path(__file__).parents[1] / "docs" / "protocol.schema.json"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
ROOTS = {
    "from_server": FromServer,
    "from_client": FromClient,
    "event": Event,
    "command": Command,
    "signal": Signal,
    "desk": Desk,
}
AT_HOME = {
    "Chat": ("overlay",),
    "Message": ("delivery", "refusal"),
    "Desk": ("beyond", "unreadable", "colleagues", "waiting", "browsing"),
}
"""Members that a desk has for itself. They stand in no log, so they travel in no frame."""
NEVER_SENT = ("Delivery", "Overlay", "Unreadable", "Waiting")
"""Types that only such members have, and the event that a client makes for itself."""
TEXTS = {
    SafeText: "Several lines: at most 4,000 characters and 200 lines count.",
    SafeLine: "One line: at most 120 characters count.",
    SafeAddress: "One line: at most 500 characters count.",
}


def schema() -> dict[str, Any]:
    """One document; `$defs` has every type, and a name for each that a frame can hold."""
    # It has a hook for our kinds of text, but not one for the defaults of such members.
    builtins = partial(to_builtins, enc_hook=encode_hook)
    with patch("msgspec._json_schema.to_builtins", builtins):
        found, parts = schema_components(
            list(ROOTS.values()), schema_hook=_hook, ref_template="#/$defs/{name}"
        )
    parts = json.loads(json.dumps(parts).replace(r"\\A", "^").replace(r"\\Z", "$"))
    named = dict(zip(ROOTS, found, strict=True))
    _leave_at_home(parts, named["event"])
    return {
        "$schema": DIALECT,
        "title": "operator.v1",
        "description": "A frame either way. `event` and `command` are what stands in the members"
        " of these names; `desk` is what the pieces of a snapshot, joined, hold.",
        "anyOf": [{"$ref": "#/$defs/from_server"}, {"$ref": "#/$defs/from_client"}],
        "$defs": parts | named,
    }


def _leave_at_home(parts: dict[str, Any], event: dict[str, Any]) -> None:
    for owner, members in AT_HOME.items():
        for member in members:
            del parts[owner]["properties"][member]
    event["anyOf"].remove({"$ref": "#/$defs/Unreadable"})
    del event["discriminator"]["mapping"]["unreadable"]
    for name in NEVER_SENT:
        del parts[name]
    for envelope, member in (("EventFrame", "event"), ("Op", "command")):
        parts[envelope]["properties"][member] = {
            "type": "object",
            "description": f"Read in a second step, as `{member}`.",
        }


def written() -> str:
    """As it stands in the file."""
    return json.dumps(schema(), indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def _hook(kind: type) -> dict[str, Any]:
    if kind in TEXTS:
        return {"type": "string", "description": TEXTS[kind]}
    raise NotImplementedError(kind.__name__)


if __name__ == "__main__":
    PLACE.write_text(written(), encoding="utf-8")
