from __future__ import annotations

from pathlib import Path

import pytest

import assistant as api
from assistant import (
    Answer,
    Assistant,
    EventKind,
    IndexMissingError,
    ModelError,
    Settings,
    Status,
    UnknownPolicyError,
    Verdict,
)
from index.models.weights_file import RERANKER
from tests.assistant.conftest import AddText
from tests.assistant.samples import assistant_on, corpus_folder

SOLD = "Does Introplex sell my email address?"
IDS = ["cpw", "imgwg", "intraworks", "introplex", "ixanet"]


def exact(assistant: Assistant, answer: Answer) -> bool:
    return all(
        assistant.policy(quote.policy_id, quote.version).text[quote.start : quote.end]
        == quote.exact
        for quote in answer.quotes
    )


def test_ask_with_quotes_alone(corpus: Assistant) -> None:
    answer = corpus.ask(SOLD, generate=False)
    assert answer.verdict is Verdict.ANSWERED
    assert "never be sold by us to any third party" in answer.quotes[0].exact
    assert exact(corpus, answer)
    marks = " ".join(f"[{number + 1}]" for number in range(len(answer.quotes)))
    assert answer.text == f"In the words of Introplex: {marks}."
    assert (answer.sentences, answer.rejected) == ((), ())
    assert [hit.rank for hit in answer.hits] == list(range(1, 9))
    assert corpus.verify(answer) == []


def test_the_receipt(corpus: Assistant) -> None:
    receipt = corpus.ask(SOLD, generate=False).receipt
    entry = next(entry for entry in corpus.policies() if entry.id == "introplex")
    assert receipt.generation == 1
    assert receipt.policies == {"introplex": entry.version}
    assert receipt.routed == ("introplex",)
    assert receipt.query == "Does the company sell my email address?"
    assert receipt.embedding.startswith("all-MiniLM-L6-v2@53aa51172d14")
    assert receipt.reranker == RERANKER.identity
    assert (receipt.generator, receipt.prompt) == (None, None)
    assert receipt.thresholds == {
        "answer": Settings().answer_threshold,
        "support": Settings().support_threshold,
    }
    assert list(receipt.timings) == ["route", "embed", "retrieve", "rerank", "evidence"]
    assert min(receipt.timings.values()) >= 0


def test_what_is_not_stated() -> None:
    assistant = assistant_on(corpus_folder(), settings=Settings(answer_threshold=1.0))
    events = list(assistant.stream("Are my health records shared with insurers?"))
    assert [event.kind for event in events] == [EventKind.ANSWER]
    answer = events[0].answer
    assert answer is not None
    assert answer.verdict is Verdict.NOT_STATED
    assert (answer.quotes, answer.sentences) == ((), ())
    assert answer.text.startswith("The policies searched do not state this, as far as could be")
    assert len(answer.hits) == 8
    assert 0 <= answer.confidence < 1


@pytest.mark.parametrize("ids", [["nope"], ["cpw", "nope"], [""]])
def test_an_unknown_policy(corpus: Assistant, ids: list[str]) -> None:
    for call in (corpus.ask, corpus.search):
        with pytest.raises(UnknownPolicyError, match="'policy-assistant list' shows"):
            call(SOLD, policies=ids)


def test_one_string_is_no_list_of_policies(corpus: Assistant) -> None:
    with pytest.raises(TypeError, match="policies is a sequence of ids"):
        corpus.ask(SOLD, policies="cpw", generate=False)
    with pytest.raises(TypeError, match="policies is a sequence of ids"):
        corpus.search(SOLD, policies="cpw")


def test_k_is_at_least_one(corpus: Assistant) -> None:
    with pytest.raises(ValueError, match="k is 0: ask for at least 1"):
        corpus.search(SOLD, k=0)


def test_there_is_no_index_yet(tmp_path: Path) -> None:
    assistant = assistant_on(tmp_path / "none")
    assert assistant.policies() == []
    for call in (assistant.ask, assistant.search, assistant.lookup, assistant.remove):
        with pytest.raises(IndexMissingError, match="run 'policy-assistant add FILE"):
            call("cpw@000000000000:1-2")
    assert not (tmp_path / "none").exists()


def test_an_empty_index_says_so(small: Assistant, add_acme: AddText) -> None:
    add_acme("Acme Privacy Policy\n\nWe keep logs.\n")
    small.remove("acme")
    answer = small.ask("Do you keep logs?")
    assert (answer.verdict, answer.confidence) == (Verdict.NOT_STATED, 0.0)
    assert answer.text == "There is no policy to search: add one, or ask without a filter."
    assert (answer.hits, answer.quotes) == ((), ())
    assert small.search("logs") == []


def test_policies_and_their_clauses(corpus: Assistant) -> None:
    assert [entry.id for entry in corpus.policies()] == IDS
    for entry in corpus.policies():
        clauses = corpus.clauses(entry.id)
        assert len(clauses) == entry.clauses > 0
        assert entry.versions == (corpus.policy(entry.id).version,)


def test_the_clause_of_a_quote(corpus: Assistant) -> None:
    quote = corpus.ask(SOLD, generate=False).quotes[0]
    clause = corpus.policy_clause(quote)
    assert clause is not None
    assert clause.id == quote.clause_id
    assert clause.start <= quote.start < quote.end <= clause.end


def test_loading_opens_what_the_variable_names(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("POLICY_ASSISTANT_INDEX", str(tmp_path / "one"))
    assert Assistant.load().folder == tmp_path / "one" == api.default_index_path()
    assert Assistant.load(tmp_path / "two").folder == tmp_path / "two"
    monkeypatch.delenv("POLICY_ASSISTANT_INDEX")
    assert Assistant.load().folder.parts[-2:] == ("policy-assistant", "index")


def test_the_functions_use_the_default_index(
    monkeypatch: pytest.MonkeyPatch, corpus: Assistant
) -> None:
    monkeypatch.setattr(api, "_default", lambda: corpus)
    answer = api.ask(SOLD, policies=["introplex"], generate=False)
    assert answer.quotes == corpus.ask(SOLD, policies=["introplex"], generate=False).quotes
    assert api.lookup(answer.quotes[0].citation_id).status is Status.INTACT


def test_quotes_alone_need_no_language_model() -> None:
    assistant = Assistant.load(corpus_folder(), Settings(generator_model="/no/such/model"))
    assert assistant.ask(SOLD, generate=False).quotes
    with pytest.raises(ModelError, match="/no/such/model"):
        assistant.ask(SOLD)
