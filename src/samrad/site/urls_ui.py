"""Addresses the frame of every page needs: language, appearance, and the style page."""

from __future__ import annotations

from django.urls import path

from samrad.site import views_ui

app_name = "ui"

urlpatterns = [
    path("style/", views_ui.style, name="style"),
    path("language/", views_ui.language, name="language"),
    path("appearance/", views_ui.scheme, name="scheme"),
]
