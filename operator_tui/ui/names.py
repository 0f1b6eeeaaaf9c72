"""What a visitor is called on the screen."""

from operator_tui.desk.model import Visitor
from operator_tui.ui.words import tr

_TAIL = 4


def visitor_name(visitor: Visitor) -> str:
    """The visitor's name, or where none was given something to tell two nameless ones apart by.

    That is the end of the visitor's id: it stays the same for as long as the visitor is here.
    """
    if name := visitor.name.strip():
        return name
    tail = "".join(sign for sign in visitor.id if sign.isalnum())[-_TAIL:]
    return tr("visitor {id}", id=tail) if tail else tr("visitor")
