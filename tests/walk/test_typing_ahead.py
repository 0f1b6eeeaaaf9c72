from pathlib import Path

from tests.walk.hostile_server import TOKEN, HostileServer, serving
from tests.walk.program import running


async def test_what_is_typed_right_behind_a_key_goes_where_the_key_leads(tmp_path: Path) -> None:
    token = tmp_path / "token"
    token.write_text(TOKEN)
    token.chmod(0o600)
    async with serving(HostileServer({"plain": "Sanne"})) as server:
        arguments = ["connect", server.url, "--token-file", str(token)]
        async with running(tmp_path, arguments, (80, 24)) as program:
            server.noticed = program.noticed
            await program.shows("live", "Sanne")
            program.presses("f2", *"good morning", "enter")
            await program.until(lambda: server.heard("message"), "a message")
            program.presses("f3", *"still", "enter")
            await program.shows("I am still checking")
            program.presses("ctrl+q", "ctrl+q")
            assert await program.ends() == 0
    assert [op["command"]["text"] for op in server.ops] == ["good morning"]
