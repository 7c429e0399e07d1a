"""The embedded server behind a TLS proxy: it believes the proxy about scheme and address, and nobody else."""

from __future__ import annotations

import http.client
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest

from tests.marketplace.test_serving import Server

HOST = "fairhour.example.test"
TLS = {"FAIRHOUR_PUBLIC_URL": f"https://{HOST}", "FAIRHOUR_ALLOWED_HOSTS": HOST, "FAIRHOUR_TRUSTED_PROXIES": "1"}
LOGIN = "/accounts/login/"


class Proxy:
    """What a TLS proxy hands on for the browser at ``address``."""

    def __init__(self, server: Server, address: str, scheme: str = "https") -> None:
        self._server = server
        self._headers = {"Host": HOST, "X-Forwarded-For": address, "X-Forwarded-Proto": scheme}

    def ask(
        self, path: str, form: dict[str, str] | None = None, **headers: str
    ) -> tuple[int, http.client.HTTPMessage, str]:
        """Return status, headers and text; a form is posted."""
        connection = http.client.HTTPConnection(urlsplit(self._server.address).netloc, timeout=20)
        sent = {**self._headers, **headers}
        if form is None:
            connection.request("GET", path, headers=sent)
        else:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
            connection.request("POST", path, urlencode(form), sent)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, answer.headers, text

    def is_refused(self) -> bool:
        """Try a wrong password; tell whether there were too many before."""
        _, headers, page = self.ask(LOGIN)
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert found
        cookie = headers["Set-Cookie"].partition(";")[0]
        form = {"login": f"{cookie[-8:]}@example.test", "password": "wrong", "csrfmiddlewaretoken": found[1]}
        status, _, answer = self.ask(LOGIN, form, Cookie=cookie, Referer=f"https://{HOST}{LOGIN}")
        assert status == 200
        return "Too many failed login attempts" in answer


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A marketplace behind one TLS proxy on this machine."""
    started = Server(tmp_path_factory.mktemp("marketplace"), **TLS)
    yield started
    assert started.stop()[0] == 0


def test_a_page_behind_tls_is_answered_and_not_redirected_to_itself(server: Server) -> None:
    assert Proxy(server, "198.51.100.1").ask(LOGIN)[0] == 200
    status, headers, _ = Proxy(server, "198.51.100.1", scheme="http").ask(LOGIN)
    assert (status, headers["Location"]) == (301, f"https://{HOST}{LOGIN}")


def test_cookies_behind_tls_are_secure(server: Server) -> None:
    _, headers, _ = Proxy(server, "198.51.100.1").ask(LOGIN)
    cookies = headers.get_all("Set-Cookie") or []
    assert cookies
    assert all("; Secure" in cookie for cookie in cookies)


def test_wrong_passwords_are_counted_for_the_browser_s_address(server: Server) -> None:
    browser = Proxy(server, "198.51.100.1")
    assert [browser.is_refused() for _ in range(11)] == [False] * 10 + [True]
    # What a browser puts in front is not what the proxy saw.
    assert Proxy(server, "203.0.113.9, 198.51.100.1").is_refused()
    assert not Proxy(server, "198.51.100.2").is_refused()


def test_whoever_is_no_proxy_is_not_believed(tmp_path: Path) -> None:
    server = Server(tmp_path, **TLS, FAIRHOUR_TRUSTED_PROXY="192.0.2.7")
    assert Proxy(server, "198.51.100.1").ask(LOGIN)[0] == 301
    assert server.stop()[0] == 0
