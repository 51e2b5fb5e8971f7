"""Formulas and error cells: never a blank, never run."""

from __future__ import annotations

from collections.abc import Callable

from tests.corpus.kinds import WrongFile, accepted, at, rejected
from tests.corpus.making import CODE, OUTPUT, TASK, K, Xml, book, good, spoilt, with_parts


def _formula(text: str, value: str = "<v>1.5</v>", kind: str = "") -> Callable[[], bytes]:
    return spoilt(coefficient=Xml(f'<c r="{{at}}"{kind}><f>{text}</f>{value}</c>'))


def _bad(id: str, what: str, text: str, code: str, value: str = "<v>1.5</v>", kind: str = "") -> WrongFile:
    return rejected(id, what, _formula(text, value, kind), at(code, 2, K))


def _with_external_link() -> bytes:
    link = (
        '<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        '<ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>'
    )
    row = good(coefficient=Xml("<c r=\"{at}\"><f>[1]!'canary'</f><v>1.5</v></c>"))
    return with_parts({"xl/externalLinks/externalLink1.xml": link}, row)


FORMULAS = [
    accepted("formula-cached", "a formula with its value", _formula("1+0.5"), at("formula_value_used", 2, K),
             kept={2: {"coefficient": "1.5"}}),
    _bad("formula-never-calculated", "a formula without a value", "1+0.5", "formula_no_value", value=""),
    _bad("formula-empty-value", "a formula with an empty value", "1+0.5", "formula_no_value", value="<v></v>"),
    _bad("formula-error-value", "a formula with an error for value", "1/0", "error_value", "<v>#DIV/0!</v>", ' t="e"'),
    _bad("formula-other-workbook", "a formula over another workbook", "[1]Sheet1!A1", "formula_external"),
    _bad("formula-other-file", "a formula over a file", "'C:\\tam\\[canary.xlsx]A'!A1", "formula_external"),
    _bad("formula-program", "a formula that starts a program", "cmd|'/c calc'!A1", "formula_program"),
    _bad("formula-webservice", "a formula that calls an address", 'WEBSERVICE("http://127.0.0.1/canary")',
         "formula_program"),
    _bad("formula-hyperlink", "HYPERLINK with an address", 'HYPERLINK("http://127.0.0.1/canary",1)', "formula_program"),
    _bad("formula-unc", "a path on a server in a text", '"\\\\127.0.0.1\\canary"', "formula_program"),
    rejected("formula-beside", "a program in a column that is not read",
             lambda: book([*good(), Xml("<c r=\"{at}\"><f>cmd|'/c calc'!A1</f><v>1</v></c>")]),
             at("formula_program", 2, "G"), at("unheaded_column", 2, "G")),
    rejected("dde-link", "a DDE link", _with_external_link, at("formula_external", 2, K)),
    rejected("error-ref", "#REF! as a cell", spoilt(coefficient=Xml('<c r="{at}" t="e"><v>#REF!</v></c>')),
             at("error_value", 2, K)),
    rejected("error-na", "#N/A as a cell of a name", spoilt(task=Xml('<c r="{at}" t="e"><v>#N/A</v></c>')),
             at("error_value", 2, TASK)),
    rejected("error-code", "#NAME? as a cell of a code", spoilt(code=Xml('<c r="{at}" t="e"><v>#NAME?</v></c>')),
             at("error_value", 2, CODE)),
    rejected("error-empty", "an error cell that does not say which error",
             spoilt(output=Xml('<c r="{at}" t="e"><v></v></c>')), at("error_value", 2, OUTPUT)),
    rejected("error-text", "#VALUE! typed as text", spoilt(coefficient="#VALUE!"), at("error_value", 2, K)),
    rejected("error-text-name", "#N/A typed as a name", spoilt(task="#N/A"), at("error_value", 2, TASK)),
    rejected("hashes", "##### typed over", spoilt(coefficient="#####"), at("error_value", 2, K)),
    rejected("error-row", "a row of nothing but error cells",
             lambda: book(good(), [Xml('<c r="{at}" t="e"><v>#REF!</v></c>')] * 6),
             *(at("error_value", 3, column) for column in (
                 CODE, TASK, "Sản phẩm/công việc đầu ra", "Đơn vị tính", "Nhóm phức tạp (1-5)", K))),
]  # fmt: skip
