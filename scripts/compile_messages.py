"""Merge the parts of the Vietnamese catalogue (cms/locale/parts) into the .mo files that Django reads.

The parts are the source: one file per area of ours (own_*.po) and one per package whose own Vietnamese has gaps. The
result is made, never edited, and not in git. Needs polib alone, so that a machine without gettext can run the platform.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import polib

LOCALE = Path(__file__).resolve().parent.parent / "cms" / "locale"
PARTS = LOCALE / "parts"
COMPILED = LOCALE / "vi" / "LC_MESSAGES"
# Where two parts translate one sentence, the earlier in this order wins; ours always do.
_ORDER = ("own_", "allauth", "wagtailadmin", "wagtailcore", "wagtailother", "libraries", "django")
_METADATA = {
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Language": "vi",
    "Plural-Forms": "nplurals=1; plural=0;",
}


def parts(domain: str) -> list[Path]:
    """Return the parts of a domain (django or djangojs), those that win first."""
    scripts = domain == "djangojs"
    return sorted((path for path in PARTS.glob("*.po") if path.name.endswith(".js.po") == scripts), key=_rank)


def _rank(path: Path) -> tuple[int, str]:
    ranks = (rank for rank, prefix in enumerate(_ORDER) if path.name.startswith(prefix))
    return next(ranks, len(_ORDER)), path.name


def merge(paths: Iterable[Path]) -> polib.POFile:
    """Return one catalogue of every translated sentence; of two translations the first one met stays."""
    merged = polib.POFile()
    merged.metadata = dict(_METADATA)
    seen: set[tuple[str | None, str]] = set()
    for path in paths:
        for entry in polib.pofile(str(path), encoding="utf-8"):
            key = (entry.msgctxt, entry.msgid)
            if entry.translated() and key not in seen:
                seen.add(key)
                merged.append(entry)
    return merged


def compile_all() -> dict[str, int]:
    """Write both .mo files and return how many sentences each holds."""
    COMPILED.mkdir(parents=True, exist_ok=True)
    counts = {}
    for domain in ("django", "djangojs"):
        catalogue = merge(parts(domain))
        catalogue.save_as_mofile(str(COMPILED / f"{domain}.mo"))
        counts[domain] = len(catalogue)
    return counts


def is_stale() -> bool:
    """Return whether a part, or this script, is newer than what was made of it."""
    sources = [*PARTS.glob("*.po"), Path(__file__)]
    made = [COMPILED / f"{domain}.mo" for domain in ("django", "djangojs")]
    if not all(path.exists() for path in made):
        return True
    return max(path.stat().st_mtime for path in sources) > min(path.stat().st_mtime for path in made)


if __name__ == "__main__":
    for name, count in compile_all().items():
        sys.stdout.write(f"  {name}.mo: {count} sentences\n")
