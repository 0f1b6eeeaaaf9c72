"""Everybody simulated in one session, as one pure machine: the reception's only partner here.

How the host runs it, from before the session begins:

    stage = Stage(session, seed, start, language)      # start: virtual now of the first connection
    now = stage.begins                                 # hours before `start` in a tour
    while (due := stage.next_time()) is not None and due <= until:
        for happening in stage.advance(due):
            match happening:
                case Acted(visitor, at, act): ...      # to the reception, at the moment `at`
                case Ordered(operator, at, command): ...  # as if that operator's client had sent it
        for operator, command in stage.colleagues(desks, due): ...  # the same, at `due`

- Chats in progress have no door of their own. First `until = start`: the past is played with
  ordinary acts and ordinary commands at past times, before anybody may connect. Then the clock.
- `told` for every message (not note) that any operator wrote to a visitor, also a scripted one;
  `closed` when an operator closed the chat. At once, in the order of the log. After them
  `next_time` may have changed.
- `Opens.chat` is the id the reception must open the chat under: scripted commands name it.
- `Opens.operator` gives the chat to that operator at once, above the limit too. When it is None
  the reception decides, among the trainees (`session.operators`); a colleague gets chats only
  by `Opens.operator` or a transfer.
- `colleagues` wants each colleague's folded desk, as a client of theirs would have it, and gives
  what they do now. Call it whenever one of these desks changed and whenever `next_time` is due.
  A command that is refused is not given again.
- The order of what is given for one moment is the order of the session file.
- A stage of a server that was restarted is made with the same arguments; then `resume` has it
  where it was. It wants everything that was ever `told` and `closed`, and what `remembered` gave.
"""

from bisect import insort
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from heapq import heapify, heappop, heappush

from operator_tui.desk.commands import Command
from operator_tui.desk.entries import Id, Language
from operator_tui.desk.model import Desk
from operator_tui.desk.time import Millis
from server_stub.plays.actions import read_action
from server_stub.sessions.casting import Casting
from server_stub.sessions.colleagues import Colleagues
from server_stub.sessions.session import Session, VisitorSpec
from server_stub.visitors.acts import Happening
from server_stub.visitors.heard import Heard
from server_stub.visitors.injected import Comes, Injected, Made
from server_stub.visitors.seen import Seen
from server_stub.visitors.visitor import SimulatedVisitor

Due = tuple[Millis, int, Id]
"""When, the place in the session file, and who."""
Behind = tuple[Millis, int, Happening]
"""When, the place in its order, and what happened before the session."""


