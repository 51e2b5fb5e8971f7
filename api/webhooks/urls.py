"""Addresses of the screens of webhooks, below the admin's ``webhooks/``."""

from django.urls import path

from api.webhooks import views

app_name = "webhooks"

urlpatterns = [
    path("", views.EndpointListScreen.as_view(), name="list"),
    path("add/", views.EndpointAddScreen.as_view(), name="add"),
    path("<int:pk>/", views.EndpointScreen.as_view(), name="endpoint"),
    path("<int:pk>/edit/", views.EndpointEditScreen.as_view(), name="edit"),
    path("<int:pk>/rotate/", views.RotateScreen.as_view(), name="rotate"),
    path("<int:pk>/off/", views.SwitchOffScreen.as_view(), name="off"),
    path("<int:pk>/on/", views.SwitchOnScreen.as_view(), name="on"),
    path("<int:pk>/test/", views.TrialDeliveryScreen.as_view(), name="test"),
    path("<int:pk>/again/", views.AgainSinceScreen.as_view(), name="again_since"),
    path("deliveries/<int:pk>/", views.DeliveryScreen.as_view(), name="delivery"),
    path("deliveries/<int:pk>/again/", views.AgainScreen.as_view(), name="again"),
]
