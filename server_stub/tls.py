"""TLS for operators who come over a network."""

import ssl
from pathlib import Path


class TlsError(Exception):
    """A certificate or key that cannot be used; the text says which and why."""


def tls_of(cert: Path | None, key: Path | None) -> ssl.SSLContext | None:
    """What the server shows its clients; None: it speaks plain text."""
    if cert is None or key is None:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        context.load_cert_chain(cert, key, password=_no_password)
    except OSError as error:  # an SSLError is one too
        raise TlsError(f"{cert} with {key}: {_reason(error)}.") from error
    return context


def _no_password() -> str:
    """Or OpenSSL would ask on the terminal."""
    return ""


def _reason(error: OSError) -> str:
    if isinstance(error, ssl.SSLError):
        return f"not a certificate with its unencrypted key ({error.reason or 'no PEM'})"
    return error.strerror or "it cannot be read"
