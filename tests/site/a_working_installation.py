"""Run as a program: an installation with the cast in it, where somebody goes on writing.

    python -m tests.site.a_working_installation DATA_FOLDER FILES

Prints a line when the cast is there, then writes trail entries and stored files until its standard
input closes.
"""

from __future__ import annotations

import os
import select
import sys
from datetime import timedelta


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samrad.settings")
    import django

    django.setup()
    from django.core.files.base import ContentFile
    from django.core.management import call_command
    from django.db import transaction

    from samrad.access.actor import SYSTEM
    from samrad.documents.models import StoredFile
    from samrad.documents.uploads import handed_in
    from samrad.meetings import api
    from samrad.people.models import Person
    from samrad.trail.api import record
    from samrad.trail.events import event
    from tests.cast import NOON, build_cast
    from tests.meetings.bricks import planned

    noted = event("test.noted", "%(by)s noted %(what)s.")
    call_command("migrate", verbosity=0)
    if not Person.objects.exists():
        cast = build_cast()
        api.add_paper(
            meeting=planned(cast), handed_in=handed_in("Notat.txt", b"Et sakspapir"),
            by=cast.secretary.actor, at=NOON,
        )  # fmt: skip

    def write(number: int) -> None:
        with transaction.atomic():
            person = Person.objects.create(name=f"Ærlig Øving Å {number}")
            record(noted, about=person, by=SYSTEM, at=NOON, what=f"«{number}» – æøå")
            file = StoredFile(
                name=f"fil {number}.txt",
                content_type="text/plain",
                size=9,
                sha256="0" * 64,
                uploaded_at=NOON + timedelta(seconds=number),
            )
            file.content.save(f"{file.ref}.txt", ContentFile(f"innhold {number}".encode()))
            file.save()

    for number in range(20):
        write(number)
    print("ready", flush=True)
    number = 20
    while not select.select([sys.stdin], [], [], 0)[0]:
        write(number)
        number += 1
    print(number, flush=True)


if __name__ == "__main__":
    main()
