"""What comes back from scoring, declared as what is sent is: results and receipts (schema ``thuocdo.receipt/1``).

The API's document is written from these; tests read every receipt by them, so that none says more or less than this.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cms.scoring.definition.words import LEVELS
from cms.scoring.input_shapes import Identifier, Keyed
from cms.scoring.inputs import SubjectData
from cms.scoring.longer_inputs import PeriodPartData
from cms.scoring.problems import Problem
from cms.scoring.shape import Choice, Definitions, Many, Maybe, Part, Shape, Text, YesNo, declare

STATUSES = ("scored", "insufficient_data", "needs_decision", "blocked")
STEP_KINDS = ("lines", "indicator", "section", "total")
_NO_LIMIT = 10**6


class Whole(Shape):
    """A whole number that is counted by the platform itself."""

    def read(self, data: Any, path: str, problems: list[Problem]) -> int | None:
        if type(data) is int:
            return data
        problems.append(Problem(path, "not_a_number"))
        return None

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        return {"type": "integer"}


class AnswerText(Text):
    """A text of the platform's own, however long."""

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        return {"type": "string"}


WORDS = AnswerText(_NO_LIMIT)
LEVEL = Maybe(Choice(LEVELS))
STATUS = Choice(STATUSES)
_FIGURE = Maybe(WORDS)
FIGURES = Keyed(_FIGURE)
_CITATION = "On which it rests; empty where it rests on nothing but the framework"
ARTICLES_URL = "The page that says what the cited articles of the decree say, with an anchor for each"
ARTICLES = "Keys of the decree's articles that the citation names (`dieu-16`), anchors on the page at `articles_url`"


def many(part: type) -> Many:
    """Return a list of parts, however long."""
    return Many(Part(lambda: part), _NO_LIMIT)


@dataclass(frozen=True)
class FrameworkReference:
    """The version of a framework by which was calculated."""

    code: str = declare(WORDS)
    name: str = declare(WORDS)
    version: int | None = declare(Maybe(Whole()), note="Null where it is not published but shipped, or a draft")
    hash: str = declare(WORDS, note="Of the definition's canonical JSON")
    effective_from: str | None = declare(Maybe(WORDS), note="First day on which it holds")
    effective_to: str | None = declare(Maybe(WORDS), note="Last day on which it holds; null: until another follows")


@dataclass(frozen=True)
class ReceiptFramework(FrameworkReference):
    """By which framework was scored, with the citations that it rests on."""

    legal_basis: tuple[str, ...] = declare(Many(WORDS))


@dataclass(frozen=True)
class ReasonAnswer:
    """Why there is no level, or why it is this one."""

    code: str = declare(WORDS)
    message: str = declare(WORDS)


@dataclass(frozen=True)
class ReceiptSetting:
    """A choice that the calculation rests on."""

    code: str = declare(WORDS)
    title: str = declare(WORDS)
    value: str = declare(WORDS)
    text: str = declare(WORDS, note="The value in words")
    citation: str = declare(WORDS, note=_CITATION)
    articles: tuple[str, ...] = declare(Many(WORDS), (), note=ARTICLES)


@dataclass(frozen=True)
class ReceiptColumn:
    """A column of a step's table."""

    code: str = declare(WORDS)
    title: str = declare(WORDS)


@dataclass(frozen=True)
class ReceiptStep:
    """One step: its rule, citation and arithmetic, which can be worked out again from its text."""

    code: str = declare(WORDS)
    kind: str = declare(Choice(STEP_KINDS))
    title: str = declare(WORDS)
    rule: str = declare(WORDS)
    citation: str = declare(WORDS, note=_CITATION)
    articles: tuple[str, ...] = declare(Many(WORDS), (), note=ARTICLES)
    arithmetic: str = declare(WORDS, "")
    value: str | None = declare(_FIGURE, None, note="Rounded for reading; null where it could not be computed")
    unit: str = declare(Choice(("percent", "points")), "points")
    note: str = declare(WORDS, "")
    counted: str | None = declare(_FIGURE, None, note="What bands or points make of the percentage")
    weight: str = declare(WORDS, "")
    weight_rule: str = declare(WORDS, "", note="Which of several weights holds and why, where weights differ by role")
    exact: str | None = declare(_FIGURE, None, note="The total before it is held and rounded, as a fraction")
    table: str = declare(WORDS, "", note="Code of the step whose table it rests on")
    columns: tuple[ReceiptColumn, ...] = declare(many(ReceiptColumn), ())
    rows: tuple[tuple[str, ...], ...] = declare(Many(Many(WORDS), _NO_LIMIT), ())
    totals: tuple[str, ...] = declare(Many(WORDS), ())


@dataclass(frozen=True)
class LeftOut:
    """What was left out, and why."""

    what: str = declare(WORDS)
    why: str = declare(WORDS)


