"""Addresses below /admin/fairness/."""

from django.urls import path

from catalog_pages.fairness.screens import CompareView, FairnessView, FindingNoteView, WorkView

app_name = "fairness"

urlpatterns = [
    path("", FairnessView.as_view(), name="findings"),
    path("compare/", CompareView.as_view(), name="compare"),
    path("works/<int:compared_work_pk>/", WorkView.as_view(), name="work"),
    path("findings/<int:finding_pk>/note/", FindingNoteView.as_view(), name="note"),
]
