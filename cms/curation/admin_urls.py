"""Addresses of the queue of alike works, below /admin/."""

from django.urls import path

from cms.curation import abbreviation_views, common_views, views

app_name = "curation"
urlpatterns = [
    path("alike/", views.QueueListScreen.as_view(), name="queue"),
    path("alike/next/", views.NextScreen.as_view(), name="next"),
    path("alike/judgements/", views.JudgementListScreen.as_view(), name="judgements"),
    path("alike/judgements/<int:pk>/undo/", views.UndoScreen.as_view(), name="undo"),
    path("alike/common/", common_views.CommonListScreen.as_view(), name="common"),
    path("alike/common/links/<int:pk>/end/", common_views.EndLinkScreen.as_view(), name="end_link"),
    path("alike/abbreviations/", abbreviation_views.AbbreviationListScreen.as_view(), name="abbreviations"),
    path("alike/abbreviations/add/", abbreviation_views.AddAbbreviationScreen.as_view(), name="add_abbreviation"),
    path("alike/abbreviations/<int:pk>/", abbreviation_views.EditAbbreviationScreen.as_view(), name="abbreviation"),
    path(
        "alike/abbreviations/<int:pk>/remove/",
        abbreviation_views.RemoveAbbreviationScreen.as_view(),
        name="remove_abbreviation",
    ),
    path("alike/<int:pk>/", views.ClusterScreen.as_view(), name="cluster"),
    path("alike/<int:pk>/release/", views.ReleaseScreen.as_view(), name="release"),
    path("alike/<int:pk>/take-over/", views.TakeOverScreen.as_view(), name="take_over"),
]
