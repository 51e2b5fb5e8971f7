"""Blocks as JSON: ``{"id", "type", "value"}``, one function for each type of block that a page can hold."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from api.pages.block_shapes import MISSING_FIGURE
from api.pages.reader import Reader
from api.pages.rich_text_nodes import nodes_of
from catalog_pages.blocks import link_target, open_documents, open_picture, search_target
from catalog_pages.transparency.builders import TITLES
from catalog_pages.word_blocks import ContactBlock, video_host


def _link(reader: Reader, value: Any) -> dict[str, Any] | None:
    target = link_target(value)
    return {"text": value["text"], "url": reader.address(target)} if target else None


def _picture(reader: Reader, value: Any) -> dict[str, Any] | None:
    image = open_picture(value)
    return {"picture": reader.picture(image), "caption": value["caption"]} if image else None


def _documents(reader: Reader, value: Any) -> dict[str, Any] | None:
    files = [reader.file(document) for document in open_documents(value)]
    return {"heading": value["heading"], "documents": files} if files else None


def _milestones(reader: Reader, value: Any) -> dict[str, Any]:
    days = [{"day": one["day"], "text": one["text"]} for one in value["days"]]
    return {"heading": value["heading"], "days": days}


def _figure(reader: Reader, value: Any) -> dict[str, Any] | None:
    figure = reader.figure(value["figure"])
    return figure and {
        "heading": value["heading"], "comment": _html(reader, value["comment"]), "table_open": value["table_open"],
        "figure": figure,
    }  # fmt: skip


def _html(reader: Reader, text: Any) -> str:
    return reader.html(text.source) if text else ""


def _table(reader: Reader, table: Any) -> dict[str, Any]:
    columns = [{"heading": column["heading"], "kind": column["block"].name} for column in table.columns]
    rows = [["" if cell is None else str(cell) for cell in row["values"]] for row in table.row_data]
    return {"caption": table.caption, "columns": columns, "rows": rows}


def _parts(reader: Reader, parts: Any) -> list[dict[str, str]]:
    return [{"heading": part["heading"], "text": _html(reader, part["text"])} for part in parts]


def _questions(reader: Reader, value: Any) -> dict[str, Any]:
    asked = [{"question": one["question"], "answer": _html(reader, one["answer"])} for one in value["questions"]]
    return {"heading": value["heading"], "questions": asked}


def _law(reader: Reader, value: Any) -> dict[str, str]:
    return {"text": value["text"], "source": value["source"], "url": reader.address(value["address"])}


def _video(reader: Reader, value: Any) -> dict[str, Any] | None:
    host, image = video_host(value["address"]), open_picture(value)
    picture = reader.picture(image) if image else None
    return {"title": value["title"], "url": value["address"], "host": host, "picture": picture} if host else None


def _catalog_search(reader: Reader, value: Any) -> dict[str, Any] | None:
    target = search_target(value)
    agency = value["page"].catalog.agency.code if value["page"] else ""
    return {
        "heading": value["heading"], "html_url": reader.address(target), "items_url": reader.links.items_today(agency)
    } if target else None  # fmt: skip


# None leaves the block out: it shows nothing.
SERIALIZERS: dict[str, Callable[[Reader, Any], Any]] = {
    "heading": lambda reader, value: {"text": value["text"], "level": int(value["level"])},
    "text": lambda reader, value: reader.html(value.source),
    "table": _table,
    "accordion": lambda reader, value: {"parts": _parts(reader, value["parts"])},
    "questions": _questions,
    "steps": lambda reader, value: {"heading": value["heading"], "steps": _parts(reader, value["steps"])},
    "law": _law,
    "contact": lambda reader, value: {name: value[name] for name in ContactBlock.base_blocks},
    "video": _video,
    "link": _link,
    "picture": _picture,
    "documents": _documents,
    "catalog": lambda reader, value: reader.catalog(value["page"]) if value["page"] else None,
    "catalog_search": _catalog_search,
    "milestones": _milestones,
    "figure": _figure,
}


def _serialize(reader: Reader, block: Any) -> dict[str, Any] | None:
    kind, value = block.block_type, SERIALIZERS[block.block_type](reader, block.value)
    if value is None and kind == "figure":
        code = block.value["figure"]
        kind, value = MISSING_FIGURE, {"code": code, "title": block.value["heading"] or TITLES.get(code, "")}
    if value is None:
        return None
    as_tree = {"nodes": nodes_of(value)} if kind == "text" else {}
    return {"id": block.id, "type": kind, "value": value} | as_tree


def serialize_blocks(reader: Reader, body: Any) -> list[dict[str, Any]]:
    """Return the blocks of a body that show something, in their order."""
    return [data for block in body if (data := _serialize(reader, block))]
