"""Every write of the fairness of coefficients."""

from cms.fairness.actions.comparing import compare_coefficients, compare_report, compare_task
from cms.fairness.actions.noting import leave_finding_note

__all__ = ["compare_coefficients", "compare_report", "compare_task", "leave_finding_note"]
