"""Addresses below /admin/change-sets/."""

from django.urls import path

from catalog_pages.change_sets import proposal_screens as proposals

app_name = "changesets"

urlpatterns = [
    path("conflicts/", proposals.ConflictListScreen.as_view(), name="conflicts"),
    path("conflicts/<int:cluster_pk>/", proposals.ConflictScreen.as_view(), name="conflict"),
    path("conflicts/common/<uuid:common>/", proposals.ConflictScreen.as_view(), name="common_conflict"),
    path("proposals/", proposals.ProposalListScreen.as_view(), name="proposals"),
    path("proposals/<int:proposal_pk>/", proposals.ProposalDetailScreen.as_view(), name="proposal"),
]
