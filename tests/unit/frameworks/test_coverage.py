"""What a sample leaves untried is named: roles, position groups and sets of weights; made-up samples leave nothing."""

import pytest

from cms.frameworks.trials import coverage
from cms.frameworks.trials.coverage import cells, is_complete, missing
from cms.frameworks.trials.running import Side
from cms.frameworks.trials.sample import sample_subjects
from cms.scoring import shipped
from cms.scoring.definition import Definition, read_definition, write_definition
from cms.scoring.problems import Problem

NOTHING = {"roles": [], "position_groups": [], "weights": []}


def covered_by(definition: Definition, subjects: list[dict]) -> set[tuple[str, str]]:
    side = Side(definition)
    scored = ((each["role"], each.get("position_group", ""), side.score(each)) for each in subjects)
    return {
        (role, group) for role, group, score in scored if not isinstance(score, Problem) and score.total is not None
    }


def weighing(groups: int, roles: tuple[str, ...] = ()) -> Definition:
    """Return a framework that weighs its first indicator otherwise for each of so many groups."""
    data = write_definition(shipped.load("nd335"))
    first = next(section for section in data["sections"] if section["kind"] == "indicators")["indicators"][0]
    first["roles"] = list(roles)
    first["weights"] = [{"position_groups": [f"nhom-{no}"], "weight": str(no + 2)} for no in range(groups)]
    definition, problems = read_definition(data)
    assert definition is not None, problems
    return definition


@pytest.mark.parametrize("definition", [shipped.load(code) for code in shipped.codes()], ids=shipped.codes())
def test_the_made_up_sample_covers_every_shipped_framework(definition):
    assert missing(definition, covered_by(definition, sample_subjects(definition))) == NOTHING


@pytest.mark.parametrize("groups", [2, 3, 30])
def test_the_made_up_sample_has_somebody_of_every_role_in_every_group(groups):
    definition = weighing(groups)

    covered = covered_by(definition, sample_subjects(definition))

    assert covered == set(cells(definition))
    assert len(covered) == 3 * groups


def test_roles_and_groups_that_nobody_has_are_named():
    missed = missing(weighing(3), {("staff", "nhom-0"), ("deputy", "nhom-0")})

    assert missed == {"roles": ["head"], "position_groups": ["nhom-1", "nhom-2"], "weights": []}
    assert not is_complete(missed)


def test_a_set_of_weights_counts_once_however_many_groups_have_it():
    definition = weighing(2, roles=("staff",))

    # Heads and deputies are not measured by what the groups weigh differently: one of each is enough.
    missed = missing(definition, {("staff", "nhom-0"), ("head", "nhom-1"), ("deputy", "nhom-0")})

    assert missed == {"roles": [], "position_groups": [], "weights": [[["staff", "nhom-1"]]]}
    assert (
        missing(definition, {("staff", "nhom-0"), ("staff", "nhom-1"), ("head", "nhom-1"), ("deputy", "nhom-1")})
        == NOTHING
    )


def test_each_weight_by_role_asks_for_somebody_who_falls_under_it():
    data = write_definition(weighing(2))
    first = next(section for section in data["sections"] if section["kind"] == "indicators")["indicators"][0]
    first["weights"].append({"position_groups": ["nhom-1"], "roles": ["deputy"], "weight": "9"})
    definition, _problems = read_definition(data)

    # A deputy is met with, and the group too, but no deputy of the group.
    everybody = {(role, "nhom-0") for role in definition.roles}
    missed = missing(definition, everybody | {("staff", "nhom-1"), ("head", "nhom-1")})

    assert missed == {"roles": [], "position_groups": [], "weights": [[["deputy", "nhom-1"]]]}
    assert missing(definition, covered_by(definition, sample_subjects(definition))) == NOTHING


def test_groups_that_the_framework_does_not_name_ask_for_nobody():
    assert coverage.cells(shipped.load("nd335")) == [("staff", ""), ("head", ""), ("deputy", "")]
    assert missing(shipped.load("nd335"), {("staff", "a"), ("head", "b"), ("deputy", "a")}) == NOTHING
