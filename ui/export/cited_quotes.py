"""A quote with everything that a reader of an exported answer needs to find it again."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote as percent_encoded
from urllib.parse import urlsplit

from assistant import (
    Answer,
    AnswerFormatError,
    Assistant,
    Clause,
    Policy,
    Quote,
    UnknownPolicyError,
)
from assistant.doors import plain
from ui.text.clause_label import place

CHAT_ADDRESS = "http://127.0.0.1:7860"
_SHORT = 12  # words: up to here a text fragment holds the whole quote
_EACH_END = 5  # words of a longer one
NOT_COMPARED = "not compared: the index does not hold this version"


@dataclass(frozen=True, slots=True)
class CitedQuote:
    """The `number`-th quote of an answer, and where it stands.

    `place` names provider, section, headings and page. `chat` is the address at which the chat
    page shows the quote in its policy; `origin` the web page that the policy came from, at the
    quote, or "" where it came from a file. `held` tells whether the index holds the version, so
    that the quote could be compared with it.
    """

    number: int
    quote: Quote
    place: str
    version: str
    date: str
    chat: str
    origin: str
    held: bool = True


def cited_quotes(
    answer: Answer, assistant: Assistant, chat: str = CHAT_ADDRESS
) -> list[CitedQuote]:
    """Every quote of the answer. A policy that has since been removed goes by its id.

    Raises AnswerFormatError if a version that is held says something else at a quote's place.
    """
    providers = {entry.id: entry.provider for entry in assistant.policies()}
    page = percent_encoded(chat.rstrip("/"), safe=":/[]")
    cited = []
    for number, quote in enumerate(answer.quotes, start=1):
        policy: Policy | None
        clause: Clause | None
        try:
            policy = assistant.policy(quote.policy_id, quote.version)
            clause = assistant.policy_clause(quote)
        except UnknownPolicyError:
            policy = clause = None
        if policy and (quote.start < 0 or policy.text[quote.start : quote.end] != quote.exact):
            raise AnswerFormatError(
                f"the quoted words do not stand at {quote.citation_id}: was the file edited? "
                "'policy-assistant verify' checks the rest"
            )
        provider = providers.get(quote.policy_id, quote.policy_id)
        cited.append(
            CitedQuote(
                number,
                quote,
                place(provider, clause),
                quote.version,
                (policy.effective_date if policy else None) or "",
                f"{page}/?cite={percent_encoded(quote.citation_id, safe='', errors='replace')}",
                _at_origin(policy, quote) if policy else "",
                held=policy is not None,
            )
        )
    return cited


def receipt_facts(answer: Answer) -> dict[str, str]:
    """How the answer came to be, by name, as an export shows it."""
    receipt = answer.receipt
    return {
        "verdict": f"{answer.verdict}, confidence {answer.confidence:.2f}",
        "policies searched": ", ".join(
            f"{policy_id}@{version}" for policy_id, version in receipt.policies.items()
        ),
        "embedding": receipt.embedding,
        "reranker": receipt.reranker or "none",
        "language model": receipt.generator or "none",
    }


def _at_origin(policy: Policy, quote: Quote) -> str:
    """The web address with a text fragment (https://wicg.github.io/scroll-to-text-fragment/)."""
    try:
        parts = urlsplit(policy.source)
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return ""
    # Encoded, so that nothing in it can end the link that it becomes part of.
    page = percent_encoded(policy.source.partition("#")[0], safe=":/?&=%~-._+;,@$")
    words = plain(quote.exact, policy.media_type).split()
    if not words:
        return page
    if len(words) <= _SHORT:
        text = _fragment(words)
    else:
        text = f"{_fragment(words[:_EACH_END])},{_fragment(words[-_EACH_END:])}"
    return f"{page}#:~:text={text}"


def _fragment(words: list[str]) -> str:
    # A hyphen or comma would be read as part of the fragment's own syntax.
    return percent_encoded(" ".join(words), safe="").replace("-", "%2D")
