"""What a quote says, in sentences of its own words: "they" for "we", with or without its asides.

The language model is adapted to write such sentences, and where it does not, it chooses from them.
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
# Behind one of these "they" may be taken for others: what may be a plural, and two names.
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
# Examples and names for short; what else stands in brackets may be a limit.
_ASIDE = re.compile(
    r"\s*\((?:e\.g\.|such as|including|for example|like|see|collectively|(?:the )?[\"“])[^()]*\)",
    re.IGNORECASE,
)
_EXAMPLES = re.compile(r",?\s+(?:including|such as|for example|e\.g\.)\s.*$", re.IGNORECASE)
_TAIL = re.compile(r"\s*(?:;|—|–|\s-\s|:|,(?=\s(?:and|but|or|which|so|including|as well as)\b))")
_OPEN_ENDS = " \t,;:–—-"
_OPEN_JOINT = re.compile(r"[,;]\s*(?:and|or)$")


def restatements(quote: str, company: str) -> list[str]:
    """Sentences that restate each sentence of a quote: whole first, then shorter and shorter.

    `quote` is without Markdown's marks, `company` the name for "we" where "they" would be mistaken
    for others. Whether the quote carries what a shorter one says is for the support check.
    """
    found: dict[str, None] = {}
    for sentence in _sentences(quote):
        for each in sorted(set(_shortened(sentence)), key=lambda text: (-len(text), text)):
            said = in_third_person(each, company)
            if said and _FEWEST <= len(each.split()) <= _LONGEST:
                found.setdefault(said)
    return list(found)


def restated(sentence: str, quote: str, company: str) -> str:
    """A sentence that was written from the quote, in the third person and without what only joins
    it to others. One of the quote's own is put as `restatements` would put it; "" where it says
    "they" and that cannot be."""
    text = in_third_person(bare(sentence), company)
    for own in _sentences(quote):
        for each in set(_shortened(own)):
            if _pronouns(each, company) == _pronouns(bare(sentence), company):
                return in_third_person(each, company)
    return text


def _sentences(quote: str) -> Iterator[str]:
    for start, end in sentence_spans(quote):
        whole = bare(quote[start:end])
        if not whole.endswith((":", "?")) and not _WRITER.search(whole):
            yield whole


def bare(sentence: str) -> str:
    """A sentence without a list's mark and a word that only joins it to what stands before."""
    text = _UNSEEN.sub("", " ".join(sentence.split()))
    text = _LEAD.sub("", _NUMBERED.sub("", text))
    return text[:1].upper() + text[1:]


def in_third_person(sentence: str, company: str) -> str:
    """With "they" for "we"; as the company's own words (`Acme: “We ...”`) where others might be
    taken for "them", and "" there without a company."""
    unnamed = re.sub(rf"(?<!\w){re.escape(company)}(?!\w)", "it", sentence) if company else sentence
    other = _OTHERS.search(unnamed)
    if _THEY.search(unnamed) and _FIRST_PERSON.search(unnamed):
        return _own_words(sentence, company)
    if other and _FIRST_PERSON.search(unnamed, other.end()):
        return _own_words(sentence, company)
    return _pronouns(sentence, company)


def _own_words(sentence: str, company: str) -> str:
    return f"{company}: “{sentence}”" if company else ""


def _pronouns(text: str, company: str) -> str:
    """With "they" for "we", but in the company's own name."""
    named = re.compile(rf"((?<!\w){re.escape(company)}(?!\w))", re.IGNORECASE) if company else None
    parts = named.split(text) if named else [text]
    third = "".join(part if at % 2 else _third(part) for at, part in enumerate(parts))
    return third[:1].upper() + third[1:] if text[:1].isupper() else third


def _third(text: str) -> str:
    for short, full in _SHORT:
        text = short.sub(full, text)
    return _FIRST_PERSON.sub(lambda match: _THIRD_PERSON[match[0].lower()], text)


def _shortened(sentence: str) -> Iterator[str]:
    """The sentence, without brackets, without closing examples, and up to each of its joints."""
    for text in (sentence, _ASIDE.sub("", sentence)):
        yield _closed(text)
        yield _closed(_EXAMPLES.sub("", text))
        for joint in islice(_TAIL.finditer(text), _MOST_JOINTS):
            yield _closed(text[: joint.start()])


def _closed(text: str) -> str:
    """With a capital and a full stop."""
    text = _OPEN_JOINT.sub("", text.strip().rstrip(_OPEN_ENDS)).rstrip(_OPEN_ENDS)
    if text and not re.search(r"[.!?][)\"”’]*$", text):
        text += "."
    return text[:1].upper() + text[1:]
