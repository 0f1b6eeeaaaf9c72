import stat
from pathlib import Path

import pytest

from operator_tui.store.ports import Remembered, StoreError
from operator_tui.store.settings import FileSettings

SEEN = Remembered(welcome_seen=True)


async def test_what_is_saved_is_there_at_the_next_start(tmp_path: Path) -> None:
    path = tmp_path / "state" / "settings.json"
    await FileSettings(path).save(SEEN)
    assert await FileSettings(path).load() == SEEN


async def test_file_and_folder_are_for_their_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "state" / "settings.json"
    await FileSettings(path).save(SEEN)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("text", ["", "{", "[]", '{"welcome_seen":"yes"}', "[" * 100_000, "\udcff"])
async def test_an_unreadable_file_is_as_good_as_none(tmp_path: Path, text: str) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(text.encode(errors="surrogateescape"))
    assert await FileSettings(path).load() == Remembered()


async def test_a_key_of_a_newer_version_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"welcome_seen":true,"later":1}')
    assert await FileSettings(path).load() == SEEN


def test_a_disk_that_refuses_leaves_the_old_file_and_no_litter(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.mkdir()
    (path / "in the way").touch()
    with pytest.raises(StoreError) as error:
        FileSettings(path).write(SEEN)
    assert error.value.code == "disk"
    assert list(tmp_path.iterdir()) == [path]
