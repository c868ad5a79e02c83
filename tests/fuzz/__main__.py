"""Feeds mutated files to the loaders and the clause splitter, guided by coverage (atheris).

python -m tests.fuzz [SECONDS] [FOLDER]

A finding is a broken promise (see promises.py), any other error, or more than ten seconds. Each is
printed once and kept in FOLDER (by default .fuzz), with the inputs that reached new code.
"""

from __future__ import annotations

import hashlib
import sys
import time
import traceback
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["index"]):
    from tests.fuzz.promises import check, file_of, seeds

_LONGEST = 10.0  # seconds
_WORDS = (
    "<table>", "<tr><td>", "<ul><li>", "<h2>", "<pre>", "style='display:none'", "role='heading'",
    "<b>", "<br>", "&nbsp;", "&#x300;", "\u200b", "---\n", "|a|b|\n|-|-|\n", "1.1 ", "(a) ", "- ",
    "**Title**\n", "We collect:\n", ". The ", "%PDF-1.4", "/Kids", "/Count", "Tj",
    "Last updated: ", "is effective on ", " 1 May 2020", "title: ", '"\\ud800"', ": !!int ''",
    "<w:ins>", "<w:del/>", "<w:tbl><w:tr><w:tc>", "<w:numPr>", "<w:pStyle w:val='Heading1'/>",
)  # fmt: skip


def main() -> None:
    seconds = sys.argv[1] if len(sys.argv) > 1 else "600"
    folder = Path(sys.argv[2] if len(sys.argv) > 2 else ".fuzz")
    inputs, findings = folder / "inputs", folder / "findings"
    inputs.mkdir(parents=True, exist_ok=True)
    findings.mkdir(exist_ok=True)
    for number, seed in enumerate(seeds()):
        (inputs / f"seed{number}").write_bytes(seed)
    words = folder / "words"
    entries = ("".join(f"\\x{byte:02x}" for byte in word.encode()) for word in _WORDS)
    words.write_text("".join(f'"{entry}"\n' for entry in entries))
    seen: set[str] = set()

    def one_input(data: bytes) -> None:
        if not data:
            return
        name, content = file_of(data)
        began = time.perf_counter()
        try:
            check(name, content)
            took = time.perf_counter() - began
            assert took < _LONGEST, f"{took:.0f} seconds"
        except Exception as error:  # noqa: BLE001 - each is a finding
            place = traceback.extract_tb(error.__traceback__)[-1]
            key = f"{type(error).__name__} at {Path(place.filename).name}:{place.lineno}"
            if key not in seen:
                seen.add(key)
                path = findings / hashlib.sha256(data).hexdigest()[:12]
                path.write_bytes(data)
                what = f"{key}: {error!s:.200} -> {path}"
                print(f"finding {len(seen)} in {name}: {what}", flush=True)  # noqa: T201

    options = ["-max_len=6000", "-timeout=60", "-rss_limit_mb=4000", "-print_final_stats=1"]
    arguments = [f"-max_total_time={seconds}", f"-dict={words}", *options, str(inputs)]
    atheris.Setup([sys.argv[0], *arguments], one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
