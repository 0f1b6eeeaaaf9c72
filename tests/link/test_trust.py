import ssl
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from operator_tui.link.server import Server
from operator_tui.link.socket import RefusedError, dial
from operator_tui.link.trust import TrustError, context_of
from operator_tui.store.secret import Secret
from server_stub.network.tls import tls_of
from tests.link.certificates import Certificate, made, signed_by_itself
from tests.server_stub.serving import TOKEN, serving
from tests.walk.test_exit_codes import ran


def server(url: str, ca_file: Path | None = None) -> Server:
    return Server(url, Secret(TOKEN), ca_file)


@pytest.mark.parametrize("kind", [made, signed_by_itself])
async def test_a_certificate_of_ones_own_is_believed_when_it_is_named(
    tmp_path: Path, kind: Callable[[Path], Certificate]
) -> None:
    files = kind(tmp_path)
    async with serving(tls=tls_of(files.cert, files.key)) as served:
        socket = await dial(server(served.url, files.ca))
        socket.close(abort=True)
        async for _ in socket.arriving():
            pass


@pytest.mark.parametrize("why", ["unknown", "another name", "gone"])
async def test_a_certificate_that_is_not_believed_is_refused_for_good(
    tmp_path: Path, why: str
) -> None:
    files = made(tmp_path, "desk.example" if why == "another name" else "127.0.0.1")
    trusted = {"unknown": None, "another name": files.ca, "gone": tmp_path / "gone.pem"}[why]
    async with serving(tls=tls_of(files.cert, files.key)) as served:
        with pytest.raises(RefusedError) as refused:
            await dial(server(served.url, trusted))
    assert refused.value.reason == "certificate"


def believed(ours: ssl.SSLContext, shown: ssl.SSLContext, host: str) -> bool:
    """Whether a desk that connects to `host` believes what the server shows, in memory."""
    there, back = ssl.MemoryBIO(), ssl.MemoryBIO()
    desk = ours.wrap_bio(back, there, server_hostname=host)
    theirs = shown.wrap_bio(there, back, server_side=True)
    try:
        for one in (desk, theirs, desk, theirs):
            with suppress(ssl.SSLWantReadError):
                one.do_handshake()
    except ssl.SSLCertVerificationError:
        return False
    return True


def test_a_certificate_for_all_names_of_a_domain_is_good_for_each_of_them(tmp_path: Path) -> None:
    files = made(tmp_path, "*.shop.example")
    ours, shown = context_of(files.ca), tls_of(files.cert, files.key)
    assert shown is not None
    assert believed(ours, shown, "desk.shop.example")
    for another in ("shop.example", "a.desk.shop.example", "desk.shop.example.org"):
        assert not believed(ours, shown, another)


def test_a_file_without_certificates_says_so(tmp_path: Path) -> None:
    (tmp_path / "empty.pem").write_text("nothing\n")
    with pytest.raises(TrustError, match=r"no certificate in it"):
        context_of(tmp_path / "empty.pem")
    with pytest.raises(TrustError, match="No such file"):
        context_of(tmp_path / "nowhere.pem")


AT_A_TERMINAL = """
import sys
from operator_tui import cli
cli.at_a_terminal = lambda: True
sys.exit(cli.main())
"""


async def test_the_program_says_in_a_line_what_is_wrong_and_what_would_help(
    tmp_path: Path,
) -> None:
    files = made(tmp_path)
    async with serving(tls=tls_of(files.cert, files.key)) as served:
        arguments = ("-m", "operator_tui", "connect", served.url)
        code, written = await ran(tmp_path, *arguments, OPERATOR_TUI_TOKEN=TOKEN)
    assert code == 3
    assert "certificate is not valid" in written
    assert "--ca-file" in written
    assert "Traceback" not in written
