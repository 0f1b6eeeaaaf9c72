"""The operators of a practice session, and the tokens by which the server knows them."""

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from typing import Annotated

from msgspec import Meta, Struct, structs

from operator_tui.desk.entries import Id, Language
from operator_tui.desk.model import Desk, Operator
from operator_tui.desk.policy import Policy
from operator_tui.desk.text import SafeLine
from server_stub.sessions.session import Session

TOKEN_BYTES = 32


class Staff(Struct, frozen=True):
    """One operator of a session. A simulated one is played by the server and has no token."""

    id: Id
    name: SafeLine
    places: Annotated[int, Meta(ge=1, le=1_000)] = 2
    """How many chats at once before automatic acceptance stops (R64, R110)."""
    languages: tuple[Language, ...] = ()
    simulated: bool = False


def staff_of(session: Session) -> tuple[Staff, ...]:
    """Everybody who works in the session, trainees first."""
    places = session.policy.places
    trainees = [
        Staff(one.id, one.name, places if one.limit is None else one.limit, one.languages)
        for one in session.operators
    ]
    colleagues = [
        Staff(one.id, one.name, one.limit, one.languages, simulated=True)
        for one in session.colleagues
    ]
    return (*trainees, *colleagues)


def empty_desk(one: Staff, policy: Policy) -> Desk:
    """The desk an operator starts with. A simulated one takes nothing by itself."""
    automatic = policy.automatic_acceptance and not one.simulated
    own = structs.replace(policy, places=one.places, automatic_acceptance=automatic)
    return Desk(operator=Operator(one.id, one.name), policy=own)


def new_token() -> str:
    """A random token, safe in a header and in a file of one line."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def _hashed(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()


class Tokens:
    """Who may connect. Keeps hashes only; a token itself is forgotten once it is read."""

    def __init__(self, tokens: Mapping[str, str]) -> None:
        self._hashes: dict[str, bytes] = {}
        self.renew(tokens)

    def renew(self, tokens: Mapping[str, str]) -> set[str]:
        """From now on only these are good; gives the operators whose old token no longer is."""
        before = self._hashes
        self._hashes = {operator: _hashed(token) for operator, token in tokens.items()}
        return {one for one, token in before.items() if self._hashes.get(one) != token}

    def holder(self, token: str) -> str | None:
        """The operator whose token this is; every hash is compared, each in constant time."""
        offered, found = _hashed(token), None
        for operator, known in self._hashes.items():
            if hmac.compare_digest(offered, known):
                found = operator
        return found
