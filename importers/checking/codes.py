"""Every problem code that the rows of any kind may have, with its sentence: what is wrong and how to mend it.

Sentences are English msgids with %(name)s places; ``importers.messages`` translates them. Codes never change once
published: agencies' own programs read them.
"""

from __future__ import annotations

from cms.core import dates, numbers
from cms.core.text import gettext_noop
from importers.reading import codes as sheet_codes

_FILE: dict[str, str] = {
    "no_header": gettext_noop(
        "No header row was found in the first %(first_rows)s rows of %(sheets)s. "
        "The file needs a row with these headers: %(headers)s."
    ),
    "no_rows": gettext_noop("There is a header row but no data row below it. Nothing can be imported."),
    "missing_column": gettext_noop(
        "The required column “%(column)s” is missing. Add it to the header row (also understood: %(accepted)s)."
    ),
    "duplicate_column": gettext_noop(
        "Two columns are both read as “%(header)s”; the second is “%(column)s”. Keep one of them."
    ),
    "duplicate_column_ignored": gettext_noop(
        "Two columns are both read as “%(header)s”; the second, “%(column)s”, was not read."
    ),
    "unknown_column": gettext_noop(
        "The column “%(column)s” is not known and was not read; cells filled in below it: %(count)s."
    ),
    "not_a_choice": gettext_noop("“%(value)s” is not one of the choices: %(choices)s."),
    "not_yes_no": gettext_noop("“%(value)s” is neither yes nor no. Write Có or Không."),
    "unheaded_column": gettext_noop("Column %(column)s holds data but has no header; it was not read."),
    "header_without_diacritics": gettext_noop(
        "The header “%(column)s” was read as “%(header)s”. Write headers with their diacritics."
    ),
    "sheet_without_header": gettext_noop(
        "The sheet looks like a table but has no header row that is known; it was not read."
    ),
}

_ROWS: dict[str, str] = {
    "repeated_header": gettext_noop("The header row is repeated here; the row was passed over."),
    "totals_row": gettext_noop("“%(value)s” was taken for a totals row and passed over."),
    "signature_block": gettext_noop(
        "“%(value)s” was taken for the signature block; rows up to %(last_row)s were passed over."
    ),
    "carried_forward": gettext_noop(
        "In %(count)s rows the cell under “%(column)s” is blank or merged; the value above was carried forward."
    ),
    "duplicate_row": gettext_noop("This row is the same as row %(first_row)s of %(first_sheet)s. Remove one of them."),
}

_TEXT: dict[str, str] = {
    "invisible_removed": gettext_noop(
        "Invisible characters were removed; “%(text)s” is kept. Check that it reads right."
    ),
    "lookalike": gettext_noop(
        "“%(word)s” holds characters that only look right: %(characters)s. Did you mean “%(suggestion)s”? "
        "The text is kept as it was typed."
    ),
    "strange_character": gettext_noop(
        "“%(word)s” holds characters that do not belong there: %(characters)s. "
        "Check the word; it is kept as it was typed."
    ),
    "formula_text": gettext_noop(
        "The text begins like a formula. It is kept as text; take the first character away if it is not meant."
    ),
    "read_as": gettext_noop("“%(value)s” was read as “%(text)s”."),
    "code_is_number": gettext_noop(
        "The code is stored as a number, so that leading zeros may be lost. "
        "Format the cell as text and type the code again."
    ),
    "code_is_date": gettext_noop(
        "The code is not text; Excel may have turned it into a date. Format the cell as text and type the code again."
    ),
}

_FORMULAS: dict[str, str] = {
    "formula_no_value": gettext_noop(
        "The formula was never calculated. Open the file in Excel, let it calculate, and save it."
    ),
    "formula_external": gettext_noop("The formula points to another workbook. Type its value in its place."),
    "formula_program": gettext_noop("The formula calls a program or an address. Type its value in its place."),
    "formula_value_used": gettext_noop("The cell holds a formula; its last value, %(text)s, was taken."),
}

_NUMBERS: dict[str, str] = {
    "rounded": gettext_noop("Only %(places)s decimal places are kept: %(stored)s."),
}

# What the check has to say in the words of the room that reads.
_READING = {code: sheet_codes.CODES[code] for code in ("impossible_date", "too_many_rows")}

CODES: dict[str, str] = {
    **numbers.SENTENCES,
    **dates.SENTENCES,
    **_READING,
    **_FILE,
    **_ROWS,
    **_TEXT,
    **_FORMULAS,
    **_NUMBERS,
}
# Notes are listed in the preview without being problems.
NOTE_CODES: dict[str, str] = {
    "column_passed_by": gettext_noop(
        "The column “%(column)s” was not read, as your agency chose; cells filled in below it: %(count)s."
    ),
    "white_space": gettext_noop("Spaces or line breaks were tidied: “%(text)s”."),
    "nfc": gettext_noop("The same letters were stored in their usual form."),
}
