from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeetingsConfig(AppConfig):
    name = "samrad.meetings"
    label = "meetings"

    def ready(self) -> None:
        """Meetings stand on council pages and home pages, and say who may still have a mail."""
        from samrad.access import findable  # noqa: PLC0415
        from samrad.cooperation import cockpit as screens  # noqa: PLC0415
        from samrad.cooperation import endings as ends  # noqa: PLC0415
        from samrad.cooperation import panels  # noqa: PLC0415
        from samrad.cooperation.models import oversees  # noqa: PLC0415
        from samrad.followup import attention, provisional, returns  # noqa: PLC0415
        from samrad.followup import copies as taken_along  # noqa: PLC0415
        from samrad.followup import news as happened  # noqa: PLC0415
        from samrad.knowledge import followers  # noqa: PLC0415
        from samrad.meetings import (  # noqa: PLC0415
            copies,
            events,  # noqa: F401
            figures,
            mail_guards,
            news,
            panel,
            replies,
            sources,
            suggested,
            waiting,
            waiting_answers,
            words,
        )
        from samrad.meetings import findable as texts  # noqa: PLC0415
        from samrad.meetings.actions.from_figures import propose_alarms  # noqa: PLC0415
        from samrad.meetings.cockpit import COLUMNS, on_the_screen  # noqa: PLC0415
        from samrad.meetings.endings import cancel_what_is_ahead, open_ends  # noqa: PLC0415
        from samrad.meetings.queries.returns import times_on_an_agenda  # noqa: PLC0415
        from samrad.meetings.queries.waiting import decisions_in_opened  # noqa: PLC0415
        from samrad.post import api as post  # noqa: PLC0415
        from samrad.ui import navigation  # noqa: PLC0415

        for path in (
            "/meetings/",
            "/agenda-items/",
            "/papers/",
            "/corrections/",
            "/minutes-versions/",
        ):
            navigation.belongs(path, "cooperation:councils")
        panels.register(panel.on_council_page)
        panels.register_list(_("Too few meetings"), "meetings:too_few", seen_by=oversees)
        screens.register(COLUMNS, on_the_screen)
        ends.register(open_ends, cancel_what_is_ahead)
        provisional.register(decisions_in_opened)
        happened.register_news(news.of_meetings)
        returns.register(times_on_an_agenda)
        taken_along.register(copies.extracts_of)
        attention.register(waiting.approvals)
        for parts in (waiting.agendas, waiting.drafts, waiting.proposals):
            attention.register_parts(parts)
        for kind, label, page in (
            ("decision", _("An earlier decision that is still being followed up"), "decision"),
            ("task", _("A task that is still open"), "task"),
        ):
            sources.register(kind, words=label, page=f"followup:{page}")
        sources.register(
            "agreement",
            words=_("The agreement"),
            page="cooperation:agreement",
            suggest=suggested.what_is_due,
        )
        sources.register(
            "alarm",
            words=_("The figures behind it"),
            page="knowledge:alarm",
            show=figures.shown_alarms,
        )
        followers.register(propose_alarms)
        sources.register("seat", words=_("A guest whose turn it is"))
        sources.register("meeting", words=_("The earlier meeting"), page="meetings:detail")
        attention.register_parts(waiting_answers.invitations)
        post.register_causes(words.MAIL_CAUSES, under="meetings/mail/")
        post.register_reader(replies.read_reply)
        post.register_guard("meeting", mail_guards.sees_meeting)
        post.register_condition("meeting", mail_guards.is_still_ahead)
        post.register_guard("minutes", mail_guards.sees_minutes)
        post.register_guard("proposal", mail_guards.sees_proposal)
        for found in (texts.MEETINGS, texts.ITEMS, texts.MINUTES, texts.PAPERS, texts.PROPOSALS):
            findable.register(found)
