"""Whether a visitor can do now what a trainer wants: if not, why not."""

from collections.abc import Iterable, Sequence

from operator_tui.desk.model import Channel
from server_stub.control.errors import OrderError
from server_stub.control.people import Person
from server_stub.plays.play import (
    OPENS,
    AcceptInvitation,
    Action,
    Feel,
    Go,
    IgnoreInvitation,
    Leave,
    Pause,
    Rate,
    Reactivate,
    Return,
    Say,
    Share,
    StopSharing,
    Type,
    Wait,
)
from server_stub.plays.problems import one_of
from server_stub.visitors.course import Is


def found(who: str, everybody: Sequence[Person]) -> Person:
    """The visitor of that id, or else of that name. OrderError: nobody, or more than one."""
    for person in everybody:
        if person.id == who:
            return person
    named = [one for one in everybody if _is_called(one, who)]
    named = [one for one in named if one.here] or named
    if len(named) > 1:
        ids = ", ".join(one.id for one in named[:8])
        raise OrderError(f'More than one visitor is called "{who[:40]}".', f"Say which: {ids}.")
    if not named:
        raise OrderError(f'There is no visitor "{who[:40]}".', _known(who, everybody))
    return named[0]


def _is_called(person: Person, who: str) -> bool:
    name, who = person.name.casefold(), who.casefold()
    return bool(name) and who in {name, name.split()[0]}


def _known(who: str, everybody: Iterable[Person]) -> str:
    ids = [one.id for one in everybody if one.here or one.to_come]
    names = [one.name.casefold() for one in everybody if one.here]
    if not ids:
        return "Nobody is here, and nobody is to come."
    near = one_of(who, [*ids, *names])
    return near if near.startswith("Did") else one_of(who, ids[:12])


def check(person: Person, action: Action) -> None:
    """OrderError: it would change nothing, or nobody could make sense of it."""
    name = person.name or person.id
    if person.seen is None:
        raise OrderError(f"{name} is played by hand, or has nothing but a past.", "Ask in person.")
    if (why := _objection(person, action)) is not None:
        raise OrderError(f"{name} {why}")


def _objection(person: Person, action: Action) -> str | None:
    match action:
        case Pause() | Feel():
            over = person.seen is not None and person.seen.busy is Is.DONE
            return "is at the end of the play, and silent anyhow." if over else None
        case Reactivate():
            return _cannot_come_back(person)
        case Rate():
            return None if person.been else "has had no chat to rate."
        case Wait() | AcceptInvitation() | IgnoreInvitation():
            return "cannot be made to do that: it needs an operator."
        case _ if isinstance(action, OPENS):
            return None if person.chat is None else "has a chat already."
        case _:
            return _no_chat(person) or _cannot_in_chat(person, action)


def _no_chat(person: Person) -> str | None:
    if person.chat is None:
        return "has no chat any more." if person.been else "has no chat yet."
    return None if person.chat.closed_at is None else "has closed the chat."


def _cannot_come_back(person: Person) -> str | None:
    if person.seen is not None and person.seen.channel is not Channel.MESSAGING:
        return "is on the website: only messaging chats come back. Try new back_for_news."
    return "has no chat on anybody's desk to come back to." if person.chat is None else None


def _cannot_in_chat(person: Person, action: Action) -> str | None:
    chat = person.chat
    if chat is None:
        return None
    off_site, web = chat.left_at is not None, chat.channel is Channel.WEB
    match action:
        case Return():
            return None if off_site else "is on the website."
        case Leave() | Share() | StopSharing() | Go() if not web:
            return "writes from a messaging app, and is on no website."
        case StopSharing():
            return None if chat.sharing_since is not None else "shares no screen."
        case Leave() | Share() | Go() | Say() | Type() if off_site:
            return "has left the website. Have it return first."
        case _:
            return None
