"""Visitors who look around without chatting, and the help they are offered (R86, R91)."""

from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase

from msgspec import structs

from operator_tui.desk.browsing import Browsing, Invitation, Suggestion, in_order
from operator_tui.desk.commands import InviteVisitor
from operator_tui.desk.entries import Author, AuthorKind, Id, Origin
from operator_tui.desk.events import InvitationAccepted, InvitationIgnored
from operator_tui.desk.signals import BrowsingSeen
from operator_tui.desk.time import MINUTE, Millis
from server_stub.service.cutting import encoded
from server_stub.service.effects import Invited, RefusalError
from server_stub.service.floor import Floor, Looking, Offered
from server_stub.service.turn import Turn
from server_stub.sessions.session import SuggestSpec
from server_stub.visitors.acts import Act, Browses, GoesTo, IgnoresInvitation, Leaves, Opens

STANDS: Millis = MINUTE
"""Who has not reacted to an invitation for so long does not want help."""
MOST_SEEN = 40
SEEN_BYTES = 48 * 1024
"""So many visitors, in so many bytes, are told of: nobody reads more, and no frame holds more."""


def look_around(turn: Turn, visitor: str, act: Act) -> None:
    """What somebody does who has no chat open."""
    looking = turn.floor.browsing.get(visitor)
    if isinstance(act, Browses):
        _comes(turn, visitor, act)
    elif looking is None:
        return
    elif isinstance(act, Leaves):
        ignored(turn, visitor)
        _forget(turn, visitor)
    elif isinstance(act, IgnoresInvitation):
        ignored(turn, visitor)
    elif isinstance(act, GoesTo) and act.page != looking.seen.page:
        _see(turn, looking, page=act.page, on_page_since=turn.now)


def _comes(turn: Turn, visitor: str, act: Browses) -> None:
    """Somebody is new here; or is still here, perhaps elsewhere or in another language."""
    if (looking := turn.floor.browsing.get(visitor)) is not None:
        came = looking.seen.on_page_since if act.page == looking.seen.page else turn.now
        _see(turn, looking, page=act.page, on_page_since=came, language=act.language)
        return
    since = act.visitor.on_site_since
    on_site = turn.now if since is None else min(since, turn.now)
    name, language = act.visitor.name, act.language
    seen = Browsing(visitor, on_site, turn.now, name, language, act.page)
    _put(turn, Looking(seen))


def _see(turn: Turn, looking: Looking, **changes: object) -> None:
    _put(turn, structs.replace(looking, seen=structs.replace(looking.seen, **changes)))


def _put(turn: Turn, looking: Looking) -> None:
    turn.change(browsing=turn.floor.browsing | {looking.seen.visitor: looking})


def _forget(turn: Turn, visitor: str) -> None:
    rest = {key: one for key, one in turn.floor.browsing.items() if key != visitor}
    turn.change(browsing=rest)


def invite(turn: Turn, operator: Id, command: InviteVisitor, origin: Origin | None) -> None:
    """Offer help: one invitation at a time, by somebody with a place for whoever takes it."""
    looking = turn.floor.browsing.get(command.visitor)
    if looking is None:
        raise RefusalError("not_browsing")
    if not command.text.strip():
        raise RefusalError("empty")
    if looking.seen.invited is not None and looking.seen.waits:
        raise RefusalError("invited_already", looking.seen.invited.by)
    if not turn.desk(operator).available:
        raise RefusalError("not_available")
    if turn.free_places(operator) <= _invitations(turn.floor, operator):
        raise RefusalError("no_place_left")
    offered = Offered(operator, command.text, command.canned, origin)
    invited = Invitation(turn.floor.staff[operator].name, turn.now)
    _see(turn, structs.replace(looking, offered=offered), invited=invited)
    turn.effects.append(Invited(command.visitor, str(command.text), turn.now))


def _invitations(floor: Floor, operator: Id) -> int:
    """Open ones of this operator: each may be taken, and then needs a place."""
    ours = (one for one in floor.browsing.values() if one.seen.waits)
    return sum(one.offered is not None and one.offered.operator == operator for one in ours)


