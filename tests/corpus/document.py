"""docs/corpus.md: every file of the corpus, what is expected of it and what it got."""

from __future__ import annotations

import pathlib
from collections.abc import Iterable, Mapping

from tests.corpus.everything import FAMILIES, FILES
from tests.corpus.kinds import Said, WrongFile

DOCUMENT = pathlib.Path(__file__).parents[2] / "docs" / "corpus.md"
MOST = 6
_HEAD = """# Wrong and odd files

{count} kinds of files that agencies send by mistake, that programs write oddly, or that somebody makes to do harm.
Each is made by code in `tests/corpus/` and goes the whole way: upload, limited child process, check, stored verdict.
Expected is what the import contract says; got is what the run that wrote this page saw (`make corpus`). A problem
stands with its sheet, row and column; the sheet is left out where it is `DanhMuc`.
"""


def page(got: Mapping[str, str]) -> str:
    """The whole page, from the line of each file by its id."""
    lines = [_HEAD.format(count=len(FILES))]
    for family, files in FAMILIES.items():
        lines += [f"## {family}", "", "| File | What | Expected | Got |", "|---|---|---|---|"]
        lines += [got[file.id] for file in files]
        lines.append("")
    return "\n".join(lines)


def written_lines() -> dict[str, str]:
    """The lines of the page as it was written last, by the file's id."""
    lines = DOCUMENT.read_text().splitlines() if DOCUMENT.exists() else []
    return {line.split()[1]: line for line in lines if line.startswith("| ") and not line.startswith("| File |")}


def line(file: WrongFile, verdict: str, said: Iterable[Said]) -> str:
    """The line of one file."""
    name = "" if file.name == "danh-muc.xlsx" else f" ({_plain(ascii(file.name)[1:-1][:60])})"
    expected, got = outcome(file.verdict, file.said), outcome(verdict, said)
    return f"| {file.id}{name} | {_plain(file.what)} | {expected} | {got} |"


def outcome(verdict: str, said: Iterable[Said]) -> str:
    """A verdict with its problems, a long list cut."""
    texts = sorted(_plain(str(one).replace("(DanhMuc ", "(")) for one in said)
    if len(texts) > MOST:
        texts = [*texts[:2], f"… {len(texts)} in all"]
    return f"**{verdict}** {', '.join(texts)}".strip()


def _plain(text: str) -> str:
    """Text that Markdown shows as it is."""
    for mark, shown in (("&", "&amp;"), ("<", "&lt;"), ("|", "&#124;"), ("*", "&#42;"), ("\n", " ")):
        text = text.replace(mark, shown)
    return text
