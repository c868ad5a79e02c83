"""The topics of `coverage`: a file of questions that anyone can edit."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from assistant.values.validated import validated
from index.errors import LoadError

SHIPPED = Path(__file__).parent / "topics.toml"


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic, and its questions: it is stated where at least one of them is answered.

    With `words`, only sentences with a word that begins with one of them count as an answer
    ("child" in "children"): otherwise a question about children's data is answered by what is
    collected of anybody. Raises ValueError where there is no question, or a text is blank.
    """

    name: str
    questions: tuple[str, ...]
    words: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.questions:
            raise ValueError("it has no questions")
        if not all(text.strip() for text in (self.name, *self.questions, *self.words)):
            raise ValueError("a name, question or word is blank")

    def mentioned_in(self, text: str) -> bool:
        """Whether a text has one of the words; true where the topic has none."""
        beginnings = "|".join(map(re.escape, self.words))
        return re.search(rf"(?<!\w)(?:{beginnings})", text, re.IGNORECASE) is not None


def read_topics(path: Path = SHIPPED) -> list[Topic]:
    """Reads a TOML file of `[[topic]]` tables: `name`, `questions` and, optionally, `words`.

    Raises LoadError, which names the file and what is wrong with it.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise LoadError(f"cannot read {str(path)!r} ({error.strerror}): check the path") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LoadError(f"{str(path)!r} is not a TOML file ({error}): correct it there") from error
    except (RecursionError, ValueError) as error:
        raise LoadError(
            f"{str(path)!r} has lists that are nested too deeply, or a number with thousands of "
            "digits: correct it there"
        ) from error
    tables = data.get("topic")
    if not isinstance(tables, list) or not tables:
        raise LoadError(f"{str(path)!r} names no topic: write [[topic]] tables into it")
    topics = [_topic(table, number, path) for number, table in enumerate(tables, start=1)]
    name, count = Counter(topic.name for topic in topics).most_common(1)[0]
    if count > 1:
        raise LoadError(f"{str(path)!r} has the topic {name!r} twice: join the two")
    return topics


def _topic(table: object, number: int, path: Path) -> Topic:
    try:
        topic = validated(Topic, table, extra="ignore")
    except ValueError as error:
        raise LoadError(
            f'topic {number} in {str(path)!r}: {error}: write name = "..." and '
            'questions = ["...?"] into it, and words = ["child", "minor"] if they are needed'
        ) from error
    questions, words = (
        tuple(text.strip() for text in texts) for texts in (topic.questions, topic.words)
    )
    return Topic(topic.name.strip(), questions, words)
