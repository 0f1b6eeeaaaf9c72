"""Who a simulated visitor is: ids and the visitor card, the same for the same seed."""

from hashlib import blake2b
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from operator_tui.desk import model
from operator_tui.desk.entries import NO_ADDRESS, NO_LINE, NO_TEXT, Id, Language
from operator_tui.desk.model import Answer, Visitor
from operator_tui.desk.text import SafeLine, SafeText
from operator_tui.desk.time import MINUTE, Millis
from server_stub.plays.intents import Known, built_in, spoken
from server_stub.plays.play import Play, Transferred
from server_stub.plays.spans import Span
from server_stub.plays.who import ANY, in_language
from server_stub.visitors.acts import Browses, Earlier, Handed, Opens


def draw(seed: int, *of: str | int) -> bytes:
    """Sixteen bytes that look random and hang only on the seed and on what they are for."""
    return blake2b("\x1f".join(map(str, (seed, *of))).encode(), digest_size=16).digest()


def fraction(seed: int, *of: str | int) -> float:
    """The same as a number from 0 up to, not including, 1."""
    return int.from_bytes(draw(seed, *of)[:6]) / 2**48


def chat_id(seed: int, play: str, visitor: Id, count: int) -> Id:
    """The id of this visitor's chat number `count`, counted from 0."""
    return str(UUID(bytes=draw(seed, "chat", play, visitor, count), version=4))


class Impatience(Struct, frozen=True, forbid_unknown_fields=True):
    """How soon visitors who get no first answer give up, and how many of them without a word."""

    mean: Span = Span(2 * MINUTE)
    """The mean of an exponential distribution."""
    silent: Annotated[float, Meta(ge=0, le=1)] = 0.7


class Card:
    """Who one visitor is in one session.

    `preview`: what it types is shown while it types. `known`: the intents that it understands.
    `facts`: operators are told what is true in its case.
    """

    __slots__ = (
        "facts",
        "id",
        "known",
        "language",
        "name",
        "operator",
        "patience",
        "play",
        "preview",
        "seed",
    )

    def __init__(
        self,
        play: Play,
        id: Id,  # noqa: A002
        seed: int,
        language: Language,
        *,
        name: SafeLine | None = None,
        operator: Id | None = None,
        preview: bool = False,
        facts: bool = False,
        known: Known | None = None,
        patience: Impatience | None = None,
    ) -> None:
        self.play = play
        self.id = id
        self.seed = seed
        self.language = language
        self.name = name
        self.operator = operator
        self.preview = preview
        self.facts = facts
        self.patience = patience
        self.known = built_in() if known is None else known

    @property
    def called(self) -> SafeLine:
        """Its name; empty when it gives none."""
        named = in_language(self.play.heading.visitor, self.language) or NO_LINE
        return named if self.name is None else self.name

    def opens(
        self, at: Millis, count: int, *, handed: Handed | None = None, invited: bool = False
    ) -> Opens:
        """The act of opening chat number `count` at `at`, perhaps as a transfer or invited."""
        heading = self.play.heading
        return Opens(
            visitor=self._visitor(at),
            channel=heading.channel,
            language=self.language,
            chat=chat_id(self.seed, self.play.id, self.id, count),
            page=in_language(heading.page, self.language) or NO_ADDRESS,
            operator=self.operator,
            handed=handed,
            invited=invited,
            facts=heading.facts_in(self.language) if self.facts else (),
        )

    def browses(self, at: Millis) -> Browses:
        """The act of looking around, from `at` on."""
        page = in_language(self.play.heading.page, self.language) or NO_ADDRESS
        return Browses(self._visitor(at), self.language, page)

    def handed(self, action: Transferred) -> Handed:
        """The transfer by which the chat comes, with what was said in it before."""
        said = [
            Earlier(one.ago, one.operator, in_language(one.texts, self.language) or NO_TEXT)
            for one in self.play.past
        ]
        return Handed(action.by, in_language(action.texts, self.language) or NO_TEXT, tuple(said))

    def small_talk(self, count: int) -> SafeText:
        """What it says when it wanders off the topic for the time number `count`."""
        lines = spoken(self.known, self.language).small_talk
        chosen = fraction(self.seed, "small talk", self.play.id, self.id) * len(lines)
        return lines[(int(chosen) + count) % len(lines)] if lines else NO_TEXT

    def _visitor(self, at: Millis) -> Visitor:
        heading = self.play.heading
        form = heading.form.get(self.language) or heading.form.get(ANY) or ()
        ago = heading.earlier_ago
        return Visitor(
            id=self.id,
            name=self.called,
            system=heading.system,
            browser=heading.browser,
            device=heading.device,
            on_site_since=max(0, at - heading.on_site),
            earlier=model.Earlier(heading.earlier, None if ago is None else max(0, at - ago)),
            form=tuple(Answer(field.question, field.answer) for field in form),
        )
