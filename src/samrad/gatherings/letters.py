"""The mails about theme days: an invitation to name participants, a change, an end to it."""

from __future__ import annotations

from collections.abc import Iterable

from samrad.cooperation.models import Council
from samrad.gatherings.models import ThemeDay
from samrad.people.models import Person
from samrad.post.api import MailKind, absolute_url, send
from samrad.profiles.reader import profile

MAIL = "gatherings/mail/"


def tell(day: ThemeDay, persons: Iterable[Person], template: str) -> int:
    """One of the mails to those who have an address; how many that made."""
    return _tell(day, persons, template, about=day, more={})


def tell_no_longer(day: ThemeDay, council: Council, persons: Iterable[Person]) -> int:
    """That a council is invited no longer, to people who do not see the day any more."""
    return _tell(day, persons, "no_longer", about=council, more={"invited": council.name})


def _tell(
    day: ThemeDay,
    persons: Iterable[Person],
    template: str,
    *,
    about: ThemeDay | Council,
    more: dict[str, str],
) -> int:
    languages = profile(day.council.country).languages
    context = {
        "council": day.council.name,
        "title": day.title,
        "starts_at": day.starts_at,
        "ends_at": day.ends_at,
        "zone": day.council.zone,
        "place": day.place,
        "nominate_by": day.nominate_by,
        "url": absolute_url(about.get_absolute_url()),
        **more,
    }
    sent = 0
    for person in persons:
        if person.email:
            send(
                to=person,
                template=f"{MAIL}{template}",
                context=context,
                about=about,
                # Who has put the day into a calendar has to know at once that it has moved.
                kind=MailKind.COUNCILS if template == "invited" else None,
                language=person.language or languages[0],
            )
            sent += 1
    return sent
