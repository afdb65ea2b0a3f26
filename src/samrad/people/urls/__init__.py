"""Addresses of people and accounts; the demo's only where there is a demo."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("account/", include("samrad.people.urls.library")),
    path("", include("samrad.people.urls.pages")),
]
