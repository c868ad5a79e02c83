"""What holds of all word lists."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

from assistant.english import lexicon


def sets() -> Iterator[tuple[str, frozenset[str]]]:
    """Each set of words by its name, where it is defined."""
    for info in pkgutil.iter_modules(lexicon.__path__):
        module = importlib.import_module(f"{lexicon.__name__}.{info.name}")
        source = module.__spec__.loader.get_source(module.__name__)  # type: ignore[union-attr]
        for name, value in vars(module).items():
            if isinstance(value, frozenset) and f"\n{name} = " in source:
                yield f"{info.name}.{name}", value


def test_no_set_of_words_has_two_names() -> None:
    names: dict[frozenset[str], str] = {}
    for name, words in sets():
        assert names.setdefault(words, name) == name
    assert len(names) > 50


def test_words_are_compared_in_lower_case() -> None:
    for name, words in sets():
        assert words, name
        assert {word for word in words if word != word.lower() or " " in word} == set(), name
