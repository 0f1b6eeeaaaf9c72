"""A simulated visitor as a trainer sees it in a list."""

from msgspec import Struct

from operator_tui.desk.entries import Id, Language
from operator_tui.desk.model import Channel
from operator_tui.desk.text import SafeLine
from operator_tui.desk.time import Millis
from server_stub.visitors.course import Is


class Seen(Struct, frozen=True):
    """Who a visitor is, where it is in its play, and what it is busy with."""

    id: Id
    name: SafeLine
    play: str
    language: Language
    channel: Channel
    scene: str
    busy: Is
    due: Millis | None
    """When it does something next; None: not by itself."""
