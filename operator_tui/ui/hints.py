"""What the keys line says: first what the situation asks for, then the fixed order."""

from operator_tui.desk import queue
from operator_tui.desk.canned import Ready
from operator_tui.ui import situation as why
from operator_tui.ui.actions import BY_ID, key_name
from operator_tui.ui.names import visitor_name
from operator_tui.ui.situation import Situation
from operator_tui.ui.widgets.keys_line import KeyHint
from operator_tui.ui.words import tr

FIXED = ("canned", "transfer", "closing", "note", "visitor", "availability")


def hints(at: Situation) -> tuple[KeyHint, ...]:
    """The entries from left to right; what does not fit is left out by the line itself."""
    return (*_urgent(at), *_asked(at), *(_hint(action, at) for action in FIXED))


def _urgent(at: Situation) -> tuple[KeyHint, ...]:
    """F2 with the name of the chat it goes to."""
    if at.desk is None:
        return ()
    chat = queue.most_urgent(at.desk, at.now, besides=at.open.id if at.open else None)
    if chat is None:
        return ()
    return (KeyHint("F2", visitor_name(chat.visitor), True, "most_urgent"),)


def _asked(at: Situation) -> tuple[KeyHint, ...]:
    """Ctrl+O and undo, only while they would do something."""
    asked = []
    if at.undoable:
        asked.append(KeyHint("Ctrl+Z", tr("undo"), True, "undo"))
    if why.nothing_to_say(at) is None:
        nudge = why.ready(at) == Ready.NUDGE
        label = tr("still there?") if nudge else tr("still checking")
        asked.append(KeyHint("Ctrl+O", label, True, "hold"))
    return tuple(asked)


def _hint(name: str, at: Situation) -> KeyHint:
    action = BY_ID[name]
    return KeyHint(key_name(action.key), _label(name, at), action.unless(at) is None, name)


def _label(name: str, at: Situation) -> str:
    if name == "availability" and at.desk is not None and not at.desk.available:
        return tr("available")
    return tr(BY_ID[name].label)
