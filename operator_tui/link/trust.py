"""Whose certificates are believed: the system's, and those of one file if asked."""

import ssl
from pathlib import Path


class TrustError(Exception):
    """The file holds no usable certificates; the message says why."""


def context_of(ca_file: Path | None) -> ssl.SSLContext:
    """TLS that checks certificate and name, also against the PEM file `ca_file`."""
    context = ssl.create_default_context()
    if ca_file is not None:
        try:
            context.load_verify_locations(ca_file)
        except ssl.SSLError as error:
            raise TrustError(f"{ca_file}: there is no certificate in it (PEM).") from error
        except OSError as error:
            raise TrustError(f"{ca_file}: {error.strerror}.") from error
    return context
