"""Every code the reading room emits, with the English sentence that says how to mend it.

Each sentence is a template filled from ``Problem.params`` (and ``value``); sheet, row and column are named apart, by
whoever shows the problem. Source: the import contract, "Reading files safely" and "What is accepted".
"""

from __future__ import annotations

CODES: dict[str, str] = {
    # The child process that reads.
    "reader_crashed": "The file made the reader stop. Open it in Excel and save it as a new .xlsx file.",
    "reader_too_slow": "Reading took more than %(limit)s seconds. Delete what is not data and save it again.",
    "reader_out_of_memory": "Reading needs more than %(limit)s MiB of memory. Split the file into smaller ones.",
    # Size.
    "empty_file": "The file is empty. Choose the file again.",
    "file_too_large": "The file is larger than %(limit)s MiB. Remove pictures or split it.",
    "too_many_rows": "The file holds more than %(limit)s rows. Split it into smaller files.",
    "too_much_text": "The file holds more than %(limit)s MiB of text. Split it into smaller files.",
    "cell_too_long": "A cell holds more than %(limit)s characters. Shorten it.",
    # What the file is.
    "name_mismatch": "The name ends in %(extension)s but the content is %(actual)s. Save it as .xlsx from Excel.",
    "unknown_extension": "Files ending in %(extension)s are not read. Save it as .xlsx.",
    "not_a_workbook": "The file is not a workbook. Send a .xlsx or .csv file.",
    "macros": "The workbook holds macros. Save it as .xlsx, without macros.",
    "binary_workbook": "Binary workbooks (.xlsb) are not read. Save it as .xlsx.",
    "encrypted": "The file is locked with a password. Remove the password and save it again.",
    "html_as_workbook": "The file is a web page with the name of a workbook. Open it in Excel and save it as .xlsx.",
    "xml_as_workbook": "The file is XML with the name of a workbook. Open it in Excel and save it as .xlsx.",
    "embedded_objects": "The workbook holds an embedded object (%(part)s). Delete the object and save it again.",
    # The inside of the file.
    "broken_zip": "The file is damaged: it cannot be unpacked. Save it again from Excel, or send it again.",
    "zip_too_many_parts": "The file holds more than %(limit)s parts. Copy the data to a new workbook.",
    "zip_too_large": "The file unpacks to more than %(limit)s MiB. Delete empty formatted rows and save it again.",
    "zip_duplicate_part": "The file holds the part %(part)s twice. Save it again from Excel.",
    "zip_unsafe_path": "The file holds a part with an unsafe name (%(part)s). Save it again from Excel.",
    "zip_link": "The file holds a link instead of a part (%(part)s). Save it again from Excel.",
    "xml_declares_entities": "The part %(part)s declares a document type or entities. Save it again from Excel.",
    "broken_part": "The part %(part)s of the file is damaged (%(reason)s). Open it in Excel and save it again.",
    "missing_part": "The file lacks the part %(part)s. Open it in Excel and save it again.",
    "no_sheet": "The workbook has no visible sheet. Unhide the sheet that holds the data.",
    # Text files.
    "not_text": "Line %(line)s is not UTF-8 text. Save the file as CSV UTF-8, or send it as .xlsx.",
    "legacy_encoding": (
        "The text is in an old encoding (%(encoding)s) and cannot be read safely. Convert the file to Unicode and send "
        "it again."
    ),
    "nul_character": "Line %(line)s holds a NUL character. Save the file again as CSV UTF-8 or .xlsx.",
    "unclosed_quote": "A quotation mark opened on line %(line)s is never closed. Close it or delete it.",
    "stray_quote": "Line %(line)s has text after a closing quotation mark. Double the marks inside a field.",
    "too_few_fields": "Line %(line)s has %(found)s fields, the others have %(expected)s. Add the missing ones.",
    "too_many_fields": "Line %(line)s has %(found)s fields, the others have %(expected)s. Quote the text.",
    # Single cells.
    "impossible_date": "The cell is formatted as a date but %(value)s is not a date that exists. Type it again.",
    # Warnings.
    "hidden_sheet": "The sheet is hidden and was not read. Unhide it if it holds data.",
    "hidden_rows": "%(count)s hidden or filtered rows were read too. Delete them if they should not count.",
    "hidden_columns": "Hidden columns (%(columns)s) were read too. Delete them if they should not count.",
    "columns_not_read": "Columns after the first %(limit)s hold data that was not read.",
    "old_format": "The file is in an old or uncommon format (%(format)s). Check the preview, or save it as .xlsx.",
}
