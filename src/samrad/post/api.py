"""What other apps use: send a mail, send a bare link, register who may still have one."""

from samrad.post.actions import Attachment, send, send_link, send_secret
from samrad.post.guards import RestrictedInMail, register_guard
from samrad.post.models import Message
from samrad.post.rules import MessageState
from samrad.post.writing import absolute_url

__all__ = [
    "Attachment",
    "Message",
    "MessageState",
    "RestrictedInMail",
    "absolute_url",
    "register_guard",
    "send",
    "send_link",
    "send_secret",
]
