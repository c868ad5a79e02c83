"""The support check on labelled sentences: what it accepts, by kind.

python -m benchmarks.parts.support
"""

from __future__ import annotations

import itertools
import json
from collections import defaultdict

from assistant import check_support
from benchmarks.data import SUPPORT_CASES


def main() -> None:
    if not SUPPORT_CASES.is_file():
        print(f"left out: there is no {SUPPORT_CASES}")
        return
    verdicts: dict[tuple[bool, str], list[bool]] = defaultdict(list)
    for line in SUPPORT_CASES.read_text("utf-8").splitlines():
        case = json.loads(line)
        accepted = check_support(case["sentence"], case["evidence"]).supported
        verdicts[case["supported"], case["kind"]].append(accepted)
    for label in (True, False):
        kinds = {kind: accepted for (known, kind), accepted in verdicts.items() if known is label}
        cases = list(itertools.chain(*kinds.values()))
        print(f"{'supported' if label else 'unsupported'}: {sum(cases)} of {len(cases)} accepted")
        for kind, of_kind in sorted(kinds.items()):
            print(f"  {kind:<24} {sum(of_kind)} of {len(of_kind)}")


if __name__ == "__main__":
    main()
