"""A play tried out by one person: virtual time stands still while they think."""

from collections.abc import Iterator
from typing import assert_never

from operator_tui.desk.entries import Language
from operator_tui.desk.time import SECOND, Millis
from server_stub.plays.actions import read_action
from server_stub.plays.intents import Known
from server_stub.plays.play import Branch, Play
from server_stub.plays.spans import written
from server_stub.visitors import acts
from server_stub.visitors.acts import Acted
from server_stub.visitors.course import NEVER, Is
from server_stub.visitors.identity import Card
from server_stub.visitors.seen import Seen
from server_stub.visitors.visitor import SimulatedVisitor

START: Millis = 1_800_000_000_000
LONG: Millis = 20 * SECOND
"""Typing that takes this long is worth a line."""
FAR: Millis = NEVER // 2
"""Who has left is away for so long, until a trainer has it return."""
LISTENS = (Is.LISTENING, Is.WAITING, Is.BROWSING)


class Rehearsal:
    """One visitor and one operator, from the beginning of a play on. Times count from it."""

    def __init__(self, play: Play, language: Language, known: Known, seed: int = 1) -> None:
        self.play = play
        self.taken: list[Branch] = []
        self.said: list[tuple[int, str]] = []
        """The operator's words, each with how many branches had been taken by then."""
        self.card = Card(play, "visitor", seed, language, known=known)
        self._visitor = SimulatedVisitor(
            self.card, START, taken=self.taken.append, chats=0, spoken_at=_last_spoken(play)
        )
        self._now = START

    @property
    def busy(self) -> Is:
        """What the visitor is busy with."""
        return self._visitor.busy

    @property
    def now(self) -> Millis:
        """How long the play has gone on."""
        return self._now - START

    @property
    def scene(self) -> str:
        """The scene in which the visitor is."""
        return self._visitor.scene

    @property
    def seen(self) -> Seen:
        """The visitor as a trainer sees it."""
        card = self.card
        return Seen(
            id=card.id,
            name=card.called,
            play=card.play.id,
            language=card.language,
            channel=card.play.heading.channel,
            scene=self.scene,
            busy=self.busy,
            due=self._visitor.next_time(),
        )

    def until_it_listens(self) -> list[Acted]:
        """What the visitor does until it waits for somebody, or is done."""
        done: list[Acted] = []
        while self.busy not in LISTENS and (more := self.until_it_acts()):
            done += more
        return done + self._visitor.advance(self._now)

    def until_it_acts(self) -> list[Acted]:
        """What it does next, when nobody says anything; nothing when it never does anything."""
        done: list[Acted] = []
        while not done and (due := self._soon()) is not None:
            self._now = max(self._now, due)
            taken = len(self.taken)
            done = self._visitor.advance(due)
            if self.busy is Is.DONE or len(self.taken) > taken:
                break
        return done

    def until(self, at: Millis) -> list[Acted]:
        """What it does up to that time of the play."""
        self._now = max(self._now, START + at)
        return self._visitor.advance(self._now)

    def says(self, text: str) -> None:
        """The operator writes."""
        self.said.append((len(self.taken), text))
        self._visitor.operator(self._now, text)

    def invites(self, text: str) -> None:
        """The operator offers help."""
        self.said.append((len(self.taken), text))
        self._visitor.invited(self._now, text)

    def closes(self) -> None:
        """The operator closes the chat."""
        self._visitor.closed(self._now)

    def made(self, does: str, after: Millis) -> list[Acted]:
        """A trainer makes it do an action `after` ms from now; what it has done by then."""
        self._now += after
        done = self._visitor.advance(self._now)
        self._visitor.made_to(read_action(does), self._now)
        return done + self._visitor.advance(self._now)

    def _soon(self) -> Millis | None:
        """When it acts next, unless it waits to be made to return."""
        due = self._visitor.next_time()
        return None if due is None or due > self._now + FAR else due

    def told(self, acted: Acted) -> Iterator[str]:
        """What the visitor did, in words for a person."""
        name = self.card.opens(acted.at, 0).visitor.name or "The visitor"
        for line in _told(name, acted.act):
            yield f"{clock(acted.at - START)}  {line}"


def clock(span: Millis) -> str:
    """A time of the play: `1:05`, `14:00:03`."""
    minutes, seconds = divmod(span // SECOND, 60)
    hours, rest = divmod(minutes, 60)
    return f"{hours}:{rest:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def _last_spoken(play: Play) -> Millis | None:
    return START - play.past[-1].ago if play.past else None


_MOVES = {acts.Browses: "looks around on", acts.Returns: "is back on", acts.GoesTo: "goes to"}


def _told(name: str, act: acts.Act) -> Iterator[str]:
    match act:
        case acts.Opens():
            yield from _opened(name, act)
        case acts.Says(text):
            yield f"{name}: {text}"
        case acts.Types(span):
            if span >= LONG:
                yield f"({name} types for {written(span // SECOND * SECOND)})"
        case acts.Leaves():
            yield f"({name} leaves the website)"
        case acts.Browses(page=page) | acts.Returns(page) | acts.GoesTo(page):
            yield f"({name} {_MOVES[type(act)]} {page or 'the website'})"
        case acts.SharesScreen(shows):
            yield f"({name} shares the screen{': ' if shows else ''}{shows})"
        case acts.StopsSharing():
            yield f"({name} stops sharing the screen)"
        case acts.Closes():
            yield f"({name} closes the chat)"
        case acts.Reactivates(silence):
            yield f"({name} is back after {written(silence)})"
        case acts.Rates(stars):
            yield f"({name} gives {stars} of 5 stars)"
        case acts.PassedOn(by):
            yield f"({name} is passed on by {by})"
        case acts.IgnoresInvitation():
            yield f"({name} does not react to the invitation)"
        case _:
            assert_never(act)


def _opened(name: str, act: acts.Opens) -> Iterator[str]:
    if act.handed is None:
        where = f" on {act.page}" if act.page else ""
        yield f"({name} opens the chat{where})"
    else:
        for said in act.handed.said:
            who = act.handed.by if said.operator else name
            yield f"{who}, {written(said.ago)} ago: {said.text}"
        note = f" Note: {act.handed.note}" if act.handed.note else ""
        yield f"({act.handed.by} passes {name}'s chat on to you.{note})"
    for field in act.visitor.form:
        yield f"(before the chat: {field.question}: {field.answer})"
