import pytest

from cms.core.extension import ExtensionPoint


def test_a_call_goes_to_what_was_provided():
    point = ExtensionPoint[[int, int], int]("divide")
    point.provide(divmod)

    assert point(7, 2) == (3, 1)


def test_a_call_before_anything_is_provided_is_refused():
    with pytest.raises(RuntimeError, match="nothing provides yet: divide"):
        ExtensionPoint[[int], int]("divide")(1)


def test_what_was_provided_is_not_replaced():
    point = ExtensionPoint[[int], int]("divide")
    point.provide(abs)
    point.provide(abs)

    with pytest.raises(RuntimeError, match="already provided: divide"):
        point.provide(round)
    assert point(-1) == 1
