import pytest

from cms.organisations.enums import CodeForm
from cms.organisations.identifier_codes import clean_code, form_of


@pytest.mark.parametrize(
    ("code", "form"),
    [
        ("000.00.00.H49", CodeForm.OLD),
        ("012.03.45.H15", CodeForm.OLD),
        ("H49", CodeForm.NEW),
        ("H49.1.2", CodeForm.NEW),
        ("H49.12.345.6", CodeForm.NEW),
        ("", None),
        ("49.1.2", None),
        ("000.00.H49", None),
        ("H49.", None),
        ("H49.1.2 ", None),
    ],
)
def test_form_is_read_from_the_shape(code, form):
    assert form_of(code) == form


def test_a_code_is_kept_without_spaces_and_in_capitals():
    assert clean_code(" h49. 1.2 ") == "H49.1.2"
