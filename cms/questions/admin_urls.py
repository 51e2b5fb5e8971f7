"""Addresses of the screens of questions, below /admin/."""

from django.urls import path

from cms.questions import topic_views, views

app_name = "questions"
urlpatterns = [
    path("questions/", views.QuestionListScreen.as_view(), name="list"),
    path("questions/ask/", views.QuestionAskScreen.as_view(), name="ask"),
    path("questions/topics/", topic_views.TopicListScreen.as_view(), name="topics"),
    path("questions/topics/add/", topic_views.TopicFormScreen.as_view(), name="topic_add"),
    path("questions/topics/<int:topic>/", topic_views.TopicFormScreen.as_view(), name="topic_edit"),
    path("questions/<int:pk>/", views.QuestionScreen.as_view(), name="detail"),
    path("questions/<int:pk>/answer/", views.QuestionAnswerScreen.as_view(), name="answer"),
    path("questions/<int:pk>/follow-up/", views.QuestionFollowUpScreen.as_view(), name="follow_up"),
    path("questions/<int:pk>/withdraw/", views.QuestionWithdrawScreen.as_view(), name="withdraw"),
    path("questions/<int:pk>/pass-on/", views.QuestionPassOnScreen.as_view(), name="pass_on"),
    path("questions/<int:pk>/close/", views.QuestionCloseScreen.as_view(), name="close"),
    path("questions/<int:pk>/publish/", views.QuestionPublishScreen.as_view(), name="publish"),
    path("questions/<int:pk>/hide/", views.QuestionHideScreen.as_view(), name="hide"),
    path("questions/<int:pk>/files/<int:file>/", views.QuestionFileScreen.as_view(), name="file"),
]
