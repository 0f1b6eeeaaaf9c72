"""Certificates of a company that signs its own."""

from pathlib import Path
from typing import NamedTuple

import trustme


class Certificate(NamedTuple):
    """The files of one."""

    cert: Path
    """What the server shows."""
    key: Path
    ca: Path
    """What whoever trusts the company believes."""


def made(folder: Path, name: str = "127.0.0.1") -> Certificate:
    """A certificate for the address or host `name`."""
    files = Certificate(folder / "cert.pem", folder / "key.pem", folder / "ca.pem")
    company = trustme.CA()
    shown = company.issue_cert(name)
    shown.private_key_pem.write_to_path(str(files.key))
    for number, one in enumerate(shown.cert_chain_pems):
        one.write_to_path(str(files.cert), append=number > 0)
    company.cert_pem.write_to_path(str(files.ca))
    return files
