"""Text that is not what it seems: other alphabets, unseen characters, marks, and what a program might run."""

from __future__ import annotations

from tests.corpus.kinds import WrongFile, accepted, at, rejected
from tests.corpus.making import CODE, OUTPUT, TASK, Xml, book, good, spoilt

PLAIN = "Thẩm định hồ sơ"


def _task(id: str, what: str, text: str, *codes: str, stored: str | None = None) -> WrongFile:
    said = [at(code, 2, TASK) for code in codes]
    return accepted(id, what, spoilt(task=text), *said, kept={2: {"task": text if stored is None else stored}})


def _bad_task(id: str, what: str, text: str, *codes: str) -> WrongFile:
    return rejected(id, what, spoilt(task=text), *(at(code, 2, TASK) for code in codes))


LOOKALIKES = [
    _task("cyrillic-e", "Cyrillic Ӈ for ể, as PDF fonts leave it", "Ki\u04c7m tra hồ sơ", "lookalike"),
    _task("cyrillic-s", "Cyrillic Ѕ for S", "\u0405ố hóa hồ sơ", "lookalike"),
    _task("greek-o", "Greek omicron in a word", "Hồ sơ l\u03bfại", "lookalike"),
    _task("full-width", "full-width letters", "Ｂáo cáo quý", "lookalike"),
    _task("stray-mark", "a combining mark that makes no letter", "Báo c\u030ao quý", "strange_character"),
    _task("replacement", "the replacement character", "B\ufffdo cáo quý", "strange_character"),
    _task("private-use", "a glyph of somebody's own font", "B\ue001o cáo quý", "strange_character"),
    rejected("cyrillic-code", "a Cyrillic letter in a code", spoilt(code="T\u041a.001"),
             at("lookalike_in_code", 2, CODE)),
    _bad_task("bidi-override", "a right-to-left override", "Báo cáo \u202exslx.exe", "dangerous_bidi"),
    _bad_task("bidi-isolate", "an isolate without an end", "Báo cáo \u2067abc", "dangerous_bidi"),
    _bad_task("control", "the bell", "Báo\x07 cáo", "dangerous_control"),
    _bad_task("escaped-nul", "NUL written as _x0000_", "Báo_x0000_cáo", "dangerous_control"),
    _bad_task("mark-pile", "twenty marks on one letter", "Ba" + "\u0301\u0323\u0308\u0327" * 5 + "o cáo",
             "dangerous_marks"),
    _task("zero-width", "a zero-width space in a word", "Thẩm\u200b định hồ sơ", "invisible_removed", stored=PLAIN),
    _task("soft-hyphen", "a soft hyphen", "Thẩm định hồ\u00ad sơ", "invisible_removed", stored=PLAIN),
    _task("bom-inside", "a byte-order mark at the start of a cell", "\ufeffThẩm định hồ sơ", "invisible_removed",
          stored=PLAIN),
    rejected("zero-width-code", "two codes that differ by a zero-width joiner",
             lambda: book(good("TK.001"), good("TK\u200d.001", task="Việc khác")),
             at("duplicate_code", 2, CODE), at("duplicate_code", 3, CODE), at("invisible_removed", 3, CODE)),
    _task("decomposed", "letters and marks apart (NFD)", "Tha\u0302\u0309m đi\u0323nh hô\u0300 sơ", stored=PLAIN),
    _task("line-break", "a line break in a name", "Thẩm định\nhồ sơ", stored=PLAIN),
    _task("no-break-space", "no-break spaces at both ends", "\u00a0Thẩm  định hồ sơ\u00a0", stored=PLAIN),
    _task("formula-equals", "text that begins with =", "=1+1", "formula_text"),
    _task("formula-plus", "text that begins with +", "+84 là mã vùng", "formula_text"),
    _task("formula-minus", "an honest dash list", "- Soạn thảo công văn", "formula_text"),
    _task("formula-at", "text that begins with @", "@SUM(A1)", "formula_text"),
    _task("formula-full-width", "text that begins with a full-width ＝", "＝1+1", "formula_text"),
    accepted("formula-tab", "text that begins with a tab", spoilt(task="\t=cmd"), at("formula_text", 2, TASK)),
    _task("script", "a script", "<script>alert('canary')</script>"),
    _task("image-onerror", "an image with a handler", '<img src=x onerror="canary()">'),
    _task("template", "the marks of templates", "{{ 7*7 }}{% debug %}${7*7}"),
    _task("sql", "an injection", "'; DROP TABLE catalogs_catalogitem; --"),
    _task("format-marks", "marks that programs fill in", "%(canary)s %s {0} %n"),
    accepted("name-twice", "one name in two rows, the tone mark placed in two ways",
             lambda: book(good("TK.001", task="Hòa giải"), good("TK.002", task="HOÀ  giải")),
             at("duplicate_name", 3, TASK), kept={2: {"task": "Hòa giải"}, 3: {"task": "HOÀ giải"}}),
    accepted("rich-text", "a cell in two fonts, with a phonetic guide",
             spoilt(task=Xml('<c r="{at}" t="inlineStr"><is><r><t>Thẩm </t></r><r><rPr><b/></rPr><t>định hồ sơ</t></r>'
                             "<rPh sb=\"0\" eb=\"1\"><t>canary</t></rPh></is></c>")), kept={2: {"task": PLAIN}}),
    rejected("surrogate-half", "half of a pair of surrogates as a character",
             spoilt(output=Xml('<c r="{at}" t="inlineStr"><is><t>a&#xD800;</t></is></c>')), "broken_part"),
    _task("emoji", "a sign that lies outside the basic plane", "Báo cáo 📊 quý"),
    accepted("other-alphabet", "a whole word in another alphabet", spoilt(output="Báo cáo Жилищный"),
             kept={2: {"output": "Báo cáo Жилищный"}}),
    rejected("tcvn3-cells", "TCVN3 in the cells of a workbook", spoilt(task="So¹n th¶o v¨n b¶n"),
             at("legacy_encoding", 2, TASK)),
    rejected("vni-cells", "VNI in the cells of a workbook", spoilt(output="Baùo caùo toång hôïp"),
             at("legacy_encoding", 2, OUTPUT)),
    rejected("mojibake-cells", "UTF-8 that was taken for windows-1252", spoilt(task="Tháº©m Ä‘á»‹nh há»“ sÆ¡"),
             at("legacy_encoding", 2, TASK)),
]  # fmt: skip
