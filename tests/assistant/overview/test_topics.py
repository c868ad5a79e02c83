from __future__ import annotations

from pathlib import Path

import pytest

from assistant import LoadError, Topic, read_topics

GOOD = '[[topic]]\nname = "a"\nquestions = ["b"]\n'


def test_the_shipped_topics() -> None:
    names = [topic.name for topic in read_topics()]
    assert len(names) == 13
    assert {"retention", "cookies", "children", "access and deletion"} <= set(names)


def test_words_that_a_sentence_must_have(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text('[[topic]]\nname = "a"\nquestions = ["b?"]\nwords = ["child", "U.S"]\n')
    (topic,) = read_topics(path)
    texts = ["Children may.", "no CHILD", "A U.S. court.", "Brainchild.", "The usual.", ""]
    assert [topic.mentioned_in(text) for text in texts] == [True] * 3 + [False] * 3
    assert Topic("any", ("b?",)).mentioned_in("")


def test_a_file_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text('[[topic]]\nname = "pets"\nquestions = ["May I bring a dog?"]\n')
    assert read_topics(path) == [Topic("pets", ("May I bring a dog?",))]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("", "names no topic"),
        ("topic = 3", "names no topic"),
        ("[[topic]\n", "is not a TOML file"),
        ("x = " + "[" * 5000, "nested too deeply"),
        ("x = " + "1" * 5000, "a number with thousands of digits"),
        ('[[topic]]\nquestions = ["?"]\n', "topic 1 in '.*': name is missing: write name ="),
        ('[[topic]]\nname = " "\nquestions = ["?"]\n', "a name, question or word is blank"),
        ('[[topic]]\nname = "a"\n', "questions is missing"),
        ('[[topic]]\nname = "a"\nquestions = []\n', "it has no questions"),
        (GOOD + '[[topic]]\nname = "b"\nquestions = [1]\n', r"topic 2 in .*: questions\[0\]"),
        (
            '[[topic]]\nname = "a"\nquestions = ["b"]\nwords = "c"\n',
            "words should be a valid array",
        ),
        ('[[topic]]\nname = "a"\nquestions = ["b"]\nwords = [""]\n', "a name, question or word"),
        (GOOD * 2, "has the topic 'a' twice"),
    ],
)
def test_a_broken_file_says_what_is_wrong(tmp_path: Path, text: str, wrong: str) -> None:
    path = tmp_path / "own.toml"
    path.write_text(text)
    with pytest.raises(LoadError, match=wrong):
        read_topics(path)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match="check the path"):
        read_topics(tmp_path / "none.toml")
