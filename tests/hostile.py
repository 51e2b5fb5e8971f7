"""What is sent to break whoever reads it: in queries, in cursors, and as values of JSON."""

import base64
from typing import Any
from urllib.parse import quote


def cursor(content: str) -> str:
    """Return a cursor, as an address has it, that holds this."""
    return base64.urlsafe_b64encode(content.encode()).decode().rstrip("=")


# The lists' own cursors have one to three values.
_IN_CURSORS = (
    "[NaN]", "[1e400]", "{}", "1", "[", "[null,{}]", "[[]]",
    *("[" + ",".join(["9" * 18] * length) + "]" for length in (1, 2, 3)), "[" + "9" * 30 + "]", '["\\ud800",1,1]',
    '["x",1]', '["\\u0000","x","x"]', '["0001-01-01T00:00:00+14:00",1]', '["0001-01-01T00:00:00+14:00","a",1]',
    '["9999-12-31T23:59:59-14:00",1]',
)  # fmt: skip
CURSORS = (
    cursor("[" * 2_900),
    cursor('[{"a":' * 1_000), "[" + "1" * 5_000, "=", "%00", "a" * 9_000, *map(cursor, _IN_CURSORS),
)  # fmt: skip
# Written as they stand in an address.
QUERIES = (
    "1" * 5_000, "9" * 25, "-1", "1e999999", "NaN", "-Infinity", "a%00b", "%ED%A0%80", "%FF%FE", "%C2%B2", "%D9%A3",
    "9999-12-31", "0001-01-01", "01/01/0001", "00000000-0000-0000-0000-00000000000g", "[", "a" * 6_000,
    quote("%" * 200 + "_" * 200), quote("\u202e\u0344\ufdfa" * 200), quote(cursor("[" * 2_900)),
)  # fmt: skip


def nested(depth: int) -> Any:
    """Return lists inside one another."""
    value: Any = []
    for _level in range(depth):
        value = [value]
    return value


# Values of JSON; a body that is not even JSON is text of its own.
VALUES: tuple[Any, ...] = (
    int("9" * 4_000), -(2**63) - 1, 2**63, 1e308, "\ud800", "a\x00b", "1" * 5_000, "NaN", "1e999999", "٣", "²",
    "9999-12-31", "0001-01-01T00:00:00+14:00", nested(400), {"a": nested(400)}, {"\ud800": 1}, {"": None}, None, True,
    [None] * 2_000, "a" * 20_000,
)  # fmt: skip
BODIES = (
    b"[" * 100_000, b'{"a":' * 50_000, b"9" * 5_000, b'{"a": ' + b"9" * 5_000 + b"}", b'{"a": NaN}',
    b'{"a": -Infinity}',
    b'{"a": "\\ud800"}', b'{"\\ud800": 1}', b'{"a": "\\u0000"}', b"\xff\xfe", b"\xed\xa0\x80", b"\x00", b"null", b"",
    b'{"a": 1e999999999}', b'{"a": 1, "a": 2}',
)  # fmt: skip
