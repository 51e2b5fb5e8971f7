"""Examples of every operation of version 1: what is asked, and what really came back.

One file an operation, ``<operation id>.json``: an object of examples by name, each with

- ``summary``: one line for people;
- ``as``: who asks: ``nobody`` (the default), ``program`` (a token of the statistics office with every scope), or one of
  the people of the tests;
- ``given``: the state that the example begins with, by its name in tests/integration/api/examples/arranging.py;
- ``path``, ``query``, ``headers``, and ``body`` (JSON) or ``form``: what is sent;
- ``answer``: ``status``, ``type`` and ``body``, recorded by ``make api-examples``; a file that comes back has no body;
- ``shortened``: the body is too long to be shown whole, and holds a part of what comes back.

Tests ask each of them anew and hold the answer against the document and against the example (tests/README.md).
"""

from __future__ import annotations

import json
import shlex
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from rest_framework.request import Request

HERE = Path(__file__).parent
# What stands in the files for the address of the platform, and in commands for a token.
HOST = "https://thuocdo.example.gov.vn"
_METHODS_THAT_READ = ("get", "head")

Example = dict[str, Any]


def operations() -> list[str]:
    """Return the ids of the operations that have examples."""
    return sorted(path.stem for path in HERE.glob("*.json"))


def examples_of(operation: str, host: str = HOST) -> dict[str, Example]:
    """Return the examples of an operation by name, as they are asked at a host."""
    found: dict[str, Example] = json.loads(text_of(operation).replace(HOST, host))
    return found


@cache
def text_of(operation: str) -> str:
    """Return the file of an operation; an empty object where there is none."""
    path = HERE / f"{operation}.json"
    return path.read_text("utf-8") if path.exists() else "{}"


def add_examples(result: dict[str, Any], generator: Any, request: Request | None, public: bool) -> dict[str, Any]:
    """Put the examples into the OpenAPI document, with the host at which it is read."""
    host = request.build_absolute_uri("/").rstrip("/") if request else HOST
    problems: dict[str, Any] = {}
    for path, operations_at in result["paths"].items():
        for method, operation in operations_at.items():
            for name, example in _answered(operation["operationId"], host):
                _add(operation, name, example)
                _add_command(operation, method, f"{host}{path}", example)
                if example["answer"]["status"] >= 400:
                    problems[f"{operation['operationId']}: {name}"] = _shown(example, example["answer"]["body"])
    content = result["components"]["responses"]["Problem"]["content"]
    for media in content.values():
        media["examples"] = problems
    return result


def _answered(operation: str, host: str) -> list[tuple[str, Example]]:
    """Return the examples whose answer was recorded."""
    return [(name, example) for name, example in examples_of(operation, host).items() if "answer" in example]


def _shown(example: Example, value: Any) -> dict[str, Any]:
    return {"summary": example["summary"], "value": value}


def _add(operation: dict[str, Any], name: str, example: Example) -> None:
    for entry in operation.get("parameters", []):
        place = {"path": "path", "query": "query", "header": "headers"}.get(entry["in"], "")
        if entry["name"] in example.get(place, {}):
            shown = _shown(example, example[place][entry["name"]])
            entry.setdefault("examples", {})[name] = shown
    for key in ("body", "form"):
        for media in operation.get("requestBody", {}).get("content", {}).values() if key in example else ():
            media.setdefault("examples", {})[name] = _shown(example, example[key])
    answer = example["answer"]
    promised = operation["responses"].get(str(answer["status"]), {}).get("content", {})
    if "body" in answer and answer["type"] in promised:
        promised[answer["type"]].setdefault("examples", {})[name] = _shown(example, answer["body"])


def _add_command(operation: dict[str, Any], method: str, address: str, example: Example) -> None:
    samples = operation.setdefault("x-codeSamples", [])
    samples.append({"lang": "Shell", "label": example["summary"], "source": command(method, address, example)})


def command(method: str, address: str, example: Example) -> str:
    """Return the example as a curl command; its token is in the environment."""
    query = f"?{urlencode(example['query'])}" if example.get("query") else ""
    parts = [f"curl {shlex.quote(address.format(**example.get('path', {})) + query)}"]
    if method not in _METHODS_THAT_READ:
        parts.append(f"-X {method.upper()}")
    if example.get("as", "nobody") != "nobody":
        parts.append('-H "Authorization: Bearer $TOKEN"')
    parts += [f"-H {shlex.quote(f'{name}: {value}')}" for name, value in example.get("headers", {}).items()]
    if "body" in example:
        parts.append("-H 'Content-Type: application/json'")
        parts.append(f"-d {shlex.quote(json.dumps(example['body'], ensure_ascii=False))}")
    for name, value in example.get("form", {}).items():
        parts.append(f"-F {shlex.quote(f'{name}=@{value}' if name == 'file' else f'{name}={value}')}")
    return " \\\n  ".join(parts)
