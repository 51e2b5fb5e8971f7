"""What is asked where points are cut: which part says so, what blocks, what the receipt tells, what is refused."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cms.scoring.batch import supports
from cms.scoring.canonical import content_hash
from cms.scoring.conformity import departures
from cms.scoring.definition import read_definition, write_definition
from cms.scoring.document import document
from cms.scoring.engine import score
from cms.scoring.explaining import explain
from cms.scoring.inputs import read_subjects, write_subject
from cms.scoring.receipt import receipt
from cms.scoring.shipped import load
from cms.scoring.validation import check
from tests.unit.scoring.definitions import COMMON, RESULT, decree, decree_data, define
from tests.unit.scoring.scored import criteria, problems_of, scored

WORK = dict.fromkeys("abc", "50")
FULL = {"I": "10", "II": "10", "III": "10"}
ASKED = ["nothing", "comment", "evidence", "both"]
NEEDS = {"nothing": set(), "comment": {"comment"}, "evidence": {"evidence"}, "both": {"comment", "evidence"}}


def asks(word):
    return {"asks_when_cut": {"value": word, "citation": "Kế hoạch của tỉnh, mục II"}}


def form(whole=None, section=None, **criteria_):
    """Return the decree's small framework asking by the whole, the common section and its criteria."""
    items = [each | ({"asks_when_cut": criteria_[each["code"]]} if each["code"] in criteria_ else {})
             for each in COMMON["criteria"]]  # fmt: skip
    common = COMMON | {"criteria": items} | ({"asks_when_cut": section} if section else {})
    return decree(sections=[common, RESULT], **({"marks": asks(whole)} if whole else {}))


def missing(framework, common, **said):
    found = scored(framework, common=common, indicators=WORK, **said)
    return [(each.code, each.what) for each in found.reasons]


def test_what_is_cut_without_a_comment_blocks_by_name():
    found = scored(form("comment"), common=FULL | {"II": "9.75"}, indicators=WORK)
    assert (found.status, found.total, found.level) == ("blocked", None, None)
    assert [(each.code, each.what) for each in found.reasons] == [("comment_missing", "II")]
    assert "(II)" in receipt(found)["result"]["reasons"][0]["message"]


def test_full_marks_are_asked_nothing():
    assert scored(form("both"), common=FULL, indicators=WORK).total == 65


def test_what_was_said_lets_the_score_through_unchanged():
    said = {"comments": {"II": "Chậm hai báo cáo"}, "evidence": {"II": ["12/BC-VP"]}}
    cut = FULL | {"II": "9"}
    assert scored(form("both"), common=cut, indicators=WORK, **said).total == 64
    assert scored(form(), common=cut, indicators=WORK).total == 64


def test_both_are_asked_one_by_one():
    cut = FULL | {"II": "9"}
    assert missing(form("both"), cut) == [("comment_missing", "II"), ("evidence_missing", "II")]
    assert missing(form("both"), cut, comments={"II": "Vì"}) == [("evidence_missing", "II")]
    assert missing(form("both"), cut, evidence={"II": ["1/BC"]}) == [("comment_missing", "II")]


@pytest.mark.parametrize("nothing", [{"II": None}, {}, None])
def test_nothing_said_is_nothing(nothing):
    assert missing(form("comment"), FULL | {"II": "0"}, comments=nothing) == [("comment_missing", "II")]


def test_an_empty_list_of_evidence_is_nothing():
    assert missing(form("evidence"), FULL | {"II": "0"}, evidence={"II": []}) == [("evidence_missing", "II")]


def test_the_innermost_that_speaks_holds():
    none = dict.fromkeys(FULL, "0")
    assert missing(form("both", "comment", I="nothing", II="evidence"), none) == [
        ("evidence_missing", "II"), ("comment_missing", "III"),
    ]  # fmt: skip


def test_a_group_speaks_for_its_criteria():
    inside = [
        {"code": "1", "title": "a", "max": "60"},
        {"code": "2", "title": "b", "max": "40", "asks_when_cut": "nothing"},
    ]
    tree = criteria({"code": "G", "max": "100", "asks_when_cut": "comment", "criteria": inside})
    found = scored(tree, common={"1": "1", "2": "1"})
    assert [(each.code, each.what) for each in found.reasons] == [("comment_missing", "1")]


