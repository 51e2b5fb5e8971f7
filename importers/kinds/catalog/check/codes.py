"""Every problem code of a catalog that lists of other kinds do not have, with its sentence."""

from __future__ import annotations

from cms.catalogs import item_fields
from cms.core.text import gettext_noop

CODES: dict[str, str] = {
    **item_fields.SENTENCES,
    "code_prefix_missing": gettext_noop(
        "The file has no code column and the agency has no code prefix. Give the agency a prefix, or add a code column."
    ),
    "standard_score_differs": gettext_noop(
        "The file gives %(found)s as the score of the standard unit; this version has %(expected)s. "
        "Check which one is right before you confirm."
    ),
    "duplicate_code": gettext_noop(
        "The code “%(value)s” also stands in row %(others)s (case, spaces and kinds of hyphen do not count). "
        "Give each item its own code."
    ),
    "duplicate_name": gettext_noop(
        "The same name already stands in row %(first_row)s of %(first_sheet)s. Check that both are meant."
    ),
    "unit_unclear": gettext_noop("“%(value)s” names no unit. Write the quantity and the unit, such as “01 văn bản”."),
    "frame_differs": gettext_noop("The frame is %(found)s; this version has %(expected)s for the group."),
    "template_of_earlier_version": gettext_noop(
        "The template was taken on %(day)s from version %(number)s; the catalog is now version %(current)s, with "
        "%(new)s items new, %(changed)s changed and %(removed)s removed since. Look closely at what would change, or "
        "download the template anew."
    ),
    "template_before_first_version": gettext_noop(
        "The template was taken on %(day)s, when there was no catalog yet; now there is version %(current)s. Look "
        "closely at what would change, or download the template anew."
    ),
}
