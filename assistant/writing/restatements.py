"""What a quote says, in its own words: with "they" for "we", with or without its asides.

The language model is adapted to write such sentences; where it does not, it chooses one of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from index.text.sentences import sentence_spans

_LONGEST = 60  # words of a sentence
_FEWEST = 3
_MOST_JOINTS = 12
_FIRST_PERSON = re.compile(r"\b(?:[Ww]e|WE|[Oo]urs?|OURS?|[Uu]s|[Oo]urselves)\b")  # not "US"
_THIRD_PERSON = {
    "we": "they", "our": "their", "ours": "theirs", "us": "them", "ourselves": "themselves",
}  # fmt: skip
# Behind one of these, which may be a plural or two names, "they" could be mistaken for others.
_OTHERS = re.compile(
    r"(?i:\b(?:they|them|their|people|children|women|men|staff|everyone|anyone|others?|persons?"
    r"|(?!(?:this|its|his|yours|always|unless|whereas|perhaps|thus|does|has|was|is|as|us|various"
    r"|previous|business|access|address|process|gps|sms|ios|dns|https)\b)[A-Za-z’'-]{2,}s)\b)"
    r"|[A-Z]\w+ (?:and|or) [A-Z]"
)
_THEY = re.compile(r"\b(?:they|them|theirs?|themselves)\b", re.IGNORECASE)
_WRITER = re.compile(r"\b(?:I|[Mm]y|me|mine)\b")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_SHORT = (
    (re.compile(r"\bwe['’]ll\b", re.IGNORECASE), "we will"),
    (re.compile(r"\bwe['’]re\b", re.IGNORECASE), "we are"),
    (re.compile(r"\bwe['’]ve\b", re.IGNORECASE), "we have"),
)
_LEAD = re.compile(
    r"^(?:(?:however|for example|for instance|for this reason|in addition|additionally|also|"
    r"therefore|thus|furthermore|moreover|finally|as such|accordingly|please note)\s*,"
    r"|(?:please note|please be aware|note)\s+that\s*,?)\s+",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"^(?:[-*•·–]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)](?=\s+[\"“A-Z])"
    r"|\d{1,2}(?:\.\d{1,2})+\.?(?=\s+(?!Million|Billion|Thousand)[A-Z][a-z]+\s+[a-z]))\s+"
)
# Examples and short names; anything else in brackets may be a limit.
_ASIDE = re.compile(
    r"\s*\((?:e\.g\.|such as|including|for example|like|see|collectively|(?:the )?[\"“])[^()]*\)",
    re.IGNORECASE,
)
_EXAMPLES = re.compile(r",?\s+(?:including|such as|for example|e\.g\.)\s.*$", re.IGNORECASE)
_TAIL = re.compile(r"\s*(?:;|—|–|\s-\s|:|,(?=\s(?:and|but|or|which|so|including|as well as)\b))")
_OPEN_ENDS = " \t,;:–—-"
_OPEN_JOINT = re.compile(r"[,;]\s*(?:and|or)$")


def restatements(quote: str, company: str) -> list[str]:
    """Sentences that restate each sentence of a quote, the longest first.

    `quote` is without Markdown's marks; `company` stands for "we" where "they" could be mistaken
    for others. Whether the quote carries what a shortened sentence says is for the support check.
    """
    said: dict[str, None] = {}
    for sentence in _sentences(quote):
        for text in sorted(set(_shortened(sentence)), key=lambda text: (-len(text), text)):
            restatement = in_third_person(text, company)
            if restatement and _FEWEST <= len(text.split()) <= _LONGEST:
                said.setdefault(restatement)
    return list(said)


def restated(sentence: str, quote: str, company: str) -> str:
    """A sentence that was written from the quote, in the third person and without what joins it.

    A sentence of the quote itself becomes what `restatements` makes of it. "" where "they" would be
    mistaken for others and there is no company to name.
    """
    for original in _sentences(quote):
        for text in set(_shortened(original)):
            if _with_they(text, company) == _with_they(bare(sentence), company):
                return in_third_person(text, company)
    return in_third_person(bare(sentence), company)


def _sentences(quote: str) -> Iterator[str]:
    for start, end in sentence_spans(quote):
        whole = bare(quote[start:end])
        if not whole.endswith((":", "?")) and not _WRITER.search(whole):
            yield whole


def bare(sentence: str) -> str:
    """A sentence without the mark of a list and a word that joins it to what stands before."""
    text = _UNSEEN.sub("", " ".join(sentence.split()))
    text = _LEAD.sub("", _NUMBERED.sub("", text))
    return text[:1].upper() + text[1:]


def in_third_person(sentence: str, company: str) -> str:
    """The sentence with "they" for "we".

    Where "they" could be mistaken for others, it is quoted as the company's own words (`Acme: “We
    ...”`); without a company that gives "".
    """
    unnamed = re.sub(rf"(?<!\w){re.escape(company)}(?!\w)", "it", sentence) if company else sentence
    others = _OTHERS.search(unnamed)
    ambiguous = _THEY.search(unnamed) and _FIRST_PERSON.search(unnamed)
    if ambiguous or (others and _FIRST_PERSON.search(unnamed, others.end())):
        return f"{company}: “{sentence}”" if company else ""
    return _with_they(sentence, company)


def _with_they(text: str, company: str) -> str:
    """The text with "they" for "we", except in the company's own name."""
    named = re.compile(rf"((?<!\w){re.escape(company)}(?!\w))", re.IGNORECASE) if company else None
    parts = named.split(text) if named else [text]
    third = "".join(part if i % 2 else _third_person(part) for i, part in enumerate(parts))
    return third[:1].upper() + third[1:] if text[:1].isupper() else third


def _third_person(text: str) -> str:
    for short, full in _SHORT:
        text = short.sub(full, text)
    return _FIRST_PERSON.sub(lambda match: _THIRD_PERSON[match[0].lower()], text)


def _shortened(sentence: str) -> Iterator[str]:
    """The sentence, with and without brackets and closing examples, up to each of its joints."""
    for text in (sentence, _ASIDE.sub("", sentence)):
        yield _closed(text)
        yield _closed(_EXAMPLES.sub("", text))
        for joint in islice(_TAIL.finditer(text), _MOST_JOINTS):
            yield _closed(text[: joint.start()])


def _closed(text: str) -> str:
    """The text with a capital and a full stop."""
    text = _OPEN_JOINT.sub("", text.strip().rstrip(_OPEN_ENDS)).rstrip(_OPEN_ENDS)
    if text and not re.search(r"[.!?][)\"”’]*$", text):
        text += "."
    return text[:1].upper() + text[1:]
