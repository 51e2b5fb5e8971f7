"""Scores what a file says, storing nothing: the same object as ``POST /api/v1/scores/preview/``."""

from __future__ import annotations

import io
import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from cms.frameworks.calculation import calculate
from cms.frameworks.chosen import Refused
from cms.frameworks.exact_json import NotJson, loads
from cms.frameworks.messages import render
from cms.scoring.explaining import explain

REFUSED, WRONG_CALL = 1, 2


class Command(BaseCommand):
    help = (
        "Score FILE.json (a request of the API's scores/preview, or a list of them; - reads standard input) and print "
        "the answer, or the answers, as JSON. Nothing is stored. With --explain receipts are printed for a person. "
        "Exit code 1: something in the file cannot be scored, and every problem is printed; 2: there is no such file, "
        "or it is not JSON."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what the command takes."""
        parser.add_argument("file", metavar="FILE.json", help="what is to be scored; - for standard input")
        parser.add_argument("--explain", action="store_true", help="print receipts for a person to read")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, score, print."""
        _write_in_utf8()
        data = _read(options["file"])
        several = isinstance(data, list)
        answers, problems = _calculate(data if several else [data], several)
        if problems:
            self.stdout.write(json.dumps({"errors": problems}, ensure_ascii=False, indent=2))
            sys.exit(REFUSED)
        if options["explain"]:
            receipts = [result["receipt"] for answer in answers for result in answer["results"]]
            self.stdout.write("\n\n".join(explain(receipt) for receipt in receipts))
        else:
            self.stdout.write(json.dumps(answers if several else answers[0], ensure_ascii=False, indent=2))


def _write_in_utf8() -> None:
    """Give the same bytes anywhere: a server's locale may know no Vietnamese letters."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")


def _read(name: str) -> Any:
    try:
        return loads(sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes())
    except OSError as error:
        raise CommandError(f"The file cannot be read: {error}", returncode=WRONG_CALL) from error
    except NotJson as error:
        raise CommandError(_("The file is not JSON: %(reason)s") % {"reason": error}, returncode=WRONG_CALL) from error


def _calculate(requests: list[Any], several: bool) -> tuple[list[dict[str, Any]], list[dict[str, str]]]:
    answers, problems = [], []
    for index, each in enumerate(requests):
        try:
            answers.append(calculate(each, most=None))
        except Refused as refused:
            problems += [
                {
                    "field": _place(index, found.path) if several else found.path,
                    "code": found.code,
                    "message": render(found, words=False),
                }
                for found in refused.problems
            ]
    return answers, problems


def _place(index: int, path: str) -> str:
    return f"[{index}].{path}" if path else f"[{index}]"
