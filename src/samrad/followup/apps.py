from django.apps import AppConfig


class FollowupConfig(AppConfig):
    name = "samrad.followup"
    label = "followup"

    def ready(self) -> None:
        """Tasks have their place in the navigation and wait for people on their home page."""
        from django.utils.translation import gettext_lazy as _  # noqa: PLC0415

        from samrad.access import findable  # noqa: PLC0415
        from samrad.cooperation import endings, panels  # noqa: PLC0415
        from samrad.followup import attention, councils, panel, waiting, words  # noqa: PLC0415
        from samrad.followup import findable as texts  # noqa: PLC0415
        from samrad.followup.actions import hand_over_tasks  # noqa: PLC0415
        from samrad.followup.conditions import still_asked, still_to_be_done  # noqa: PLC0415
        from samrad.followup.models import LaterDeadline, PoliceRequest, Task  # noqa: PLC0415
        from samrad.followup.news import of_follow_up, register_news  # noqa: PLC0415
        from samrad.followup.permissions import reads_a_register  # noqa: PLC0415
        from samrad.followup.queries import (  # noqa: PLC0415
            may_read_request,
            may_read_wish,
            may_still_read,
        )
        from samrad.people import handover  # noqa: PLC0415
        from samrad.post.api import (  # noqa: PLC0415
            register_causes,
            register_condition,
            register_guard,
        )
        from samrad.ui import navigation  # noqa: PLC0415

        navigation.register(
            _("My tasks"),
            "followup:my_tasks",
            icon="check",
            order=30,
            visible=lambda actor: bool(actor and (actor.seat_ids or actor.organisation_ids)),
        )
        navigation.register(
            _("Decisions"),
            "followup:everywhere",
            icon="checks",
            order=25,
            visible=lambda actor: bool(actor and reads_a_register(actor)),
        )
        attention.register_parts(waiting.my_open_tasks)
        attention.register_parts(waiting.later_deadlines)
        attention.register_parts(councils.bodies_that_wait)
        endings.register(councils.tasks_left_open)
        register_news(of_follow_up)
        panels.register(panel.on_council_page)
        handover.register(hand_over_tasks)
        register_causes(words.MAIL_CAUSES, under="followup/mail/")
        register_guard(Task.trail_kind, may_still_read)
        register_condition(Task.trail_kind, still_to_be_done)
        register_guard(PoliceRequest.trail_kind, may_read_request)
        register_guard(LaterDeadline.trail_kind, may_read_wish)
        register_condition(LaterDeadline.trail_kind, still_asked)
        for found in (texts.DECISIONS, texts.TASKS):
            findable.register(found)
