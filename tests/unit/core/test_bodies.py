"""The body of a request is whole, or it is an error."""

from io import BytesIO

import pytest

from cms.core.bodies import BodyCutOff, WholeBody, with_whole_bodies


class _Drip(BytesIO):
    """A body that comes byte by byte."""

    def read(self, size: int | None = -1) -> bytes:
        return super().read(min(1, size if size is not None and size >= 0 else 1))


def test_a_whole_body_is_given_in_any_pieces():
    body = WholeBody(_Drip(b"abcdef and the next request"), 6)

    assert (body.read(2), body.read(100), body.read(), body.read(1)) == (b"ab", b"cdef", b"", b"")


def test_lines_end_where_the_body_does():
    body = WholeBody(BytesIO(b"a\nb\nnext"), 4)

    assert (body.readline(), body.readline(1), body.readline(), body.readline()) == (b"a\n", b"b", b"\n", b"")


@pytest.mark.parametrize("name", ["read", "readline"])
def test_a_body_that_ends_early_is_an_error(name):
    body = WholeBody(BytesIO(b"abc"), 4)

    with pytest.raises(BodyCutOff, match="1 bytes"):
        while getattr(body, name)():
            pass


@pytest.mark.parametrize(("length", "expected"), [("3", WholeBody), ("0", BytesIO), ("", BytesIO), ("x", BytesIO)])
def test_only_a_body_with_a_length_is_counted(length, expected):
    seen = []
    application = with_whole_bodies(lambda environ, start: seen.append(environ["wsgi.input"]) or [])

    application({"CONTENT_LENGTH": length, "wsgi.input": BytesIO(b"abc")}, None)

    assert isinstance(seen[0], expected)


@pytest.mark.parametrize(("length", "left"), [(200_000, 0), (40_000_000, 40_000_000)])
def test_what_the_application_left_unread_passes_by_unless_it_is_a_lot(length, left):
    body = BytesIO(b"a" * length)

    with_whole_bodies(lambda environ, start: [])({"CONTENT_LENGTH": str(length), "wsgi.input": body}, None)

    assert length - body.tell() == left
