"""From the file of a session to visitors who act: who comes when, with what behind them."""

from collections.abc import Iterator

from msgspec import structs

from operator_tui.desk.entries import Id, Language
from operator_tui.desk.time import Millis
from server_stub.plays import intents
from server_stub.plays.actions import read_action
from server_stub.plays.play import Action, Play, Reactivate, Say
from server_stub.plays.reading import parse
from server_stub.plays.spans import Offset, Span
from server_stub.sessions.arrivals import arriving, name_of
from server_stub.sessions.history import past_of
from server_stub.sessions.session import Past, Session, VisitorSpec
from server_stub.visitors.acts import Happening
from server_stub.visitors.identity import Card
from server_stub.visitors.injected import Comes
from server_stub.visitors.visitor import SimulatedVisitor

Planned = tuple[Millis, int, Id, Action]
"""When somebody is made to do what; the number keeps the order of the file."""


class Casting:
    """Turns the visitors of a session into machines; `order` is their place at one moment."""

    def __init__(
        self, session: Session, seed: int, start: Millis, language: Language | None
    ) -> None:
        self._session, self._seed = session, seed
        self._start, self._language = start, language
        self._asked: set[Id] = set()
        """Who speaks the language that a trainer asked for."""
        self.specs = [*session.visitors, *self._numbers()]
        self.order = {spec.id: place for place, spec in enumerate(self.specs)}

    def newcomer(self, comes: Comes, at: Millis) -> VisitorSpec:
        """Somebody the session did not know of, who comes at `at`."""
        known = intents.names(self._session.intents)
        play = parse(comes.source, comes.play, comes.play, known)
        plays = self._session.plays | {play.id: play}
        self._session = structs.replace(self._session, plays=plays)
        self.order[comes.visitor] = len(self.order)
        if comes.asked:
            self._asked.add(comes.visitor)
        return VisitorSpec(
            id=comes.visitor,
            play=play.id,
            at=Offset(at - self._start),
            language=comes.language,
            name=comes.name,
            operator=comes.operator,
        )

    def events(self) -> list[Planned]:
        """What the session makes its visitors do, in order of time."""
        made = [
            (self._start + event.at, place, event.visitor, action)
            for place, event in enumerate(self._session.events)
            for action in [read_action(event.does) if event.does else Say(event.says)]
        ]
        return sorted(made, key=lambda one: one[:2])

    def cast(self, spec: VisitorSpec) -> tuple[list[Happening], SimulatedVisitor | None, Millis]:
        """What lies in the visitor's past, the visitor, and from when on it can be told things.

        None: its past is all there is.
        """
        spec = _with_past(spec, self._session)
        card = self._card(spec)
        past = list(past_of(spec, card, self._start))
        if spec.history and spec.scene is None:
            return past, None, 0
        begins = self._start + spec.at
        if past and not _comes_back(card.play):
            begins = past[-1].at
        elif past:
            begins = past[-1].at + card.play.past[-1].ago
        scene = card.play.scenes[spec.scene] if spec.scene else None
        spoken_at = past[-1].at if past else begins
        return (
            past,
            SimulatedVisitor(card, begins, scene, chats=1 if past else 0, spoken_at=spoken_at),
            begins,
        )

    def _numbers(self) -> Iterator[VisitorSpec]:
        for process in self._session.arrivals:
            yield from arriving(process, self._session.plays, self._seed, self._language)

    def _card(self, spec: VisitorSpec) -> Card:
        session = self._session
        play = session.plays[spec.play]
        own = spec.language or next(iter(play.languages), "en")
        chosen = None if spec.id in self._asked else self._language
        language = chosen if chosen is not None and chosen in play.languages else own
        return Card(
            play,
            spec.id,
            self._seed,
            language,
            name=spec.name or name_of(spec.named_by, session.intents, language),
            operator=spec.operator,
            preview=session.policy.typing_preview,
            facts=session.facts,
            known=session.intents,
            patience=session.patience,
        )


def _comes_back(play: Play) -> bool:
    """Whether the play begins with a boomerang, to a chat that stands on a desk already."""
    first = play.first.steps[0].action if play.first.steps else None
    return bool(play.past) and isinstance(first, Reactivate)


def _with_past(spec: VisitorSpec, session: Session) -> VisitorSpec:
    """The spec with the past that the play tells, if its visitor is to come back at `at`."""
    play = session.plays[spec.play]
    if spec.history or not _comes_back(play):
        return spec
    history = tuple(
        Past("operator" if one.operator else "visitor", Span(one.ago - spec.at), one.texts)
        for one in play.past
    )
    return structs.replace(
        spec,
        at=Offset(spec.at - play.past[0].ago),
        operator=spec.operator or session.operators[0].id,
        history=history,
        scene=spec.scene or play.first.name,
    )