def ignored(turn: Turn, visitor: str) -> None:
    """The visitor does not take the help offered, if any was."""
    looking = turn.floor.browsing[visitor]
    seen, offered = looking.seen, looking.offered
    if offered is not None and seen.invited is not None and seen.waits:
        _see(turn, looking, invited=structs.replace(seen.invited, ignored=True))
        turn.log(offered.operator, InvitationIgnored(seen.visitor, seen.name))


def lapse(turn: Turn) -> None:
    """Invitations that have stood long enough count as not taken."""
    for visitor, looking in turn.floor.browsing.items():
        invited = looking.seen.invited
        if invited is not None and looking.seen.waits and invited.at + STANDS <= turn.now:
            ignored(turn, visitor)


def opening(turn: Turn, visitor: str, act: Opens) -> tuple[Opens, Looking | None]:
    """Whoever opens a chat looks around no more; with what is known of them from that."""
    looking = turn.floor.browsing.get(visitor)
    if looking is None:
        return act, None
    _forget(turn, visitor)
    seen = looking.seen
    known = structs.replace(act.visitor, on_site_since=seen.on_site_since)
    return structs.replace(act, visitor=known, page=seen.page or act.page), looking


def offer_taken(looking: Looking, *, asked: bool) -> tuple[Invitation, Offered] | None:
    """The help that a chat opened now takes: what stands, and late too if that was `asked` for."""
    seen, offered = looking.seen, looking.offered
    if offered is None or seen.invited is None or not (seen.waits or asked):
        return None
    return seen.invited, offered


def accept(turn: Turn, act: Opens, looking: Looking) -> Id | None:
    """Put the invitation into the chat; gives whose it is, None where it is not for them.

    Who opens a chat while an invitation stands has taken it. The chat goes to who invited, above
    the limit too, unless they are away by now.
    """
    if (taken := offer_taken(looking, asked=act.invited)) is None:
        return None
    invited, offered = taken
    author = Author(AuthorKind.OPERATOR, invited.by, offered.operator)
    message = turn.numbered(
        act.chat, author, offered.text, canned=offered.canned, origin=offered.origin
    )
    message = structs.replace(message, at=invited.at)
    turn.log(turn.home(act.chat), InvitationAccepted(act.chat, message))
    inviter = offered.operator
    here = inviter in turn.floor.present and turn.desk(inviter).available
    return inviter if here else None


def seen_by_all(floor: Floor, now: Millis) -> BrowsingSeen:
    """Everybody who looks around, as operators are told; suggested ones first."""
    if not floor.browsing:
        return BrowsingSeen()
    everybody = (_suggested(floor, one.seen, now) for one in floor.browsing.values())
    return BrowsingSeen(tuple(_fitting(in_order(everybody)[:MOST_SEEN])))


def _fitting(browsing: Iterable[Browsing]) -> Iterator[Browsing]:
    room = SEEN_BYTES
    for one in browsing:
        room -= len(encoded(one)) + 1
        if room < 0:
            return
        yield one


def _suggested(floor: Floor, seen: Browsing, now: Millis) -> Browsing:
    for rule in _rules(floor, seen):
        if _due(rule, seen) <= now:
            why = Suggestion(rule.why, int(rule.on_site), int(rule.on_page))
            return structs.replace(seen, suggested=why)
    return seen


def _rules(floor: Floor, seen: Browsing) -> Iterator[SuggestSpec]:
    """The rules that may suggest this visitor: none for somebody who has just been helped."""
    if floor.suggests and seen.visitor not in floor.visits:
        page = seen.page.casefold()
        yield from (one for one in floor.suggests if fnmatchcase(page, one.page.casefold()))


def _due(rule: SuggestSpec, seen: Browsing) -> Millis:
    """When the rule suggests this visitor, if the page stays the same."""
    return max(seen.on_site_since + rule.on_site, seen.on_page_since + rule.on_page)


def dues(floor: Floor) -> Iterator[Millis]:
    """When invitations lapse, and when somebody is suggested by time alone."""
    for looking in floor.browsing.values():
        seen = looking.seen
        if seen.invited is not None and seen.waits:
            yield seen.invited.at + STANDS
        for rule in _rules(floor, seen):
            yield _due(rule, seen)
