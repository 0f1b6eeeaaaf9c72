from operator_tui.desk.time import LAST, ServerTime


def test_now_goes_on_at_the_rate_of_the_server() -> None:
    time = ServerTime(at=1_000, heard=5.0, rate=2.0)
    assert time.now(5.5) == 2_000
    assert time.now(4.0) == 1_000


def test_now_never_runs_back_when_the_server_says_less() -> None:
    assert ServerTime(at=1_000, heard=5.0, rate=1.0).adopted(500, 1.0, 6.0).at == 2_000


def test_there_is_a_last_moment_at_any_rate() -> None:
    time = ServerTime(at=LAST - 1, heard=0.0, rate=100_000.0)
    assert time.now(1e9) == LAST
    assert time.adopted(5, 100_000.0, 1e9).now(2e9) == LAST
