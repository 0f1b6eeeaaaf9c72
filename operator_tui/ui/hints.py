"""What the keys line says: first what the situation asks for, then the fixed order."""

from operator_tui.desk import closing, urgency
from operator_tui.desk.canned import Ready
from operator_tui.ui import situation as why
from operator_tui.ui.actions import BY_ID
from operator_tui.ui.keys import key_of
from operator_tui.ui.names import visitor_name
from operator_tui.ui.render.keys import KeyHint
from operator_tui.ui.situation import Situation
from operator_tui.ui.words import tr

FIXED = ("canned", "transfer", "closing", "note", "visitor", "availability")


def hints(at: Situation) -> tuple[KeyHint, ...]:
    """The entries from left to right; what does not fit is left out by the line itself."""
    back = _ways_back(at)
    ways = tuple(_hint(action, at) for action in back)
    others = (action for action in FIXED if action not in back and not _is_moot(action, at))
    fixed = tuple(_hint(action, at) for action in others)
    first, later = (_asked(at), ()) if _is_known(at) else ((), _asked(at))
    return (*_urgent(at), *ways, *_undo(at), *first, *fixed, *later)


def _ways_back(at: Situation) -> tuple[str, ...]:
    """Out of a note, and from being away: what must not be left out comes first."""
    note = ("note",) if at.back_to_reply else ()
    away = at.desk is not None and not at.desk.available
    return (*note, "availability") if away else note


def _urgent(at: Situation) -> tuple[KeyHint, ...]:
    """F2 with the name of the chat it goes to."""
    if at.desk is None:
        return ()
    chat = urgency.most_urgent(at.desk, at.now, besides=at.open.id if at.open else None)
    if chat is None:
        return ()
    return (KeyHint(key_of("most_urgent"), visitor_name(chat.visitor), True, "most_urgent"),)


def _asked(at: Situation) -> tuple[KeyHint, ...]:
    """Ctrl+O, only while it would do something."""
    if why.nothing_to_say(at) is not None:
        return ()
    match why.ready(at):
        case Ready.NUDGE:
            label, short = tr("still there?"), tr("nudge")
        case Ready.HOLD:
            label, short = tr("ask for time"), tr("time")
        case _:
            label, short = tr("still checking"), tr("checking")
    return (KeyHint(key_of("hold"), label, True, "hold", short),)


def _undo(at: Situation) -> tuple[KeyHint, ...]:
    """Ctrl+Z, only where it is the desk's."""
    return (KeyHint(key_of("undo"), tr("undo"), True, "undo"),) if at.undoable else ()


def _is_known(at: Situation) -> bool:
    """Whether this operator has written to the visitor: "still checking" is no greeting."""
    return at.subject is not None and at.subject.written


def _is_moot(action: str, at: Situation) -> bool:
    """With a visitor who closed the chat there is nothing to say, and nobody to pass on."""
    if at.subject is None:
        return action != "availability"
    closed = at.subject.closed_at is not None
    return closed and action in {"canned", "transfer"}


def _hint(name: str, at: Situation) -> KeyHint:
    action = BY_ID[name]
    return KeyHint(key_of(name), _label(name, at), action.unless(at) is None, name)


def _label(name: str, at: Situation) -> str:
    if name == "availability" and at.desk is not None and not at.desk.available:
        return tr("available")
    if name == "note" and at.back_to_reply:
        return tr("reply")
    if name == "closing" and at.subject is not None:
        if at.subject.closed_at is not None:
            return tr("remove")
        if closing.ready(at.subject):
            return tr("close now")
    return tr(BY_ID[name].label)