@pytest.mark.parametrize(
    ("marking", "full", "cut"),
    [
        ({"kind": "levels", "levels": [{"code": "tot", "label": "Tốt", "percent": "100"},
                                       {"code": "kha", "label": "Khá", "percent": "75"}]}, "tot", "kha"),
        ({"kind": "bands", "bands": [{"from": "90", "points": "100"}, {"from": "50", "points": "60"}]}, "95", "60"),
        ({"kind": "points_off", "each": "5"}, 0, 1),
        ({"kind": "points_each", "each": "50"}, 2, 1),
        ({"kind": "yes_no"}, True, False),
    ],
)  # fmt: skip
def test_every_kind_of_marking_is_cut_by_its_points(marking, full, cut):
    tree = criteria({"code": "1", "max": "100", "marking": marking, "asks_when_cut": "comment"})
    assert not scored(tree, common={"1": full}).reasons
    assert [each.code for each in scored(tree, common={"1": cut}).reasons] == ["comment_missing"]


def test_what_does_not_apply_is_no_cut():
    for rule in ("rescale", "full", "zero"):
        tree = criteria({"code": "1", "max": "60"}, {"code": "2", "max": "40", "may_not_apply": True},
                        asks_when_cut="both", not_applicable={"value": rule})  # fmt: skip
        assert not scored(tree, common={"1": "60", "2": "n/a"}).reasons


def outside(kind):
    items = [{"code": f"{kind}{n}", "title": "Mục", "max": "4"} for n in (1, 2)]
    return {"code": kind, "title": "Ngoài 100", "kind": kind, "max": "5", "criteria": items}


def test_deductions_are_asked_where_points_go_off_and_a_bonus_never():
    whole = decree(sections=[COMMON, RESULT, outside("bonus"), outside("deduction")], marks=asks("comment"))
    marks = {"bonus1": "1", "bonus2": "0", "deduction1": "2", "deduction2": "0"}
    found = scored(whole, common="30", indicators=WORK, criteria=marks)
    assert [(each.code, each.what) for each in found.reasons] == [("comment_missing", "deduction1")]
    assert found.total is None
    said = scored(whole, common="30", indicators=WORK, criteria=marks, comments={"deduction1": "Hai lần"})
    assert said.total == 64


def test_one_mark_for_all_is_asked_what_the_criteria_ask_of_the_whole():
    framework = form(I="comment", II="evidence")
    assert missing(framework, "30") == []
    assert missing(framework, "29") == [("comment_missing", "common"), ("evidence_missing", "common")]
    assert missing(framework, "29", comments={"common": "Vì"}, evidence={"common": ["1/BC"]}) == []
    assert missing(form(), "29") == []


def test_what_is_said_has_a_place():
    framework = form("comment")

    def reported(**data):
        return problems_of(framework, {"id": 1, "role": "staff", **data})

    assert reported(comments={"IX": "x"}) == [("subjects[0].comments.IX", "unknown_criterion")]
    assert reported(common="20", comments={"II": "x"}) == [("subjects[0].comments.II", "marked_as_a_whole")]
    assert reported(common=FULL, evidence={"common": ["x"]}) == [
        ("subjects[0].evidence.common", "not_marked_as_a_whole")
    ]
    tree = criteria({"code": "G", "max": "100", "criteria": [{"code": "1", "title": "a", "max": "100"}]})
    assert problems_of(tree, {"role": "staff", "comments": {"G": "x"}}) == [("subjects[0].comments.G", "has_parts")]


@pytest.mark.parametrize(
    ("said", "path", "code"),
    [
        ({"comments": {"II": "x" * 2001}}, "comments.II", "too_long"),
        ({"comments": {"II": " \n "}}, "comments.II", "blank"),
        ({"comments": {"II": " … -"}}, "comments.II", "blank"),
        ({"evidence": {"II": ["."]}}, "evidence.II[0]", "blank"),
        ({"comments": {"II": "a\x00b"}}, "comments.II", "not_characters"),
        ({"comments": {"II": "a\x1bb"}}, "comments.II", "not_characters"),
        ({"comments": {"II": "a\u202eb"}}, "comments.II", "not_characters"),
        ({"comments": {"II": 5}}, "comments.II", "not_text"),
        ({"comments": ["II"]}, "comments", "not_an_object"),
        ({"evidence": {"II": "1/BC"}}, "evidence.II", "not_a_list"),
        ({"evidence": {"II": ["x"] * 11}}, "evidence.II", "too_many"),
        ({"evidence": {"II": ["1/BC", "x" * 301]}}, "evidence.II[1]", "too_long"),
        ({"evidence": {"II": ["a\nb"]}}, "evidence.II[0]", "not_characters"),
        ({"evidence": {"II": [""]}}, "evidence.II[0]", "blank"),
        ({"evidence": {"II": [None]}}, "evidence.II[0]", "not_text"),
    ],
)
def test_what_is_said_is_bounded(said, path, code):
    assert problems_of(form(), {"id": 1, "role": "staff", **said}) == [(f"subjects[0].{path}", code)]


