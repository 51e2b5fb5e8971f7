"""Articles in receipts: every rule names its own, and whoever shows a receipt finds the page of it."""

import json
import re
from pathlib import Path

import pytest

from cms.frameworks.decree import ARTICLES, address_of
from cms.frameworks.example import example_score
from cms.scoring import shipped
from cms.scoring.articles import articles_of
from cms.scoring.canonical import content_hash
from cms.scoring.document import document
from cms.scoring.explaining import explain
from cms.scoring.receipt import receipt
from tests.unit.scoring.definitions import decree
from tests.unit.scoring.scored import LINE, scored

OLD = json.loads((Path(__file__).parents[2] / "golden" / "receipt-engine-1.json").read_text(encoding="utf-8"))
# A school's own form, and plans of provinces that set their own indicators, rest on those.
BY_THE_DECREE = ("nd335", "nd335-qd366", "mau-01", "dak-lak", "gia-lai-cong-chuc", "lao-cai", "tay-ninh")
FILES = re.compile(r"docs/|\.(txt|json|py|md)\b|\(dòng \d")


def receipts(code):
    framework = shipped.load(code)
    return [receipt(example_score(framework, role)) for role in framework.roles]


def articles(reported):
    """Return the keys in a receipt, wherever they stand."""
    if isinstance(reported, dict):
        own = set(reported.get("articles", ()))
        return own.union(*(articles(each) for each in reported.values()))
    return set().union(*map(articles, reported)) if isinstance(reported, list) else set()


@pytest.mark.parametrize(
    ("citation", "keys"),
    [
        ("Nghị định 335/2025/NĐ-CP, Điều 16", ["dieu-16"]),
        ("Kế hoạch không nêu; theo Nghị định 335/2025/NĐ-CP, Điều 20: không quá 20%", ["dieu-20"]),
        ("Nghị định số 335/2025/NĐ-CP ngày 21/12/2025 của Chính phủ, Điều 12 khoản 2", ["dieu-12"]),
        ("khoản 2 Điều 20 Nghị định số 335/2025/NĐ-CP", ["dieu-20"]),
        ("Điều 15 khoản 3 điểm c của Nghị định 335/2025/NĐ-CP", ["dieu-15"]),
        ("Nghị định 335/2025/NĐ-CP, khoản 1 Điều 17 và Điều 19", ["dieu-17", "dieu-19"]),
        (
            "Nghị định 335/2025/NĐ-CP, Điều 12 (khung), Điều 15 khoản 3 điểm a và Điều 16",
            ["dieu-12", "dieu-15", "dieu-16"],
        ),
        ("Nghị định 335/2025/NĐ-CP, Điều 12; Quy định 366-QĐ/TW, Điều 11", ["dieu-12"]),
        ("Quy định 366-QĐ/TW, Điều 11", []),
        ("Nghị định 335/2025/NĐ-CP (điều về xếp loại cơ quan) và Quy định 366-QĐ/TW, Điều 11", []),
        ("Nghị định 335/2025/NĐ-CP, Điều", []),
        ("Nghị định 1335/2025/NĐ-CP, Điều 3", []),
        ("", []),
    ],
)
def test_a_citation_names_articles_of_the_decree_or_none(citation, keys):
    assert list(articles_of(citation)) == keys


@pytest.mark.parametrize("code", BY_THE_DECREE)
def test_every_step_names_its_article_and_the_total_article_17(code):
    for reported in receipts(code):
        found = {step["code"]: step["articles"] for step in reported["steps"]}
        assert all(found.values()), found
        assert found["total"] == ["dieu-17"]
        assert reported["steps"][-1]["citation"] == "Nghị định 335/2025/NĐ-CP, Điều 17"


@pytest.mark.parametrize("code", shipped.codes())
def test_every_article_that_a_receipt_names_is_on_the_page(code):
    known = {article.key for article in ARTICLES}
    for reported in receipts(code):
        assert articles(reported) <= known
        assert all(address_of(key) == f"/nghi-dinh-335/#{key}" for key in articles(reported))
    assert address_of("dieu-999") == address_of("") == ""


@pytest.mark.parametrize("code", shipped.codes())
def test_no_receipt_refers_to_files(code):
    for reported in receipts(code):
        assert not FILES.search(json.dumps(reported, ensure_ascii=False))


