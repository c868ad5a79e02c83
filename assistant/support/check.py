"""The support check: do these quotes carry this sentence?

Word overlap cannot answer that: a sentence that changes 30 days to 90 shares all but one word with
its quote. So there are rules for what must not change (numbers, names, negation, modality,
conditions, scope, who acts) and, where none of them objects, a learnt entailment score.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from assistant.english.normal_form import NormalForm
from assistant.english.numbers import in_figures
from assistant.english.words import content, unnamed
from assistant.english.yes_no import split_answer
from assistant.settings import SUPPORT_THRESHOLD
from assistant.support.entailment import Entailment, shipped
from assistant.support.rules import objections
from assistant.values.answer import Support
from index.log_odds import probability
from index.text.sentences import sentence_spans

# Weights of the two logits, fitted by benchmarks/fitting/support.py.
_WHOLE, _WEAKEST, _OFFSET = 0.391, 0.118, 2.950
# Taken off the log-odds of a sentence in proportion to the words that the quotes do not say. Set by
# hand: words that training has not seen may score well ("bakes bread" for "are deleted").
UNSAID = 1.5
_MOST_UNSAID = 0.5
_MOST_LOGIT = 10.0


def check_support(
    sentence: str, quotes: Sequence[str], threshold: float = SUPPORT_THRESHOLD, *, company: str = ""
) -> Support:
    """Whether the quotes, taken together, carry the sentence.

    `company` is the name of the company whose policy is quoted, which the quotes call "we"; the
    sentence may begin with it ("Acme: ..."). Without it, one name that the quotes do not hold may
    be the company's. `score` in [0, 1] is the learnt entailment score, 0.0 where a rule objects;
    below `threshold` the sentence is not supported. `reasons` say in words for people what the
    quotes do not carry, and are empty exactly when the sentence is supported. Raises ModelError if
    the weights cannot be read.
    """
    word, body = split_answer(sentence.strip().removeprefix(f"{company}: "))
    said = NormalForm.of(unnamed(body, company))
    evidence = NormalForm.of(unnamed("\n\n".join(quotes), company))
    if not said.content:
        return Support(False, 0.0, ("it says nothing that could be checked",))
    reasons = objections(said, evidence, word.lower(), company)
    if reasons:
        return Support(False, 0.0, tuple(reasons))
    if _word_for_word(said, quotes):
        return Support(True, 1.0, ())
    missing = unsaid(body, quotes)
    if missing > _MOST_UNSAID:
        return Support(False, 0.0, ("the quote does not mention most of it",))
    entailed = shipped().score(in_figures(body), [in_figures(quote) for quote in quotes])
    score = combined(entailed, missing)
    if score < threshold:
        return Support(
            False, score, (f'the quote does not carry it, least of all "{entailed.word}"',)
        )
    return Support(True, score, ())


def _word_for_word(said: NormalForm, quotes: Sequence[str]) -> bool:
    """Whether it is a whole sentence of a quote."""
    sentences = (quote[slice(*span)] for quote in quotes for span in sentence_spans(quote))
    return any(NormalForm.of(sentence).tokens == said.tokens for sentence in sentences)


def unsaid(sentence: str, quotes: Sequence[str]) -> float:
    """The share, in [0, 1], of the sentence's content words that the quotes do not say."""
    words = content(in_figures(sentence))
    return len(words - content(in_figures("\n\n".join(quotes)))) / max(len(words), 1)


def combined(entailed: Entailment, missing: float) -> float:
    """One probability from both scores and `missing`, the share that `unsaid` gives."""
    joined = _WHOLE * logit(entailed.whole) + _WEAKEST * logit(entailed.weakest) + _OFFSET
    joined -= UNSAID * missing
    return round(probability(joined), 4)


def logit(probability: float) -> float:
    """The log-odds, from -10 to 10."""
    inside = min(max(probability, 1e-9), 1 - 1e-9)
    return max(min(math.log(inside / (1 - inside)), _MOST_LOGIT), -_MOST_LOGIT)
