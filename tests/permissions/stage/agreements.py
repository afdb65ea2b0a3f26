"""Agreements in force and in draft, and documents that were read and wait."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.files.base import ContentFile

from samrad.agreements.models import Evaluation
from samrad.cooperation.actions import WantedAgreement, bring_into_force
from samrad.cooperation.models import Agreement, AgreementReading
from samrad.documents.models import StoredFile
from samrad.meetings.models import MinutesReading
from samrad.reading.minutes import read_minutes
from samrad.reading.reader import read_document
from tests.cast import NOON, Cast
from tests.reading.labelled import NAMES, labelled


def agreements(cast: Cast) -> dict[str, Any]:
    """One in force with its document, one in draft, and one that was read and waits."""
    by = cast.secretary.actor
    file = agreement_file()
    in_force = bring_into_force(
        council=cast.council,
        wanted=WantedAgreement(title="Samarbeidsavtale", from_date=date(2026, 1, 1)),
        source_file=file,
        by=by,
        at=NOON,
    )
    draft = Agreement.objects.create(
        council=cast.council, title="Utkast", profile_version="-", source_file=file
    )
    reading = AgreementReading.objects.create(
        country="no",
        file=agreement_file(),
        area=cast.no.home,
        result=norwegian_agreement(),
        read_by=cast.secretary.person,
        read_at=NOON,
    )
    minutes = b"Dato: 4.2.2026\n\n1. Uro ved stasjonen\nVedtak: Lys ved den.\nFrist: 1.4.2026"
    minutes_reading = MinutesReading.objects.create(
        council=cast.council,
        file=agreement_file(),
        result=read_minutes(minutes, "referat.txt", "no").to_json(),
        read_by=cast.secretary.person,
        read_at=NOON,
    )
    return {
        "agreement": in_force,
        "draft_agreement": draft,
        "reading": reading,
        "minutes_reading": minutes_reading,
        "looked_back": Evaluation.objects.create(
            agreement=in_force,
            held_date=NOON.date(),
            text="We met four times.",
            by=cast.secretary.person,
            at=NOON,
        ),
    }


def agreement_file() -> StoredFile:
    """A document somebody handed in; each reading has one of its own."""
    file = StoredFile(name="avtale.txt", content_type="text/plain", size=6, uploaded_at=NOON)
    file.content.save("avtale.txt", ContentFile(b"avtale"))
    file.save()
    return file


def norwegian_agreement() -> dict[str, Any]:
    """One of the agreements written for the tests, as it is read."""
    name = next(name for name in NAMES if name.startswith("no"))
    return read_document(labelled(name).text.encode(), "avtale.txt", "no").to_json()
