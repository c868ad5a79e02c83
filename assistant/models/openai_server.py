"""A language model behind any OpenAI-compatible server (Ollama, vLLM, llama.cpp).

Only the server that the user names is contacted: proxies from the environment are not used, and
redirects are not followed.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable, Generator, Iterator
from concurrent.futures import Future
from contextlib import closing
from queue import Empty, SimpleQueue
from typing import Any
from urllib.parse import unquote, urlsplit

from assistant.models.chat_completion import (
    Completion,
    encodable,
    lines,
    reported,
    without_thoughts,
)
from index.errors import ModelError

_CONNECT_SECONDS = 5.0
_SILENT_SECONDS = 120.0  # a big model reads a long prompt before its first word
_INTERVAL_SECONDS = 0.05  # between two calls of `stopped` while the server is silent
_ADVICE = {
    401: "check the API key",
    403: "check the API key",
    404: "check the address (it usually ends in /v1) and that the server has the model",
}
_OTHER_FIELD = re.compile(rb"\s*$|:|event:|id:|retry:")
_Put = Callable[[str | None], None]


class ServerGenerator:
    """Writes with `model` of the server at `base_url`, such as "http://localhost:11434/v1".

    Constructing it makes no request. `api_key` is sent as a bearer token; without it, a user and
    password in the URL are sent. None of them appears in `identity` or in an error. Safe to share
    between threads. Raises ModelError for an address or key that cannot be used.
    """

    def __init__(self, base_url: str, model: str, api_key: str | None = None) -> None:
        self._model = model
        self._url, self._host, user = _address(base_url)
        if api_key and not re.fullmatch(r"[!-~]+", api_key):
            raise ModelError(
                "the API key contains a blank or a character that no key has: copy it again"
            )
        self._key = api_key
        self._user = None if api_key else user

    @property
    def identity(self) -> str:
        """The model and the server's host, for receipts: "qwen3:8b@localhost:11434"."""
        return f"{self._model}@{self._host}"

    def load(self) -> None:
        """Does nothing: the server loads its model itself."""

    def stream(self, prompt: str, max_tokens: int, stopped: Callable[[], bool]) -> Iterator[str]:
        """The reply to one user message, in pieces, without what a reasoning model thinks first.

        The connection is closed as soon as `stopped()` is true, even while the server is silent,
        and when the iterator is closed. Raises ModelError if the server cannot be reached, refuses,
        breaks off or sends no text.
        """
        if stopped():
            return
        said = False
        with closing(self._pieces(prompt, max_tokens, stopped)) as pieces:
            for piece in without_thoughts(pieces):
                said = said or not piece.isspace()
                yield piece
        if not said and not stopped():
            raise self._failed(
                f"sent no text for {self._model!r}",
                f"a model that reasons may have used up its {max_tokens} tokens, name another",
            )

    def _pieces(
        self, prompt: str, max_tokens: int, stopped: Callable[[], bool]
    ) -> Generator[str, None, None]:
        # In a thread with an event loop, since nothing else can end a request while it waits.
        from anyio.from_thread import start_blocking_portal

        request = {
            "model": self._model,
            "messages": [{"role": "user", "content": encodable(prompt)}],
            "max_tokens": max_tokens,
            "temperature": 0,
            "seed": 0,
            "stream": True,
        }
        arrived: SimpleQueue[str | None] = SimpleQueue()
        with start_blocking_portal() as portal:
            exchange = portal.start_task_soon(self._exchange, request, arrived.put)
            portal.start_task_soon(_cancel_when, stopped, exchange)
            try:
                while not stopped():
                    try:
                        piece = arrived.get(timeout=_INTERVAL_SECONDS)
                    except Empty:
                        continue
                    if piece is None:
                        if not exchange.cancelled():
                            exchange.result()
                        return
                    yield piece
            finally:
                exchange.cancel()

    async def _exchange(self, request: dict[str, Any], put: _Put) -> None:
        """Puts each piece of the reply and, however it ends, None."""
        import httpx  # here: 0.1 s of imports, and most users have no server

        limits = httpx.Timeout(_SILENT_SECONDS, connect=_CONNECT_SECONDS)
        headers = {"Authorization": f"Bearer {self._key}"} if self._key else {}
        url = f"{self._url}/chat/completions"
        try:
            async with (
                httpx.AsyncClient(
                    timeout=limits, auth=self._user, trust_env=False, follow_redirects=False
                ) as client,
                client.stream("POST", url, json=request, headers=headers) as response,
            ):
                if response.status_code != httpx.codes.OK:
                    raise self._refused(response.status_code, await response.aread())
                await self._read(response.aiter_bytes(), put)
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            fault = self._shown(str(error)) or f"no answer in {_CONNECT_SECONDS:.0f} s"
            raise self._failed(f"cannot be reached ({fault})") from error
        except httpx.TimeoutException as error:
            raise self._failed(f"sent nothing for {_SILENT_SECONDS:.0f} s") from error
        except httpx.InvalidURL as error:
            raise self._failed("has an address that cannot be used") from error
        except httpx.HTTPError as error:
            raise self._failed(f"broke off ({type(error).__name__})") from error
        finally:
            put(None)

    async def _read(self, received: AsyncIterator[bytes], put: _Put) -> None:
        """Server-sent events, or one JSON object from a server that does not stream."""
        plain = b""
        async for line in lines(received):
            if line.startswith(b"data:"):
                data = line.removeprefix(b"data:").strip()
                if data == b"[DONE]" or self._take(data, put):
                    return
            elif not _OTHER_FIELD.match(line):
                plain += line + b"\n"
        if not plain:
            raise self._failed("broke off before the end of its reply")
        self._take(plain, put)

    def _take(self, data: bytes, put: _Put) -> bool:
        """Puts the text that the JSON holds, if any, and says whether it completes the reply."""
        try:
            completion = Completion.from_json(data)
        except ValueError as error:
            raise self._failed("sent something that is not a chat completion") from error
        if completion.fault:
            raise self._failed(f"reports an error ({self._shown(completion.fault)})")
        if completion.text:
            put(completion.text)
        return completion.ended

    def _refused(self, status: int, body: bytes) -> ModelError:
        if 300 <= status < 400:
            return self._failed("redirects to another address, which is not followed")
        fault = self._shown(reported(body))
        response = f"answered with HTTP {status}" + (f" ({fault})" if fault else "")
        return self._failed(response, _ADVICE.get(status, "see what the server itself reports"))

    def _failed(
        self, fault: str, advice: str = "check that it runs, and the address"
    ) -> ModelError:
        return ModelError(
            f"the language model server at {self._url} {fault}: {advice}, or ask for quotes only"
        )

    def _shown(self, text: str) -> str:
        """The text of a failure without secrets, fit for one line on a terminal."""
        for secret in filter(None, (self._key, self._user and self._user[1])):
            text = text.replace(secret, "***")
        return "".join(filter(str.isprintable, " ".join(text.split())))[:200]


async def _cancel_when(stopped: Callable[[], bool], exchange: Future[None]) -> None:
    """Ends the exchange once `stopped()`, even while nobody reads the reply."""
    from anyio import sleep

    while not exchange.done():
        if stopped():
            exchange.cancel()
            return
        await sleep(_INTERVAL_SECONDS)


def _address(base_url: str) -> tuple[str, str, tuple[str, str] | None]:
    """The URL without user and password, its host with the port, and user and password."""
    shown = re.sub(r"[?#].*", "", re.sub(r"^([a-z]+://)?.*@", r"\1", base_url, flags=re.I | re.S))
    try:
        parts = urlsplit(base_url)
        good = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        good = False
    blank = not base_url.isprintable() or " " in base_url
    if not good or parts.query or parts.fragment or blank:
        raise ModelError(
            f"not the address of a language model server: {shown!r}. Give one such as "
            "'http://localhost:11434/v1'"
        )
    host = parts.netloc.rpartition("@")[2]
    user = (unquote(parts.username), unquote(parts.password or "")) if parts.username else None
    return f"{parts.scheme}://{host}{parts.path.rstrip('/')}", host, user
