"""What people judged of pairs of names, held against what the program says."""

from pathlib import Path

import pytest

from cms.dedupe.lexicon import Lexicon
from cms.dedupe.likeness import compare
from cms.dedupe.normalise import Normaliser


def _judged():
    is_same, reason = None, ""
    for line in Path(__file__).with_name("judged.txt").read_text(encoding="utf-8").splitlines():
        if line[:1] in "=≠" and line:
            is_same, reason = line[0] == "=", line[2:]
        elif " | " in line and not line.startswith("#"):
            one, _bar, other = line.partition(" | ")
            yield one, other, is_same, reason


JUDGED = list(_judged())
FORM = Normaliser().form


def test_three_hundred_pairs_were_judged_both_ways():
    same = sum(is_same for _one, _other, is_same, _reason in JUDGED)

    assert len(JUDGED) >= 300
    assert 100 <= same <= len(JUDGED) - 100


@pytest.mark.parametrize(("one", "other", "is_same", "reason"), JUDGED)
def test_the_program_says_what_people_judged(one, other, is_same, reason):
    assert compare(FORM(one), FORM(other), Lexicon()).is_same is is_same, reason
