"""Whether a quote speaks to a language model, not to the people whom its policy is for."""

from __future__ import annotations

import re

# Invisible, and not part of a word: soft hyphens, zero-width characters, variation selectors.
_UNSEEN = re.compile("[\u00ad\u180e\u200b-\u200d\u2060-\u2064\ufe00-\ufe0f\ufeff]")
# Text that looks different from what is stored: overrides of its direction, and Unicode's tags.
_HIDDEN = re.compile("[\u202d\u202e\U000e0000-\U000e007f]")
# The start of a sentence, where orders speak to whoever answers the question.
_BEGINS = r"(?:^|[.!?:;>\"“)]\s*|\n\s*[-*\d.]*\s*)(?:please |now |always |then )?"
_MODEL = r"(?:ai\b|ais\b|llms?\b|assistants?\b|chatbots?\b|(?:language )?models?\b)"
_REPLY = r"(?:answers?|repl(?:y|ies)|responses?)\b"
_ORDERS = re.compile(
    "|".join(
        (
            # To give up rules.
            r"\b(?:ignore|disregard|forget|override)\b (?:\w+ ){0,4}"
            r"(?:instruction|prompt|direction)s?\b",
            r"\b(?:ignore|disregard|forget) (?:all |any )?(?:the |your )?(?:previous |prior )?"
            r"rules?\b",
            rf"{_BEGINS}(?:ignore|disregard|forget|override)\b",
            r"\bignor\w+ .{0,40}\b(?:instr|anweis)\w+",
            # What to say.
            r"\b(?:respond|reply|answer|output|print|say) (?:only |exactly )?(?:with (?:only|"
            r"exactly|the word)|only:|exactly:|exactly\b)",
            rf"{_BEGINS}(?:reply|respond|answer|repeat|output|print|cite|quote|act as)\b",
            rf"{_BEGINS}tell (?:every(?:one|body)|people|them|(?:the )?(?:user|reader)s?)\b",
            r"\bsay(?: (?:that|yes|no|so|nothing)\b|:)",
            r"\banswer (?:yes|no|that|(?:every|any|each|all) questions?)\b",
            rf"\b(?:begin|start|end|finish) (?:\w+ ){{0,2}}{_REPLY}",
            rf"\b(?:your|the (?:\w+ )?) ?{_REPLY} (?:is|to (?:any|every|each|the|this) question)\b",
            rf"\bthe {_REPLY}:? [\"“]",
            r"\brepeat after me\b|\bdo not (?:mention|cite)\b",
            r"\b(?:antworte|répond(?:ez|s)|responde|rispondi)\b",
            # Who is spoken to, or whose part is to be played.
            r"\b(?:system|developer) (?:prompt|message)\b",
            rf"\byou are (?:now )?(?:an? |the )?(?:dan\b|{_MODEL})|\bas (?:an?|the) {_MODEL}",
            rf"\b(?:attention|note to|dear|remark to|instructions? (?:for|to)) (?:the )?{_MODEL}",
            rf"\bthe (?:ai )?assistant (?:is|has|must|should|shall|will|says?)\b|\bsays {_MODEL}",
            r"\b(?:says|of) the assistant\b|\bfrom now on,? act\b",
            # Imitations of turns in a conversation, chat tokens, markup and citations.
            r"(?:^|\n)\W*(?:human|user|assistant|system|ai|bot)\s*:",
            r"<\|?(?:im_|system|user|assistant|end)|</?s>|\[/?INST\]|<</?SYS>>",
            r"<!--|</?(?:script|img|iframe|svg|style|template|noscript)\b|\]\(\w+:",
            r"\b[a-z0-9-]+@[0-9a-f]{12}:\d+-\d+",
        )
    ),
    re.IGNORECASE,
)


def gives_orders(text: str) -> bool:
    """Whether the text speaks to a model or hides what it says, so that nothing is written from it.

    The fence in the prompt is the other defence. A false alarm costs a sentence, never a quote.
    """
    return _HIDDEN.search(text) is not None or _ORDERS.search(_UNSEEN.sub("", text)) is not None
