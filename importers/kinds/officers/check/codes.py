"""Every problem code of a list of officers that lists of other kinds do not have, with its sentence."""

from __future__ import annotations

from cms.core import dates
from cms.core.text import gettext_noop

CODES: dict[str, str] = {
    **dates.SENTENCES,
    "personal_not_kept": gettext_noop(
        "The column “%(column)s” is personal data that this system does not need: it was read past and is not kept. "
        "Leave it out next time."
    ),
    "category_assumed": gettext_noop(
        "There is no column “%(header)s”: officers who are new are taken for civil servants. "
        "Add the column if some are not."
    ),
    "unknown_category": gettext_noop("“%(value)s” is no staff category. Use one of: %(accepted)s."),
    "unknown_role": gettext_noop(
        "“%(value)s” does not say whether the officer leads. Use one of: %(accepted)s; “Trưởng …” and “Phó …” are "
        "understood too."
    ),
    "unknown_main": gettext_noop("“%(value)s” does not say main or secondary. Use one of: %(accepted)s."),
    "agency_not_found": gettext_noop(
        "“%(value)s” is no agency at or below %(agency)s. Use the code of one of them; officers of other agencies come "
        "in a file of their own."
    ),
    "agency_ambiguous": gettext_noop("Several agencies are called “%(value)s”. Use the code: %(codes)s."),
    "agency_differs": gettext_noop(
        "The code was taken, which is that of “%(agency)s”; beside it stands “%(value)s”. Check which one is right."
    ),
    "agency_dissolved": gettext_noop("%(agency)s was dissolved on %(day)s; nobody begins there after that."),
    "position_not_found": gettext_noop(
        "“%(value)s” is not in the list of positions. Use a code or a name from that list; the Department of Home "
        "Affairs adds positions."
    ),
    "position_ambiguous": gettext_noop(
        "Several positions are called “%(value)s”. Use the code, or fill in the position group: %(codes)s."
    ),
    "position_differs": gettext_noop(
        "The code was taken, which is that of “%(position)s”; beside it stands “%(value)s”. Check which one is right."
    ),
    "group_differs": gettext_noop("The position “%(position)s” belongs to the group “%(group)s”, not to “%(value)s”."),
    "last_day_before_first": gettext_noop("The last day, %(last)s, is before the first, %(first)s."),
    "too_many_in_charge": gettext_noop("At most %(limit)s fields in charge are kept; there are %(count)s."),
    "field_too_long": gettext_noop(
        "A field in charge has at most %(limit)s characters. Part fields with a semicolon (;)."
    ),
    "officer_named_twice": gettext_noop(
        "The code “%(officer)s” stands for “%(name)s” in row %(first_row)s of %(first_sheet)s. One code is one person; "
        "correct the code or the name."
    ),
    "category_differs": gettext_noop(
        "The officer with the code “%(officer)s” has another category in row %(first_row)s of %(first_sheet)s."
    ),
    "officer_elsewhere": gettext_noop(
        "The code “%(value)s” is taken by an officer of another agency. Check the code; the Department of Home Affairs "
        "transfers officers between agencies."
    ),
    "posting_overlap": gettext_noop(
        "The officer would have two main postings at one time: another on record holds from %(first)s to %(last)s. "
        "Set a last day, or make one of them secondary."
    ),
    "posting_overlap_row": gettext_noop(
        "The officer would have two main postings at one time: row %(other_row)s of %(other_sheet)s says another, from "
        "%(first)s to %(last)s. Set a last day, or make one of them secondary."
    ),
    "ended_by_row": gettext_noop(
        "The last day was left empty: %(day)s was taken, because another main posting begins after it, in row "
        "%(other_row)s of %(other_sheet)s."
    ),
    "duplicate_posting": gettext_noop(
        "Row %(first_row)s of %(first_sheet)s already says that this officer begins at this agency on this day."
    ),
}
