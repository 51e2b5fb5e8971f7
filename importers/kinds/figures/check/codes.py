"""Every problem code of figures from outside that files of other kinds do not have, with its sentence."""

from __future__ import annotations

from cms.core.text import gettext_noop

CODES: dict[str, str] = {
    "subject_missing": gettext_noop("Fill in the code of an officer or that of an agency: whose figure is it?"),
    "two_subjects": gettext_noop(
        "The row names an officer and an agency. A figure is of one of the two: leave the other cell blank."
    ),
    "measured_officer_not_found": gettext_noop(
        "No officer with the code “%(value)s” works at %(agency)s or below it today. Check the code."
    ),
    "measured_agency_not_found": gettext_noop(
        "No agency with the code “%(value)s” is %(agency)s or below it. Use a code from the list in the template."
    ),
    "measured_name_differs": gettext_noop(
        "The code %(subject)s is that of “%(name)s”; beside it stands “%(value)s”. Correct the code or the name."
    ),
    "own_figure": gettext_noop("“%(value)s” is yourself or your own agency. Nobody records their own figures."),
    "figure_of_others": gettext_noop(
        "You do not record figures of “%(value)s”; who verifies the evaluation does. Leave the row to them."
    ),
    "measured_in_future": gettext_noop("The day of measuring, %(day)s, has not come yet."),
    "measured_outside_period": gettext_noop(
        "It was measured on %(day)s, outside %(period)s. Upload it for the period that has this day."
    ),
    "duplicate_figure": gettext_noop(
        "Row %(first_row)s of %(first_sheet)s already has the figure of this indicator, subject and day. Keep one."
    ),
    "indicator_not_asked": gettext_noop(
        "No criteria framework of the period asks for a figure of “%(value)s”, so it would count nowhere. Check the "
        "code against the list in the template."
    ),
    "more_than_full": gettext_noop(
        "The figure is more than %(full)s, the most that the indicator knows; results would go without it. Check it."
    ),
}
