"""The curl commands of docs/api.md, run as they stand there."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

DOCUMENT = Path(__file__).parents[3] / "docs" / "api.md"


def section(title: str) -> str:
    """Return what stands under a heading of the document."""
    return DOCUMENT.read_text(encoding="utf-8").partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def commands(title: str) -> list[str]:
    """Return the curl commands under a heading."""
    blocks = re.findall(r"```sh\n(.*?)```", section(title), re.DOTALL)
    starts = re.split(r"^(?=curl )", "".join(blocks).replace("\\\n", " "), flags=re.MULTILINE)
    return [command for command in starts if command.startswith("curl ")]


def run(command: str, known: Mapping[str, str], samples: Path) -> Any:
    """Do what curl would do, where the names that are known are variables of the shell."""
    words = iter([_filled(word, known) for word in shlex.split(command)[1:]])
    method, headers, form, body, address = "GET", {}, {}, None, ""
    for word in words:
        if word == "-X":
            method = next(words)
        elif word == "-H":
            name, _colon, value = next(words).partition(": ")
            headers[name] = value
        elif word == "-F":
            name, _equals, value = next(words).partition("=")
            form[name] = _file(samples / value[1:]) if value.startswith("@") else value
        elif word == "-d":
            body = next(words)
        else:
            address = word
    where = urlsplit(address)
    client = Client(enforce_csrf_checks=True)
    if form:
        return client.post(where.path, form, headers=headers)
    content_type = headers.pop("Content-Type", "application/json")
    return client.generic(method, f"{where.path}?{where.query}", body or "", content_type, headers=headers)


def _filled(word: str, known: Mapping[str, str]) -> str:
    for name, value in known.items():
        word = word.replace(f"${name}", value)
    return word


def _file(path: Path) -> SimpleUploadedFile:
    return SimpleUploadedFile(path.name, path.read_bytes())
