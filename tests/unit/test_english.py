"""The reader that looks for English on Vietnamese screens."""

import pytest

from tests.english import code_in, english_in


@pytest.mark.parametrize(
    "html",
    [
        "<p>Save draft</p>",
        "<p>This page is locked and cannot be edited</p>",
        '<input placeholder="Search the list of pages">',
        '<input type="submit" value="Search">',
        '<script type="application/json">{"label": "Page explorer", "url": "/admin/"}</script>',
        '<div data-w-tooltip-content-value="Toggle status of the page"></div>',
        "<p>Phiên bản 2: the page is locked</p>",
    ],
)
def test_english_is_noticed(html):
    assert english_in(html) != []


@pytest.mark.parametrize(
    "html",
    [
        "<p>Lưu bản nháp</p>",
        "<p>in to do an so cho em</p>",
        "<p>thong-ke.v1.xlsx</p>",
        "<script>const message = 'the page is not here';</script>",
        "<p lang='en'>The page in English</p>",
        '<div data-action="click->w-swap#reset" data-controller="w-swap w-tooltip"></div>',
    ],
)
def test_what_is_not_english_is_left_alone(html):
    assert english_in(html) == []


@pytest.mark.parametrize(
    "html",
    [
        "<p>1-1 trong tổng số 1 None</p>",
        '<svg></svg><td title="True"></td>',
        "<code>unit_corruption</code>",
        "<td>superseded</td>",
        "<p>Theo mẫu của POST /api/v1/scores/preview/</p>",
        "<p>Đã chọn %(count)s</p>",
        "<p>Xin chào {name}</p>",
    ],
)
def test_code_is_noticed(html):
    assert code_in(html) != []


@pytest.mark.parametrize(
    "html",
    [
        "<code>TK.00012</code>",
        "<p>Tệp danh-muc.v1.xlsx, 5 trang</p>",
        "<pre>GET /api/v1/agencies/ HTTP/1.1</pre>",
        "<p>Địa chỉ /danh-muc/</p>",
        '<script type="application/json">{"label": "Đã chọn %(count)s"}</script>',
    ],
)
def test_what_is_not_code_is_left_alone(html):
    assert code_in(html) == []