def test_line_breaks_in_a_comment_are_kept_and_told_on_one_line():
    said = {"comments": {"II": "Một.\nHai."}, "evidence": {"II": ["12/BC-VP", "https://vanban.example/7"]}}
    found = scored(form("both"), common=FULL | {"II": "9"}, indicators=WORK, **said)
    own = receipt(found)
    assert own["inputs"]["comments"] == {"II": "Một.\nHai."}
    step = own["steps"][0]
    assert [each["title"] for each in step["columns"]][-2:] == ["Lý do", "Minh chứng"]
    assert [row[-2:] for row in step["rows"]] == [
        ["", ""], ["Một. Hai.", "12/BC-VP; https://vanban.example/7"], ["", ""],
    ]  # fmt: skip
    assert "Lý do: Một. Hai." in " ".join(explain(own).split())
    assert document(own).steps[0].table.rows[1][-1].text == "12/BC-VP; https://vanban.example/7"


def test_the_receipt_says_what_is_missing_and_where():
    own = receipt(scored(form("both"), common=FULL | {"II": "9"}, indicators=WORK, comments={"III": "Rất tốt"}))
    assert [row[-2:] for row in own["steps"][0]["rows"]] == [["", ""], ["Chưa nêu", "Chưa dẫn"], ["Rất tốt", ""]]
    one = receipt(scored(form("both"), common="29", indicators=WORK, evidence={"common": ["1/BC"]}))
    assert one["steps"][0]["rows"] == [["Chưa nêu", "1/BC"]]
    assert one["steps"][0]["value"] is None


def test_the_receipt_names_what_is_asked_with_its_source():
    own = receipt(scored(form("comment", II="both"), common=FULL, indicators=WORK))
    reported = {each["code"]: (each["text"], each["citation"]) for each in own["settings"]}
    assert reported["asks_when_cut"] == ("phải nêu lý do", "Kế hoạch của tỉnh, mục II")
    assert reported["II.asks_when_cut"] == ("phải nêu lý do và dẫn minh chứng", COMMON["citation"])


def test_a_receipt_where_nothing_is_asked_or_said_has_no_word_of_it():
    own = receipt(scored(form(), common=FULL, indicators=WORK))
    assert len(own["steps"][0]["columns"]) == 6
    assert not [each for each in own["settings"] if "asks" in each["code"]]
    assert not own["inputs"].keys() & {"comments", "evidence"}


def test_what_is_said_of_a_criterion_of_another_role_is_told_as_left_out():
    items = [{"code": "1", "max": "100", "roles": ["staff"]}, {"code": "2", "max": "100", "roles": ["head", "deputy"]}]
    own = receipt(scored(criteria(*items), common={"1": "100"}, comments={"2": "x"}))
    assert [each["what"] for each in own["left_out"]] == ["Tiêu chí (2)"]


def test_unset_it_is_not_written_and_hashes_stay():
    plain = decree()
    written = write_definition(plain)
    assert "marks" not in written
    assert "asks_when_cut" not in str(written)
    said = decree(
        marks={"asks_when_cut": {"value": "nothing", "citation": "Nghị định không nêu; do địa phương quy định"}}
    )
    assert content_hash(write_definition(said)) == content_hash(written)
    back, problems = read_definition(write_definition(form("both", "comment", I="nothing")))
    assert not problems
    assert back == form("both", "comment", I="nothing")


def places(definition):
    return [(each.path, each.code) for each in check(definition) if "asks" in each.path or "cut" in each.code]


