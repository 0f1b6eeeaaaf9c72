"""A certificate that a company has made for itself."""

import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

import pytest


class Certificate(NamedTuple):
    """The files of one."""

    cert: Path
    key: Path


def made(folder: Path, name: str = "IP:127.0.0.1") -> Certificate:
    """A certificate for `name`, signed by itself."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("no openssl to make a certificate with")
    files = Certificate(folder / "cert.pem", folder / "key.pem")
    subprocess.run(
        [
            *(openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"),
            *("-nodes", "-days", "2", "-subj", "/CN=desk.example", "-out", str(files.cert)),
            *("-keyout", str(files.key), "-addext", f"subjectAltName={name}"),
        ],
        check=True,
        capture_output=True,
    )
    return files
