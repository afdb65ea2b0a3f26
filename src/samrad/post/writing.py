"""A message's words: a template in the recipient's language, as plain text and as simple HTML."""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from django.template import Context, TemplateDoesNotExist
from django.template.loader import get_template
from django.utils import translation

from samrad.documents import richtext
from samrad.kernel.text import normalise, normalise_line

LONGEST_SUBJECT = 200


def subject_and_text(template: str, context: dict[str, Any], language: str) -> tuple[str, str]:
    """Render TEMPLATE.subject.txt and TEMPLATE.txt in `language`."""
    everything = {"installation_url": settings.PUBLIC_URL, **context}
    with translation.override(language):
        subject = normalise_line(_rendered(f"{template}.subject.txt", everything))
        body = normalise(_rendered(f"{template}.txt", everything))
        text = _rendered("post/mail/frame.txt", {**everything, "body": body})
    return subject[:LONGEST_SUBJECT], normalise(text) + "\n"


def lines_of_digest(template: str, context: dict[str, Any], language: str, subject: str) -> str:
    """What the mail of the day says of a mail: TEMPLATE.line.txt, or its subject and its page."""
    with translation.override(language):
        try:
            return normalise(_rendered(f"{template}.line.txt", context))
        except TemplateDoesNotExist:
            return f"- {subject}: {context['url']}"


LONG_LINK = re.compile(
    r"^(?P<label>[^\[\]\n]{1,80}): (?P<to>https?://[^\s()\[\]]{90,})$", re.MULTILINE
)


LEADING_LINE = re.compile(r"^- (?P<label>[^\[\]\n]+): (?P<to>https?://[^\s()\[\]]+)$", re.MULTILINE)


def as_html(text: str, language: str, *, lines_lead: bool = False) -> str:
    """The text as an HTML page, every mail in the same plain dress: paragraphs, lists and links.

    A link too long to be read stands behind the words before it; in the mail of the day every line
    of a list leads to what it names.
    """
    if lines_lead:
        text = LEADING_LINE.sub(r"- [\g<label>](\g<to>)", text)
    body = richtext.html_of(LONG_LINK.sub(r"[\g<label>](\g<to>)", text))
    return _rendered("post/mail/frame.html", {"body": body, "language": language}, escape=True)


def absolute_url(path: str) -> str:
    """A page's address as it is written in a mail."""
    return f"{settings.PUBLIC_URL}{path}"


def _rendered(name: str, context: dict[str, Any], *, escape: bool = False) -> str:
    backend: Any = get_template(name)
    return str(backend.template.render(Context(context, autoescape=escape)))
