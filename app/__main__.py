"""`python -m app` is the program `kitu`."""

import sys

from app.cli import main

sys.exit(main())
