"""The support check on labelled sentences: what it lets through, by kind.

python -m benchmarks.parts.support
"""

from __future__ import annotations

import json
from collections import defaultdict

from assistant import check_support
from benchmarks.data import SUPPORT_CASES


def main() -> None:
    if not SUPPORT_CASES.is_file():
        print(f"left out: there is no {SUPPORT_CASES}")
        return
    accepted: dict[tuple[bool, str], list[bool]] = defaultdict(list)
    for line in SUPPORT_CASES.read_text("utf-8").splitlines():
        case = json.loads(line)
        passed = check_support(case["sentence"], case["evidence"]).supported
        accepted[case["supported"], case["kind"]].append(passed)
    for wanted in (True, False):
        kinds = {kind: passed for (label, kind), passed in accepted.items() if label is wanted}
        every = [each for passed in kinds.values() for each in passed]
        print(f"{'supported' if wanted else 'unsupported'}: {sum(every)} of {len(every)} accepted")
        for kind, own in sorted(kinds.items()):
            print(f"  {kind:<24} {sum(own)} of {len(own)}")


if __name__ == "__main__":
    main()
