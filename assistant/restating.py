"""What a quote says, in sentences of its own words: "they" for "we", with or without its asides.

The language model is adapted to write such sentences, and where it does not, it chooses from them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.sentences import sentence_spans

_LONGEST = 60  # words of a sentence
_FEWEST = 3
_FIRST_PERSON = re.compile(r"\b(?:[Ww]e|WE|[Oo]urs?|OURS?|[Uu]s|[Oo]urselves)\b")  # not "US"
_THIRD_PERSON = {
    "we": "they", "our": "their", "ours": "theirs", "us": "them", "ourselves": "themselves",
}  # fmt: skip
# Behind one of these "they" may be taken for them.
_OTHERS = re.compile(
    r"\b(?:they|them|their|theirs|themselves|others|people|individuals|users|members|customers|"
    r"visitors|children|parents|companies|parties|partners|affiliates|providers|processors|"
    r"controllers|advertisers|vendors|merchants|businesses|agencies|authorities|regulators|"
    r"organi[sz]ations|networks|employees|contractors|suppliers|services|sites|websites)\b",
    re.IGNORECASE,
)
_THEY = re.compile(r"\b(?:they|them|theirs?|themselves)\b", re.IGNORECASE)
_WRITER = re.compile(r"\b(?:I|[Mm]y|me|mine)\b")
_SINGULAR = {
    "do": "does", "have": "has", "are": "is", "were": "was", "don't": "doesn't",
    "aren't": "isn't", "haven't": "hasn't", "weren't": "wasn't",
}  # fmt: skip
_PLAIN = frozenset(
    "may might will can cannot could must shall should would did had won't can't couldn't".split()
)
_WE = re.compile(
    r"\b(?:[Ww]e|WE) "
    r"(?P<between>(?:(?:also|only|never|always|not|(?!rely|(?:ap|sup|re|com|im)ply)\w+ly) )*)"
    r"(?P<verb>[a-z]+(?:['’]t)?)(?P<joined>,? (?:and|or) )?"
)
_LEAD = re.compile(
    r"^(?:however|for example|for instance|for this reason|in addition|additionally|also|therefore|"
    r"thus|furthermore|moreover|finally|as such|accordingly|please note|please be aware|note)\b"
    r"(?:\s+that\b)?\s*,?\s+",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"^(?:[-*•·–]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]|\d{1,2}(?:\.\d{1,2})+\.?(?=\s+[A-Z]))\s+"
)
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_SHORT = (
    (re.compile(r"\bwe['’]ll\b", re.IGNORECASE), "we will"),
    (re.compile(r"\bwe['’]re\b", re.IGNORECASE), "we are"),
    (re.compile(r"\bwe['’]ve\b", re.IGNORECASE), "we have"),
)
_ASIDE = re.compile(r"\s*\((?=[^()]*[a-z]{3})[^()]*\)")  # not "(1)" or "(f)"
_EXAMPLES = re.compile(r",?\s+(?:including|such as|for example|e\.g\.)\s.*$", re.IGNORECASE)
_UNFINISHED = re.compile(r"[\s,;:–—-]*(?:[,;]\s*(?:and|or))?[\s,;:–—-]*$")
_TAIL = re.compile(r"\s*(?:;|—|–|\s-\s|:|,(?=\s(?:and|but|or|which|so|including|as well as)\b))")


def restatements(quote: str, company: str) -> list[str]:
    """Sentences that restate each sentence of a quote: whole first, then shorter and shorter.

    `quote` is without Markdown's marks, `company` the name for "we" where "they" would be mistaken
    for others. Whether the quote carries what a shorter one says is for the support check.
    """
    found: dict[str, None] = {}
    for sentence in _sentences(quote):
        said = in_third_person(sentence, company)
        for each in sorted(set(_shortened(said)), key=len, reverse=True) if said else []:
            if _FEWEST <= len(each.split()) <= _LONGEST:
                found.setdefault(each)
    return list(found)


def restated(sentence: str, quote: str, company: str) -> str:
    """A sentence that was written from the quote, in the third person and without what only joins
    it to others; with the company's name where "they" would be mistaken for others, if it is one
    of the quote's own."""
    text = in_third_person(bare(sentence), company) or bare(sentence)
    for own in _sentences(quote):
        for each in set(_shortened(own)):
            if _pronouns(each) == text:
                return in_third_person(each, company) or text
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
    """With "they" for "we", or the company's name behind others who might be meant; "" if neither
    can be said."""
    text = sentence
    for short, full in _SHORT:
        text = short.sub(full, text)
    shared = _THEY.search(text)
    other = shared or _OTHERS.search(text)
    if other is None or not _FIRST_PERSON.search(text, 0 if shared else other.end()):
        return _pronouns(text)
    named = _named(text, company) if company else ""
    return named or ("" if shared else _pronouns(text))


def _pronouns(text: str) -> str:
    """With "they" for "we"."""
    for short, full in _SHORT:
        text = short.sub(full, text)
    third = _FIRST_PERSON.sub(lambda match: _THIRD_PERSON[match[0].lower()], text)
    return third[:1].upper() + third[1:] if text[:1].isupper() else third


def _named(text: str, company: str) -> str:
    """With the company's name for "we"; "" where its verbs could not follow."""
    for match in _WE.finditer(text):
        if match["joined"] and match["verb"] not in _PLAIN:
            return ""
    named = _WE.sub(
        lambda match: (
            f"{company} {match['between']}{_inflected(match['verb'])}{match['joined'] or ''}"
        ),
        text,
    )
    if re.search(r"\b(?:we|ourselves)\b", named, re.IGNORECASE):
        return ""
    return _FIRST_PERSON.sub(
        lambda match: f"{company}'s" if match[0].lower().startswith("our") else company, named
    )


def _inflected(verb: str) -> str:
    """A verb of "we" as that of a company: "does" for "do", "sells" for "sell"."""
    known = _SINGULAR.get(verb.replace("’", "'"))
    if known or verb in _PLAIN or verb.endswith("ed"):
        return known or verb
    if verb.endswith(("s", "sh", "ch", "x", "z", "o")):
        return verb + "es"
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return verb[:-1] + "ies"
    return verb + "s"


def _shortened(sentence: str) -> Iterator[str]:
    """The sentence, without brackets, without closing examples, and up to each of its joints."""
    for text in (sentence, _ASIDE.sub("", sentence)):
        yield _closed(text)
        yield _closed(_EXAMPLES.sub("", text))
        for joint in _TAIL.finditer(text):
            yield _closed(text[: joint.start()])


def _closed(text: str) -> str:
    """With a capital and a full stop."""
    text = _UNFINISHED.sub("", text.strip())
    if text and not re.search(r"[.!?][)\"”’]*$", text):
        text += "."
    return text[:1].upper() + text[1:]
