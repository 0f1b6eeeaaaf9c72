"""Every act of the operator, declared once: bindings, keys line, palette and help use this."""

from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct
from textual.binding import Binding, BindingsMap

from operator_tui.ui import situation as why
from operator_tui.ui.acts import around, chats, writing
from operator_tui.ui.keys import IN_LIST, keys_of, use_keys
from operator_tui.ui.situation import Unless
from operator_tui.ui.words import mark

if TYPE_CHECKING:
    from operator_tui.ui.screens.desk import DeskScreen

Run: TypeAlias = Callable[["DeskScreen"], None]


class Group(StrEnum):
    """The headings of the help sheet, in their order; `ui` has the words."""

    CHAT = "chat"
    CHATS = "chats"
    DESK = "desk"


class Action(Struct, frozen=True):
    """One act: what it is called, how it is reached, and when it is not possible.

    Its keys fire anywhere, those of `ui.keys.IN_LIST` only while the list has the focus. Without
    `run` a widget handles them itself, and the table only tells of them.
    """

    id: str
    group: Group
    label: str
    """A word or two for the keys line (an English source text)."""
    help: str
    """One line for help and palette (an English source text)."""
    keys: tuple[str, ...] = ()
    """Unless the operator chose others (`ui/keymap.py`); the one to tell of first."""
    unless: Unless = why.never
    run: Run | None = None


# fmt: off
ACTIONS: tuple[Action, ...] = (
    Action("most_urgent", Group.CHATS, mark("most urgent"),
           mark("open the chat that needs you most"),
           keys=("f2", "u"), unless=why.nobody_else, run=chats.most_urgent),
    Action("hold", Group.CHAT, mark("still checking"),
           mark("say what fits: one moment, still checking, still there?"),
           keys=("ctrl+o",), unless=why.nothing_to_say, run=writing.hold),
    Action("canned", Group.CHAT, mark("canned"), mark("canned replies"),
           keys=("f3", "c"), unless=why.not_writable, run=writing.canned),
    Action("transfer", Group.CHAT, mark("transfer"),
           mark("transfer the chat to a colleague or the queue"),
           keys=("f4", "t"), unless=why.not_writable, run=chats.transfer),
    Action("closing", Group.CHAT, mark("close"), mark("closing steps, and close the chat"),
           keys=("f5", "e"), unless=why.no_chat, run=chats.closing),
    Action("note", Group.CHAT, mark("note"), mark("internal note, or back to the reply"),
           keys=("f7", "n"), unless=why.no_chat, run=writing.note),
    Action("reply", Group.CHAT, mark("reply"), mark("write a reply"),
           keys=("r",), unless=why.not_writable, run=writing.reply),
    Action("waive", Group.CHAT, mark("no answer needed"),
           mark("no answer needed: the visitor's last words ask nothing"),
           keys=("x",), unless=why.nothing_owed, run=chats.waive),
    Action("visitor", Group.CHAT, mark("visitor"), mark("what is known of the visitor"),
           keys=("f8",), unless=why.no_chat, run=around.visitor),
    Action("send", Group.CHAT, mark("send"), mark("send the reply"), keys=("enter",)),
    Action("new_line", Group.CHAT, mark("new line"), mark("new line in the reply"),
           keys=("ctrl+j",)),
    Action("blank", Group.CHAT, mark("next blank"),
           mark("next blank of a canned reply"), keys=("tab",)),
    Action("recall", Group.CHAT, mark("recall"), mark("last message again, in an empty composer"),
           keys=("up",)),
    Action("previous", Group.CHATS, mark("previous chat"), mark("open the chat above"),
           keys=("ctrl+up",), unless=why.no_desk, run=chats.previous),
    Action("next", Group.CHATS, mark("next chat"), mark("open the chat below"),
           keys=("ctrl+down",), unless=why.no_desk, run=chats.following),
    Action("open", Group.CHATS, mark("open"), mark("open the chat under the cursor"),
           keys=("enter", "o"), unless=why.no_cursor, run=chats.open_it),
    Action("move", Group.CHATS, mark("move"), mark("move in the list; g and G: top and end"),
           keys=("j", "k")),
    Action("accept", Group.CHATS, mark("accept"),
           mark("take the next visitor of the queue, or an offered chat"),
           keys=("a",), unless=why.nobody_waits, run=chats.accept),
    Action("invite", Group.CHATS, mark("invite"),
           mark("visitors who look around: offer help to one"),
           keys=("i",), unless=why.nobody_browses, run=chats.invite),
    Action("remove", Group.CHATS, mark("remove"), mark("take a closed chat off the list"),
           keys=("d",), unless=why.not_closed, run=chats.remove),
    Action("undo", Group.CHATS, mark("undo"),
           mark("bring a chat back: removed, closed, or no answer needed"),
           keys=("ctrl+z",), unless=why.nothing_to_undo, run=chats.undo),
    Action("unsent", Group.CHATS, mark("unsent"),
           mark("unsent texts: what you wrote that reached nobody"),
           keys=("w",), unless=why.nothing_stranded, run=around.unsent),
    Action("find", Group.CHATS, mark("find"), mark("find a chat by name"),
           keys=("slash",), unless=why.no_desk, run=around.find),
    Action("pane", Group.DESK, mark("next pane"),
           mark("next pane: list, messages, composer, visitor"),
           keys=("f6",), unless=why.no_desk, run=around.pane),
    Action("availability", Group.DESK, mark("away"), mark("be away, or available again"),
           keys=("f9",), unless=why.no_desk, run=around.availability),
    Action("help", Group.DESK, mark("all keys"), mark("every key, searchable"),
           keys=("f1", "question_mark"), run=around.help_sheet),
    Action("welcome", Group.DESK, mark("welcome"), mark("the welcome page: five keys, three signs"),
           unless=why.no_desk, run=around.welcome),
    Action("palette", Group.DESK, mark("palette"),
           mark("every action by name, and the themes and icons"),
           keys=("ctrl+p",), run=around.palette),
    Action("leave", Group.DESK, mark("back"), mark("back to the list; the draft is kept"),
           keys=("escape",), run=around.leave),
    Action("quit", Group.DESK, mark("quit"), mark("quit the desk"),
           keys=("ctrl+q",), run=around.quit_desk),
)
# fmt: on

BY_ID = {action.id: action for action in ACTIONS}

use_keys({action.id: action.keys for action in ACTIONS})

AFTER_ALL = {"leave", "undo"}
"""Actions whose keys the pane with the focus may want for itself."""


def bindings() -> BindingsMap:
    """The keys that fire anywhere, before any widget sees them; those of `AFTER_ALL` after it."""
    return BindingsMap(
        Binding(key, f"in_turn('{name}')", show=False, priority=name not in AFTER_ALL)
        for name, key in _keys()
        if key not in IN_LIST
    )


def in_list() -> BindingsMap:
    """The keys that fire only while the list has the focus."""
    return BindingsMap(
        Binding(key, f"screen.do('{name}')", show=False) for name, key in _keys() if key in IN_LIST
    )


def _keys() -> Iterator[tuple[str, str]]:
    """Each action that is done here with each of its keys in use."""
    for action in ACTIONS:
        if action.run is not None:
            yield from ((action.id, key) for key in keys_of(action.id))
