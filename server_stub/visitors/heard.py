"""What reaches a visitor from the other side."""

from msgspec import Struct

from operator_tui.desk.time import Millis


class Heard(Struct, frozen=True):
    """An operator's words, or the end of the visitor's chat."""

    visitor: str
    at: Millis
    text: str | None
    """None: an operator closed the chat."""
    invitation: bool = False
    """The words offer help to somebody who looks around."""
