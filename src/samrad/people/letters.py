"""Mail about accounts. The app that carries mail lies above and registers itself here:

    letters.register(post.send)

It is called inside the transaction of the change the mail tells of, with a template's name: the
subject is `NAME.subject.txt`, the text `NAME.txt`.
"""

from __future__ import annotations

from typing import Any, Protocol

from samrad.people.models import Person
from samrad.trail.models import Recorded


class Carrier(Protocol):
    """Queues one mail in the recipient's language."""

    def __call__(
        self,
        *,
        to: Person | str,
        template: str,
        context: dict[str, Any],
        about: Recorded | None = None,
        language: str = "",
    ) -> Any: ...


_carriers: list[Carrier] = []


def register(carrier: Carrier) -> None:
    """Let `carrier` bring the mail from now on."""
    _carriers[:] = [carrier]


def send(
    *,
    to: Person | str,
    template: str,
    context: dict[str, Any],
    about: Recorded | None = None,
    language: str = "",
) -> None:
    """Send one mail; a program without anybody who carries mail is put together wrongly."""
    if not _carriers:
        message = "No app has registered itself as the carrier of mail."
        raise RuntimeError(message)
    _carriers[0](to=to, template=template, context=context, about=about, language=language)
