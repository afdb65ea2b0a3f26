"""Pages of agreements that are being made, and of what is done with one in force."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

app_name = "agreements"
urlpatterns: list[URLPattern | URLResolver] = []
