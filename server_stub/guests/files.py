"""The page's files: few, fixed, read once, and locked in by a strict policy."""

from http import HTTPStatus
from pathlib import Path

from websockets.asyncio.server import ServerConnection
from websockets.http11 import Response

FOLDER = Path(__file__).parent.parent / "page"
SCRIPTS = (
    "visitor",
    "connection",
    "window",
    "wording",
    "conversation",
    "rating",
    "shop",
    "invitation",
    "screen",
    "memory",
    "texts",
)
SCRIPT, STYLE = "text/javascript; charset=utf-8", "text/css; charset=utf-8"
FILES = {
    "/visitor": ("visitor.html", "text/html; charset=utf-8"),
    "/visitor/visitor.css": ("visitor.css", STYLE),
    "/visitor/shop.css": ("shop.css", STYLE),
    "/visitor/icon.svg": ("icon.svg", "image/svg+xml"),
    **{f"/visitor/{name}.js": (f"{name}.js", SCRIPT) for name in SCRIPTS},
    **{f"/visitor/texts.{one}.js": (f"texts.{one}.js", SCRIPT) for one in ("en", "nl", "pl", "fi")},
}
"""By path: the file, and what it is. Nothing else is ever served."""

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-cache",
}


class Files:
    """Reads all files when it is made: a missing one is found out at the start."""

    def __init__(self) -> None:
        self._texts = {
            path: (FOLDER.joinpath(name).read_text(encoding="utf-8"), kind)
            for path, (name, kind) in FILES.items()
        }

    def response(self, peer: ServerConnection, path: str) -> Response | None:
        """The file at `path`; None when there is none."""
        if path not in self._texts:
            return None
        text, kind = self._texts[path]
        response = peer.respond(HTTPStatus.OK, text)
        del response.headers["Content-Type"]
        response.headers["Content-Type"] = kind
        for name, value in HEADERS.items():
            response.headers[name] = value
        return response
