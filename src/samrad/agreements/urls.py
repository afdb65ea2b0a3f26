"""Pages of agreements that are being made, and of what is done with one in force."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from samrad.agreements.views import commitments

app_name = "agreements"
urlpatterns: list[URLPattern | URLResolver] = [
    path("agreements/<uuid:ref>/promises/", commitments.commitments, name="commitments"),
    path("agreements/<uuid:ref>/promises/note/", commitments.add, name="add_commitment"),
    path("promises/<uuid:ref>/", commitments.follow, name="commitment"),
    path("promises/<uuid:ref>/stop/", commitments.stop, name="stop"),
]
