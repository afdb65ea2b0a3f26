"""What the life of agreements registers with the apps below."""

from __future__ import annotations

from samrad.agreements import endings, mail_guards, news, panel, waiting, words
from samrad.cooperation import agreement_parts, panels
from samrad.cooperation import endings as ends
from samrad.followup import attention
from samrad.followup import news as happened
from samrad.post import api as post
from samrad.ui import navigation


def register_life() -> None:
    """Drafts and what is due on home, council and agreement pages; mail; the end of a council."""
    for path in (
        "/agreement-drafts/", "/agreement-parties/", "/agreement-comments/", "/agreement-clauses/",
        "/agreement-templates/", "/agreement-signatures/",
    ):  # fmt: skip
        navigation.belongs(path, "cooperation:councils")
    panels.register(panel.on_council_page)
    agreement_parts.register(panel.on_agreement_page)
    attention.register_parts(waiting.agreements)
    happened.register_news(news.of_comments)
    ends.register(endings.open_ends, endings.withdraw_what_is_open)
    post.register_causes(words.MAIL_CAUSES, under="agreements/mail/")
    post.register_guard("agreement_draft", mail_guards.sees_draft)
    post.register_condition("agreement_draft", mail_guards.is_still_open)
    post.register_guard("agreement_party", mail_guards.is_to_sign)
    post.register_guard("agreement", mail_guards.keeps_agreement)
    post.register_condition("agreement", mail_guards.is_to_be_renewed)
