"""`manage invite_administrator`: the first person of an installation, or one more who runs it."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction

from samrad.access.actor import SYSTEM
from samrad.access.vocabulary import Role
from samrad.kernel.clock import now, today
from samrad.kernel.text import normalise_line
from samrad.kernel.verdict import Refused
from samrad.people.actions.accounts import invite_person
from samrad.people.actions.roles import grant_role
from samrad.people.models import Person


class Command(BaseCommand):
    help = "Invite somebody to run the installation: the link comes by mail and works once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--name", required=True)
        parser.add_argument("--email", required=True)
        parser.add_argument("--language", choices=dict(settings.LANGUAGES), default="")

    def handle(self, *args: Any, **options: Any) -> None:
        email = options["email"].strip().lower()
        try:
            validate_email(email)
            self._invite(normalise_line(options["name"]), email, options["language"])
        except ValidationError as problem:
            message = f"{email} is not an e-mail address."
            raise CommandError(message) from problem
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        where = "by the mail server" if settings.MAIL_URL else f"to {settings.EMAIL_FILE_PATH}"
        self.stdout.write(f"{email} is invited. The worker takes the mail {where}.")

    @transaction.atomic
    def _invite(self, name: str, email: str, language: str) -> None:
        person, _made = Person.objects.get_or_create(
            email=email, defaults={"name": name, "language": language}
        )
        if not person.grants.filter(role=Role.ADMINISTRATOR).exists():
            grant_role(
                person=person,
                role=Role.ADMINISTRATOR,
                reason="Invited on the server to run the installation.",
                from_date=today(),
                by=SYSTEM,
                at=now(),
            )
        invite_person(person=person, by=SYSTEM, at=now())
