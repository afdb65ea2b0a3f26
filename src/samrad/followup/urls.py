"""Pages of decisions and tasks."""

from __future__ import annotations

from django.urls import path

from samrad.followup import link_views, views

app_name = "followup"
urlpatterns = [
    path("tasks/", views.my_tasks, name="my_tasks"),
    path("tasks/<uuid:ref>/", views.task, name="task"),
    path("tasks/<uuid:ref>/report/", views.report, name="report"),
    path("done/<str:signed>/", link_views.done, name="done_by_link"),
    path("decisions/<uuid:ref>/", views.decision, name="decision"),
    path("decisions/<uuid:ref>/close/", views.close, name="close"),
    path("councils/<uuid:ref>/decisions/", views.register, name="register"),
]
