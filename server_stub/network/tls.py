"""TLS for operators who come over a network."""

import ssl
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple


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


class Shown(NamedTuple):
    """What clients see of a certificate; nothing, when it is no good any more."""

    names: tuple[str, ...] = ()
    """The names and addresses that it is for."""
    by_itself: bool = False
    """Nobody else has signed it: a client believes it only when it is named to it."""


def seen_of(cert: Path, shown: ssl.SSLContext) -> Shown:
    """What is in the certificate.

    A client of our own asks for it in memory, since nothing public reads a certificate's file.
    """
    asks = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    asks.check_hostname = False
    asks.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    asks.load_verify_locations(cert)
    there, back = ssl.MemoryBIO(), ssl.MemoryBIO()
    ours = asks.wrap_bio(back, there)
    theirs = shown.wrap_bio(there, back, server_side=True)
    try:
        for one in (ours, theirs, ours, theirs):
            with suppress(ssl.SSLWantReadError):
                one.do_handshake()
    except ssl.SSLError:
        return Shown()
    told = ours.getpeercert() or {}
    names = (str(name[1]) for name in told.get("subjectAltName", ()) if "*" not in name[1])
    return Shown(tuple(names), by_itself=told.get("issuer") == told.get("subject"))


def _no_password() -> str:
    """Or OpenSSL would ask on the terminal."""
    return ""


def _reason(error: OSError) -> str:
    if isinstance(error, ssl.SSLError):
        return f"not a certificate with its unencrypted key ({error.reason or 'no PEM'})"
    return error.strerror or "it cannot be read"
