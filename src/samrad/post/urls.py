"""Pages of the outgoing mail."""

from __future__ import annotations

from django.urls import path

from samrad.post import choice_views, views

app_name = "post"
urlpatterns = [
    path("mail/<str:signed>/", choice_views.choose, name="choose_by_link"),
    path("post/outbox/", views.outbox, name="outbox"),
    path("post/outbox/<uuid:ref>/retry/", views.retry, name="retry"),
    path("post/work/<uuid:ref>/retry/", views.run_again, name="run_again"),
    path("post/work/<uuid:ref>/drop/", views.drop, name="drop"),
]
