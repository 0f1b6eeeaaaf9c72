"""The values of the protocol as somebody hostile would fill them in: an attack in every text."""

from collections.abc import Mapping
from itertools import count
from typing import Any

NOW = 1_732_197_600_000
FARTHEST = 2**53 - 1
FILLER = "Good morning, could you please look at this for me: "
"""Before an attack: where a text is cut to a preview, what follows the attack is not seen."""

Json = dict[str, Any]


def token_of(number: int) -> str:
    """The last word of a chat's last message: it is on the screen when that chat is open."""
    return f"tok{number:03}en"


class Values:
    """One chat for each attack, so that even the shortest field holds a whole one."""

    def __init__(self, attacks: Mapping[str, str]) -> None:
        self.attacks = list(attacks.values())
        self._ids = count(1)

    def attack(self, number: int) -> str:
        """The attack of a chat, and for numbers beyond them again from the first."""
        return self.attacks[number % len(self.attacks)]

    @property
    def operator(self) -> Json:
        """Who the operator is."""
        return {"id": "op", "name": self.attack(0)}

    @property
    def policy(self) -> Json:
        """The limits, with a preview of what visitors type, and a member that nobody knows."""
        return {"typing_preview": True, "places": 3, "colour": self.attack(1)}

    def message(self, number: int, text: str, **members: object) -> Json:
        """A message, by default the visitor's."""
        author = {"kind": "visitor", "name": self.attack(number)}
        known = {"entry": "message", "id": f"m{next(self._ids)}", "author": author, "text": text}
        return known | {"at": NOW - 20_000} | members

    def chat(self, number: int) -> Json:
        """A chat with one attack in every field."""
        attack, at = self.attack(number), NOW - 90_000
        colleague = {"kind": "operator", "name": attack, "id": "evil"}
        timeline = [
            {"entry": "line", "kind": "opened", "at": at, "page": attack},
            {"entry": "line", "kind": "passed_by_hand", "at": at, "name": attack},
            self.message(number, attack, at=0),
            self.message(number, attack, author=colleague),
            self.message(number, attack, author=colleague, note=True),
            self.message(number, attack, author={"kind": "automatic", "name": attack}),
            self.message(number, self.last_words(number)),
        ]
        return self._fields(number) | {"timeline": timeline} | self._state(number)

    def _fields(self, number: int) -> Json:
        attack = self.attack(number)
        return {
            "id": f"chat-{number}",
            "visitor": self.visitor(number),
            "channel": "messaging" if number % 5 == 4 else "web",
            "language": "nl" if number % 2 else "zz",
            "opened_at": NOW - 95_000,
            "received_at": NOW - 90_000,
            "page": f"https://shop.example/{attack}",
        }

    def _state(self, number: int) -> Json:
        owed: Json = {"unanswered": 2, "owed_since": NOW - 70_000, "owed_last": NOW - 20_000}
        passed = {"by": self.attack(number), "at": NOW - 9_000, "note": self.attack(number)}
        states: tuple[Json, ...] = (
            owed,
            owed | {"written": True},
            owed | {"passed": passed | {"cause": "by_hand", "offered_until": NOW + 60_000}},
            {"written": True, "answered_at": NOW - 10_000, "noted": True, "steps": [1, 3]},
            {"written": True, "reactivated": {"at": NOW, "silence": 50_000_000}},
            {"written": True, "left_at": NOW - 60_000, "left_told": True},
            {"written": True, "sharing_since": NOW - 5_000, "answered_at": 0},
            {"written": True, "closed_at": NOW - 5_000},
            owed | {"owed_since": 0, "owed_last": FARTHEST},
        )
        return states[number % len(states)]

    def last_words(self, number: int) -> str:
        """An attack in the last message of a chat, where the list shows nothing but its begin."""
        return f"{FILLER}{self.attack(number)}\n{token_of(number)}"

    def visitor(self, number: int) -> Json:
        """Who is there: hostile in all that is known."""
        attack = self.attack(number)
        return {
            "id": f"visitor-{number}",
            "name": attack,
            "system": attack,
            "browser": attack,
            "device": attack,
            "on_site_since": FARTHEST if number % 7 == 6 else NOW - 300_000,
            "earlier": {"count": 1_000_000, "last_at": FARTHEST if number % 3 else 0},
            "form": [{"question": attack, "answer": attack}, {"question": "", "answer": attack}],
        }

    def desk(self) -> Json:
        """All chats."""
        chats = {f"chat-{number}": self.chat(number) for number in range(len(self.attacks))}
        return {"operator": self.operator, "policy": self.policy, "chats": chats}
