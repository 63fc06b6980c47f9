"""``python -m apparatus``."""

import sys

from apparatus.sphinxext.program import main

if __name__ == "__main__":
    sys.exit(main())
