"""Notices tokens that were taken back while the server runs."""

import asyncio
import logging
from collections.abc import Iterable
from pathlib import Path

from server_stub.house import House
from server_stub.network.token_files import good_tokens
from server_stub.service.operators import Tokens

log = logging.getLogger(__name__)

LOOKS_EVERY = 2.0
"""Seconds between looks at the files: so long a token that was taken back still works."""


async def watch(folder: Path, operators: Iterable[str], tokens: Tokens, house: House) -> None:
    """Let nobody in, or stay, with a token that stands in no file; until cancelled.

    A look every few seconds and no signal: signals are not the same on every system, and nobody
    has to know the number of the process to lock somebody out.
    """
    names = tuple(operators)
    while True:
        await asyncio.sleep(LOOKS_EVERY)
        for operator in tokens.renew(good_tokens(folder, names)):
            log.info("the token of operator %s is no longer good", operator)
            house.revoke(operator)
