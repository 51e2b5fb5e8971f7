"""Addresses below /admin/surveys/."""

from django.urls import path

from catalog_pages.surveys import screens

app_name = "surveys"

urlpatterns = [
    path("", screens.SurveyList.as_view(), name="list"),
    path("<int:survey_pk>/", screens.ResultsScreen.as_view(), name="results"),
    path("<int:survey_pk>/links/", screens.LinksScreen.as_view(), name="links"),
    path("<int:survey_pk>/links/withdraw/", screens.WithdrawLinksScreen.as_view(), name="withdraw_links"),
    path("<int:survey_pk>/file/", screens.ResultsFile.as_view(), name="file"),
    path("<int:survey_pk>/figures/", screens.IndicatorScreen.as_view(), name="figures"),
    path("<int:survey_pk>/publish/", screens.PublishScreen.as_view(), name="publish"),
    path("<int:survey_pk>/hide/", screens.HideScreen.as_view(), name="hide"),
]
