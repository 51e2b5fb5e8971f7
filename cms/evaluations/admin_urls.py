"""Addresses of the screens about periods and evaluations, below /admin/."""

from django.urls import path

from cms.evaluations import views

app_name = "evaluations"
urlpatterns = [
    path("periods/", views.PeriodListScreen.as_view(), name="period_list"),
    path("periods/open/", views.OpenPeriodScreen.as_view(), name="open"),
    path("periods/<int:period>/", views.PeriodDetailScreen.as_view(), name="period"),
    path("periods/<int:period>/compute/", views.ComputeScreen.as_view(), name="compute"),
    path("periods/<int:period>/propose-lock/", views.ProposeLockScreen.as_view(), name="propose_lock"),
    path("periods/<int:period>/withdraw-lock/", views.WithdrawLockScreen.as_view(), name="withdraw_lock"),
    path("periods/<int:period>/lock/", views.LockScreen.as_view(), name="lock"),
    path("evaluations/<int:pk>/", views.EvaluationDetailScreen.as_view(), name="evaluation"),
    path("evaluations/<int:pk>/excuse/", views.ExcuseScreen.as_view(), name="excuse"),
    path("evaluations/<int:pk>/include/", views.IncludeScreen.as_view(), name="include"),
    path("evaluations/<int:pk>/find/", views.FindScreen.as_view(), name="find"),
    path("evaluations/<int:pk>/findings/<int:finding>/withdraw/", views.WithdrawFindingScreen.as_view(),
         name="withdraw_finding"),
    path("evaluations/<int:pk>/reopen/", views.ProposeReopeningScreen.as_view(), name="propose_reopening"),
    path("evaluations/<int:pk>/reopen/approve/", views.ApproveReopeningScreen.as_view(), name="approve_reopening"),
]  # fmt: skip
