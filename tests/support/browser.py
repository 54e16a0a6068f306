"""A browser without a window that checks every page it is shown."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Final

from tests.support.page import Page
from tests.support.transport import Client

COOKIE: Final = "kitu_session"


class Browser:
    """`before` ends the test's own transaction: SQLite lets only one of them write."""

    def __init__(self, client: Client, before: Callable[[], None]) -> None:
        self.client = client
        self.csrf = ""
        self._before = before

    def sign_in(self, token: str, csrf: str) -> None:
        self.client.cookies.set(COOKIE, token)
        self.csrf = csrf

    def get(self, path: str, *, fragment: bool = False, **parameters: Any) -> Any:
        headers = {"HX-Request": "true"} if fragment else {}
        return self._asked("GET", path, headers=headers, params=parameters or None)

    def post(
        self,
        path: str,
        data: Mapping[str, Any] | None = None,
        *,
        files: Any = None,
        fragment: bool = False,
    ) -> Any:
        """A form of our own: the CSRF field is filled in unless `data` brings one."""
        headers = {"HX-Request": "true"} if fragment else {}
        form = {"_csrf": self.csrf, **(data or {})}
        return self._asked("POST", path, headers=headers, data=form, files=files)

    def page(self, path: str, **parameters: Any) -> str:
        """The text of a page that must be there."""
        answer = self.get(path, **parameters)
        assert answer.status_code == 200, f"{path}: {answer.status_code}\n{answer.text}"
        text: str = answer.text
        return text

    def _asked(self, method: str, path: str, **request: Any) -> Any:
        self._before()
        answer = self.client.request(method, path, follow_redirects=False, **request)
        _check(answer, whole="HX-Request" not in request["headers"])
        return answer


class ApiClient:
    """The JSON interface with one bearer token."""

    def __init__(self, client: Client, before: Callable[[], None], token: str) -> None:
        self.client = client
        self._before = before
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}

    def get(self, path: str, **parameters: Any) -> Any:
        self._before()
        return self.client.get(path, headers=self.headers, params=parameters or None)

    def post(self, path: str, body: Any = None, *, key: str | None = None) -> Any:
        """`key` is the Idempotency-Key."""
        self._before()
        headers = self.headers | ({"Idempotency-Key": key} if key else {})
        return self.client.post(path, headers=headers, json=body)


def _check(answer: Any, *, whole: bool) -> None:
    policy = answer.headers.get("content-security-policy", "")
    assert "default-src 'none'" in policy, "ohne Content-Security-Policy"
    assert "unsafe" not in policy
    if not answer.headers.get("content-type", "").startswith("text/html") or not answer.text:
        return
    faults = _faults(answer.text, whole=whole)
    assert not faults, f"{answer.request.url}: {faults}"


@lru_cache(maxsize=200)
def _faults(html: str, *, whole: bool) -> list[str]:
    """Kept, because the same refusal comes a thousand times."""
    return Page(html).faults(whole=whole)
