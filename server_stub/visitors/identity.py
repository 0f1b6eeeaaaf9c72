"""Who a simulated visitor is: ids and the visitor card, the same for the same seed."""

from hashlib import blake2b
from uuid import UUID

from operator_tui.desk.model import NO_ADDRESS, NO_LINE, Answer, Earlier, Id, Language, Visitor
from operator_tui.desk.text import SafeLine
from operator_tui.desk.time import Millis
from server_stub.visitors.acts import Opens
from server_stub.visitors.play import ANY, Play, in_language


def draw(seed: int, *of: str | int) -> bytes:
    """Sixteen bytes that look random and hang only on the seed and on what they are for."""
    return blake2b("\x1f".join(map(str, (seed, *of))).encode(), digest_size=16).digest()


def fraction(seed: int, *of: str | int) -> float:
    """The same as a number from 0 up to, not including, 1."""
    return int.from_bytes(draw(seed, *of)[:6]) / 2**48


def chat_id(seed: int, play: str, visitor: Id, count: int) -> Id:
    """The id of this visitor's chat number `count`, counted from 0."""
    return str(UUID(bytes=draw(seed, "chat", play, visitor, count), version=4))


class Card:
    """Who one visitor is in one session. `preview`: what it types is shown while it types."""

    __slots__ = ("id", "language", "name", "operator", "play", "preview", "seed")

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
    ) -> None:
        self.play = play
        self.id = id
        self.seed = seed
        self.language = language
        self.name = name
        self.operator = operator
        self.preview = preview

    def opens(self, at: Millis, count: int) -> Opens:
        """The act of opening chat number `count` at `at`."""
        heading = self.play.heading
        return Opens(
            visitor=self._visitor(at),
            channel=heading.channel,
            language=self.language,
            chat=chat_id(self.seed, self.play.id, self.id, count),
            page=in_language(heading.page, self.language) or NO_ADDRESS,
            operator=self.operator,
        )

    def _visitor(self, at: Millis) -> Visitor:
        heading = self.play.heading
        named = in_language(heading.visitor, self.language) or NO_LINE
        form = heading.form.get(self.language) or heading.form.get(ANY) or ()
        ago = heading.earlier_ago
        return Visitor(
            id=self.id,
            name=named if self.name is None else self.name,
            system=heading.system,
            browser=heading.browser,
            device=heading.device,
            on_site_since=max(0, at - heading.on_site),
            earlier=Earlier(heading.earlier, None if ago is None else max(0, at - ago)),
            form=tuple(Answer(field.question, field.answer) for field in form),
        )
