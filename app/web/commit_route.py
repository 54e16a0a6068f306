"""A route whose function and whose transaction end in the same thread job."""

from collections.abc import Callable
from functools import wraps
from inspect import iscoroutinefunction
from typing import Any

from fastapi.routing import APIRoute
from sqlalchemy.orm import Session


class CommitRoute(APIRoute):
    """Commit right behind the function: a change of threads costs more than many a statement.

    What the function raises, and a commit that fails, roll back in `dependencies.transaction`.
    """

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        super().__init__(path, _committing(endpoint), **options)


def _committing(endpoint: Callable[..., Any]) -> Callable[..., Any]:
    if iscoroutinefunction(endpoint):
        return endpoint

    @wraps(endpoint)
    def run(**given: Any) -> Any:
        commits = [one.commit for one in given.values() if isinstance(one, Session)]
        answer = endpoint(**given)
        for commit in commits:
            commit()
        return answer

    return run
