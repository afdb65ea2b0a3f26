"""Pages of decisions and tasks."""

from __future__ import annotations

from django.urls import path

from samrad.followup import link_views
from samrad.followup.views import decisions, export, later, police, register, tasks

app_name = "followup"
urlpatterns = [
    path("tasks/", tasks.my_tasks, name="my_tasks"),
    path("tasks/<uuid:ref>/", tasks.task, name="task"),
    path("tasks/<uuid:ref>/report/", tasks.report, name="report"),
    path("tasks/<uuid:ref>/deadline/", tasks.deadline, name="deadline"),
    path("tasks/<uuid:ref>/pass-on/", tasks.pass_on, name="pass_on"),
    path("tasks/<uuid:ref>/take/", tasks.take, name="take"),
    path("tasks/<uuid:ref>/progress/", tasks.progress, name="progress"),
    path("tasks/<uuid:ref>/later/", later.ask, name="ask_later"),
    path("later-deadlines/<uuid:ref>/agree/", later.agree, name="agree_to_later"),
    path("later-deadlines/<uuid:ref>/decline/", later.decline, name="decline_later"),
    path("tasks/<uuid:ref>/police/", police.ask_for_task, name="ask_police_for_task"),
    path("done/<str:signed>/", link_views.done, name="done_by_link"),
    path("decisions/", register.everywhere, name="everywhere"),
    path("decisions/export/", export.export, name="export"),
    path("decisions/ageing/", register.ageing, name="ageing"),
    path("decisions/<uuid:ref>/", decisions.decision, name="decision"),
    path("decisions/<uuid:ref>/close/", decisions.close, name="close"),
    path("decisions/<uuid:ref>/police/", police.ask_for_decision, name="ask_police_for_decision"),
    path("police-requests/<uuid:ref>/hand-over/", police.hand_over, name="hand_over"),
    path("police-requests/<uuid:ref>/answer/", police.answer, name="answer_for_police"),
    path("police-requests/<uuid:ref>/withdraw/", police.withdraw, name="withdraw_request"),
    path("councils/<uuid:ref>/decisions/", register.of_council, name="register"),
    path("councils/<uuid:ref>/decisions/export/", export.export_council, name="export_council"),
    path(
        "councils/<uuid:ref>/decisions/ageing/",
        register.ageing_of_council,
        name="ageing_of_council",
    ),
]
