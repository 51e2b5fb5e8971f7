"""Every problem code of results that files of other kinds do not have, with its sentence."""

from __future__ import annotations

from cms.core.text import gettext_noop

CODES: dict[str, str] = {
    "officer_not_found": gettext_noop(
        "No officer with the code “%(value)s” works or worked at %(agency)s or below it. Check the code; officers of "
        "other agencies come in their own agency's file."
    ),
    "officer_name_differs": gettext_noop(
        "The code %(officer)s is that of “%(name)s”; beside it stands “%(value)s”. Correct the code or the name."
    ),
    "officer_left": gettext_noop(
        "%(officer)s works here no longer since %(day)s, so work cannot be given there on %(given)s. Correct the day, "
        "or leave the row to the officer's present agency."
    ),
    "not_posted_on_day": gettext_noop(
        "%(officer)s does not work at %(agency)s or below it on %(given)s; here: %(days)s. Work given on other days "
        "comes in the file of the agency of those days."
    ),
    "agency_not_of_officer": gettext_noop(
        "On %(given)s %(officer)s does not work at “%(value)s” but at: %(codes)s. Use one of these codes, or leave the "
        "cell blank."
    ),
    "several_postings": gettext_noop(
        "%(officer)s holds several postings on %(given)s; the work was taken for %(agency)s. Fill in “%(header)s” if "
        "it is of another."
    ),
    "item_not_found": gettext_noop(
        "“%(value)s” is in no catalog that holds for %(agency)s. Use a code from the list of items in the template."
    ),
    "item_not_on_day": gettext_noop(
        "Item %(value)s does not hold on %(given)s, the day on which the work was given; it holds: %(days)s."
    ),
    "reference_wrong": gettext_noop(
        "“%(value)s” is no reference of assigned work. Take it as it stands in the template, or leave the cell blank "
        "for work that is not on record yet."
    ),
    "work_not_found": gettext_noop(
        "No work with the reference “%(value)s” is on record for %(period)s at this agency. Download the template of "
        "the period anew, or leave the cell blank for new work."
    ),
    "work_of_other_officer": gettext_noop(
        "The work with this reference is that of %(officer)s. Work is handed over on its own page, not by a file."
    ),
    "work_of_other_item": gettext_noop(
        "The work with this reference was given as item %(item)s; what was given keeps its item and coefficient."
    ),
    "given_on_fixed": gettext_noop("The work was given on %(day)s; that day does not change."),
    "duplicate_reference": gettext_noop(
        "Row %(first_row)s of %(first_sheet)s already names this work. One piece of work stands in one row."
    ),
    "similar_row": gettext_noop(
        "Row %(first_row)s of %(first_sheet)s has the same officer, item and days with other results. Both are taken "
        "as pieces of work of their own; check that it is not one and the same."
    ),
    "due_before_given": gettext_noop("The work would be due on %(due)s, before it was given, on %(given)s."),
    "done_before_given": gettext_noop("The work would be done on %(done)s, before it was given, on %(given)s."),
    "done_in_future": gettext_noop("The day of completion, %(done)s, has not come yet. Leave it blank until then."),
    "outside_period": gettext_noop(
        "The work is due on %(due)s, outside %(period)s. Work belongs to the period in which it is due; upload it "
        "there."
    ),
    "due_on_day_off": gettext_noop(
        "The work is due on a day off, %(due)s (%(why)s). Check the day; it is kept as it stands."
    ),
    "nothing_completed": gettext_noop(
        "There is a day of completion, but nothing is completed. Fill in the quantity, or take the day away."
    ),
    "more_than_assigned": gettext_noop(
        "More is completed (%(completed)s) than was assigned (%(assigned)s). Check both; they are kept as they stand."
    ),
    "faults_without_done": gettext_noop(
        "Failures and delays are counted once work is done. Fill in the day of completion, or leave this cell blank."
    ),
    "work_confirmed": gettext_noop(
        "This work is confirmed; what was confirmed is %(before)s. It changes only by a correction of the head of the "
        "agency. Other work of the same days needs a document number of its own."
    ),
    "month_locked": gettext_noop(
        "The results of %(month)s are locked for %(officer)s; this work changes only after a reopening."
    ),
    "was_returned": gettext_noop("The work was returned to the officer (%(reason)s); this row reports it once more."),
    "too_many_documents": gettext_noop(
        "At most %(limit)s document numbers stand beside one work; there are %(count)s."
    ),
    "document_too_long": gettext_noop(
        "A document number has at most %(limit)s characters. Part several of them with a semicolon (;)."
    ),
}
