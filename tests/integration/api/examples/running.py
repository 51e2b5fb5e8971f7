"""Asking examples: what is sent, what comes back, and how an answer is written down."""

from __future__ import annotations

import json
import re
import uuid
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponseBase
from django.test import Client

from api.v1.examples import HERE, HOST, Example, examples_of, text_of
from tests.integration.api.examples.arranging import Shown, StandIns
from tests.integration.importers.conftest import GOOD_ROW, workbook

# An answer that is too long to be shown keeps so many levels.
_DEEP = 4
_TEXTS = ("json", "csv", "text/")
_UUID = re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b")
_HASH = re.compile(r"\b[0-9a-f]{64}\b")
_REQUEST_ID = re.compile(r'("request_id": ")[0-9a-f]{32}')
_MOMENT = re.compile(r"\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?")


def ask(shown: Shown, method: str, path: str, example: Example, known: StandIns) -> HttpResponseBase:
    """Send an example as it is written, with what really stands for its stand-ins."""
    sent = json.loads(_replaced(json.dumps(example, ensure_ascii=False), known))
    client = Client(raise_request_exception=False)
    headers = dict(sent.get("headers", {}))
    asking = sent.get("as", "nobody")
    if asking == "program":
        headers["Authorization"] = f"Bearer {shown.token}"
    elif asking != "nobody":
        client.force_login(shown.people[asking], backend="cms.organisations.backends.MembershipBackend")
    address = path.format(**sent.get("path", {}))
    if "form" in sent:
        file = {"file": SimpleUploadedFile(sent["form"]["file"], workbook(GOOD_ROW))} if "file" in sent["form"] else {}
        return client.post(address, sent["form"] | file, query_params=sent.get("query"), headers=headers)
    body = json.dumps(sent["body"]) if "body" in sent else ""
    kind = headers.pop("Content-Type", "application/json")
    return client.generic(method.upper(), address, body, kind, query_params=sent.get("query"), headers=headers)


def answered(response: Any, known: StandIns) -> dict[str, Any]:
    """Return an answer as a file of examples holds it; a file that is no text is told by its type alone."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    kind = response.get("Content-Type", "").partition(";")[0]
    reported: dict[str, Any] = {"status": response.status_code, "type": kind}
    if content and any(sign in kind for sign in _TEXTS):
        text = _replaced(content.decode(), {real: shown for shown, real in known.items()})
        reported["body"] = json.loads(text) if kind.endswith("json") and kind != "application/x-ndjson" else text
    return reported


def record(operation: str, name: str, answer: dict[str, Any]) -> None:
    """Write an answer down, without what is another at every run."""
    found = examples_of(operation)
    if found[name].get("shortened"):
        answer = answer | {"body": _shortened(answer["body"])}
    found[name]["answer"] = json.loads(_settled(json.dumps(answer, ensure_ascii=False), found[name]))
    text = json.dumps(found, ensure_ascii=False, indent=2)
    (HERE / f"{operation}.json").write_text(text + "\n", "utf-8")
    text_of.cache_clear()


def shape(value: Any) -> Any:
    """Return the form of a JSON value: keys and kinds, and for a list the different forms in it."""
    if isinstance(value, dict):
        return {key: shape(inner) for key, inner in value.items()}
    if isinstance(value, list):
        forms = {json.dumps(shape(inner), sort_keys=True) for inner in value}
        return sorted(forms)
    return type(value).__name__


def holds(whole: Any, part: Any) -> bool:
    """Return whether a shortened value says nothing that the whole does not have."""
    if isinstance(part, dict):
        return isinstance(whole, dict) and all(key in whole and holds(whole[key], part[key]) for key in part)
    if isinstance(part, list):
        return isinstance(whole, list) and all(any(holds(inner, one) for inner in whole) for one in part)
    return type(whole) is type(part)


def _shortened(value: Any, depth: int = 0) -> Any:
    """Keep the first of each list, and nothing of what lies deep."""
    if isinstance(value, dict):
        return {key: _shortened(inner, depth + 1) for key, inner in value.items()} if depth < _DEEP else {}
    if isinstance(value, list):
        return [_shortened(inner, depth + 1) for inner in value[:1]]
    return value


def _replaced(text: str, pairs: StandIns) -> str:
    for before, after in pairs.items():
        text = text.replace(before, after)
    return text


def _settled(text: str, example: Example) -> str:
    """Put fixed values in the place of keys, hashes, moments and addresses, the same one for the same."""
    text = text.replace("http://testserver", HOST)
    text = _REQUEST_ID.sub(rf"\g<1>{'6336c0e63a4e48a397bcfc04bc4cff7d'}", text)
    sent = json.dumps(example)
    for pattern, make in ((_UUID, _key), (_HASH, _hash)):
        found = [real for real in dict.fromkeys(pattern.findall(text)) if real not in sent]
        text = _replaced(text, {real: make(number) for number, real in enumerate(found)})
    moments = [moment for moment in dict.fromkeys(m.group() for m in _MOMENT.finditer(text)) if moment not in sent]
    return _replaced(text, dict.fromkeys(moments, "2026-06-15T09:30:00"))


def _key(number: int) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{HOST}/{number}"))


def _hash(number: int) -> str:
    return (uuid.uuid5(uuid.NAMESPACE_URL, f"{number}").hex * 2)[:64]
