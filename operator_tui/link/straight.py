"""The library's way to connect, which goes where it was sent and nowhere else.

A module of its own, since websockets may only be imported after the first frame.
"""

from websockets.asyncio.client import connect


class Straight(connect):
    """Follows no redirect: the address that was checked is the one that is connected to.

    The library would go to any host that an answer names, in plain text too, and with any
    password that the answer names.
    """

    def process_redirect(self, exc: Exception) -> Exception | str:
        """An answer that says "elsewhere" is an answer without a connection."""
        return exc
