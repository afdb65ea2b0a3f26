"""Pages of meetings, from the year's plan to the approved minutes."""

from __future__ import annotations

from django.urls import path

from samrad.meetings.views import (
    agenda,
    answers,
    approval,
    autosave,
    meetings,
    minutes,
    planning,
    proposals,
    year,
)

app_name = "meetings"
urlpatterns = [
    path("councils/<uuid:ref>/meetings/", meetings.of_council, name="council"),
    path("meetings/plan/", year.plan_together, name="plan_together"),
    path("councils/<uuid:ref>/meetings/plan/", year.plan, name="plan"),
    path("councils/<uuid:ref>/meetings/new/", planning.new_meeting, name="new"),
    path("councils/<uuid:ref>/meetings/propose/", proposals.propose, name="propose"),
    path("councils/<uuid:ref>/meetings/proposals/", proposals.proposals, name="proposals"),
    path("proposals/<uuid:ref>/place/", proposals.place, name="place"),
    path("proposals/<uuid:ref>/later/", proposals.later, name="later"),
    path("proposals/<uuid:ref>/decline/", proposals.decline, name="decline"),
    path("meetings/<uuid:ref>/", meetings.detail, name="detail"),
    path("meetings/<uuid:ref>/history/", meetings.history, name="history"),
    path("meetings/<uuid:ref>/move/", planning.move, name="move"),
    path("meetings/<uuid:ref>/cancel/", planning.cancel, name="cancel"),
    path("meetings/<uuid:ref>/answer/", answers.answer, name="answer"),
    path("meetings/<uuid:ref>/called/<uuid:person>/", answers.again, name="call_again"),
    path("answer/<str:signed>/", answers.by_link, name="answer_by_link"),
    path("meetings/<uuid:ref>/agenda/", agenda.agenda, name="agenda"),
    path("meetings/<uuid:ref>/agenda/order/", agenda.order, name="order"),
    path("meetings/<uuid:ref>/agenda/suggested/", agenda.suggested, name="suggested"),
    path("meetings/<uuid:ref>/agenda/unfinished/", agenda.unfinished, name="unfinished"),
    path("meetings/<uuid:ref>/send/", agenda.send, name="send"),
    path("agenda-items/<uuid:ref>/", agenda.item, name="item"),
    path("agenda-items/<uuid:ref>/shift/", agenda.shift, name="shift"),
    path("agenda-items/<uuid:ref>/remove/", agenda.remove, name="remove"),
    path("meetings/<uuid:ref>/minutes/", minutes.edit, name="minutes"),
    path("meetings/<uuid:ref>/minutes/begin/", minutes.begin, name="begin"),
    path("meetings/<uuid:ref>/minutes/token/", autosave.token, name="token"),
    path("agenda-items/<uuid:ref>/text/", autosave.text, name="save_text"),
    path("decisions/<uuid:ref>/wording/", autosave.wording, name="save_wording"),
    path("tasks/<uuid:ref>/in-minutes/", autosave.task, name="save_task"),
    path("meetings/<uuid:ref>/seats/<uuid:seat>/", autosave.attendance, name="save_attendance"),
    path("meetings/<uuid:ref>/minutes/read/", approval.read, name="read"),
    path("meetings/<uuid:ref>/minutes/circulate/", approval.circulate, name="circulate"),
    path("meetings/<uuid:ref>/minutes/approve/", approval.approve, name="approve"),
    path("meetings/<uuid:ref>/minutes/return/", approval.send_back, name="send_back"),
]
