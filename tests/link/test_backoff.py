import random

import pytest

from operator_tui.link.backoff import ATTEMPTS, WITHIN, Backoff


def waits(backoff: Backoff, times: int) -> list[float]:
    return [backoff.wait(0.0) for _ in range(times)]


def test_the_longest_wait_doubles_from_a_quarter_of_a_second_to_thirty_seconds() -> None:
    longest = waits(Backoff(lambda: 1.0), 9)
    assert longest == [0.25, 0.5, 1, 2, 4, 8, 16, 30, 30]


def test_the_jitter_is_full() -> None:
    assert waits(Backoff(lambda: 0.0), 4) == [0, 0, 0, 0]


def test_a_connection_that_lived_ten_seconds_starts_again() -> None:
    backoff = Backoff(lambda: 1.0)
    waits(backoff, 5)
    backoff.lived(10.0)
    assert backoff.wait(0.0) == 0.25


def test_one_that_did_not_goes_on() -> None:
    backoff = Backoff(lambda: 1.0)
    waits(backoff, 5)
    backoff.lived(9.9)
    assert backoff.wait(0.0) == 8


def test_a_very_long_outage_does_not_overflow() -> None:
    assert waits(Backoff(lambda: 1.0), 5_000)[-1] == 30


@pytest.mark.parametrize("seed", [*range(50), None])
def test_a_storm_gets_at_most_eight_attempts_in_any_thirty_seconds(seed: int | None) -> None:
    backoff = Backoff(random.Random(seed).random if seed is not None else lambda: 0.0)
    now, attempts = 0.0, []
    while now < 300:
        backoff.attempt(now)
        attempts.append(now)
        now += backoff.wait(now) + 0.001
    for first in attempts:
        assert sum(first <= moment < first + WITHIN for moment in attempts) <= ATTEMPTS
