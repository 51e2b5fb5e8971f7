"""Scores what a file says, storing nothing: the same object as ``POST /api/v1/scores/preview/``."""

from __future__ import annotations

import io
import json
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from cms.frameworks.calculation import calculate
from cms.frameworks.calculation_longer import calculate_caps, calculate_periods
from cms.frameworks.chosen import Refused
from cms.frameworks.exact_json import NotJson, loads
from cms.frameworks.messages import render
from cms.frameworks.rechecking import NoReceipt, differing_parts
from cms.scoring.check_code import check_code, receipt_hash
from cms.scoring.explaining import explain, explain_cap, explain_period

REFUSED, WRONG_CALL = 1, 2
_WAYS: dict[str, Callable[..., dict[str, Any]]] = {
    "scores": calculate,
    "periods": calculate_periods,
    "caps": calculate_caps,
}
_EXPLAINED: dict[str, Callable[[dict[str, Any]], Iterable[str]]] = {
    "scores": lambda answer: (
        explain(each["receipt"], articles=answer["articles_url"]) for each in answer["results"] if each["receipt"]
    ),
    "periods": lambda answer: map(explain_period, answer["results"]),
    "caps": lambda answer: map(explain_cap, answer["caps"]),
}


class Command(BaseCommand):
    help = (
        "Score FILE.json (a request of the API's scores/preview, or a list of them; - reads standard input) and print "
        "the answer, or the answers, as JSON. With --periods the requests are those of scores/periods: a year from its "
        "quarters; with --caps those of scores/caps: who may hold a level. Nothing is stored. With --explain the "
        "calculation is printed for a person. With --check FILE.json is a receipt. "
        "Exit code 1: something in the file cannot be scored, and every problem is printed; 2: there is no such file, "
        "or it is not JSON."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE.json", help="what is to be scored; - for standard input")
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--periods", action="store_true", help="put shorter periods together and classify them")
        what.add_argument("--caps", action="store_true", help="hold levels against how many may have them")
        what.add_argument("--check", action="store_true", help="calculate a receipt again and say whether it agrees")
        parser.add_argument("--framework", metavar="CODE", help="the framework of requests that name none")
        parser.add_argument("--on", metavar="YYYY-MM-DD", help="the day whose version is used where none is named")
        parser.add_argument("--no-receipts", action="store_true", help="print figures without receipts")
        parser.add_argument("--explain", action="store_true", help="print what a person reads")

    def handle(self, *args: Any, **options: Any) -> None:
        _write_in_utf8()
        data = _read(options["file"])
        if options["check"]:
            self._check(data)
            return
        several = isinstance(data, list)
        way = next((name for name in ("periods", "caps") if options[name]), "scores")
        requests = [_completed(each, way, options) for each in (data if several else [data])]
        answers, problems = _calculate(_WAYS[way], requests, several)
        if problems:
            self.stdout.write(json.dumps({"errors": problems}, ensure_ascii=False, indent=2))
            sys.exit(REFUSED)
        if options["explain"]:
            self.stdout.write("\n\n".join(text for answer in answers for text in _EXPLAINED[way](answer)))
        else:
            self.stdout.write(json.dumps(answers if several else answers[0], ensure_ascii=False, indent=2))

    def _check(self, receipt: Any) -> None:
        """Print the check code of a receipt that agrees, or exit with 1 and what does not."""
        try:
            differing = differing_parts(receipt)
        except NoReceipt as error:
            raise CommandError(str(error), returncode=WRONG_CALL) from error
        except Refused as refused:
            self.stdout.write("\n".join(render(found, words=False) for found in refused.problems))
            sys.exit(REFUSED)
        if differing:
            self.stdout.write(_("It does not agree: %(parts)s.") % {"parts": ", ".join(differing)})
            sys.exit(REFUSED)
        code = check_code(receipt_hash(receipt))
        self.stdout.write(_("Every figure agrees. Check code: %(code)s") % {"code": code})


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


def _completed(request: Any, way: str, options: dict[str, Any]) -> Any:
    """Add to a request what the call says of all of them; what the request says itself goes before."""
    if not isinstance(request, dict):
        return request
    given: dict[str, Any] = {"framework": options["framework"], "on": None if "version" in request else options["on"]}
    if way == "scores":
        given["receipts"] = options["explain"] or not options["no_receipts"]
    return {key: value for key, value in given.items() if value is not None} | request


def _calculate(
    calculate: Callable[..., dict[str, Any]], requests: list[Any], several: bool
) -> tuple[list[dict[str, Any]], list[dict[str, str]]]:
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
