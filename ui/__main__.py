"""`python -m ui` is `policy-assistant`."""

import sys

from ui.cli import main

sys.exit(main())