class Stage:
    """The visitors and colleagues of one session; the same for the same seed and the same past."""

    def __init__(
        self, session: Session, seed: int, start: Millis, language: Language | None = None
    ) -> None:
        casting = self._casting = Casting(session, seed, start, language)
        self._order = casting.order
        self.suggests = session.suggests
        self._colleagues = Colleagues(session, seed, start)
        self._machines: dict[Id, SimulatedVisitor] = {}
        self._from: dict[Id, Millis] = {}
        self._heap: list[Due] = []
        self._events = deque(casting.events())
        self._count = len(self._events)
        past: list[Behind] = []
        for spec in casting.specs:
            past += self._enter(spec)
        heapify(self._heap)
        self._past = deque(sorted(past, key=lambda one: one[:2]))
        due = self.next_time()
        self.begins: Millis = start if due is None else min(due, start)
        """The moment of the first happening, or `start` when nothing lies before it."""

    def next_time(self) -> Millis | None:
        """When something is due next; None: never, unless an operator does something."""
        times = [self._past[0][0]] if self._past else []
        while self._heap and self._machines[self._heap[0][2]].next_time() != self._heap[0][0]:
            heappop(self._heap)
        if self._heap:
            times.append(self._heap[0][0])
        if self._events:
            times.append(self._events[0][0])
        if self._colleagues.due is not None:
            times.append(self._colleagues.due)
        return min(times, default=None)

    def advance(self, to: Millis) -> list[Happening]:
        """What happens up to and with the moment `to`, in order of time."""
        self._make(to)
        happened: list[tuple[Millis, int, Happening]] = []
        while self._past and self._past[0][0] <= to:
            happened.append(self._past.popleft())
        while self._heap and self._heap[0][0] <= to:
            due, place, visitor = heappop(self._heap)
            if self._machines[visitor].next_time() != due:
                continue
            acted = self._machines[visitor].advance(to)
            happened += [(one.at, place, one) for one in acted]
            self._again(visitor)
        happened.sort(key=lambda one: one[:2])
        return [happening for _, _, happening in happened]

    def told(self, visitor: Id, text: str, at: Millis) -> None:
        """An operator wrote `text` to this visitor. What its history says it knows already."""
        self._make(at)
        if visitor in self._machines and at > self._from[visitor]:
            self._machines[visitor].operator(at, text)
            self._again(visitor)

    def closed(self, visitor: Id, at: Millis) -> None:
        """An operator closed this visitor's chat."""
        self._make(at)
        if visitor in self._machines:
            self._machines[visitor].closed(at)
            self._again(visitor)

    def invited(self, visitor: Id, text: str, at: Millis) -> None:
        """An operator offers help to a visitor who browses (R86)."""
        self._make(at)
        if visitor in self._machines:
            self._machines[visitor].invited(at, text)
            self._again(visitor)

    def inject(self, injected: Injected, at: Millis) -> None:
        """A trainer makes a visitor do something, or has somebody new come."""
        self._make(at)
        match injected:
            case Made(visitor, does, after, operator):
                if operator is not None and visitor in self._machines:
                    self._machines[visitor].card.operator = operator
                self._count += 1
                insort(self._events, (at + after, self._count, visitor, read_action(does)))
                self._make(at)
            case Comes():
                past = self._enter(self._casting.newcomer(injected, at))
                self._past = deque(sorted([*self._past, *past], key=lambda one: one[:2]))

    def colleagues(self, desks: Mapping[Id, Desk], now: Millis) -> list[tuple[Id, Command]]:
        """What the simulated colleagues do now, from what stands on their desks."""
        return self._colleagues.act(desks, now)

    def seen(self) -> Iterator[Seen]:
        """Every visitor as a trainer sees it, in the order of the session."""
        for visitor, machine in self._machines.items():
            card = machine.card
            yield Seen(
                id=visitor,
                name=card.called,
                play=card.play.id,
                language=card.language,
                channel=card.play.heading.channel,
                scene=machine.scene,
                busy=machine.busy,
                due=machine.next_time(),
            )

    def remembered(self) -> bytes:
        """What cannot be told from the desks again: what the colleagues have tried."""
        return self._colleagues.remembered()

    def resume(self, heard: Iterable[Heard], remembered: bytes, until: Millis) -> None:
        """Come to where all was at `until`, when everything due by then had been done.

        `heard`: everything that was told, offered, closed or thrown in, in its order. The same
        is called in the same order as at first, so there is no second way to get anywhere.
        """
        self._colleagues.remember(remembered)
        for one in heard:
            if not one.together:
                self.advance(one.at)
            self._hear(one)
        self.advance(until)

    def _hear(self, one: Heard) -> None:
        if one.injected is not None:
            self.inject(one.injected, one.at)
        elif one.text is None:
            self.closed(one.visitor, one.at)
        elif one.invitation:
            self.invited(one.visitor, one.text, one.at)
        else:
            self.told(one.visitor, one.text, one.at)

    def _enter(self, spec: VisitorSpec) -> list[Behind]:
        """Make a visitor; gives what lies in its past."""
        before, machine, since = self._casting.cast(spec)
        if machine is not None:
            self._machines[spec.id], self._from[spec.id] = machine, since
            self._again(spec.id)
        return [(one.at, self._order[spec.id], one) for one in before]

    def _make(self, to: Millis) -> None:
        """Have the session's own events happen, each at its moment."""
        while self._events and self._events[0][0] <= to:
            at, _, visitor, action = self._events.popleft()
            if visitor in self._machines:
                self._from[visitor] = min(self._from[visitor], at)
                self._machines[visitor].made_to(action, at)
                self._again(visitor)

    def _again(self, visitor: Id) -> None:
        """Put a visitor where it is due now; where it was due before is found out of date."""
        if (due := self._machines[visitor].next_time()) is not None:
            heappush(self._heap, (due, self._order[visitor], visitor))
