"""The command that finds the same works in a file, without any data."""

import json

import pytest
from django.core.management import CommandError, call_command

ROWS = """id,name,output
1,Báo cáo quý về CCHC,báo cáo
2,Báo cáo hằng quý về cải cách hành chính,
3,Báo cáo năm về CCHC,
"""


@pytest.fixture
def ask(tmp_path, capsys):
    def asked(content, *options):
        path = tmp_path / "names.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        call_command("find_similar", str(path), *options)
        return capsys.readouterr().out

    return asked


def test_pairs_are_printed_as_json_with_reasons_in_vietnamese(ask):
    (pair,) = json.loads(ask(ROWS, "--json"))["pairs"]

    assert (pair["a"], pair["b"]) == ("1", "2")
    assert 0.8 <= pair["score"] <= 1
    assert "chữ viết tắt được viết đầy đủ: CCHC" in pair["reasons"]


def test_pairs_are_printed_for_people(ask):
    assert "1: Báo cáo quý về CCHC" in ask(ROWS)


@pytest.mark.parametrize(
    "content", [ROWS.replace(",", ";"), ROWS.replace(",", "\t"), "\ufeff" + ROWS, ROWS.encode("utf-16")]
)
def test_csv_is_read_as_programs_write_it(ask, content):
    assert len(json.loads(ask(content, "--json"))["pairs"]) == 1


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("name\nx\n", "has no column id"),
        (b"id,name\n1,\xff\xfe\xfa\n", "not text in UTF-8"),
        ('id,name\n1,"x', "no csv file"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(ask, content, sentence):
    with pytest.raises(CommandError, match=sentence):
        ask(content)