@dataclass(frozen=True)
class ReceiptRounding:
    """How the total was rounded."""

    places: int = declare(Whole())
    mode: str = declare(WORDS)
    text: str = declare(WORDS)
    citation: str = declare(WORDS, note=_CITATION)
    articles: tuple[str, ...] = declare(Many(WORDS), (), note=ARTICLES)


@dataclass(frozen=True)
class Threshold:
    """The points from which a level begins."""

    level: str = declare(Choice(LEVELS))
    title: str = declare(WORDS)
    from_: str = declare(WORDS)


@dataclass(frozen=True)
class CitedSentence:
    """A sentence and on what it rests."""

    sentence: str = declare(WORDS)
    citation: str = declare(WORDS, note=_CITATION)
    articles: tuple[str, ...] = declare(Many(WORDS), (), note=ARTICLES)


@dataclass(frozen=True, kw_only=True)
class TriedCondition(CitedSentence):
    """A condition of a level: whether it holds; null where a figure is not known."""

    level: str = declare(Choice(LEVELS))
    title: str = declare(WORDS)
    held: bool | None = declare(Maybe(YesNo()))


@dataclass(frozen=True, kw_only=True)
class CapNamed(CitedSentence):
    """How many may hold the level that follows; whether it is kept is seen among all."""

    level: str = declare(Choice(LEVELS))
    rate: str = declare(WORDS, note="Percent")


@dataclass(frozen=True, kw_only=True)
class FoundDisqualifier(CitedSentence):
    """What holds the level down; ``held`` is null where it hangs on a figure that is not known."""

    code: str = declare(WORDS)
    held: bool | None = declare(Maybe(YesNo()))
    excused: bool = declare(YesNo())
    document: str = declare(WORDS)


@dataclass(frozen=True)
class LevelExplained:
    """The level, or why there is none, in sentences."""

    level: str | None = declare(LEVEL)
    level_title: str = declare(WORDS)
    status: str = declare(STATUS)
    points: CitedSentence = declare(Part(lambda: CitedSentence))
    conditions: tuple[TriedCondition, ...] = declare(many(TriedCondition))
    disqualifiers: tuple[FoundDisqualifier, ...] = declare(many(FoundDisqualifier))
    reasons: tuple[ReasonAnswer, ...] = declare(many(ReasonAnswer))
    cap: CapNamed | None = declare(Maybe(Part(lambda: CapNamed)))
    sentence: str = declare(WORDS)


@dataclass(frozen=True)
class ReceiptClassification(LevelExplained):
    """How the level came about, beside the points from which each level begins."""

    thresholds: tuple[Threshold, ...] = declare(many(Threshold))


@dataclass(frozen=True)
class Figures:
    """What came of scoring one subject; what could not be computed is null."""

    id: str | int | None = declare(Maybe(Identifier()), note="As it was sent")
    components: dict[str, str | None] = declare(FIGURES, note="Percent by indicator")
    sections: dict[str, str | None] = declare(FIGURES, note="Points by section")
    common: str | None = declare(_FIGURE)
    result: str | None = declare(_FIGURE)
    total: str | None = declare(_FIGURE, note="Rounded once, half up; this number decides the level")
    level: str | None = declare(LEVEL)
    status: str = declare(STATUS)
    reasons: tuple[ReasonAnswer, ...] = declare(many(ReasonAnswer))


@dataclass(frozen=True)
class Receipt:
    """Every step of a score with its rule, citation and arithmetic, and a hash over all."""

    schema: str = declare(WORDS)
    engine: str = declare(WORDS, note="Version of the engine; the same one makes the same bytes of the same inputs")
    framework: ReceiptFramework = declare(Part(lambda: ReceiptFramework))
    settings: tuple[ReceiptSetting, ...] = declare(many(ReceiptSetting))
    inputs: SubjectData = declare(
        Part(lambda: SubjectData), note="What was sent, in one way of writing; can be sent again"
    )
    steps: tuple[ReceiptStep, ...] = declare(many(ReceiptStep))
    left_out: tuple[LeftOut, ...] = declare(many(LeftOut))
    rounding: ReceiptRounding = declare(Part(lambda: ReceiptRounding))
    classification: ReceiptClassification = declare(Part(lambda: ReceiptClassification))
    result: Figures = declare(Part(lambda: Figures))
    summary: str = declare(WORDS)
    hash: str = declare(WORDS, note="Of the canonical JSON of all else in it")


@dataclass(frozen=True)
class Result(Figures):
    """The score of one subject."""

    framework: FrameworkReference = declare(Part(lambda: FrameworkReference))
    part: PeriodPartData = declare(
        Part(lambda: PeriodPartData), note="What `scores/periods/` takes of this period; nothing in it is rounded"
    )
    receipt: Receipt | None = declare(Maybe(Part(lambda: Receipt)), note="Null where receipts were not asked for")


@dataclass(frozen=True)
class ScoreAnswer:
    """The scores, in the order in which the subjects were sent."""

    results: tuple[Result, ...] = declare(many(Result))
    articles_url: str = declare(WORDS, note=ARTICLES_URL)
