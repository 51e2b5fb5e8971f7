"""Every problem has a sentence, in English and in Vietnamese, whatever its params are."""

import polib
import pytest
from django.conf import settings
from django.utils import translation

from importers import kinds
from importers.checking import codes as row_codes
from importers.messages import render, sentence_of
from importers.problems import error
from importers.reading import codes as sheet_codes

SHARED = (sheet_codes.CODES, row_codes.CODES, row_codes.NOTE_CODES)
KINDS = (*SHARED, *(kind.codes for kind in kinds.KINDS.values()))
CODES = sorted({"check_failed"}.union(*KINDS))


@pytest.fixture(scope="module")
def vietnamese() -> dict[str, str]:
    parts = (settings.BASE_DIR / "cms" / "locale" / "parts").glob("own_*.po")
    return {entry.msgid: entry.msgstr for part in parts for entry in polib.pofile(str(part))}


@pytest.mark.parametrize("code", CODES)
def test_a_code_has_a_vietnamese_sentence(code: str, vietnamese: dict[str, str]) -> None:
    with translation.override("en"):
        sentence = sentence_of(code)

    assert sentence not in ("", code)
    assert vietnamese.get(sentence), sentence


def test_a_code_has_one_sentence_whoever_says_it() -> None:
    said = [(code, sentence) for kind in KINDS for code, sentence in kind.items()]

    assert len(set(said)) == len(dict(said))


@pytest.mark.parametrize("code", CODES)
def test_a_sentence_is_made_even_without_its_params(code: str) -> None:
    assert "%(" not in render(error(code))


def test_a_sentence_names_the_value_and_how_to_mend_it() -> None:
    with translation.override("vi"):
        sentence = render(error("not_a_number", value="abc", text="abc"))

    assert sentence == "“abc” không phải là số. Hãy viết bằng chữ số, dấu phẩy cho phần thập phân, ví dụ 1,5."


def test_limits_are_written_as_numbers_are_in_vietnamese() -> None:
    with translation.override("vi"):
        assert "50.000 dòng" in render(error("too_many_rows", limit=50_000))


def test_a_percent_sign_in_a_value_is_only_text() -> None:
    assert "100%(x)s" in render(error("not_a_number", text="100%(x)s"))


def test_a_kind_does_not_give_a_code_of_another_its_own_sentence() -> None:
    shared = {code: sentence for codes in SHARED for code, sentence in codes.items()}
    own = [item for kind in kinds.KINDS.values() for item in kind.codes.items()]

    assert own
    assert not {code for code, sentence in own if shared.get(code, sentence) != sentence}
