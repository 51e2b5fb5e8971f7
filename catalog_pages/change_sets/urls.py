"""Addresses below /admin/change-sets/."""

from django.urls import path

from catalog_pages.change_sets import proposal_screens as proposals
from catalog_pages.change_sets import set_screens as sets
from catalog_pages.change_sets.judging import JudgeScreen

app_name = "changesets"

urlpatterns = [
    path("conflicts/", proposals.ConflictListScreen.as_view(), name="conflicts"),
    path("conflicts/<int:cluster_pk>/", proposals.ConflictScreen.as_view(), name="conflict"),
    path("conflicts/common/<uuid:common>/", proposals.ConflictScreen.as_view(), name="common_conflict"),
    path("proposals/", proposals.ProposalListScreen.as_view(), name="proposals"),
    path("proposals/<int:proposal_pk>/", proposals.ProposalDetailScreen.as_view(), name="proposal"),
    path("proposals/add/", proposals.ProposeScreen.as_view(), name="propose"),
    path("proposals/<int:proposal_pk>/appraise/", JudgeScreen.as_view(), name="judge"),
    path("proposals/<int:proposal_pk>/take-out/", sets.TakeOutScreen.as_view(), name="take_out"),
    path("proposals/<int:proposal_pk>/again/", sets.ProposeAgainScreen.as_view(), name="propose_again"),
    path("", sets.SetListScreen.as_view(), name="sets"),
    path("add/", sets.SetAddScreen.as_view(), name="add"),
    path("<int:set_pk>/", sets.SetScreen.as_view(), name="set"),
    path("<int:set_pk>/gather/", sets.GatherScreen.as_view(), name="gather"),
    path("<int:set_pk>/reopen/", sets.SetReopenScreen.as_view(), name="reopen"),
    path("<int:set_pk>/decide/", sets.SetDecideScreen.as_view(), name="decide"),
    path("<int:set_pk>/undo/", sets.SetUndoScreen.as_view(), name="undo"),
]
