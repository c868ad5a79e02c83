"""`python -m ui` is `policy-assistant`."""

import gc
import os
import sys


def main() -> int:
    """Runs one command; Ctrl-C ends it in one line from the first moment on."""
    _open_what_is_closed()
    gc.disable()  # until a command runs: imports leave no garbage, and looking for it takes time
    try:
        from ui.cli.main import main as run  # which takes a moment
    except KeyboardInterrupt:
        print("policy-assistant: stopped; nothing is half done", file=sys.stderr)
        return 130
    return run()


def _open_what_is_closed() -> None:
    """Standard streams that the shell closed (`>&-`) are empty, and take what is written to them.

    Else their numbers would go to the next files that are opened, and errors to standard output.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115


if __name__ == "__main__":
    sys.exit(main())
