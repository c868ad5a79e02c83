"""`python -m ui` is `policy-assistant`."""

import sys


def main() -> int:
    """Runs one command; Ctrl-C ends it in one line from the first moment on."""
    try:
        from ui.cli import main as run  # its imports take a moment
    except KeyboardInterrupt:
        print("policy-assistant: stopped; nothing is half done", file=sys.stderr)
        return 130
    return run()


if __name__ == "__main__":
    sys.exit(main())
