"""`python -m operator_tui` does what `operator-tui` does."""

import sys

from operator_tui.cli import main

if __name__ == "__main__":
    sys.exit(main())