def test_what_can_never_be_asked_is_refused():
    bonus = outside("bonus") | {"asks_when_cut": "comment"}
    bonus["criteria"] = [bonus["criteria"][0] | {"asks_when_cut": "nothing"}, bonus["criteria"][1]]
    own = define(decree_data(sections=[COMMON, RESULT | {"asks_when_cut": "both"}, bonus]))
    assert places(own) == [
        ("sections[1].asks_when_cut", "nothing_is_cut"),
        ("sections[2].asks_when_cut", "nothing_is_cut"),
        ("sections[2].criteria[0].asks_when_cut", "nothing_is_cut"),
    ]
    assert places(form("both", "comment", I="nothing")) == []


def test_what_is_asked_names_its_source():
    own = decree(marks={"asks_when_cut": {"value": "comment", "citation": " - "}})
    assert places(own) == [("marks.asks_when_cut.citation", "no_citation")]


def test_it_is_no_departure_from_the_decree():
    whole = load("nd335")
    assert departures(read_definition(write_definition(whole) | {"marks": asks("both")})[0]) == departures(whole)


def test_columns_score_only_where_nothing_is_asked():
    assert supports(form())
    assert supports(form("comment", "nothing"))
    assert not supports(form("comment"))
    assert not supports(form(II="evidence"))


# The rule a second time, as naively as it can be said ------------------------------------------------------------

_WORD = st.sampled_from([None, *ASKED])
_MARKS = st.sampled_from([0, 1, 39, 40])
_CODES = ["1", "2", "3.1", "3.2"]


@st.composite
def cases(draw):
    words = {name: draw(_WORD) for name in ("whole", "section", "1", "2", "3", "3.1", "3.2")}
    marks = {code: draw(_MARKS if code in ("1", "2") else st.sampled_from([0, 9, 10])) for code in _CODES}
    comments = draw(st.sets(st.sampled_from(_CODES)))
    evidence = draw(st.sets(st.sampled_from(_CODES)))
    return words, marks, comments, evidence


def _tree(words):
    def own(code, most, **more):
        word = {"asks_when_cut": words[code]} if words[code] else {}
        return {"code": code, "title": "Tiêu chí", "max": str(most), "step": "1", **word, **more}

    group = own("3", 20, criteria=[own("3.1", 10), own("3.2", 10)])
    section = {"asks_when_cut": words["section"]} if words["section"] else {}
    data = decree_data(
        sections=[{"code": "all", "title": "Cả biểu", "kind": "criteria", "max": "100", "citation": "Điều 12",
                   "criteria": [own("1", 40), own("2", 40), group], **section}],
        **({"marks": asks(words["whole"])} if words["whole"] else {}),
    )  # fmt: skip
    return define(data)


@settings(max_examples=150, deadline=None)
@given(cases())
def test_it_blocks_exactly_where_it_was_asked_and_not_said(case):
    words, marks, comments, evidence = case
    expected = set()
    for code in _CODES:
        if marks[code] < (40 if code in ("1", "2") else 10):
            around = [words[code], words["3"] if code.startswith("3.") else None, words["section"], words["whole"]]
            needs = NEEDS[next((word for word in around if word), "nothing")]
            expected |= {("comment_missing", code)} if "comment" in needs and code not in comments else set()
            expected |= {("evidence_missing", code)} if "evidence" in needs and code not in evidence else set()
    framework = _tree(words)
    data = {
        "id": 1, "role": "staff", "criteria": marks,
        "comments": {code: f"Lý do {code}" for code in comments},
        "evidence": {code: [f"{code}/BC"] for code in evidence},
    }  # fmt: skip
    subjects, problems = read_subjects([data], framework)
    assert not problems
    found = score(framework, subjects[0])
    assert {(each.code, each.what) for each in found.reasons} == expected
    assert (found.total == sum(marks.values())) if not expected else found.status == "blocked"
    own = receipt(found)
    assert own["inputs"] == write_subject(read_subjects([own["inputs"]], framework)[0][0])


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=40))
def test_any_text_is_kept_as_it_is_or_refused(text):
    framework = form("comment")
    subjects, problems = read_subjects([{"role": "staff", "comments": {"II": text}}], framework)
    if problems:
        assert [each.path for each in problems] == ["subjects[0].comments.II"]
    else:
        assert write_subject(subjects[0])["comments"] == {"II": text}
