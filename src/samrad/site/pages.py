"""URLs of the site itself: home, health, and what the components need."""

from __future__ import annotations

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from samrad.site import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("news/", views.news, name="news"),
    path("help/", views.help_page, name="help"),
    path("health", views.alive, name="health"),
    path("ready", views.ready, name="ready"),
    path("metrics", views.metrics, name="metrics"),
    path("", include("samrad.site.urls_ui")),
]
if settings.DEMO:
    urlpatterns.append(path("", include("samrad.site.urls_demo")))
