"""The orders there are: how each is written, and what it does."""

from collections.abc import Iterator

from msgspec import Struct


class Order(Struct, frozen=True):
    """One order: what follows its word, and what it does."""

    follows: str
    does: str


ORDERS: dict[str, Order] = {
    "list": Order("[all]", "the visitors: id, name, play, scene, state"),
    "plays": Order("", "the plays that can come"),
    "pause": Order("", "stop the session's clock; every desk says so"),
    "resume": Order("", "let it run again as before; at 1 if restarted since"),
    "rate": Order("R", "run it at 0.1 to 60 times its speed; 0: pause"),
    "step": Order("[N]", "jump to the next event in anybody's log, or N events on"),
    "leave": Order("WHO", "the visitor leaves the website"),
    "return": Order("WHO [ADDRESS]", "and comes back, to the page it left or another"),
    "close": Order("WHO", "closes the chat"),
    "share": Order("WHO [TEXT]", "shares the screen; TEXT is what is on it"),
    "unshare": Order("WHO", "stops sharing it"),
    "silence": Order("WHO [TIME]", "does nothing for so long (3m)"),
    "anger": Order("WHO [TEXT]", "gets angry, and says so"),
    "say": Order("WHO TEXT", "says something outside its play"),
    "burst": Order("WHO N [TEXT / TEXT ...]", "sends N messages, one right after the other"),
    "boomerang": Order("WHO [TIME] [TEXT]", "comes back to its messaging chat (after 14h)"),
    "transfer": Order(
        "WHO|PLAY [from NAME] [to OPERATOR] note TEXT", "comes in as a transfer with a note"
    ),
    "new": Order("PLAY [LANGUAGE] [as NAME]", "a new visitor comes"),
    "do": Order("WHO ACTION", "does anything that a play can say: do sanne types 5s"),
}


def usage() -> Iterator[str]:
    """All of it, a line each."""
    written = {word: f"{word} {order.follows}".strip() for word, order in ORDERS.items()}
    width = max(map(len, written.values()))
    yield "Orders for a session that is served here (WHO: a visitor's id or name):"
    yield ""
    for word, order in ORDERS.items():
        yield f"  {written[word].ljust(width)}  {order.does}"
    yield ""
    yield '"burst N PLAY ..." has N new visitors come. "-" takes orders from stdin, a line each.'
