"""A stored comparison as its screen shows it: sentences, tables and the order in which a reader wants them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cms.core.numbers import format_decimal_vi
from cms.frameworks.blocks.words import LEVELS
from cms.frameworks.enums import ScoredRole, SubjectKind
from cms.frameworks.messages import render
from cms.frameworks.trials.cause_words import apart_texts, cell_name, missing_texts
from cms.frameworks.trials.chart import TrialChart, chart
from cms.frameworks.trials.sample import POSITION_GROUPS
from cms.frameworks.trials.tables import NONE
from cms.organisations.models import PositionGroup
from cms.scoring.document import Document
from cms.scoring.problems import Problem

LEVEL_NAMES: dict[str, Promise | str] = {**LEVELS, NONE: gettext_lazy("No level")}
_NOTHING_MISSING: dict[str, Any] = {"roles": [], "position_groups": [], "weights": []}
_STATUSES = {
    "needs_decision": gettext_lazy("a decision is needed"),
    "insufficient_data": gettext_lazy("insufficient data"),
    "blocked": gettext_lazy("a mark is missing"),
    "unreadable": gettext_lazy("the framework cannot read the inputs"),
}
_CHANGE: dict[str, Promise | str] = {
    SubjectKind.OFFICER: gettext_lazy("Of %(size)s people, %(changed)s change level: %(up)s up, %(down)s down."),
    SubjectKind.ORGANISATION: gettext_lazy(
        "Of %(size)s organisations, %(changed)s change level: %(up)s up, %(down)s down."
    ),
}
_KEEP: dict[str, Promise | str] = {
    SubjectKind.OFFICER: gettext_lazy("Of %(size)s people, nobody changes level."),
    SubjectKind.ORGANISATION: gettext_lazy("Of %(size)s organisations, none changes level."),
}


@dataclass(frozen=True)
class LevelRow:
    """How many have a level, before and after."""

    name: str
    before: int
    after: int

    @property
    def difference(self) -> str:
        """Return the difference with its sign."""
        return signed(_count(self.after - self.before))


@dataclass(frozen=True)
class MatrixCell:
    """How many go from one level to another; ``stays`` on the diagonal."""

    count: int
    stays: bool


@dataclass(frozen=True)
class GroupRow:
    """One agency or position group."""

    name: str
    size: int
    up: int
    down: int
    other: int
    levels: tuple[LevelRow, ...]

    @property
    def changed(self) -> int:
        """Return how many get another level."""
        return self.up + self.down + self.other

    @property
    def share(self) -> int:
        """Return the share of those who change, in whole percent, half up."""
        return (200 * self.changed + self.size) // (2 * self.size)


@dataclass(frozen=True)
class BreachRow:
    """A group in which more have a level than the cap allows, before, after or both."""

    group: str
    level: str
    before: str
    after: str
    sentence: str


@dataclass(frozen=True)
class PersonRow:
    """Somebody by place and identifier, with what is said of them."""

    place: int
    id: str
    agency: str
    before: str = ""
    after: str = ""
    move: str = ""
    before_level: str = ""
    after_level: str = ""
    why: str = ""


@dataclass(frozen=True)
class StepRow:
    """One step of a calculation under both frameworks; a dash where a framework has no such step."""

    title: str
    before: str
    after: str

    @property
    def differs(self) -> bool:
        """Return whether the two come to something else."""
        return self.before != self.after


class Shown:
    """One comparison (``comparison.compare``), read for the screen."""

    def __init__(self, result: Mapping[str, Any], subject: str) -> None:
        self.result = result
        self.subject = subject
        self.size: int = result["size"]
        self.lent: int = result["lent"]

    @property
    def headline(self) -> str:
        """Say in one sentence how many change level."""
        return headline(self.result, self.subject)

    @property
    def chart(self) -> TrialChart:
        """Return the distribution of totals as a drawing."""
        return chart(self.result["bands"]["before"], self.result["bands"]["after"])

    @property
    def levels(self) -> tuple[LevelRow, ...]:
        """Return how many have each level."""
        return _level_rows(self.result["levels"])

    @property
    def matrix(self) -> list[tuple[str, list[MatrixCell]]]:
        """Return, for each level before, how many have each level after."""
        before = self.result["levels"]["before"]
        moves = {(each["from"], each["to"]): each["count"] for each in self.result["changes"]}
        rows = []
        for old, name in LEVEL_NAMES.items():
            left = sum(count for (start, _end), count in moves.items() if start == old)
            counts = {new: before[old] - left if new == old else moves.get((old, new), 0) for new in LEVEL_NAMES}
            rows.append((str(name), [MatrixCell(count, new == old) for new, count in counts.items()]))
        return rows

    @property
    def level_names(self) -> list[str]:
        """Return the names of the levels, from the highest."""
        return [str(name) for name in LEVEL_NAMES.values()]

    @cached_property
    def agencies(self) -> list[GroupRow]:
        """Return the agencies, those with the greatest share of changes first."""
        return _ranked(self.result["agencies"], {}, _("No agency named"))

    @cached_property
    def position_groups(self) -> list[GroupRow]:
        """Return the position groups, those with the greatest share of changes first."""
        return _ranked(self.result["position_groups"], self.group_names, _("No position group named"))

    @cached_property
    def roles(self) -> list[GroupRow]:
        """Return the roles, those with the greatest share of changes first."""
        return _ranked(
            self.result.get("roles", []), {each.value: str(each.label) for each in ScoredRole}, _("No role named")
        )

    @cached_property
    def cells(self) -> list[GroupRow]:
        """Return each role in each position group, those with the greatest share of changes first."""
        named = [
            each | {"name": cell_name(each["name"][0], each["name"][1], self.group_names)}
            for each in self.result.get("cells", [])
            if each["name"][1]
        ]
        return _ranked(named, {}, "")

    @property
    def missing(self) -> list[str]:
        """Return of whom nobody in the inputs came to a total; publishing waits for them."""
        return missing_texts(self.result.get("missing", _NOTHING_MISSING), self.group_names)

    @property
    def apart(self) -> list[tuple[str, list[str]]]:
        """Return what cannot be compared: headings, each with what it is about; none where all is alike."""
        return apart_texts(self.result["apart"], self.group_names) if "apart" in self.result else []

    @cached_property
    def breaches(self) -> list[BreachRow]:
        """Return the groups beyond a cap, those that the draft breaks most first."""
        found: dict[tuple[str, str], dict[str, Any]] = {}
        for side in ("before", "after"):
            for each in self.result["caps"][side]:
                name = " · ".join(self.group_names.get(part, part) for part in each["group"] if part)
                found.setdefault((name or _("Everybody"), each["level"]), {})[side] = each
        ordered = sorted(found.items(), key=lambda item: (-_excess(item[1].get("after")), item[0]))
        return [_breach(group, level, sides) for (group, level), sides in ordered]

    @property
    def breach_counts(self) -> dict[str, int]:
        """Return in how many groups the cap is broken, before and after."""
        return {side: len(self.result["caps"][side]) for side in ("before", "after")}

    @property
    def largest(self) -> list[PersonRow]:
        """Return the largest moves of a total."""
        return [
            PersonRow(
                place=each["place"], id=each["id"], agency=each["agency"], before=_vi(each["before"]),
                after=_vi(each["after"]), move=signed(_vi(each["move"])), before_level=level_name(each["before_level"]),
                after_level=level_name(each["after_level"]),
            )
            for each in self.result["largest"]
        ]  # fmt: skip

    @property
    def not_scored(self) -> list[PersonRow]:
        """Return those whom the draft gives no level, the first of them, with the reason."""
        return [
            PersonRow(place=each["place"], id=each["id"], agency=each["agency"], why=_why(each))
            for each in self.result["not_scored"]
        ]

    @cached_property
    def group_names(self) -> dict[str, str]:
        """Return the names of position groups by code."""
        return group_names()


def headline(result: Mapping[str, Any], subject: str) -> str:
    """Say in one sentence how many of how many change level, up, down or otherwise."""
    directions = result["directions"]
    changed, other = directions["up"] + directions["down"], directions["other"]
    sentence = str((_CHANGE if changed else _KEEP)[subject]) % {
        "size": _count(result["size"]), "changed": _count(changed), "up": _count(directions["up"]),
        "down": _count(directions["down"]),
    }  # fmt: skip
    if not other:
        return sentence
    one_sided = ngettext(
        "%(count)s more has a level under one of the two frameworks only.",
        "%(count)s more have a level under one of the two frameworks only.",
        other,
    )
    return f"{sentence} {one_sided % {'count': _count(other)}}"


def group_names() -> dict[str, str]:
    """Return the names of position groups by code, those of made-up inputs among them."""
    return {**POSITION_GROUPS, **dict(PositionGroup.objects.values_list("code", "name"))}


def step_rows(before: Document | None, after: Document | None) -> list[StepRow]:
    """Return what each step of two receipts comes to, steps of one code beside one another."""
    sides = [{step.code: step for step in each.steps if step.value} if each else {} for each in (before, after)]
    old, new = sides
    return [
        StepRow((new.get(code) or old[code]).title, *(side[code].value if code in side else "–" for side in sides))
        for code in sorted(old.keys() | new.keys(), key=[*new, *old].index)
    ]


def level_name(level: str | None) -> str:
    """Name a level, or that there is none."""
    return str(LEVEL_NAMES[level or NONE])


def signed(text: str) -> str:
    """Write a difference with its sign; nothing changed is 0."""
    if text.startswith("-"):
        return "−" + text[1:]
    return text if text.strip("0,") == "" else f"+{text}"


def _level_rows(levels: Mapping[str, Mapping[str, int]]) -> tuple[LevelRow, ...]:
    return tuple(
        LevelRow(str(name), levels["before"][code], levels["after"][code]) for code, name in LEVEL_NAMES.items()
    )


def _ranked(groups: list[dict[str, Any]], names: Mapping[str, str], nameless: str) -> list[GroupRow]:
    rows = [
        GroupRow(
            name=str(names.get(each["name"], each["name"]) or nameless), size=each["size"], up=each["directions"]["up"],
            down=each["directions"]["down"], other=each["directions"]["other"], levels=_level_rows(each),
        )
        for each in groups
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (-row.share, -row.changed, row.name))


def _excess(breach: Mapping[str, Any] | None) -> int:
    return breach["holders"] - breach["allowed"] if breach else 0


def _breach(group: str, level: str, sides: Mapping[str, Mapping[str, Any]]) -> BreachRow:
    texts = {side: _("%(holders)s of %(allowed)s allowed") % each for side, each in sides.items()}
    return BreachRow(
        group=group, level=level_name(level), before=texts.get("before", ""), after=texts.get("after", ""),
        sentence=sides.get("after", sides.get("before", {}))["sentence"],
    )  # fmt: skip


def _why(each: Mapping[str, Any]) -> str:
    status = str(_STATUSES.get(each["status"], each["status"]))
    problem = each["problem"]
    if problem:
        path = problem["path"].partition(".")[2]
        return f"{status}: {path}: {render(Problem(path, problem['code'], problem['params']))}"
    return f"{status}: {each['why']}" if each["why"] else status


def _count(number: int) -> str:
    return format_decimal_vi(Decimal(number))


def _vi(text: str) -> str:
    return text.replace(".", ",")
