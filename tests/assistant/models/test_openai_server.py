from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest

import assistant.models.openai_server
from assistant.models.openai_server import ServerGenerator
from index.errors import ModelError
from tests.assistant.models.fake_server import Handler, Imitation, Script

QUOTES_ONLY = "or ask for quotes only"
RUNS = f"check that it runs, and the address, {QUOTES_ONLY}"


@pytest.fixture
def server() -> Iterator[Imitation]:
    with Imitation() as imitation:
        thread = threading.Thread(target=imitation.serve_forever, args=(0.01,))
        thread.start()
        yield imitation
        imitation.shutdown()
        thread.join()


def event(content: str | None, ended: bool = False, **more: Any) -> str:
    delta = {"content": content, **more}
    choice = {"index": 0, "delta": delta, "finish_reason": "stop" if ended else None}
    return f"data: {json.dumps({'choices': [choice]})}\n\n"


def events(*pieces: str) -> str:
    return "".join(map(event, pieces)) + "data: [DONE]\n\n"


def never() -> bool:
    return False


def pieces(server: Imitation, body: str | bytes, status: int = 200, **headers: str) -> list[str]:
    server.script = lambda handler: handler.reply(body, status, **headers)
    return list(ServerGenerator(server.url, "tiny").stream("Why?", 50, never))


def failure(server: Imitation, body: str | bytes, status: int = 200, **headers: str) -> str:
    with pytest.raises(ModelError) as error:
        pieces(server, body, status, **headers)
    text = str(error.value)
    begin = f"the language model server at {server.url} "
    assert text.startswith(begin)
    return text.removeprefix(begin)


def test_the_request(server: Imitation) -> None:
    assert pieces(server, events("Logs ", "are kept.")) == ["Logs ", "are kept."]
    body = {
        "model": "tiny",
        "messages": [{"role": "user", "content": "Why?"}],
        "max_tokens": 50,
        "temperature": 0,
        "seed": 0,
        "stream": True,
    }
    assert server.asked == [("/v1/chat/completions", None, body)]


@pytest.mark.parametrize(
    ("user", "key", "expected"),
    [
        ("", "sk-1", "Bearer sk-1"),
        ("ann:p%40ss@", None, "Basic YW5uOnBAc3M="),
        ("ann:p%40ss@", "sk-1", "Bearer sk-1"),
        ("", "", None),
    ],
)
def test_credentials(server: Imitation, user: str, key: str | None, expected: str | None) -> None:
    server.script = lambda handler: handler.reply(events("Yes."))
    generator = ServerGenerator(f"http://{user}{server.host}/v1/", "tiny", key)
    assert generator.identity == f"tiny@{server.host}"
    assert list(generator.stream("Why?", 50, never)) == ["Yes."]
    assert [request[:2] for request in server.asked] == [("/v1/chat/completions", expected)]


WHOLE = {"choices": [{"message": {"content": "Yes.\u2028No."}, "finish_reason": "stop"}]}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (events("a", "b"), ["a", "b"]),
        (events("a", "b").replace("\n", "\r\n").replace("data: ", "data:"), ["a", "b"]),
        (": ping\n\nevent: x\nid: 1\nretry: 5\n\n" + events("a"), ["a"]),
        (event(None, role="assistant") + event("") + events("a"), ["a"]),
        (event(None, reasoning_content="hm") + event("a", reasoning="hm", ended=True), ["a"]),
        ('data: {"choices": []}\n\n' + events("a"), ["a"]),
        ('data: {"choices": [{"delta": null}]}\n\n' + events("a"), ["a"]),
        (event("a") + event("b", ended=True) + event("never read"), ["a", "b"]),
        (event("a") + "data: [DONE]\n\n" + event("never read"), ["a"]),
        (event("a", ended=True).rstrip(), ["a"]),
        (events("x").replace('"x"', '"a\u2028\x85b"'), ["a\u2028\x85b"]),
        (json.dumps(WHOLE), ["Yes.\u2028No."]),
        (json.dumps(WHOLE, indent=2, ensure_ascii=False), ["Yes.\u2028No."]),
        (events("<think>", "hm", "</th", "ink>", "\n\n", "Yes", " no"), ["Yes", " no"]),
        (events("\n<thi", "nk>a</think><think>b</think> Yes"), ["Yes"]),
        (events("<th", "e> a <think>b</think>"), ["<the> a <think>b</think>"]),
        (events(" ", "<thi"), ["<thi"]),
        (events("Yes <think>b</think>", " no"), ["Yes <think>b</think>", " no"]),
    ],
)
def test_what_servers_send(server: Imitation, body: str, expected: list[str]) -> None:
    assert pieces(server, body) == expected


def test_halves_of_surrogate_pairs(server: Imitation) -> None:
    server.script = lambda handler: handler.reply(events("\ud83d", "\ud83d\ude00"))
    reply = ServerGenerator(server.url, "tiny").stream("a\udc80", 9, never)
    assert list(reply) == ["?", "\U0001f600"]
    assert server.asked[0][2]["messages"] == [{"role": "user", "content": "a?"}]


