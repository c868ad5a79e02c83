"""Citation ids: `<policy_id>@<version>:<start>-<end>`, understood without any index."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.errors import CitationError

_CITATION = re.compile(
    r"(?P<policy>[a-z0-9][a-z0-9-]*)@(?P<version>[0-9a-f]{12}):"
    r"(?P<start>[0-9]{1,12})-(?P<end>[0-9]{1,12})"
)


@dataclass(frozen=True, slots=True)
class Citation:
    """The parts of a citation id. Offsets are code points of that version's text, end exclusive."""

    policy_id: str
    version: str
    start: int
    end: int


def format_citation(policy_id: str, version: str, start: int, end: int) -> str:
    """The citation id of a span, e.g. `intraworks@3f9a1c2b7d10:1204-1287`."""
    return f"{policy_id}@{version}:{start}-{end}"


def parse_citation(citation_id: str) -> Citation:
    """Reads a citation id. Raises CitationError, which shows an example, for anything else."""
    match = _CITATION.fullmatch(citation_id.strip())
    if match is None or int(match["start"]) >= int(match["end"]):
        raise CitationError(
            f"{citation_id[:200]!r} is not a citation id, which has the form "
            "policy@version:start-end, such as intraworks@3f9a1c2b7d10:1204-1287"
        )
    return Citation(match["policy"], match["version"], int(match["start"]), int(match["end"]))
