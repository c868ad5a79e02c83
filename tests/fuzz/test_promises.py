"""The fuzzer's seeds keep the promises, and a broken promise is noticed."""

from __future__ import annotations

import pytest

from index.documents import loader
from index.types import Document
from tests.fuzz.promises import KINDS, check, file_of, seeds


@pytest.mark.parametrize("seed", seeds(), ids=lambda seed: f"{file_of(seed)[0]}-{len(seed)}")
def test_seeds_keep_the_promises(seed: bytes) -> None:
    check(*file_of(seed))


def test_there_is_a_seed_of_every_kind() -> None:
    assert {file_of(seed)[0] for seed in seeds()} == set(KINDS)


def test_a_broken_promise_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        loader, "read_document", lambda path, data: Document("a\0b", (), "text/plain")
    )
    with pytest.raises(AssertionError, match="a NUL"):
        check("a.txt", b"a")
