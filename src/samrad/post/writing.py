"""A message's words: a template in the recipient's language, as plain text and as simple HTML."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.template import Context
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


def as_html(text: str, language: str) -> str:
    """The text as an HTML page without style: paragraphs, lists and links."""
    return _rendered(
        "post/mail/frame.html", {"body": richtext.html_of(text), "language": language}, escape=True
    )


def absolute_url(path: str) -> str:
    """A page's address as it is written in a mail."""
    return f"{settings.PUBLIC_URL}{path}"


def _rendered(name: str, context: dict[str, Any], *, escape: bool = False) -> str:
    backend: Any = get_template(name)
    return str(backend.template.render(Context(context, autoescape=escape)))
