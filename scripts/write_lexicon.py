"""Write cms/dedupe/lexicon.txt anew: which syllables stand side by side in the project's own Vietnamese.

Run it where many names or sentences of a field of work were added; the pairs of one sentence alone are left out.
"""

from __future__ import annotations

import ast
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import polib

from cms.dedupe.syllables import is_syllable
from cms.dedupe.words import ABBREVIATIONS, DEEDS, FILLERS, LEVELS, SYNONYMS, TIMES

_ROOT = Path(__file__).resolve().parent.parent
_NAMES = ("importers/demo", "cms/scoring/shipped")
_TEXTS = ("docs/huong-dan*.md", "docs/plans/*.txt", "README.vi.md")


def _texts() -> Iterator[str]:
    for path in sorted(_ROOT.glob("cms/locale/parts/*.po")):
        yield from (entry.msgstr for entry in polib.pofile(str(path)))
    for pattern in _TEXTS:
        yield from (path.read_text(encoding="utf-8") for path in sorted(_ROOT.glob(pattern)))


def _names() -> Iterator[str]:
    """Yield names of works, of which one occurrence is enough."""
    for folder in _NAMES:
        for path in sorted((_ROOT / folder).glob("*.json")):
            yield from re.findall(r'"([^"\n]*)"', path.read_text(encoding="utf-8"))
        for path in sorted((_ROOT / folder).glob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            yield from (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)
                        and isinstance(node.value, str))  # fmt: skip
    yield from (phrase for phrases in ABBREVIATIONS.values() for phrase in phrases)
    yield from (*DEEDS, *FILLERS, *LEVELS, *TIMES, *(phrase for row in SYNONYMS for phrase in row))


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    for piece in re.split(r"[^\w\s]|\n\n", unicodedata.normalize("NFC", text)):
        words = [word.lower() for word in re.findall(r"[^\W\d_]+", piece)]
        yield from ((one, two) for one, two in zip(words, words[1:], strict=False) if _is_word(one) and _is_word(two))


def _is_word(word: str) -> bool:
    return is_syllable(word) and (len(word) > 1 or not word.isascii() or word == "y")


def main() -> None:
    """Collect the pairs and write them, sorted."""
    seen = Counter(pair for text in _texts() for pair in _pairs(text))
    pairs = {pair for pair, count in seen.items() if count > 1} | {pair for name in _names() for pair in _pairs(name)}
    target = _ROOT / "cms/dedupe/lexicon.txt"
    target.write_text("".join(f"{first} {second}\n" for first, second in sorted(pairs)), encoding="utf-8")


if __name__ == "__main__":
    main()
