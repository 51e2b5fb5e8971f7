"""What holds for every framework and every person.

Random frameworks come from ``cases``; ``THUOCDO_EXAMPLES=2000`` looks at more of them than the usual run does.
"""

import copy
import os
import random
from fractions import Fraction

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cms.scoring import engine, validation
from cms.scoring.definition import write_definition
from cms.scoring.exact import to_text
from cms.scoring.inputs import read_subjects
from tests.unit.scoring import cases, naive
from tests.unit.scoring.definitions import decree, define

EXAMPLES = int(os.environ.get("THUOCDO_EXAMPLES", "40"))
CASES_OF_EACH, FRAMEWORKS = 10, 8 * EXAMPLES
seeds = st.integers(0, 2**32)
often = settings(max_examples=EXAMPLES, deadline=None)


def drawn(seed):
    """Return (the chance, a framework's data, a person's data, settings) of a seed."""
    chance = random.Random(seed)
    framework = cases.random_framework(chance)
    return chance, framework, cases.random_person(chance, framework), cases.random_settings(chance)


def score(framework, person, chosen):
    definition = define(framework)
    (subject,), problems = read_subjects([person], definition)
    assert not problems
    return engine.score(definition, subject, settings=chosen)


def outcome(score):
    return score.status, score.exact, score.total, score.level


def lines_of(person):
    return person.get("work") or []


def test_the_engine_and_the_naive_scoring_agree():
    for seed in range(FRAMEWORKS):
        chance = random.Random(seed)
        framework = cases.random_framework(chance) if seed % 3 else cases.plain_framework(chance)
        definition = define(framework)
        assert not validation.check(definition), seed
        written = write_definition(definition)
        for _each in range(CASES_OF_EACH):
            person, chosen = cases.random_person(chance, framework), cases.random_settings(chance)
            (subject,), problems = read_subjects([person], definition)
            assert not problems
            found, expected = engine.score(definition, subject, settings=chosen), naive.score(written, person, chosen)
            assert (found.status, found.total, found.level) == (expected.status, expected.total, expected.level), seed
            if found.total is not None:
                assert {each.section.code: each.points for each in found.sections} == expected.sections, seed


@often
@given(seeds, st.sampled_from([Fraction(1, 2), Fraction(2), Fraction(3), Fraction(25)]))
def test_scaling_all_coefficients_changes_nothing(seed, factor):
    _chance, framework, person, chosen = drawn(seed)
    scaled = copy.deepcopy(person)
    for line in lines_of(scaled):
        coefficient = Fraction(line["coefficient"]) * factor
        assume((coefficient * 10**6).denominator == 1)
        line["coefficient"] = to_text(coefficient)
    assert outcome(score(framework, scaled, chosen)) == outcome(score(framework, person, chosen))


@often
@given(seeds, st.sampled_from(["quality_failures", "late_occurrences"]), st.integers(1, 5))
def test_more_failures_never_raise_a_score(seed, kind, more):
    chance, framework, person, chosen = drawn(seed)
    assume(lines_of(person))
    worse = copy.deepcopy(person)
    chance.choice(worse["work"])[kind] += more
    before, after = score(framework, person, chosen), score(framework, worse, chosen)
    assert (after.exact is None) == (before.exact is None)
    assert before.exact is None or after.exact <= before.exact


@often
@given(seeds)
def test_an_exemption_never_lowers_a_score(seed):
    _chance, framework, person, chosen = drawn(seed)
    exempt = copy.deepcopy(person)
    for line in lines_of(exempt):
        line |= {"quality_exempt": True, "late_exempt": True}
    before, after = score(framework, person, chosen), score(framework, exempt, chosen)
    assert before.exact is None or after.exact >= before.exact


def shuffle_parts(chance, parts, inside):
    chance.shuffle(parts)
    for each in parts:
        shuffle_parts(chance, each.get(inside, []), inside)


@often
@given(seeds)
def test_order_never_matters(seed):
    chance, framework, person, chosen = drawn(seed)
    other_framework, other = copy.deepcopy(framework), copy.deepcopy(person)
    shuffle_parts(chance, other_framework["sections"], "criteria")
    for section in other_framework["sections"]:
        shuffle_parts(chance, section.get("indicators", []), "indicators")
    for name in ("work", "subordinates", "flags", "fields"):
        chance.shuffle(other.get(name) or [])
    for name in ("indicators", "criteria", "metrics", "common"):
        if isinstance(other.get(name), dict):
            other[name] = dict(chance.sample(sorted(other[name].items()), len(other[name])))
    assert outcome(score(other_framework, other, chosen)) == outcome(score(framework, person, chosen))


@often
@given(seeds)
def test_one_subject_does_not_touch_another(seed):
    chance, framework, _person, chosen = drawn(seed)
    definition = define(framework)
    people = [cases.random_person(chance, framework) | {"id": number} for number in range(6)]
    there, _problems = read_subjects(people, definition)
    back, _problems = read_subjects(people[::-1], definition)
    scores = [outcome(engine.score(definition, each, settings=chosen)) for each in there]
    assert scores == [outcome(engine.score(definition, each, settings=chosen)) for each in back][::-1]


@often
@given(seeds)
def test_the_total_stays_within_the_scale_and_has_its_decimals(seed):
    _chance, framework, person, chosen = drawn(seed)
    found = score(framework, person, chosen)
    assert (found.total is None) == (found.status in ("insufficient_data", "blocked"))
    if found.total is not None:
        assert 0 <= found.total <= 100
        assert (found.total * 10**found.plan.places).denominator == 1


def test_every_half_cent_goes_up():
    definition = decree()
    chance = random.Random(335)
    for _each in range(500):
        done, common = chance.randint(0, 700), 10 * chance.randint(0, 2999) + 5
        line = {"assigned": "700", "completed": str(done), "coefficient": "1.9"}
        person = {"role": "staff", "common": f"{common // 1000}.{common % 1000:03}", "work": [line]}
        (subject,), _problems = read_subjects([person], definition)
        assert engine.score(definition, subject).total * 100 == (100 * done + common + 5) // 10
