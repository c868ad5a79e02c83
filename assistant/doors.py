"""What the doors (command line, chat page, service) need of rooms that are not theirs.

`ui` imports nothing of the index. Not for users of the package: `assistant` itself exports what
they need.
"""

from assistant.asking.answer_text import names_of
from assistant.question.checked_question import MAX_QUESTION
from index.documents.file_search import expand, real
from index.documents.limits import DEFAULT_LIMITS, LARGEST_LIMIT, Limits
from index.documents.loader import own_slug
from index.documents.sandbox import read_apart
from index.paths import at_home, path_of, shown
from index.progress import Bar, Progress
from index.repair.mend import Repaired
from index.repair.salvage import Row, mark_of_today, put_in_place, salvage, set_aside
from index.store.database import REPAIR
from index.store.folder_lock import folder_lock
from index.store.sqlite_file import Fault, connect, fault_of, has_log, in_short, is_cut
from index.text.markup import plain
from index.types import version_of

__all__ = [
    "DEFAULT_LIMITS",
    "LARGEST_LIMIT",
    "MAX_QUESTION",
    "REPAIR",
    "Bar",
    "Fault",
    "Limits",
    "Progress",
    "Repaired",
    "Row",
    "at_home",
    "connect",
    "expand",
    "fault_of",
    "folder_lock",
    "has_log",
    "in_short",
    "is_cut",
    "mark_of_today",
    "names_of",
    "own_slug",
    "path_of",
    "plain",
    "put_in_place",
    "read_apart",
    "real",
    "salvage",
    "set_aside",
    "shown",
    "version_of",
]
