"""The parts of a workbook that no reader asked for."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from importers.reading.container import Container
from importers.reading.xmlparts import check_whole, looks_like_xml


def check_rest(container: Container) -> None:
    """Unpack every part that nobody read: it may still be damaged, or declare entities for the next program.

    Raises FileRefused.
    """
    for name in container.unread():
        chunks = container.stream(name)
        head = next(chunks, b"")
        whole: Iterator[bytes] = chain((head,), chunks)
        if name.lower().endswith((".xml", ".rels", ".vml")) or looks_like_xml(head):
            check_whole(whole, name)
        else:
            for _ in whole:
                pass
