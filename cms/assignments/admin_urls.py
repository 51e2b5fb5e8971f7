"""Addresses of the screens about work, below /admin/."""

from django.urls import path

from cms.assignments import board_views, claim_views, evidence_views, views

app_name = "assignments"
urlpatterns = [
    path("work/", views.WorkListScreen.as_view(), name="work_list"),
    path("work/items/", views.ItemChoiceScreen.as_view(), name="item_choice"),
    path("work/confirm/", views.WorkConfirmManyScreen.as_view(), name="work_confirm_many"),
    path("work/give/<int:agency>/<int:item>/", views.WorkGiveScreen.as_view(), name="work_give"),
    path("work/<int:pk>/", views.WorkDetailScreen.as_view(), name="work_detail"),
    path("work/board/", board_views.BoardScreen.as_view(), name="board"),
    path("work/claims/", claim_views.ClaimListScreen.as_view(), name="claim_list"),
    path("work/claims/<int:pk>/", claim_views.ClaimDecideScreen.as_view(), name="claim_decide"),
    path("work/evidence/<int:pk>/", evidence_views.EvidenceFileScreen.as_view(), name="evidence_file"),
    path("work/evidence/<int:pk>/verify/", evidence_views.EvidenceVerifyScreen.as_view(), name="evidence_verify"),
    path("work/<int:pk>/edit/", views.WorkEditScreen.as_view(), name="work_edit"),
    path("work/<int:pk>/withdraw/", views.WorkWithdrawScreen.as_view(), name="work_withdraw"),
    path("work/<int:pk>/confirm/", views.WorkConfirmScreen.as_view(), name="work_confirm"),
    path("work/<int:pk>/return/", views.WorkReturnScreen.as_view(), name="work_return"),
    path("work/<int:pk>/correct/", views.WorkCorrectScreen.as_view(), name="work_correct"),
]
