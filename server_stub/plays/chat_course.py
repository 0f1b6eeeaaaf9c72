"""What cannot happen in a chat, along every way through a play: followed scene by scene."""

from collections import defaultdict
from collections.abc import Iterator
from enum import Enum, auto

from msgspec import Struct, structs

from server_stub.plays.drafts import Draft
from server_stub.plays.play import (
    OPENS,
    Action,
    Close,
    IgnoreInvitation,
    Leave,
    Rate,
    Reactivate,
    Return,
    Say,
    Share,
    StopSharing,
    Type,
)
from server_stub.plays.reading import leaps

Found = Iterator[tuple[int, str, str]]
"""Line, what is wrong, what to do."""

DOORS = (*OPENS, IgnoreInvitation)
SPEAKS = (Say, Type, Leave, Share, StopSharing, Close)
"""What is done in a chat that is open."""


class Chat(Enum):
    """How it stands with the chat."""

    NONE = auto()
    OPEN = auto()
    CLOSED = auto()


class Stands(Struct, frozen=True):
    """How it stands with a visitor at one place of its play."""

    chat: Chat = Chat.NONE
    off_site: bool = False
    """It has left the website."""
    shares: bool = False


def out_of_turn(reading: Draft) -> Found:
    """Every step that cannot be done where it stands; told once for each kind in a scene."""
    actions = [step.action for scene in reading.open for step in scene.steps]
    whole = all(scene.cut is None for scene in reading.open)
    if not any(isinstance(one, DOORS) for one in actions) and not _back(reading):
        if whole:
            yield reading.open[0].line, "Nobody opens a chat.", 'Begin with "opens chat".'
        return
    arrives = _arrivals(reading)
    for scene in reading.open:
        states = arrives[id(scene)]
        told = set[str]()
        for step in scene.steps[: scene.cut] if states else ():
            wrong = _wrong(step.action, states)
            if wrong and wrong[0] not in told:
                told.add(wrong[0])
                yield step.line, *wrong
            states = {_after(step.action, state) for state in states}


def _arrivals(reading: Draft) -> defaultdict[int, set[Stands]]:
    """How it can stand where each scene begins. Nobody knows it behind a step with mistakes."""
    by_name = {scene.name: scene for scene in reversed(reading.open)}
    begins = Stands(Chat.OPEN if _back(reading) else Chat.NONE)
    found = defaultdict[int, set[Stands]](set)
    new = [(reading.open[0], begins)]
    while new:
        scene, state = new.pop()
        if state in found[id(scene)]:
            continue
        found[id(scene)].add(state)
        if scene.cut is None:
            for step in scene.steps:
                state = _after(step.action, state)
            to = [*(name for _, name in leaps(scene.scene())), *scene.guessed]
            new += [(by_name[name], state) for name in to if name in by_name]
    return found


def _back(reading: Draft) -> bool:
    """Whether it begins with a chat that had been there and comes back."""
    steps = reading.open[0].steps
    return bool(reading.past and steps and isinstance(steps[0].action, Reactivate))


def _after(action: Action, state: Stands) -> Stands:
    match action:
        case _ if isinstance(action, (*OPENS, Reactivate)):
            return structs.replace(state, chat=Chat.OPEN)
        case Close():
            return structs.replace(state, chat=Chat.CLOSED, shares=False)
        case Leave():
            return structs.replace(state, off_site=True, shares=False)
        case Return():
            return structs.replace(state, off_site=False)
        case Share():
            return structs.replace(state, shares=True)
        case StopSharing():
            return structs.replace(state, shares=False)
        case _:
            return state


_TWICE = "The chat is open already when this is come to."


def _wrong(action: Action, states: set[Stands]) -> tuple[str, str] | None:
    """What is wrong with the action on one of the ways to it, or on all of them."""
    chats = {state.chat for state in states}
    match action:
        case _ if isinstance(action, OPENS) and Chat.OPEN in chats:
            return _TWICE, "Leave it out, or have arrows lead to a scene below it."
        case _ if isinstance(action, (*SPEAKS, Rate, Reactivate)) and Chat.NONE in chats:
            return "There is no chat yet.", 'Put "opens chat" above it.'
        case _ if isinstance(action, SPEAKS) and Chat.CLOSED in chats:
            return "The chat is closed by then.", 'Put it above "closes chat".'
        case Return() if not any(state.off_site for state in states):
            return "The visitor has not left the website.", 'Put "leaves site" above it.'
        case Leave() if all(state.off_site for state in states):
            return "The visitor has left the website already.", "Leave it out."
        case StopSharing() if not any(state.shares for state in states):
            return "The screen is not shared by then.", 'Put "shares screen" above it.'
        case _:
            return None
