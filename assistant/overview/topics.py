"""The topics of `coverage`: a file of questions that people can edit."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.errors import LoadError

SHIPPED = Path(__file__).parent / "topics.toml"


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic, and the questions of which one at least must be answered for it to be stated.

    With `words`, only sentences that have a word beginning with one of them answer, "child" in
    "children": a question about children is otherwise answered by who else's data is collected.
    """

    name: str
    questions: tuple[str, ...]
    words: tuple[str, ...] = ()

    def mentioned_in(self, text: str) -> bool:
        """Whether a text has one of the words; true where the topic has none."""
        begun = "|".join(map(re.escape, self.words))
        return re.search(rf"(?<!\w)(?:{begun})", text, re.IGNORECASE) is not None


def read_topics(path: Path = SHIPPED) -> list[Topic]:
    """Reads a TOML file of `[[topic]]` tables: `name`, `questions` and, if wanted, `words`.

    Raises LoadError, which names the file and what is wrong with it.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise LoadError(f"cannot read {str(path)!r} ({error.strerror}): check the path") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LoadError(f"{str(path)!r} is no TOML file ({error}): correct it there") from error
    except (RecursionError, ValueError) as error:
        raise LoadError(
            f"{str(path)!r} has lists that are nested too deeply, or a number of thousands of "
            "digits: correct it there"
        ) from error
    tables = data.get("topic")
    if not isinstance(tables, list) or not tables:
        raise LoadError(f"{str(path)!r} names no topic: write [[topic]] tables into it")
    topics = [_topic(table, path) for table in tables]
    names = [topic.name for topic in topics]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise LoadError(f"{str(path)!r} has the topic {twice!r} twice: join the two")
    return topics


def _topic(table: Any, path: Path) -> Topic:
    name = table.get("name") if isinstance(table, Mapping) else None
    questions = table.get("questions") if isinstance(table, Mapping) else None
    if not isinstance(name, str) or not name.strip():
        raise LoadError(f'a topic in {str(path)!r} has no name: write name = "..." into it')
    if (
        not isinstance(questions, list)
        or not questions
        or not all(isinstance(each, str) and each.strip() for each in questions)
    ):
        raise LoadError(
            f"the topic {name!r} in {str(path)!r} has no questions: write "
            'questions = ["...?"] into it'
        )
    words = table.get("words", [])
    if not isinstance(words, list) or not all(isinstance(e, str) and e.strip() for e in words):
        raise LoadError(
            f"the words of the topic {name!r} in {str(path)!r} are none: write "
            'words = ["child", "minor"] into it, or leave them out'
        )
    return Topic(
        name.strip(),
        tuple(each.strip() for each in questions),
        tuple(each.strip() for each in words),
    )
