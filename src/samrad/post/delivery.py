"""From a message in the database to a mail on the wire."""

from __future__ import annotations

from email.charset import QP, Charset
from email.utils import format_datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from samrad.post.addresses import tagged
from samrad.post.choices import DIGEST, choice_headers
from samrad.post.models import Message
from samrad.post.writing import as_html

UTF_8 = Charset("utf-8")
UTF_8.body_encoding = QP  # seven bits on the wire, whatever servers lie on the way


def our_host() -> str:
    """The host name that Message-IDs and the list's name end with."""
    return urlsplit(settings.PUBLIC_URL).hostname or "localhost"


def hand_over(message: Message, address: str) -> None:
    """Give the mail to the mail server; raises what the server answers."""
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=message.text,
        from_email=tagged(message.tag) or None,  # the envelope's: where the mail comes back to
        to=[address],
        headers={
            "From": settings.DEFAULT_FROM_EMAIL,
            "Message-ID": message.message_id,
            "Date": format_datetime(message.queued_at),
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "DR, RN, NRN, OOF, AutoReply",
            "List-Id": f"<samrad.{our_host()}>",
            "Content-Language": message.language,
            **choice_headers(message),
        },
    )
    mail.encoding = UTF_8
    html = as_html(message.text, message.language, lines_lead=message.template == DIGEST)
    mail.attach_alternative(html, "text/html")
    for enclosure in message.enclosures.all():
        content = bytes(enclosure.content)
        if enclosure.content_type.startswith("text/calendar"):
            mail.attach_alternative(content.decode(), enclosure.content_type)
        else:
            mail.attach(enclosure.name, content, enclosure.content_type)
    mail.send()
