import pytest

from tests.walk.stormy import Outcome, quick_server, storm


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    quick_server(monkeypatch)


def assert_nothing_is_lost(came: Outcome) -> None:
    assert (came.lost, came.doubled, came.disordered) == (0, 0, 0), came


async def test_nothing_is_lost_in_a_few_cuts() -> None:
    came = await storm(40, cuts=4, lasts=0.15, seed=3)
    assert_nothing_is_lost(came)
    assert sum(came.cuts.values()) == 4


@pytest.mark.thorough
@pytest.mark.timeout(180)
async def test_a_thousand_messages_each_way_survive_fifty_cuts() -> None:
    came = await storm(1_000, cuts=50, lasts=0.4, seed=11)
    assert_nothing_is_lost(came)
    assert sum(came.cuts.values()) == 50
    assert len({kind.split("/")[1] for kind in came.cuts}) == 4, "not every way to end was met"
