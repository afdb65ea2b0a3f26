"""URLs of the site itself: home, health, and what the components need."""

from __future__ import annotations

from django.urls import include, path

from samrad.site import views

urlpatterns = [
    path("", views.home, name="home"),
    path("health", views.health, name="health"),
    path("ready", views.ready, name="ready"),
    path("metrics", views.metrics, name="metrics"),
    path("", include("samrad.site.urls_ui")),
]
