"""What reaches a visitor from the other side."""

from msgspec import Struct

from operator_tui.desk.time import Millis
from server_stub.visitors.injected import Injected


class Heard(Struct, frozen=True):
    """An operator's words, the end of the visitor's chat, or what a trainer wants of it."""

    visitor: str
    at: Millis
    text: str | None
    """None: an operator closed the chat, unless something is injected."""
    injected: Injected | None = None
    invitation: bool = False
    """The words offer help to somebody who looks around."""
    together: bool = False
    """It was thrown in with what stands before it: nothing happened in between."""
