"""What is looked at in every answer: schemathesis's checks, and that nobody is let in who did not say who they are."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from schemathesis import checks
from schemathesis.checks import CheckContext
from schemathesis.config import ChecksConfig
from schemathesis.config._checks import MissingRequiredHeaderConfig, NegativeDataRejectionConfig
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.core.transport import Response

from tests.fuzz.askers import Asker
from tests.fuzz.document import Operation

checks.load_all_checks()
_CONTEXT = CheckContext(
    override=None,
    auth=None,
    headers=None,
    transport_kwargs=None,
    response_checks=None,
    # A refusal may be about something else that is wrong too: the state of a thing, or what If-Match names.
    config=ChecksConfig(
        missing_required_header=MissingRequiredHeaderConfig(expected_statuses=["4XX"]),
        negative_data_rejection=NegativeDataRejectionConfig(expected_statuses=["4XX"]),
    ),
)
_OF_EVERY_ANSWER = tuple(
    checks.CHECKS.get_one(name)
    for name in (
        "not_a_server_error", "status_code_conformance", "content_type_conformance", "response_headers_conformance",
        "response_schema_conformance", "negative_data_rejection", "missing_required_header", "unsupported_method",
    )
)  # fmt: skip


_REFUSES_WRONG_DATA = checks.CHECKS.get_one("negative_data_rejection")
_REFUSES_OTHER_METHODS = checks.CHECKS.get_one("unsupported_method")


def faults(operation: Operation, asker: Asker, case: Any, response: Response) -> Iterator[str]:
    """Yield what is wrong with an answer, a line each."""
    for check in _OF_EVERY_ANSWER:
        if _says_nothing(check, response):
            continue
        try:
            check(_CONTEXT, response, case)
        except Failure as failure:
            yield _sentence(failure)
        except FailureGroup as group:
            yield from map(_sentence, group.exceptions)
    is_the_act = response.request.method == operation.method
    if is_the_act and 200 <= response.status_code < 300 and _is_let_in_wrongly(operation, asker):
        yield f"{asker.role} is let in"


def _is_let_in_wrongly(operation: Operation, asker: Asker) -> bool:
    if asker.role == "wrong token":
        return operation.security is not None
    return asker.role == "anonymous" and not operation.is_open


def _says_nothing(check: Any, response: Response) -> bool:
    """Return whether a check does not fit: who is turned away as such is not told which methods there are."""
    if check is _REFUSES_OTHER_METHODS:
        return response.status_code in (401, 403)
    return check is _REFUSES_WRONG_DATA and (_holds_an_empty_parameter(response) or _refuses_within(response))


def _holds_an_empty_parameter(response: Response) -> bool:
    """Return whether a parameter was sent without a value, as a form does: it counts as not sent (docs/api.md).

    A list with nothing between its commas is such a parameter too.
    """
    query = urlsplit(str(response.request.url)).query
    return any(not value.strip(",") for _name, value in parse_qsl(query, keep_blank_values=True))


def _refuses_within(response: Response) -> bool:
    """Return whether many operations were sent of which each is answered for, and one of them was refused."""
    if response.status_code != 200 or "application/json" not in str(response.headers.get("content-type")):
        return False
    answer = json.loads(response.content)
    counts = answer.get("counts") if isinstance(answer, dict) else None
    return isinstance(counts, dict) and counts.get("refused", 0) > 0


def _sentence(failure: Any) -> str:
    return f"{failure.title}: {failure.message}".replace("\n", " ")[:400]