def test_events_cut_anywhere(server: Imitation) -> None:
    def script(handler: Handler) -> None:
        handler.begin()
        for byte in events("Größe ", "30").encode():
            handler.wfile.write(bytes([byte]))

    server.script = script
    assert list(ServerGenerator(server.url, "tiny").stream("", 9, never)) == ["Größe ", "30"]


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (401, '{"error": {"message": "No\\n key"}}', "HTTP 401 (No key): check the API key"),
        (
            404,
            '{"error": "model not found"}',
            "HTTP 404 (model not found): check the address (it usually ends in /v1) and that the "
            "server has the model",
        ),
        (
            400,
            '{"object": "error", "message": "too long"}',
            "HTTP 400 (too long): see what the server itself reports",
        ),
        (500, "<h1>No\x1b[31m\x07</h1>", "HTTP 500 (<h1>No[31m</h1>): see what the server itself"),
        (503, "", "HTTP 503: see what the server itself reports"),
        (500, "[" * 100_000, f"HTTP 500 ({'[' * 200}): see what the server itself reports"),
    ],
)
def test_refusals(server: Imitation, status: int, body: str, expected: str) -> None:
    text = failure(server, body, status)
    assert text.startswith(f"answered with {expected}")
    assert text.endswith(f", {QUOTES_ONLY}")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('data: {"error": {"message": "out of memory"}}', "reports an error (out of memory)"),
        ('{"error": "model is loading"}', "reports an error (model is loading)"),
        ('{"error": {"code": 5}}', "reports an error ({'code': 5})"),
        ("data: {not JSON}", "sent something that is not a chat completion"),
        ("<html>Hello</html>", "sent something that is not a chat completion"),
        (
            '{"choices": [{"message": {"content": [1]}}]}',
            "sent something that is not a chat completion",
        ),
        ('{"choices": 5}', "sent something that is not a chat completion"),
        ('{"choices": ["a"]}', "sent something that is not a chat completion"),
        ("[1]", "sent something that is not a chat completion"),
        ("{}", "sent something that is not a chat completion"),
        (b"data: \xff\xfe", "sent something that is not a chat completion"),
        ("data: " + "[" * 100_000, "sent something that is not a chat completion"),
        (event("a"), "broke off before the end of its reply"),
        ("", "broke off before the end of its reply"),
    ],
)
def test_bodies_that_are_not_an_answer(server: Imitation, body: str | bytes, expected: str) -> None:
    assert failure(server, body) == f"{expected}: {RUNS}"


@pytest.mark.parametrize(
    "body",
    [
        events(),
        events(" ", "\n"),
        events("<think>", "hm"),
        event(None, reasoning_content="hm") + event(None, ended=True),
    ],
)
def test_no_text_is_a_failure(server: Imitation, body: str) -> None:
    assert failure(server, body) == (
        "sent no text for 'tiny': a model that reasons may have used up its 50 tokens, name "
        f"another, {QUOTES_ONLY}"
    )


def test_a_reply_that_breaks_off(server: Imitation) -> None:
    said: list[str] = []
    server.script = lambda handler: handler.reply(event("a"), Content_Length="999")
    with pytest.raises(ModelError) as error:
        said.extend(ServerGenerator(server.url, "tiny").stream("Why?", 50, never))
    assert said == ["a"]
    assert str(error.value).endswith(f" broke off (RemoteProtocolError): {RUNS}")


def test_redirects_are_not_followed(server: Imitation) -> None:
    there = f"{server.url}/elsewhere"
    assert failure(server, "", 307, Location=there) == (
        f"redirects to another address, which is not followed: {RUNS}"
    )
    assert len(server.asked) == 1


def test_proxies_of_the_environment_are_not_used(
    server: Imitation, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert pieces(server, events("a")) == ["a"]


def test_nobody_listens() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))  # bound and not listening
        host = f"127.0.0.1:{unused.getsockname()[1]}"
        generator = ServerGenerator(f"http://ann:secret@{host}/v1", "tiny")
        with pytest.raises(ModelError) as error:
            list(generator.stream("Why?", 50, never))
    assert str(error.value) == (
        f"the language model server at http://{host}/v1 cannot be reached (All connection "
        f"attempts failed): {RUNS}"
    )


def test_a_silent_server(server: Imitation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assistant.models.openai_server, "_SILENT_SECONDS", 0.2)
    server.script = Handler.wait_for_hanging_up
    with pytest.raises(ModelError, match=r"/v1 sent nothing for 0 s: check that it runs"):
        list(ServerGenerator(server.url, "tiny").stream("Why?", 50, never))
    assert server.hung_up.wait(2)


