"""Formatted words as a tree say the same as their HTML."""

import pytest

from api.pages.rich_text_nodes import nodes_of


def words(nodes):
    return "".join(node.get("text") or words(node.get("children", [])) for node in nodes)


def test_a_tree_says_what_the_html_says():
    [paragraph, bullets] = nodes_of('<p>A &amp; <b>B</b><br/>C</p>\n<ul><li><a href="/x?a=1&amp;b=2">D</a></li></ul>')

    assert paragraph["children"] == [
        {"text": "A & "},
        {"tag": "b", "attributes": {}, "children": [{"text": "B"}]},
        {"tag": "br", "attributes": {}, "children": []},
        {"text": "C"},
    ]
    assert bullets["children"][0]["children"][0]["attributes"] == {"href": "/x?a=1&b=2"}
    assert words([paragraph, bullets]) == "A & BCD"


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("", ""), ("chỉ có chữ", "chỉ có chữ"), ("<p>hở", "hở"), ("</p>thừa", "thừa"), ("<p><b>lẫn</p></b>", "lẫn"),
        ("<a onclick='x()'>y</a>", "y"),
    ],
)  # fmt: skip
def test_html_that_is_not_well_formed_keeps_its_words(html, said):
    assert words(nodes_of(html)) == said
    assert "onclick" not in str(nodes_of(html))
