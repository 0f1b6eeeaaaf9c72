from collections.abc import Iterator
from datetime import UTC, date, timedelta, timezone

import pytest

from operator_tui.desk.time import DAY, HOUR, MINUTE, SECOND
from operator_tui.ui.times import clock_time, countdown, day_in_words, day_of, in_month, span
from operator_tui.ui.words import use_language

AT = 1_732_197_908_999
"""21 November 2024, 14:05:08.999 UTC."""
THURSDAY = date(2024, 11, 21)


@pytest.fixture(autouse=True)
def english_afterwards() -> Iterator[None]:
    yield
    use_language("en")


@pytest.mark.parametrize(
    ("code", "short", "long"),
    [
        ("en", "14:05", "14:05:08"),
        ("nl", "14:05", "14:05:08"),
        ("pl", "14:05", "14:05:08"),
        ("fi", "14.05", "14.05.08"),
    ],
)
def test_a_time_of_day_is_written_as_in_the_country(code: str, short: str, long: str) -> None:
    use_language(code)
    assert clock_time(AT, UTC) == short
    assert clock_time(AT, UTC, seconds=True) == long


def test_the_zone_decides_the_hour_and_the_day() -> None:
    assert clock_time(AT, timezone(timedelta(hours=11))) == "01:05"
    assert day_of(AT, timezone(timedelta(hours=11))) == date(2024, 11, 22)
    assert day_of(AT, UTC) == THURSDAY


@pytest.mark.parametrize("hours", [-12, 0, 14])
def test_a_moment_after_the_last_year_of_the_calendar_is_shown_as_its_end(hours: int) -> None:
    zone = timezone(timedelta(hours=hours))
    assert day_of(2**53 - 1, zone).year == 9999
    assert clock_time(2**53 - 1, zone)
    assert in_month(2**53 - 1, AT, zone) == "in December 9999"


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("en", "Thursday 21 November"),
        ("nl", "donderdag 21 november"),
        ("pl", "czwartek, 21 listopada"),
        ("fi", "torstai 21. marraskuuta"),
    ],
)
def test_a_day_is_said_in_words(code: str, said: str) -> None:
    use_language(code)
    assert day_in_words(THURSDAY) == said


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (0, "0:00"),
        (999, "0:00"),
        (12 * SECOND, "0:12"),
        (MINUTE, "1:00"),
        (HOUR - 1, "59:59"),
        (HOUR, "1 h"),
        (14 * HOUR + 59 * MINUTE, "14 h"),
        (DAY - 1, "23 h"),
        (DAY, "1 d"),
        (2 * DAY, "2 d"),
    ],
)
def test_a_span_is_told_in_whole_units(length: int, said: str) -> None:
    assert span(length) == said


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (30 * SECOND, "0:30"),
        (29_001, "0:30"),
        (29_000, "0:29"),
        (1, "0:01"),
        (0, "0:00"),
        (-1, "+0:00"),
        (-7_999, "+0:07"),
        (-HOUR, "+1 h"),
    ],
)
def test_a_countdown_says_zero_only_at_zero(left: int, said: str) -> None:
    assert countdown(left) == said


def test_no_span_is_wider_than_its_cell() -> None:
    spans = [span(n * HOUR) for n in range(2_400)] + [span(n * SECOND) for n in range(3_600)]
    assert max(map(len, spans)) <= 5
