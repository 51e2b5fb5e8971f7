"""What the guides tell people to press is called so on a screen."""

import gettext
import re

import pytest

from tests.architecture.test_docs import ROOT

PRESSED = re.compile(
    r"(?:[Cc]họn|[Bb]ấm|[Nn]út|[Tt]rình đơn|[Mm]ở|[Vv]ào)\s+((?:\*\*[^*]+\*\*(?:, rồi | › | rồi |, )?)+)"
)
PLACE = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


@pytest.fixture(scope="module")
def labels():
    """Return patterns of every Vietnamese sentence of the screens, with anything where a value is put in."""
    sentences = set()
    for domain in ("django", "djangojs"):
        with (ROOT / f"cms/locale/vi/LC_MESSAGES/{domain}.mo").open("rb") as file:
            sentences |= set(gettext.GNUTranslations(file)._catalog.values())
    patterns = (".+".join(map(re.escape, PLACE.split(sentence))) for sentence in sentences if sentence)
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


@pytest.mark.parametrize("guide", sorted((ROOT / "docs").glob("huong-dan-*.md")), ids=lambda guide: guide.stem)
def test_what_a_guide_says_to_press_is_on_a_screen(guide, labels):
    text = " ".join(guide.read_text().split())
    named = {name for run in PRESSED.finditer(text) for name in re.findall(r"\*\*(.+?)\*\*", run[1])}
    pressed = {name for name in named if re.search(r"\w", name)}

    assert pressed
    assert [name for name in sorted(pressed) if not labels.fullmatch(name)] == []
