"""The quick canonical text is the slow one, byte for byte: stored digests depend on it."""

import json
from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from app.kernel.canonical import Plain, canonical_json, plain_json, read_plain_json

LARGEST = 2**64 - 1
SMALLEST = -(2**63)
TEXTS = st.text()  # every sign but surrogates, control signs included


class Named(NamedTuple):
    text: Plain
    other: Plain


class Kind(StrEnum):
    ONE = "one"


def plain_values(numbers: st.SearchStrategy[int]) -> st.SearchStrategy[Plain]:
    return st.recursive(
        st.none() | st.booleans() | numbers | TEXTS | st.sampled_from(Kind),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.lists(inner, max_size=4).map(tuple)
            | st.builds(Named, inner, inner)
            | st.dictionaries(TEXTS, inner, max_size=4)
        ),
        max_leaves=12,
    )


def as_lists(value: Plain) -> Plain:
    if isinstance(value, str) or not isinstance(value, tuple | list | Mapping):
        return value
    if isinstance(value, Mapping):
        return {key: as_lists(one) for key, one in value.items()}
    return [as_lists(one) for one in value]


@given(plain_values(st.integers(SMALLEST, LARGEST)))
def test_the_quick_text_is_the_canonical_one_and_tells_the_value_again(value: Plain) -> None:
    text = plain_json(value)
    assert text == canonical_json(value)
    assert read_plain_json(text) == json.loads(text) == as_lists(value)


@given(plain_values(st.integers(-(10**30), 10**30)))
def test_numbers_of_any_size_have_the_canonical_text(value: Plain) -> None:
    assert plain_json(value) == canonical_json(value)


def test_keys_are_in_the_order_of_their_code_points() -> None:
    keys = ("\U0001f600", "\uffff", "ä", "z", "Z", "", "\x7f", "a\u2028")
    value = dict.fromkeys(keys, 1)
    assert plain_json(value) == canonical_json(value)
    assert list(read_plain_json(plain_json(value))) == sorted(keys)


def test_half_a_sign_and_deep_values_keep_the_text_that_they_always_had() -> None:
    deep: Plain = 1
    for _ in range(400):
        deep = [deep]
    for value in ("\ud800", {"a\udfff": ["\udc00"]}, deep):
        assert plain_json(value) == canonical_json(value)
