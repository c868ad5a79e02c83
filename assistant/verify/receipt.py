"""A saved answer's receipt: does it fit the answer, and what would be different today?"""

from __future__ import annotations

from collections.abc import Iterator

from assistant.evidence.conflicts.contradiction import conflict, spoken_of
from assistant.values.answer import Answer, Receipt, Verdict
from index.errors import UnknownPolicyError
from index.store.snapshot import Snapshot
from index.text.markup import plain


def contradictions(snapshot: Snapshot, answer: Answer) -> Iterator[str]:
    """What shows that the receipt is not that of this answer, or of this index; one line each."""
    receipt = answer.receipt
    if receipt.generation > snapshot.generation:
        yield (
            f"the receipt is of state {receipt.generation} of the index, which is at "
            f"{snapshot.generation}: it was made from another index"
        )
    for policy, version in receipt.policies.items():
        try:
            snapshot.policy(policy, version)
        except UnknownPolicyError as error:
            yield f"searched: {error}"
    for quote in answer.quotes:
        if receipt.policies.get(quote.policy_id) != quote.version:
            yield f"{quote.citation_id}: the receipt does not say that this version was searched"
    if answer.sentences and not (receipt.generator and receipt.prompt):
        yield "it has sentences, and the receipt names no language model or no prompt"
    threshold = receipt.thresholds.get("answer")
    if answer.quotes and threshold is not None and answer.confidence < threshold:
        yield f"its confidence {answer.confidence} is below the receipt's threshold {threshold}"
    yield from _conflict(snapshot, answer)


def _conflict(snapshot: Snapshot, answer: Answer) -> Iterator[str]:
    named = answer.receipt.conflict
    if (answer.verdict is Verdict.CONFLICTING) != bool(named):
        yield f"the verdict is {answer.verdict}, the receipt names {len(named)} quotes in conflict"
        return
    if not named:
        return
    pair = answer.quotes[:2]
    same_policy = len({quote.policy_id for quote in pair}) == 1
    if tuple(quote.citation_id for quote in pair) != named or not same_policy:
        yield "the quotes in conflict are not the first two, of one policy"
        return
    providers = {entry.id: entry.provider for entry in snapshot.entries()}
    texts = []
    for quote in pair:
        try:
            media_type = snapshot.policy(quote.policy_id, quote.version).media_type
        except UnknownPolicyError:
            return  # reported already
        texts.append(spoken_of(plain(quote.exact, media_type), providers[quote.policy_id]))
    if conflict(texts[0], texts[1], answer.receipt.query) is None:
        yield "the first two quotes do not contradict each other"


def differences(snapshot: Snapshot, saved: Receipt, today: Receipt) -> Iterator[str]:
    """What would be different if it were asked today. None of this makes the answer wrong.

    `today` says what an answer would come from, as of `AnswerModels.receipt`.
    """
    for entry in snapshot.entries():
        version = saved.policies.get(entry.id)
        if version is not None and version != entry.version:
            yield f"{entry.id}: version {version} was searched, the newest is {entry.version}"
    for name, was, now in (
        ("the embedding model", saved.embedding, today.embedding),
        ("the reranker", saved.reranker, today.reranker),
        ("the language model", saved.generator, today.generator),
        ("the prompt", saved.prompt, today.prompt),
        ("the support check", saved.support, today.support),
    ):
        if was is not None and was != now:
            yield f"{name} was {was}, it is {now}"
    for name, value in saved.thresholds.items():
        if value != today.thresholds.get(name):
            yield f"the threshold {name!r} was {value}, it is {today.thresholds.get(name)}"
