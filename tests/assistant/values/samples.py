"""A policy, a quote of it and an answer that cites it, with letters that UTF-8 makes long."""

from __future__ import annotations

from assistant import Answer, Clause, Hit, Policy, Quote, Receipt, Rejected, Sentence, Verdict
from index.types import version_of

TEXT = "Ünïcode 😀 first. We keep logs for 30 days. 漢字 and more follow here, to the end."


def policy_of(text: str) -> Policy:
    return Policy("acme", "Acme", "acme.txt", "text/plain", text, version_of(text))


POLICY = policy_of(TEXT)
QUOTE = Quote.of(POLICY, "acme#2", 17, 42)


def answer(text: str = "We keep logs. 😀", confidence: float = 0.75) -> Answer:
    return Answer(
        question=text,
        verdict=Verdict.ANSWERED,
        confidence=confidence,
        text=text,
        sentences=(Sentence(text, (QUOTE.citation_id,)),),
        quotes=(QUOTE,),
        hits=(Hit(Clause("acme#2", "acme", "0" * 12, "1.2", ("A", text), 0, 9, 3), 0.1 + 0.2, 1),),
        rejected=(Rejected(text, (QUOTE.citation_id,), ("it denies", text)),),
        receipt=Receipt(
            generation=3,
            policies={"acme": POLICY.version},
            routed=("acme",),
            query=text,
            embedding="mini@1",
            reranker=None,
            generator="smol@1",
            prompt=None,
            thresholds={"answer": 0.42, "support": 0.75},
            timings={"search": 1.125},
            silent=("beta",),
            repeats={QUOTE.citation_id: ("acme@0:1-2", "beta@0:3-4")},
        ),
    )
