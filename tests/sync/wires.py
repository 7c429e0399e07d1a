"""A wire that ends in a function: what ``sync.http.Connection`` sends, handed over as httpx's requests and answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import httpx

from sync.http import MAX_ANSWER_BYTES, Answer, HttpError, NotSentError, Wanted, always


class Wire:
    """``sync.http.Http`` without a network. What ``answer`` raises of httpx becomes what a connection raises."""

    def __init__(self, answer: Callable[[httpx.Request], httpx.Response]) -> None:
        self._answer = answer

    def request(
        self,
        method: str,
        url: str,
        *,
        content: bytes = b"",
        headers: Mapping[str, str] | None = None,
        limit: int = MAX_ANSWER_BYTES,
        wanted: Wanted = always,
    ) -> Answer:
        try:
            said = self._answer(httpx.Request(method, url, content=content, headers=headers))
        except httpx.ConnectError as error:
            raise NotSentError(str(error)) from error
        except httpx.HTTPError as error:
            raise HttpError(str(error)) from error
        return Answer(said.status_code, said.content, {name.lower(): value for name, value in said.headers.items()})

    def close(self) -> None:
        """Nothing is open."""
