"""Products and works of the demo's agencies: what each lists, in its own words and at its own weight.

What agencies of a kind do stands in the files beside this one; ``wording`` and ``weighing`` make of it what lists of a
province are like: the same work named in many ways and weighed in many ways, beside works that only look alike.
Everything depends on the agency and the work alone, so the demo is the same whenever it is loaded.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from importers.demo.works import subjects, weighing, wording
from importers.demo.works.chance import drawn
from importers.demo.works.subjects import SUBJECTS
from importers.demo.works.weighing import hours_of

__all__ = ["SPECIAL", "SUBJECTS", "CommuneWork", "Fields", "hours_of", "works_of", "works_of_commune"]

# The work, its output, complexity group and score on the handbook's scale, where drafting a document is 5.
Work = tuple[str, str, int, int]
# Tasks with their works by field of work.
Fields = dict[str, list[tuple[str, list[Work]]]]

_HERE = Path(__file__).parent
# Each commune leaves out every so many works, another one each; a department so many of its routine by subject.
_LEFT_OUT_EVERY, _ROUTINE_LEFT_OUT = 6, 3
# The first communes are wards; the others lie in the mountains, in the plain and by the sea.
_WARDS = 12
_REGIONS = ("mountain", "plain", "coast")
# One commune in so many lists a work twice, in other words.
_TWICE_EVERY = 10
_TWICE = ("TD-09", "Công tác tiếp công dân theo quy định", "lượt", 1, "1,5")


@dataclass(frozen=True)
class CommuneWork:
    """A work in the short form of communes; the coefficient has a decimal comma."""

    code: str
    name: str
    output: str
    group: int
    coefficient: str


def works_of(agency: str) -> Fields:
    """Return the fields of work of an agency: its own, its subjects, and the office work that every agency has."""
    fields = SPECIAL.get(agency, {}) | _by_subject(agency)
    if agency != "tinh":
        fields = fields | _offices()["political" if agency in subjects.POLITICAL else "government"]
    return {
        field: [(task, [_as_listed(agency, work) for work in works]) for task, works in tasks]
        for field, tasks in fields.items()
    }


def works_of_commune(number: int) -> list[CommuneWork]:
    """Return what the commune of that number lists: nearly all that communes do, not all of them the same."""
    agency, is_ward = f"xa-{number:03}", number <= _WARDS
    kinds = {"", "ward"} if is_ward else {"", "rural", _REGIONS[number % len(_REGIONS)]}
    own = [work for work, kind in _commune_works() if kind in kinds]
    own = [work for place, work in enumerate(own) if (place + number) % _LEFT_OUT_EVERY]
    listed = [_as_commune_lists(agency, work, is_ward) for work in own]
    return [*listed, CommuneWork(*_TWICE)] if number % _TWICE_EVERY == 3 else listed


def _by_subject(agency: str) -> Fields:
    routine = subjects.POLITICAL_ROUTINE if agency in subjects.POLITICAL else subjects.ROUTINE
    return {
        f"{subject[0].upper()}{subject[1:]}": [
            (task, works) for task, all_works in routine if (works := _routine(agency, subject, all_works))
        ]
        for subject in SUBJECTS.get(agency, ())
    }


def _routine(agency: str, subject: str, works: list[Work]) -> list[Work]:
    return [
        (name.format(subject), output, group, score)
        for name, output, group, score in works
        if drawn("left out", agency, subject, name) % _ROUTINE_LEFT_OUT
    ]


def _as_listed(agency: str, work: Work) -> Work:
    name, output, group, score = work
    group, weighed = weighing.weigh(agency, name, group, score)
    return wording.word(agency, name), output, group, weighed


def _as_commune_lists(agency: str, work: CommuneWork, is_ward: bool) -> CommuneWork:
    name, output = (wording.of_ward(text) if is_ward else text for text in (work.name, work.output))
    group, coefficient = weighing.weigh_commune(agency, work.name, work.group, work.coefficient)
    return CommuneWork(work.code, wording.word(agency, name), output, group, coefficient)


def _read(file: str) -> dict[str, Fields]:
    """Return what a file of works says, by the name in brackets."""
    read: dict[str, Fields] = {}
    fields: Fields = {}
    tasks: list[tuple[str, list[Work]]] = []
    for line in (_HERE / file).read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            fields = read[line.strip("[]")] = {}
        elif line.startswith("= "):
            tasks = fields[line[2:]] = []
        elif line.startswith("- "):
            tasks.append((line[2:], []))
        elif line and not line.startswith("#"):
            name, output, group, score = line.split(" | ")
            tasks[-1][1].append((name, output, int(group), int(score)))
    return read


@cache
def _offices() -> dict[str, Fields]:
    return _read("offices.txt")


@cache
def _commune_works() -> list[tuple[CommuneWork, str]]:
    """Return every work of communes, and which kind of them has it; empty where all do."""
    found = []
    for line in (_HERE / "communes.txt").read_text(encoding="utf-8").splitlines():
        if " | " in line and not line.startswith("#"):
            code, name, output, group, coefficient, *kind = line.split(" | ")
            found.append((CommuneWork(code, name, output, int(group), coefficient), "".join(kind)))
    return found


SPECIAL = _read("departments.txt")
