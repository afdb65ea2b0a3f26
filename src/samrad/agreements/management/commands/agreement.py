"""`samrad agreement verify`: whether what was signed is what stands here; beside `read`."""

from __future__ import annotations

from argparse import ArgumentParser, _SubParsersAction
from typing import Any

from django.core.management.base import CommandError
from django.db.models import Q
from django.utils.translation import ngettext

from samrad.agreements.models import Draft
from samrad.agreements.queries.checking import checked
from samrad.agreements.rules import SIGNED_BY_ALL
from samrad.agreements.words import FAULTS
from samrad.reading.management.commands.agreement import Command as ReadCommand

_FOUND = 1


class Command(ReadCommand):
    help = "Read an existing agreement, or check that nothing signed has been changed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        doing = next(one for one in parser._actions if isinstance(one, _SubParsersAction))
        doing.add_parser("verify", help="compare signed texts, signatures and the record")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["doing"] == "verify":
            self._verify()
        else:
            super().handle(*args, **options)

    def _verify(self) -> None:
        """Every draft that is signed, or said to be; fails when one thing does not agree."""
        is_signed = Q(parties__signatures__isnull=False, parties__signatures__voided_at=None)
        drafts = Draft.objects.filter(is_signed | Q(state__in=SIGNED_BY_ALL)).distinct()
        signed = wrong = 0
        for draft in drafts.select_related("council", "agreement", "amends").order_by("pk"):
            found = checked(draft)
            signed += found.signed
            for one in found.wrong:
                wrong += 1
                party = f" ({one.party})" if one.party else ""
                self.stdout.write(
                    f"{draft.council.name}: {draft.title}{party}: {FAULTS[one.fault]}"
                )
        if wrong:
            raise CommandError(
                ngettext("%(n)s thing does not agree.", "%(n)s things do not agree.", wrong)
                % {"n": wrong},
                returncode=_FOUND,
            )
        self.stdout.write(
            ngettext(
                "%(n)s signature looked at: text, signature and record agree.",
                "%(n)s signatures looked at: text, signatures and record agree.",
                signed,
            )
            % {"n": signed}
        )
