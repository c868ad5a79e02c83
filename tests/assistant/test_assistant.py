from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import assistant as api
from assistant import (
    Answer,
    Assistant,
    EventKind,
    IndexMissingError,
    ModelError,
    QuestionError,
    Settings,
    Status,
    UnknownPolicyError,
    Verdict,
)
from index.models.embedder import SentenceTransformerEmbedder
from index.models.weights_file import RERANKER
from tests.assistant.conftest import AddText
from tests.assistant.samples import Scripted, Unwilling, assistant_on, corpus_folder
from tests.conftest import FakeReranker

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


def test_stream_brings_evidence_then_sentences_then_the_answer() -> None:
    told = (
        "Your personal information, your email address included, will never be sold to any third "
        "party, whether for sending you marketing emails or for any other use."
    )
    written = f"Introplex: No, y{told[1:]}"
    model = Scripted(told, "It sells everything.")
    assistant = assistant_on(corpus_folder(), model, Settings(max_quotes=2))
    question = "Do you sell my email address?"
    events = list(assistant.stream(question, policies=["introplex", "intraworks"]))
    kinds = [event.kind for event in events]
    assert kinds == [EventKind.EVIDENCE, EventKind.SENTENCE, EventKind.ANSWER]
    answer = events[-1].answer
    assert answer is not None
    assert events[0].quotes == answer.quotes
    assert (events[1].sentence,) == answer.sentences
    assert answer.sentences[0].text == written
    assert answer.sentences[0].citations == (answer.quotes[0].citation_id,)
    assert answer.text == f"{written} [1]"
    assert answer.rejected[0].text == "It sells everything."
    assert all(each.reasons for each in answer.rejected)
    assert answer.receipt.generator == "scripted@1"
    assert answer.receipt.prompt is not None
    assert answer.receipt.prompt.startswith("one_sentence@")
    assert len(model.prompts) == len(answer.quotes)
    assert assistant.verify(answer) == []


def test_evidence_comes_before_the_model_is_used() -> None:
    events = assistant_on(corpus_folder(), Unwilling()).stream(SOLD)
    assert next(events).kind is EventKind.EVIDENCE
    with pytest.raises(AssertionError, match="the language model was used"):
        next(events)


def test_where_no_sentence_passes_the_quotes_stand_alone() -> None:
    model = Scripted(*["It bakes bread."] * 4)
    answer = assistant_on(corpus_folder(), model).ask(SOLD)
    assert answer.sentences == ()
    assert len(answer.rejected) == len(answer.quotes) > 0
    assert answer.text.startswith("In the words of Introplex: [1]")


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


@pytest.mark.parametrize("wanted", [["cpw"], ["ixanet", "imgwg"], ["ixanet", "ixanet"]])
def test_the_filter_is_exact(corpus: Assistant, wanted: list[str]) -> None:
    answer = corpus.ask(SOLD, policies=wanted, generate=False)
    found = corpus.search(SOLD, policies=wanted, k=50)
    assert {hit.clause.policy_id for hit in found} == set(wanted)
    assert {quote.policy_id for quote in answer.quotes} <= set(wanted)
    assert list(answer.receipt.policies) == sorted(set(wanted))
    assert answer.receipt.routed == ()


def test_a_filter_finds_every_clause_of_a_small_policy(corpus: Assistant) -> None:
    found = corpus.search("zebra", policies=["cpw"], k=50)
    assert {hit.clause for hit in found} == set(corpus.clauses("cpw"))


def test_search_is_ranked(corpus: Assistant) -> None:
    hits = corpus.search(SOLD, k=5)
    assert [hit.rank for hit in hits] == [1, 2, 3, 4, 5]
    assert sorted((hit.score for hit in hits), reverse=True) == [hit.score for hit in hits]
    assert all(0 <= hit.score <= 1 for hit in hits)
    assert hits == corpus.search(SOLD, k=8)[:5]


def test_a_follow_up_is_understood(corpus: Assistant) -> None:
    history = [("How long does ixanet keep my personal information?", "As long as needed.")]
    answer = corpus.ask("And who can see it?", history=history, generate=False)
    assert answer.question == "And who can see it?"
    assert answer.receipt.routed == ("ixanet",)


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


@pytest.mark.parametrize(
    ("question", "message"),
    [
        ("", "the question is empty"),
        (" \n\t", "the question is empty"),
        ("\x00", "the question is empty"),
        ("?!", "the question is empty"),
        ("a" * 4001, "the question has 4001 characters, at most 4000 are read"),
    ],
)
def test_what_cannot_be_asked(corpus: Assistant, question: str, message: str) -> None:
    for call in (corpus.ask, corpus.search):
        with pytest.raises(QuestionError, match=message):
            call(question)


@pytest.mark.parametrize(
    "question",
    [
        "sell\x00 my data?",
        "sell my data \udcff",
        '"AND" OR NOT ( NEAR * : ^',
        "'; DROP TABLE policies; --",
        "a" * 4000,
        "¿Venden mis datos? 😀 漢字",
    ],
)
def test_odd_questions_are_searched(corpus: Assistant, question: str) -> None:
    assert len(corpus.search(question, k=3)) == 3
    assert exact(corpus, corpus.ask(question, generate=False))


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


def test_what_another_assistant_changed_is_seen(
    small: Assistant, embedder: SentenceTransformerEmbedder, add_acme: AddText
) -> None:
    reader = Assistant(
        small.folder, Settings(answer_threshold=0), embedder, Unwilling(), FakeReranker()
    )
    add_acme("Acme Privacy Policy\n\nWe keep logs for 30 days.\n")
    before = reader.ask("How long are logs kept?", generate=False)
    assert [quote.exact for quote in before.quotes] == ["We keep logs for 30 days."]
    add_acme("Acme Privacy Policy\n\nWe keep logs for 90 days.\n")
    after = reader.ask("How long are logs kept?", generate=False)
    assert [quote.exact for quote in after.quotes] == ["We keep logs for 90 days."]
    assert after.receipt.generation == before.receipt.generation + 1
    small.remove("acme")
    assert reader.ask("How long are logs kept?", generate=False).quotes == ()


def test_threads_get_their_own_policys_quotes() -> None:
    assistant = assistant_on(corpus_folder(), settings=Settings(answer_threshold=0))
    expected = {
        each: assistant_on(corpus_folder(), settings=Settings(answer_threshold=0))
        .ask("Who can see my personal information?", policies=[each], generate=False)
        .quotes
        for each in IDS
    }
    together = threading.Barrier(len(IDS))

    def ask(policy_id: str) -> list[Answer]:
        together.wait()
        question = "Who can see my personal information?"
        return [assistant.ask(question, policies=[policy_id], generate=False) for _ in range(3)]

    with ThreadPoolExecutor(len(IDS)) as pool:
        answers = dict(zip(IDS, pool.map(ask, IDS), strict=True))
    for policy_id in IDS:
        assert {quote.policy_id for quote in expected[policy_id]} == {policy_id}
        assert [answer.quotes for answer in answers[policy_id]] == [expected[policy_id]] * 3


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


@pytest.mark.parametrize(
    "wrong",
    [
        {"answer_threshold": -0.1},
        {"support_threshold": 1.1},
        {"max_quotes": 0},
        {"hits": 0},
    ],
)
def test_settings_are_checked(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong))):
        Settings(**wrong)  # type: ignore[arg-type]
