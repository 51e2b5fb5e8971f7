"""A receipt calculated again from its own inputs."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from cms.frameworks.calculation import calculate
from cms.frameworks.calculation_longer import calculate_periods
from cms.scoring.check_code import receipt_hash
from cms.scoring.engine import ENGINE_VERSION


class NoReceipt(ValueError):
    """What was given is no receipt, or one that this program cannot calculate; the text says why."""


def differing_parts(receipt: Any) -> list[str]:
    """Return the parts of a receipt that come out differently now, by their keys; none where all agree.

    Raises ``NoReceipt``, and ``Refused`` where the framework's version is not there or takes the inputs no more.
    """
    if not isinstance(receipt, dict) or not {"schema", "engine", "inputs", "result"} <= receipt.keys():
        raise NoReceipt(_("This is no receipt: it is not JSON, or not all of a receipt is in it."))
    if receipt["engine"] != ENGINE_VERSION:
        engines = {"theirs": receipt["engine"], "ours": ENGINE_VERSION}
        raise NoReceipt(_("The receipt is of engine %(theirs)s, and this program has engine %(ours)s.") % engines)
    if "framework" not in receipt:
        again = calculate_periods(receipt["inputs"], most=None)["results"][0]
        return [] if again == receipt["result"] else ["result"]
    named = receipt["framework"]
    request = {"framework": named["code"], "version": named["version"], "subjects": [receipt["inputs"]]}
    again = calculate(request | {"receipts": True}, most=None)["results"][0]["receipt"]
    differing = [key for key in sorted(receipt.keys() | again.keys()) if receipt.get(key) != again.get(key)]
    if not differing and receipt["hash"] != receipt_hash(receipt):
        return ["hash"]
    return differing