@pytest.mark.parametrize("key", [None, "sk-secret"])
def test_credentials_are_in_no_error(server: Imitation, key: str | None) -> None:
    secret = key or "pw-secret"
    server.script = lambda handler: handler.reply(f"You sent {secret}!", 401)
    user = "" if key else f"ann:{secret}@"
    generator = ServerGenerator(f"http://{user}{server.host}/v1", "tiny", key)
    with pytest.raises(ModelError) as error:
        list(generator.stream("Why?", 50, never))
    assert str(error.value) == (
        f"the language model server at {server.url} answered with HTTP 401 (You sent ***!): check "
        f"the API key, {QUOTES_ONLY}"
    )


def drip(handler: Handler) -> None:
    """A piece every 20 ms, for as long as the client listens."""
    handler.begin()
    for number in count():
        handler.wfile.write(event(f"{number} ").encode())
        time.sleep(0.02)


def test_stopping_between_pieces(server: Imitation) -> None:
    server.script = drip
    said: list[str] = []
    for piece in ServerGenerator(server.url, "tiny").stream("Why?", 50, lambda: len(said) == 3):
        said.append(piece)
    assert said == ["0 ", "1 ", "2 "]
    assert server.hung_up.wait(2)


def test_closing_the_iterator(server: Imitation) -> None:
    server.script = drip
    reply = ServerGenerator(server.url, "tiny").stream("Why?", 50, never)
    assert next(reply) == "0 "
    reply.close()  # type: ignore[attr-defined]
    assert server.hung_up.wait(2)
    assert list(reply) == []


def hold(handler: Handler) -> None:
    handler.wait_for_hanging_up()


def hold_headers_sent(handler: Handler) -> None:
    handler.begin()
    handler.wait_for_hanging_up()


def hold_while_thinking(handler: Handler) -> None:
    handler.begin()
    handler.wfile.write(event("<think>hm").encode())
    handler.wait_for_hanging_up()


@pytest.mark.parametrize("script", [hold, hold_headers_sent, hold_while_thinking])
def test_stopping_while_the_server_says_nothing(server: Imitation, script: Script) -> None:
    server.script = script
    until = time.monotonic() + 0.3
    reply = ServerGenerator(server.url, "tiny").stream("", 9, lambda: time.monotonic() > until)
    assert list(reply) == []
    assert time.monotonic() - until < 1
    assert server.hung_up.wait(2)


def test_stopped_before_the_first_piece(server: Imitation) -> None:
    server.script = drip
    assert list(ServerGenerator(server.url, "tiny").stream("", 9, lambda: True)) == []
    assert server.asked == []


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("ftp://host/v1", "ftp://host/v1"),
        ("localhost:11434/v1", "localhost:11434/v1"),
        ("", ""),
        ("http://", "http://"),
        ("http://:80/v1", "http://:80/v1"),
        ("http://host:99999/v1", "http://host:99999/v1"),
        ("http://host:x/v1", "http://host:x/v1"),
        ("http://host:0/v1", "http://host:0/v1"),
        ("http://[::1/v1", "http://[::1/v1"),
        ("http://host/v1?key=secret", "http://host/v1"),
        ("http://host/v1#secret", "http://host/v1"),
        ("http://host /v1", "http://host /v1"),
        ("http://ho\x1b[1mst/v1", "http://ho\x1b[1mst/v1"),
        ("http://host/v1\n", "http://host/v1\n"),
        ("ftp://ann:secret@host", "ftp://host"),
        ("FTP://ann:sec@ret@host", "FTP://host"),
        ("ann:secret@host", "host"),
    ],
)
def test_addresses_that_cannot_be_used(url: str, shown: str) -> None:
    with pytest.raises(ModelError) as error:
        ServerGenerator(url, "tiny", "sk-secret")
    assert str(error.value) == (
        f"not the address of a language model server: {shown!r}. Give one such as "
        "'http://localhost:11434/v1'"
    )


@pytest.mark.parametrize(
    ("url", "identity"),
    [
        ("http://localhost:11434/v1", "qwen3:8b@localhost:11434"),
        ("https://ann:secret@Example.org/", "qwen3:8b@Example.org"),
        ("http://[::1]:8080/v1", "qwen3:8b@[::1]:8080"),
    ],
)
def test_identity(url: str, identity: str) -> None:
    assert ServerGenerator(url, "qwen3:8b", "sk-secret").identity == identity


def test_a_host_that_no_name_can_be() -> None:
    generator = ServerGenerator("http://a..é/v1", "tiny")
    with pytest.raises(ModelError, match=r" has an address that cannot be used: "):
        list(generator.stream("Why?", 50, never))


@pytest.mark.parametrize("key", ["sk secret", "sk-secret\n", "schlüssel"])
def test_keys_that_cannot_be_sent(key: str) -> None:
    with pytest.raises(ModelError) as error:
        ServerGenerator("http://localhost:11434/v1", "tiny", key)
    assert str(error.value) == (
        "the API key contains a blank or a character that no key has: copy it again"
    )


def test_loading_asks_nothing(server: Imitation) -> None:
    ServerGenerator(server.url, "tiny").load()
    assert server.asked == []
