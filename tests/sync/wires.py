"""A wire that ends in a function: what ``sync.http.Connection`` sends, handed over as httpx's requests and answers."""

from __future__ import annotations

from collections.abc import Callable

import httpx

from sync.http import Answer, HttpError, NotSentError, Request


class Wire:
    """``sync.http.Http`` without a network. What ``answer`` raises of httpx becomes what a connection raises."""

    def __init__(self, answer: Callable[[httpx.Request], httpx.Response]) -> None:
        self._answer = answer

    def send(self, asked: Request) -> Answer:
        try:
            sent = httpx.Request(asked.method, asked.url, content=asked.content, headers=dict(asked.headers))
            said = self._answer(sent)
        except httpx.ConnectError as error:
            raise NotSentError(str(error)) from error
        except httpx.HTTPError as error:
            raise HttpError(str(error)) from error
        return Answer(said.status_code, said.content, {name.lower(): value for name, value in said.headers.items()})

    def close(self) -> None:
        """Nothing is open."""
