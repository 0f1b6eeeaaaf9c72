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
"""

from collections import deque
from collections.abc import Mapping
from heapq import heapify, heappop, heappush

from operator_tui.desk.commands import Command
from operator_tui.desk.model import Desk, Id, Language
from operator_tui.desk.time import Millis
from server_stub.visitors.acts import Happening
from server_stub.visitors.colleagues import Colleagues
from server_stub.visitors.history import past_of
from server_stub.visitors.identity import Card
from server_stub.visitors.session import Session, VisitorSpec
from server_stub.visitors.visitor import SimulatedVisitor

Due = tuple[Millis, int, Id]
"""When, the place in the session file, and who."""


class Stage:
    """The visitors and colleagues of one session; the same for the same seed and the same past."""

    def __init__(
        self, session: Session, seed: int, start: Millis, language: Language | None = None
    ) -> None:
        self._session = session
        self._seed = seed
        self._language = language
        self._order = {spec.id: place for place, spec in enumerate(session.visitors)}
        self._colleagues = Colleagues(session, seed, start)
        self._machines: dict[Id, SimulatedVisitor] = {}
        self._from: dict[Id, Millis] = {}
        self._heap: list[Due] = []
        past: list[tuple[Millis, int, Happening]] = []
        for spec in session.visitors:
            past += self._cast(spec, start)
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
        if self._colleagues.due is not None:
            times.append(self._colleagues.due)
        return min(times, default=None)

    def advance(self, to: Millis) -> list[Happening]:
        """What happens up to and with the moment `to`, in order of time."""
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
        if visitor in self._machines and at > self._from[visitor]:
            self._machines[visitor].operator(at, text)
            self._again(visitor)

    def closed(self, visitor: Id, at: Millis) -> None:
        """An operator closed this visitor's chat."""
        if visitor in self._machines:
            self._machines[visitor].closed(at)
            self._again(visitor)

    def colleagues(self, desks: Mapping[Id, Desk], now: Millis) -> list[tuple[Id, Command]]:
        """What the simulated colleagues do now, from what stands on their desks."""
        return self._colleagues.act(desks, now)

    def _again(self, visitor: Id) -> None:
        """Put a visitor where it is due now; where it was due before is found out of date."""
        if (due := self._machines[visitor].next_time()) is not None:
            heappush(self._heap, (due, self._order[visitor], visitor))

    def _cast(self, spec: VisitorSpec, start: Millis) -> list[tuple[Millis, int, Happening]]:
        """Put one visitor on the stage; what is given back lies in its past."""
        card = self._card(spec)
        past = [(one.at, self._order[spec.id], one) for one in past_of(spec, card, start)]
        if spec.history and spec.scene is None:
            return past
        begins = past[-1][0] if past else start + spec.at
        self._from[spec.id] = begins
        self._machines[spec.id] = SimulatedVisitor(
            card,
            begins,
            card.play.scenes[spec.scene] if spec.scene else None,
            chats=1 if past else 0,
        )
        self._again(spec.id)
        return past

    def _card(self, spec: VisitorSpec) -> Card:
        play = self._session.plays[spec.play]
        own = spec.language or next(iter(play.languages), "en")
        chosen = self._language
        language = chosen if chosen is not None and chosen in play.languages else own
        return Card(
            play,
            spec.id,
            self._seed,
            language,
            name=spec.name,
            operator=spec.operator,
            preview=self._session.policy.typing_preview,
        )
