"""Certificates of a company that signs its own, and one that nobody else has signed."""

import datetime as dt
from ipaddress import ip_address
from pathlib import Path
from typing import NamedTuple

import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec


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


def signed_by_itself(folder: Path, address: str = "127.0.0.1") -> Certificate:
    """As `openssl req -x509` makes one: whoever believes it believes it alone."""
    files = Certificate(folder / "own.pem", folder / "own.key", folder / "own.pem")
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "trainer")])
    begins = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    cert = (
        x509.CertificateBuilder(who, who, key.public_key(), x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins.replace(year=2120))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address(address))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key()), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    files.cert.write_bytes(cert.public_bytes(pem))
    form, locked = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    files.key.write_bytes(key.private_bytes(pem, form, locked))
    return files
