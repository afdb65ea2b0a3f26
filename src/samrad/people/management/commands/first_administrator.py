"""`samrad manage first_administrator`: let the first person into a new installation."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from samrad.access.actor import SYSTEM
from samrad.kernel.clock import now, today
from samrad.people.actions.accounts import invite_administrator


class Command(BaseCommand):
    help = "Register somebody who runs the installation, and print the link that lets them in."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="the person's name")
        parser.add_argument("email", help="the address the person will sign in with")

    def handle(self, *_args: Any, **options: Any) -> None:
        """The link is printed as well as mailed: mail may not be set up yet."""
        try:
            validate_email(options["email"])
        except Exception as error:
            raise CommandError(f"{options['email']} is no e-mail address.") from error
        invitation = invite_administrator(
            name=options["name"], email=options["email"], from_date=today(), by=SYSTEM, at=now()
        )
        self.stdout.write(f"{invitation.person.name} can come in once, within two weeks, by")
        self.stdout.write(invitation.url)
