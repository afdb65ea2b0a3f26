"""Pages of the outgoing mail."""

from __future__ import annotations

from django.urls import path

from samrad.post import views

app_name = "post"
urlpatterns = [
    path("post/outbox/", views.outbox, name="outbox"),
    path("post/outbox/<uuid:ref>/retry/", views.retry, name="retry"),
    path("post/work/<uuid:ref>/retry/", views.run_again, name="run_again"),
    path("post/work/<uuid:ref>/drop/", views.drop, name="drop"),
]
