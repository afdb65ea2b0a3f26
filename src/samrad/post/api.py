"""What other apps use: mails that go out, links in them, and who reads what comes in."""

from samrad.people.rules import MailKind
from samrad.post.actions import Attachment, send, send_link, send_secret
from samrad.post.addresses import sender_address, tagged, tags_in
from samrad.post.causes import register_causes
from samrad.post.guards import RestrictedInMail, register_condition, register_guard
from samrad.post.incoming import Incoming
from samrad.post.links import (
    Offer,
    Other,
    Over,
    Purpose,
    broken,
    offered,
    over,
    refused_for_now,
    spoken,
)
from samrad.post.models import Message
from samrad.post.receiving import Outcome, Receipt, register_reader
from samrad.post.rules import NOT_HAD, MessageState
from samrad.post.writing import absolute_url

__all__ = [
    "NOT_HAD",
    "Attachment",
    "Incoming",
    "MailKind",
    "Message",
    "MessageState",
    "Offer",
    "Other",
    "Outcome",
    "Over",
    "Purpose",
    "Receipt",
    "RestrictedInMail",
    "absolute_url",
    "broken",
    "offered",
    "over",
    "refused_for_now",
    "register_causes",
    "register_condition",
    "register_guard",
    "register_reader",
    "send",
    "send_link",
    "send_secret",
    "sender_address",
    "spoken",
    "tagged",
    "tags_in",
]
