"""What is sent: cases that schemathesis makes from the document, with the province's own keys put into most of them.

Cases are made once for each operation and then sent as everybody in turn: making one costs as much as sending it often.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice
from typing import Any
from urllib.parse import unquote

from django.core.files.uploadedfile import UploadedFile
from django.urls import resolve
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.core.parameters import ParameterLocation
from schemathesis.generation import GenerationMode
from schemathesis.generation.feedback import NO_FEEDBACK
from schemathesis.generation.meta import TestPhase

from tests.authorisation.addresses import address, possible_relations
from tests.authorisation.asking import HEADERS
from tests.authorisation.bodies import body
from tests.authorisation.world import World, canary
from tests.fuzz.budget import EXAMPLES, IN_CI
from tests.fuzz.document import Operation
from tests.hostile import CURSORS, QUERIES, VALUES

# Of each ten cases: made to fit the document, or made not to; the systematic ones come first, up to a third.
_FITTING, _SYSTEMATIC = 0.65, 3
# Beside them, a fifth as many with what is known to break readers.
_HOSTILE = 5


def make_cases(operation: Operation, world: World) -> list[Any]:
    """Return the cases of one operation, ready to be sent."""
    systematic = list(islice(_systematic(operation), EXAMPLES // _SYSTEMATIC))
    rest = EXAMPLES - len(systematic)
    fitting = _made(operation, GenerationMode.POSITIVE, round(rest * _FITTING))
    others = _made(operation, GenerationMode.NEGATIVE, rest - round(rest * _FITTING))
    real = Real(operation, world)
    cases = [real.put_into(case, number) for number, case in enumerate(chain(systematic, fitting, others))]
    return cases + list(islice(_hostile(operation, fitting), EXAMPLES // _HOSTILE))


def _hostile(operation: Operation, fitting: list[Any]) -> Iterator[Any]:
    """Yield fitting cases with one value each that was made to break readers, in the query or the body."""
    names = [each.name for each in operation.described.query]
    takes_json = operation.body_type == "application/json"
    values = VALUES if takes_json else [*CURSORS, *map(unquote, QUERIES)]
    for turn, value in enumerate(values if fitting else ()):
        case = fitting[turn % len(fitting)]
        query, body = dict(case.query or {}), case.body
        if takes_json and isinstance(body, dict) and body:
            body = body | {sorted(body)[turn % len(body)]: value}
        elif names and not takes_json:
            query[names[turn % len(names)]] = value
        else:
            return
        yield operation.described.Case(
            method=case.method, path_parameters=case.path_parameters, headers=case.headers, query=query, body=body,
            media_type=case.media_type,
        )  # fmt: skip


def _systematic(operation: Operation) -> Iterator[Any]:
    """Yield boundaries, missing headers, methods that are not there and the like."""
    described = operation.described
    return described.schema.iter_coverage_cases(
        described,
        generation_modes=[GenerationMode.NEGATIVE, GenerationMode.POSITIVE],
        generation_config=described.schema.config.generation_for(operation=described, phase="coverage"),
    )


def _made(operation: Operation, mode: GenerationMode, count: int) -> list[Any]:
    cases: list[Any] = []

    @settings(
        max_examples=count, phases=[Phase.generate], database=None, derandomize=IN_CI, deadline=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=operation.described.as_strategy(mode, feedback=NO_FEEDBACK))
    def collect(case: Any) -> None:
        cases.append(case)

    try:
        collect()
    except Unsatisfiable:
        # Whatever can be written into this address fits what the document says.
        return []
    return cases


_IN_ORDER = ("own", "thing", "public")


class Real:
    """The province's own keys and bodies for one operation."""

    def __init__(self, operation: Operation, world: World) -> None:
        self._operation, self._world = operation, world
        relations = sorted(possible_relations(operation.route), key=_IN_ORDER.__contains__, reverse=True)
        paths = {name: resolve(address(operation.route, name, world)).kwargs for name in relations}
        # Some relations have nothing of the kind; the cases that schemathesis made ask for what is not there anyway.
        nothing = paths.pop("missing", None)
        self._paths = {name: kwargs for name, kwargs in paths.items() if kwargs != nothing} or paths or {"-": {}}
        self._relations = list(self._paths)

    def put_into(self, case: Any, number: int) -> Any:
        """Put what is there into three of four cases, but never in place of what was made wrong on purpose."""
        if number % 4 != 3:
            self._replace(case, number)
            # What was replaced fitted before and fits now: nothing is to be judged anew.
            case._record_starting_state()
        return case

    def _replace(self, case: Any, turn: int) -> None:
        fits, is_systematic = _fits(case.meta), case.meta.phase.name == TestPhase.COVERAGE
        relation = self._relations[turn % len(self._relations)]
        if fits(ParameterLocation.PATH):
            case.path_parameters.update({name: str(value) for name, value in self._paths[relation].items()})
        if is_systematic:
            return
        if fits(ParameterLocation.QUERY):
            case.query.update(_chosen(case.query, _there(turn, self._world)))
        if fits(ParameterLocation.HEADER):
            case.headers.update(_chosen(case.headers, HEADERS))
        if fits(ParameterLocation.BODY) and self._operation.body_type:
            case.body = self._body(relation, case.body, turn // len(self._relations))

    def _body(self, relation: str, made: Any, turn: int) -> Any:
        """Return a body that is right, or one that is right but for one field."""
        right = dict(body(self._operation.route.name, relation, self._world, self._operation.method))
        right = {name: _plain(value) for name, value in right.items()}
        if turn % 2 and isinstance(made, dict) and made:
            name = sorted(made)[turn % len(made)]
            right[name] = made[name]
        return right


def _fits(meta: Any) -> Any:
    """Return what says of a part of a case whether it was made to fit the document."""
    wrong = {place for place, part in meta.components.items() if part.mode.is_negative}
    return lambda place: place not in wrong


def _plain(value: Any) -> Any:
    return value.read() if isinstance(value, UploadedFile) else value


def _chosen(made: Any, there: dict[str, str]) -> dict[str, str]:
    """Return what is there for those parameters that the case has."""
    return {name: value for name, value in there.items() if name in made}


def _there(number: int, world: World) -> dict[str, str]:
    """Return values of query parameters that find something."""
    subjects = list(world.subjects.values())
    subject = subjects[number % len(subjects)]
    return {
        "agency": subject.agency_code, "parent": world.province.root.code, "version": str(subject.number), "from": "1",
        "search": ("bao cao", "thống kê", canary("own"), "tk")[number % 4], "code": "TK.01", "field": "Tổng hợp",
        "year": "2026", "effective_on": "2026-06-01",
    }  # fmt: skip
