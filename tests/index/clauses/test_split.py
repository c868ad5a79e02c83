"""Properties of clauses over generated documents, and a few cases worked out by hand."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.clauses.split import ClauseText, split
from index.documents.loader import make_policy, read_document
from index.text.markup import has_words, plain
from index.text.sentences import sentence_spans
from index.types import BlockKind, Document, Policy
from tests.conftest import FakeEmbedder

BUDGET = 40

_words = st.sampled_from(
    "data we collect your e-mail Privacy naïve “quoted” 個人情報 cookies, §5 (a) e.g. 3.5 "
    "U.S. **bold** don’t ﬁne 🙂 you; No. etc. agents".split()
)
_sentence = st.builds(
    lambda words, stop: " ".join(words).capitalize() + stop,
    st.lists(_words, min_size=1, max_size=30),
    st.sampled_from([".", "!", "?", ":", "", ".)", "。"]),
)
_paragraph = st.lists(_sentence, min_size=1, max_size=6).map(" ".join)
_title = st.lists(
    st.sampled_from("Data Use Cookies Your Rights Sharing Security".split()), min_size=1, max_size=4
).map(" ".join)
_number = st.lists(st.integers(1, 12), min_size=1, max_size=3).map(
    lambda parts: ".".join(map(str, parts)) + "."
)
_bullets = st.lists(
    st.builds("{} {}".format, st.sampled_from(["-", "*", "•", "(a)", "1."]), _sentence),
    min_size=1,
    max_size=5,
).map("\n".join)
_block = st.one_of(
    _paragraph,
    _bullets,
    st.builds("We collect the following:\n{}".format, _bullets),
    st.builds("{} {}".format, st.sampled_from(["#", "##", "###"]), _title),
    _title,
    st.builds("{} {}".format, _number, _title),
    st.builds("{} {}".format, _number, _paragraph),
    st.sampled_from(["---", "| a | b |\n|---|---|\n| Data | 30 days |", "\t \n"]),
)
_documents = st.builds(
    lambda blocks, gap: gap.join(blocks),
    st.lists(_block, min_size=1, max_size=12),
    st.sampled_from(["\n", "\n\n", "\n \n\n"]),
).filter(has_words)


def _read(text: str, name: str) -> tuple[Policy, Document]:
    path = Path(name)
    document = read_document(path, text.encode())
    return make_policy(document, "acme", path), document


def _split(text: str, name: str = "acme.txt") -> list[ClauseText]:
    policy, document = _read(text, name)
    return split(policy, document, FakeEmbedder().count_tokens, BUDGET)


@settings(max_examples=200)
@given(_documents, st.sampled_from(["acme.txt", "acme.md"]))
def test_the_clauses_of_any_document(text: str, name: str) -> None:
    policy, document = _read(text, name)
    clauses = split(policy, document, FakeEmbedder().count_tokens, BUDGET)
    _cover_the_text_in_order(policy, clauses)
    _cut_no_sentence(document, clauses)
    _hold_units_in_order(policy, clauses)
    _keep_to_the_budget(clauses)


def _cover_the_text_in_order(policy: Policy, clauses: Sequence[ClauseText]) -> None:
    covered = 0
    for ordinal, made in enumerate(clauses, 1):
        clause = made.clause
        assert clause.id == f"acme@{policy.version}#{ordinal}"
        assert covered <= clause.start < clause.end
        assert not policy.text[covered : clause.start].strip()
        assert policy.text[clause.start : clause.end].strip()
        covered = clause.end
    assert not policy.text[covered:].strip()


def _cut_no_sentence(document: Document, clauses: Sequence[ClauseText]) -> None:
    borders = {at for made in clauses for at in (made.clause.start, made.clause.end)}
    for block in document.blocks:
        if block.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM):
            whole = sentence_spans(document.text, block.start, block.end)
        else:
            whole = [(block.start, block.end)]
        for start, end in whole:
            assert not borders & set(range(start + 1, end))


def _hold_units_in_order(policy: Policy, clauses: Sequence[ClauseText]) -> None:
    for made in clauses:
        position = made.clause.start
        assert made.units
        assert all(map(has_words, made.unit_texts))
        for (start, end), words in zip(made.units, made.unit_texts, strict=True):
            assert position <= start < end <= made.clause.end
            assert plain(policy.text[start:end], policy.media_type) in words
            position = end


def _keep_to_the_budget(clauses: Sequence[ClauseText]) -> None:
    """Only a single unit may exceed it."""
    count = FakeEmbedder().count_tokens
    for made in clauses:
        tokens = sum(count([made.context, *made.unit_texts]))
        assert tokens <= BUDGET or len(made.units) == 1


def test_a_long_row_of_headings_is_divided() -> None:
    made = _split("".join(f"## Heading {number}\n" for number in range(30)), "acme.md")
    assert [len(each.units) for each in made] == [18, 12]
    assert made[0].context == "Acme > Heading 29"  # which leaves 36 words


def _shown(text: str, name: str = "acme.txt") -> list[str]:
    policy, _ = _read(text, name)
    return [policy.text[made.clause.start : made.clause.end] for made in _split(text, name)]


def test_a_short_list_is_one_unit_with_its_lead_in() -> None:
    text = "Our Terms\n\nWe collect:\n- your name;\n- your address.\n\nWe keep it."
    (made,) = _split(text)
    assert [text[start:end] for start, end in made.units] == [
        "We collect:\n- your name;\n- your address.",
        "We keep it.",
    ]
    assert made.unit_texts == ("We collect: - your name; - your address.", "We keep it.")
    assert made.context == "Our Terms"


def test_a_list_that_goes_on_repeats_its_lead_in_in_the_context() -> None:
    items = [f"- item {number} " + "lengthy-word " * 9 + "end." for number in range(4)]
    text = "Our Terms\n\nYou agree:\n" + "\n".join(items)
    first, second = _split(text)
    assert first.context == "Our Terms"
    assert second.context == "Our Terms > You agree:"
    assert text[second.clause.start :].startswith("- item 2")
    start, end = second.units[0]
    assert text[start:end] == "item 2 " + "lengthy-word " * 9 + "end."  # quoted without the bullet


def test_no_lead_in_in_the_context_where_it_does_not_fit() -> None:
    lead_in = "You agree " + "really " * 10 + "to:"
    items = ["- item " + "word " * 15 + "end." for _ in range(4)]
    made = _split("Our Terms\n\n" + "\n".join([lead_in, *items]))
    contexts = [each.context for each in made]
    assert contexts == ["Our Terms", "Our Terms", f"Our Terms > {lead_in}"]
    assert [len(each.units) for each in made] == [2, 2, 1]  # 13 + 19, 19 + 19 and 19 words


def test_a_context_never_takes_more_than_half_of_the_budget() -> None:
    lead_in = "You agree " + "a " * 20 + "to:"
    items = ["- item " + "word " * 36 + "end." for _ in range(2)]
    made = _split("Our Terms\n\n" + "\n".join([lead_in, *items]))
    assert [each.context for each in made] == ["Our Terms"] * 3


def test_clauses_keep_to_their_section() -> None:
    text = "Our Terms\n\n# Data\n\nWe keep it.\n\n# Use\n\n## Ads\n\nWe show none.\n"
    made = [each.clause for each in _split(text, "acme.md")]
    assert _shown(text, "acme.md") == [
        "Our Terms",
        "# Data\n\nWe keep it.",
        "# Use\n\n## Ads\n\nWe show none.",
    ]
    assert [clause.heading_path for clause in made] == [(), ("Data",), ("Use", "Ads")]


def test_a_table_row_is_never_cut() -> None:
    text = "# Data\n\n| Kept | For |\n|---|---|\n| Logs. We keep them. | 30 days. No more. |\n"
    (made,) = _split(text, "acme.md")
    units = [text[start:end] for start, end in made.units]
    assert units == ["| Kept | For |", "| Logs. We keep them. | 30 days. No more. |"]


def test_a_context_that_takes_too_much_room_loses_its_outer_parts() -> None:
    heading = "Heading of nine words which are counted one by one"
    text = f"# {heading}\n\n## {heading} too\n\nWe keep it."
    (made,) = _split(text, "acme.md")
    assert made.context == f"{heading} too"  # 40 * 0.35 = 14 words


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("acme.txt", "we keep logs and " * 2000),
        ("acme.txt", "a" * 30_000),
        ("acme.md", f"| Item | Days |\n|---|---|\n| {'logs ' * 6000} | 30 |"),
        ("acme.md", f"# {'Logs ' * 6000}\n\nWe keep them."),
        ("acme.txt", f"Logs.\n\n{'a' * 9_999}{' ' * 20_000}b."),
    ],
)
def test_what_goes_on_for_pages_is_cut(name: str, text: str) -> None:
    policy, _ = _read(text, name)
    made = _split(text, name)
    assert len(made) > 1
    units = [span for clause in made for span in clause.units]
    assert max(end - start for start, end in units) <= 10_000
    words = [policy.text[start:end] for start, end in units]
    assert [word for word in words if word != word.strip()] == []
    covered = "".join(policy.text[each.clause.start : each.clause.end] for each in made)
    assert "".join(covered.split()) == "".join(policy.text.split())


def test_a_cut_falls_between_words() -> None:
    text = "we keep logs and " * 2000
    ends = [text[made.clause.end] for made in _split(text)[:-1]]
    assert ends == [" "] * 3
    assert text[:10_000].rfind(" ") == _split(text)[0].clause.end


@pytest.mark.parametrize("heading", ["#", "##"])
def test_a_title_of_pages_does_not_go_with_each_clause(heading: str) -> None:
    title = "Logs " * 20_000
    made = _split(f"# Acme\n\n{heading} {title}\n\n### Use\n\nWe keep them.\n", "acme.md")
    last = made[-1]
    assert max(map(len, (*last.clause.heading_path, last.context))) <= 500
    assert last.unit_texts == ("We keep them.",)
