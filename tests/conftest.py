"""For all tests: none fails because the machine was busy, or by chance in what it drew.

`--hypothesis-profile searching` draws anew each time: it looks for mistakes instead of guarding
what is known to work.
"""

from hypothesis import settings

settings.register_profile("guarding", deadline=None, derandomize=True)
settings.register_profile("searching", deadline=None)
settings.load_profile("guarding")
