"""Which way requests really go: through a proxy of the environment, none, or the one that the user named."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import httpx
import pytest

from sync.proxy import client_options

SERVER = "http://marketplace.test"


class Proxy(HTTPServer):
    """Answers everything itself, and knows what it was asked for."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[str] = []
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        assert isinstance(self.server, Proxy)
        self.server.asked.append(self.path)
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def proxy() -> Iterator[Proxy]:
    made = Proxy()
    yield made
    made.shutdown()
    made.server_close()


def ask(way: str, server: str = SERVER) -> None:
    """One request, by a client of that way."""
    with httpx.Client(timeout=5.0, **client_options(way, server)) as http:
        http.get(f"{server}/api/v1/health")


def test_the_system_s_proxy_is_used_unless_the_user_wants_otherwise(
    proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", proxy.address)
    ask("system")
    assert proxy.asked == [f"{SERVER}/api/v1/health"]
    with pytest.raises(httpx.ConnectError):
        ask("none")
    monkeypatch.setenv("HTTP_PROXY", "socks9://nonsense")
    monkeypatch.setenv("ALL_PROXY", "socks9://nonsense")
    ask(proxy.address)
    assert len(proxy.asked) == 2


def test_a_marketplace_on_this_machine_is_reached_without_a_proxy(proxy: Proxy) -> None:
    for server in (proxy.address, proxy.address.replace("127.0.0.1", "localhost")):
        ask("http://127.0.0.1:9", server)
    assert proxy.asked == ["/api/v1/health"] * 2, "asked as a server, not as a proxy"
