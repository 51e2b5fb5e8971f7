"""The way from JSON data to a score, as every test goes it."""

from cms.scoring.engine import read_settings, score
from cms.scoring.inputs import read_subjects
from tests.unit.scoring.definitions import decree_data, define

LINE = {"assigned": "10", "completed": "8", "coefficient": "1"}
LEVELS = [
    {"level": "excellent", "title": "Hoàn thành xuất sắc nhiệm vụ", "from": "90"},
    {"level": "not_completed", "title": "Không hoàn thành nhiệm vụ", "from": "0"},
]


def scored(definition, settings=None, **data):
    """Return the score of one subject; a problem of its data fails the test at once."""
    subjects, problems = read_subjects([{"id": 1, "role": "staff", **data}], definition)
    chosen, wrong = read_settings(settings, definition)
    assert not problems + wrong
    return score(definition, subjects[0], settings=chosen)


def problems_of(definition, *subjects):
    """Return the problems of subjects as (path, code)."""
    return [(each.path, each.code) for each in read_subjects(list(subjects), definition)[1]]


def only(section, **changes):
    """Return a framework of one section of 100 points."""
    whole = {"code": "all", "title": "Cả biểu", "max": "100", **section}
    return define(decree_data(sections=[whole], classification={"levels": LEVELS}, **changes))


def criteria(*items, **section):
    """Return a framework of one section of criteria."""
    return only({"kind": "criteria", "criteria": [{"title": "Tiêu chí", **each} for each in items], **section})


def indicators(*items, work=None, **section):
    """Return a framework of one section of indicators."""
    own = [{"title": "Chỉ tiêu", "measure": "mark", **each} for each in items]
    return only({"kind": "indicators", "indicators": own, **section}, **({"work": work} if work else {}))


def codes(score):
    """Return the codes of why there is no total."""
    return [each.code for each in score.reasons]


def percents(score):
    """Return the measured percentages by the code of the indicator."""
    return {each.plan.indicator.code: each.percent for each in score.components}
