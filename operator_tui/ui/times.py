"""Moments and spans as the operator reads them. Pure: the time zone is handed in.

A zone of None is this machine's own.
"""

from datetime import date, datetime, tzinfo

from operator_tui.desk.time import DAY, HOUR, MINUTE, SECOND, Millis
from operator_tui.ui.words import tr

LATEST: Millis = 253_402_128_000 * SECOND
"""30 December 9999: what is later is shown as this, in whichever zone."""


def clock_time(at: Millis, zone: tzinfo | None, *, seconds: bool = False) -> str:
    """The time of day in `zone`: `14:05`, Finnish `14.05`; with `seconds` `14:05:09`."""
    moment = _moment(at, zone)
    hours, minutes = f"{moment.hour:02}", f"{moment.minute:02}"
    if seconds:
        return tr(
            "{hours}:{minutes}:{seconds}",
            hours=hours,
            minutes=minutes,
            seconds=f"{moment.second:02}",
        )
    return tr("{hours}:{minutes}", hours=hours, minutes=minutes)


def day_of(at: Millis, zone: tzinfo | None) -> date:
    """The day of `at` in `zone`: two messages with different ones have a rule between them."""
    return _moment(at, zone).date()


def day_in_words(day: date) -> str:
    """`Thursday 21 November`, the rule of a new day."""
    words = {"weekday": _weekdays()[day.weekday()], "day": day.day, "month": _months()[day.month]}
    return tr("{weekday} {day} {month}", **words)


def span(length: Millis) -> str:
    """A length of time in whole units: `0:12`, `12:05`, `14 h` from an hour, `2 d` from a day."""
    if length >= DAY:
        return tr("{n} d", n=length // DAY)
    if length >= HOUR:
        return tr("{n} h", n=length // HOUR)
    return f"{length // MINUTE}:{length % MINUTE // SECOND:02}"


def countdown(left: int) -> str:
    """Time left as `0:12`, time over as `+0:07`; `left` in ms, negative when over.

    What is left counts up to the whole second, so that `0:00` means: now.
    """
    if left < 0:
        return "+" + span(-left)
    return span(-(-left // SECOND) * SECOND)


def _moment(at: Millis, zone: tzinfo | None) -> datetime:
    """A server may name any moment of 285,000 years; the calendar ends in the year 9999."""
    return datetime.fromtimestamp(min(at, LATEST) / SECOND, zone)


def _weekdays() -> tuple[str, ...]:
    return (
        tr("Monday"),
        tr("Tuesday"),
        tr("Wednesday"),
        tr("Thursday"),
        tr("Friday"),
        tr("Saturday"),
        tr("Sunday"),
    )


def _months() -> dict[int, str]:
    """By number, in the form that follows a day: Polish has the genitive, Finnish the partitive."""
    names = (
        tr("January"),
        tr("February"),
        tr("March"),
        tr("April"),
        tr("May"),
        tr("June"),
        tr("July"),
        tr("August"),
        tr("September"),
        tr("October"),
        tr("November"),
        tr("December"),
    )
    return dict(enumerate(names, 1))


def in_month(at: Millis, now: Millis, zone: tzinfo | None) -> str:
    """`in October`; with the year when it is not this one."""
    moment = _moment(at, zone)
    month = _in_months()[moment.month]
    if moment.year == _moment(now, zone).year:
        return month
    return tr("{in_month} {year}", in_month=month, year=moment.year)


def _in_months() -> dict[int, str]:
    """Whole phrases: Finnish and Polish say "in" by the month's own ending."""
    phrases = (
        tr("in January"),
        tr("in February"),
        tr("in March"),
        tr("in April"),
        tr("in May"),
        tr("in June"),
        tr("in July"),
        tr("in August"),
        tr("in September"),
        tr("in October"),
        tr("in November"),
        tr("in December"),
    )
    return dict(enumerate(phrases, 1))
