import json
import re
from typing import Any

import pytest

from operator_tui.wire.codec import encode
from operator_tui.wire.frames import Frame
from tests.protocol_schema import PLACE, schema, written
from tests.wire.examples import FROM_CLIENT, FROM_SERVER


def test_the_schema_in_the_documents_is_that_of_the_code() -> None:
    assert PLACE.read_text(encoding="utf-8") == written(), "run: python -m tests.protocol_schema"


def test_every_reference_of_the_schema_leads_somewhere() -> None:
    document = schema()
    names = set(re.findall(r'"#/\$defs/([^"]+)"', json.dumps(document)))
    assert names
    assert names <= document["$defs"].keys()


def test_the_schema_names_nothing_that_stays_at_home() -> None:
    parts = schema()["$defs"]
    assert "overlay" not in parts["Chat"]["properties"]
    assert "unreadable" not in parts["event"]["discriminator"]["mapping"]
    assert parts["EventFrame"]["properties"]["event"]["type"] == "object"


@pytest.mark.parametrize("frame", [*FROM_SERVER, *FROM_CLIENT], ids=lambda one: type(one).__name__)
def test_what_is_sent_has_the_members_that_the_schema_names(frame: Frame) -> None:
    sent: dict[str, Any] = json.loads(encode(frame))
    told = schema()["$defs"][type(frame).__name__]
    assert sent.keys() <= told["properties"].keys()
    assert set(told["required"]) <= sent.keys()
    assert told["properties"]["t"] == {"enum": [sent["t"]]}
