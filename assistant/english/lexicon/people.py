"""Who acts and who is spoken of: the company, its users, others; pronouns."""

from __future__ import annotations

I_WORDS = frozenset("i i'm i'll i've me my mine myself".split())
WE_WORDS = frozenset("we us our ours".split())
OWNERS = {
    "company": frozenset("our ours their its".split()),
    "you": frozenset("your yours".split()),
}

# From a word to the side it stands for. The sets differ in how sure it is that the one named acts:
# subjects do, parties may also own or be acted upon, and any actor may only be mentioned.
SUBJECTS = {"we": "company", "they": "company", "company": "company", "you": "you"}
PARTIES = SUBJECTS | dict.fromkeys("us our provider".split(), "company")
_USERS = "users customers members visitors subscribers clients".split()
PLURAL_SUBJECTS = {"we": "company", "you": "you"} | dict.fromkeys(_USERS, "you")
ACTORS = dict.fromkeys("we us company provider they them it".split(), "company") | dict.fromkeys(
    ["you", *_USERS, *(user.removesuffix("s") for user in _USERS)], "you"
)
STRANGERS = frozenset(
    "vendor partner advertis affili merchant seller buyer courier polic author employ "
    "parent administr lawyer attorney court bank insur landlord research moder".split()
)
"""Meanings of those who act beside the company and its users."""

DEMONSTRATIVES = frozenset("this that these those".split())
POINTERS = DEMONSTRATIVES | frozenset("it them they".split())
ANAPHORS = DEMONSTRATIVES | frozenset("it them such there".split())
KEPT_POINTERS = ("this", "these", "those", "such", "other", "then")
"""What a sentence may not leave out of its quote, in the order in which it is reported."""
THIRD_PERSON = frozenset("it its it's them they their he she his her".split())
SUBJECT_PRONOUNS = frozenset("they you we i it he she there one anyone someone".split())
NOT_NAMES = frozenset(ACTORS) | DEMONSTRATIVES | frozenset("there each one i".split())
"""What is not a name, though it has a capital at the start of a sentence."""
OUTSIDE = frozenset(
    """
    this these those such former latter following below aforementioned described foregoing section
    paragraph clause article
    """.split()
)
"""They point out of a quote, so that nothing can be said of what they mean."""