def test_an_organisations_total_rests_on_its_own_framework():
    (reported,) = receipts("nd335-to-chuc")
    assert "Điều 17" not in reported["steps"][-1]["citation"]
    assert "335/2025/NĐ-CP" in reported["steps"][-1]["citation"]


def test_who_is_excellent_reads_how_many_may_be():
    framework = shipped.load("nd335")
    marks = {"common": "30", "work": [LINE | {"completed": "10"}]}
    excellent, good = (receipt(scored(framework, **marks | more)) for more in ({}, {"common": "10"}))

    cap = excellent["classification"]["cap"]
    assert (excellent["result"]["level"], cap["level"], cap["rate"], cap["articles"]) == (
        "excellent", "excellent", "20", ["dieu-20"],
    )  # fmt: skip
    assert cap["sentence"].startswith(
        "Tỷ lệ tối đa của mức “Hoàn thành xuất sắc nhiệm vụ” là 20% số người xếp mức “Hoàn thành tốt nhiệm vụ”, tính "
        "trong cùng cơ quan, đơn vị và cùng nhóm có nhiệm vụ tương đồng. Được đến 25% khi có"
    )
    assert cap["sentence"] in document(excellent).cap.text
    assert "Tỷ lệ tối đa của mức" in " ".join(explain(excellent).split())
    assert good["classification"]["cap"] is None and document(good).cap is None


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [
        ("2026-01-01", "2026-03-31", "Quý I/2026 (từ 01/01/2026 đến 31/03/2026)"),
        ("2026-02-01", "2026-02-28", "Tháng 2/2026 (từ 01/02/2026 đến 28/02/2026)"),
        ("2026-07-01", "2026-12-31", "6 tháng cuối năm 2026 (từ 01/07/2026 đến 31/12/2026)"),
        ("2026-01-01", "2026-12-31", "Năm 2026 (từ 01/01/2026 đến 31/12/2026)"),
        ("2026-02-01", "2026-04-30", "từ 01/02/2026 đến 30/04/2026"),
        ("2026-01-02", "2026-03-31", "từ 02/01/2026 đến 31/03/2026"),
        ("2026-10-01", "2027-03-31", "từ 01/10/2026 đến 31/03/2027"),
    ],
)
def test_a_receipt_says_which_days_were_judged(first, last, shown):
    reported = receipt(scored(decree(), period={"from": first, "to": last}, common="30", work=[LINE]))

    assert reported["inputs"]["period"] == {"from": first, "to": last}
    assert {fact.label: fact.texts for fact in document(reported).facts}["Kỳ đánh giá"] == (shown,)


def test_a_receipt_says_that_nobody_named_the_period():
    facts = {fact.label: fact.texts for fact in document(receipt(scored(decree(), common="30", work=[LINE]))).facts}
    assert facts["Kỳ đánh giá"] == ("Chưa nêu; nơi gửi không cho biết kỳ",)


@pytest.mark.parametrize(
    ("last", "shown"),
    [(None, "từ 01/01/2026, đến khi có phiên bản khác thay thế"), ("2026-06-30", "từ 01/01/2026 đến 30/06/2026")],
)
def test_a_receipt_says_when_its_version_holds(last, shown):
    reported = receipt(scored(decree(effective_from="2026-01-01", effective_to=last), common="30", work=[LINE]))
    assert {fact.label: fact.texts for fact in document(reported).facts}["Hiệu lực của phiên bản"] == (shown,)


def test_a_receipt_of_the_engines_first_version_is_still_read_and_its_articles_found():
    assert OLD["engine"] == "1"
    assert OLD["hash"] == content_hash({key: value for key, value in OLD.items() if key != "hash"})

    reported = document(OLD)

    assert (reported.total, reported.level, reported.cap) == ("87,18", "Hoàn thành tốt nhiệm vụ", None)
    assert {key for step in reported.steps for fact in step.facts for key in fact.articles} >= {
        "dieu-12",
        "dieu-14",
        "dieu-16",
    }
    assert "87,18" in explain(OLD, articles="https://thuocdo.example.gov.vn/nghi-dinh-335/")


def test_the_terminal_lists_the_articles_with_their_addresses():
    page = "https://thuocdo.example.gov.vn/nghi-dinh-335/"
    reported = explain(receipts("nd335")[0], articles=page)
    assert [line for line in reported.splitlines() if page in line] == [
        f"- {page}#dieu-{no}" for no in (12, 14, 16, 17, 20)
    ]
