"""Field names of forms in the words of the API: both share use cases, not names."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

from app.kernel.errors import Malformed


@contextmanager
def fields_named(names: Mapping[str, str]) -> Iterator[None]:
    """A Malformed that is raised inside names its fields as the request does."""
    try:
        yield
    except Malformed as fault:
        errors = (replace(one, field=names.get(one.field, one.field)) for one in fault.errors)
        raise Malformed(*errors, code=fault.code) from fault
