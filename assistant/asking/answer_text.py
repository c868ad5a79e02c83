"""The text of an answer: sentences or quotes with their numbers, or what was searched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from assistant.values.answer import Quote, Sentence, Verdict
from index.store.snapshot import PolicyEntry

_MOST_NAMES = 6


def names_of(entries: Sequence[PolicyEntry]) -> dict[str, str]:
    """What a reader calls each policy, by id: its provider, and its title if there are several."""
    shared = Counter(entry.provider for entry in entries)
    titled = Counter((entry.provider, entry.title) for entry in entries)
    return {
        entry.id: entry.provider
        if shared[entry.provider] == 1
        else f"{entry.provider} ({entry.title})"
        if titled[entry.provider, entry.title] == 1
        else f"{entry.provider} ({entry.id})"
        for entry in entries
    }


def answer_text(
    verdict: Verdict,
    sentences: Sequence[Sentence],
    quotes: Sequence[Quote],
    silent: Sequence[str],
    searched: Iterable[str],
    names: Mapping[str, str],
) -> str:
    """The whole text, with [n] for the n-th quote.

    `silent` are the ids of policies that do not state it although others do, `searched` those of
    all that were searched; `names` as of `names_of`.
    """
    if verdict is Verdict.OUT_OF_SCOPE:
        return (
            "This is not a question about the policies. Ask what they say: for example, how long "
            "data is kept, or who may see it."
        )
    if quotes:
        text = cited_text(sentences, quotes) or _in_their_words(quotes, names)
        if verdict is Verdict.CONFLICTING:
            cited = {citation for sentence in sentences for citation in sentence.citations}
            if not {quote.citation_id for quote in quotes[:2]} <= cited:
                text = _in_their_words(quotes, names)  # both sides reworded, or neither
            provider = names[quotes[0].policy_id]
            text = f"The policy of {provider} says two things that contradict each other. {text}"
        if silent:
            providers = _listed([names[policy_id] for policy_id in silent])
            text += f" Nothing on this was found in the policies of {providers}."
        return text
    providers = _listed([names[policy_id] for policy_id in searched])
    if not providers:
        return "There is no policy to search: add one, or ask without a filter."
    return f"The policies searched do not state this, as far as could be found ({providers})."


def _in_their_words(quotes: Sequence[Quote], names: Mapping[str, str]) -> str:
    providers = _listed([names[quote.policy_id] for quote in quotes])
    marks = " ".join(f"[{number}]" for number, _ in enumerate(quotes, start=1))
    return f"In the words of {providers}: {marks}."


def cited_text(sentences: Sequence[Sentence], quotes: Sequence[Quote]) -> str:
    """The sentences, each followed by the numbers of its quotes: "Logs are kept. [1]"."""
    numbers = {quote.citation_id: number for number, quote in enumerate(quotes, start=1)}
    return " ".join(
        sentence.text + "".join(f" [{numbers[citation]}]" for citation in sentence.citations)
        for sentence in sentences
    )


def _listed(names: Sequence[str]) -> str:
    shown = list(dict.fromkeys(names))
    if len(shown) > _MOST_NAMES:
        return ", ".join(shown[:_MOST_NAMES]) + f" and {len(shown) - _MOST_NAMES} more"
    return " and ".join(filter(None, [", ".join(shown[:-1]), *shown[-1:]]))
