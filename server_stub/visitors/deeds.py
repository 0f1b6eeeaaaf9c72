"""What one visitor has done, act by act, with what it needs to know of it later."""

from msgspec import structs

from operator_tui.desk.entries import NO_ADDRESS, NO_TEXT
from operator_tui.desk.text import SafeText
from operator_tui.desk.time import Millis
from server_stub.plays.play import (
    AcceptInvitation,
    Action,
    OpensChat,
    Say,
    Transferred,
)
from server_stub.plays.who import in_language
from server_stub.visitors import acts
from server_stub.visitors.acts import Act, Acted
from server_stub.visitors.doing import plain
from server_stub.visitors.identity import Card


class Deeds:
    """The acts of one visitor that nobody has fetched yet. `chats`: how many it has opened."""

    __slots__ = ("_card", "_chats", "_looking", "_page", "_wandered", "last_at", "out")

    def __init__(self, card: Card, at: Millis, chats: int) -> None:
        self._card = card
        self._chats = chats
        self._wandered = 0
        self._looking = False
        self._page = NO_ADDRESS
        """Where it has gone since it came; empty: where its play begins."""
        self.out: list[Acted] = []
        self.last_at = at
        """When it last did something that others notice: silence is counted from here."""

    def fetched(self) -> list[Acted]:
        """The acts, for once."""
        done, self.out = self.out, []
        return done

    def add(self, act: Act, at: Millis) -> None:
        """It does `act`."""
        self.out.append(Acted(self._card.id, at, act))
        if isinstance(act, acts.GoesTo | acts.Returns):
            self._page = act.page
        self._looking &= not isinstance(act, acts.Leaves | acts.Opens)
        if not isinstance(act, acts.Types):
            self.last_at = at

    def looks_around(self, at: Millis) -> None:
        """It is on the website, and in no chat; said once, and again after it has left."""
        if not self._looking:
            self._looking = True
            here = self._card.browses(at)
            here = structs.replace(here, page=self._page or here.page)
            self.out.append(Acted(self._card.id, at, here))

    def words(self, say: Say) -> SafeText:
        """What it says, in its language."""
        if say.wanders and not say.texts:
            self._wandered += 1
            return self._card.small_talk(self._wandered)
        return in_language(say.texts, self._card.language) or NO_TEXT

    def do(self, action: Action, at: Millis) -> Act | None:
        """Do what takes no time; gives the act, None when the action is none."""
        act = self._act(action, at)
        if act is not None:
            self.add(act, at)
        return act

    def _act(self, action: Action, at: Millis) -> Act | None:
        match action:
            case OpensChat():
                return self._opens(at)
            case Transferred():
                return self._opens(at, handed=self._card.handed(action))
            case AcceptInvitation():
                return self._opens(at, invited=True)
            case Say():
                return acts.Says(self.words(action))
            case _:
                return plain(action, self._card.language)

    def _opens(
        self, at: Millis, *, handed: acts.Handed | None = None, invited: bool = False
    ) -> acts.Opens:
        self._chats += 1
        opens = self._card.opens(at, self._chats - 1, handed=handed, invited=invited)
        return structs.replace(opens, page=self._page or opens.page)
