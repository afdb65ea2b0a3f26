"""An agreement as a paper: its text, who is bound, who has signed what, in its own language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from django.utils.translation import gettext

from samrad.agreements import words
from samrad.agreements.models import Draft, Party
from samrad.agreements.queries.checking import Checked, checked
from samrad.agreements.queries.commitments import Promised, noted_in
from samrad.agreements.queries.due import renewal_of_draft
from samrad.agreements.queries.languages import language_of
from samrad.agreements.queries.parties import counted, with_signatures
from samrad.agreements.rules import DraftState
from samrad.agreements.rules.signing import grouped
from samrad.cooperation.models import Agreement, AgreementClause
from samrad.cooperation.rules import AgreementState
from samrad.cooperation.words import state_of
from samrad.documents.paper import Box, Facts, Heading, NewPage, Note, Paper, Part, Table, Words
from samrad.kernel.clock import today
from samrad.people.models.register import in_readers_language
from samrad.profiles.reader import profile
from samrad.ui import formats


def draft_paper(draft: Draft) -> Paper:
    """A draft as it stands, marked as one until it is in force; with the signatures it has."""
    state = DraftState(draft.state)
    parties = with_signatures(draft)
    parts: list[Part] = [_facts_of(draft, str(words.STATES[state]))]
    parts += _focus(draft.focus_titles)
    for clause in draft.clauses.all():
        if clause.text:
            parts += [Heading(clause.heading), Words(clause.text)]
    parts += _signatures(draft, parties)
    marking = "" if state == DraftState.IN_FORCE else str(words.STATES[state])
    return _paper(draft.title, draft.council.name, draft.language, marking, parts)


def agreement_paper(
    agreement: Agreement, draft: Draft | None, amendments: Sequence[Draft]
) -> Paper:
    """The agreement with the additions that hold, and the page of signatures of each."""
    on = today(agreement.council.zone)
    state = state_of(agreement, on)
    parts: list[Part] = [_facts(agreement, draft, state)]
    parts += _focus(_focus_titles(agreement, draft))
    parts += _clauses(agreement.clauses.all())
    for one in amendments:
        parts.append(Heading(one.title))
        if one.from_date:
            since = gettext("In force from %(day)s") % {"day": formats.day_long(one.from_date)}
            parts.append(Note(since))
        parts += [Words(clause.text) for clause in one.clauses.all() if clause.text]
    signed = [one for one in (draft, *amendments) if one]
    for one in signed:
        parts += _signatures(one, with_signatures(one), named=len(signed) > 1)
    if not signed:
        parts += [
            Heading(gettext("Signatures")),
            Note(gettext("The agreement was read in; who signed stands in the document itself.")),
        ]
    parts += _promises(agreement, on)
    holds = agreement.state == AgreementState.IN_FORCE and not agreement.has_run_out(on)
    marking, language = "" if holds else state, language_of(agreement, draft)
    return _paper(agreement.title, agreement.council.name, language, marking, parts)


def _focus_titles(agreement: Agreement, draft: Draft | None) -> list[str]:
    """Those that were signed: the council's own change from year to year."""
    return draft.focus_titles if draft else [one.title for one in agreement.focus_areas.all()]


def _paper(title: str, sender: str, language: str, marking: str, parts: list[Part]) -> Paper:
    return Paper(
        title=title,
        language=language,
        sender=sender,
        footer=f"{sender} · {title}",
        page_of=gettext("Page {n} of {all}"),
        marking=marking,
        parts=tuple(parts),
    )


def _facts(agreement: Agreement, draft: Draft | None, state: str) -> Facts:
    rows = [*(_parties_row(draft) if draft else ()), (gettext("State"), state)]
    for label, day in (
        (gettext("In force from"), agreement.from_date),
        (gettext("Holds until"), agreement.to_date),
        (gettext("To be renewed by"), agreement.renewal_date),
    ):
        if day:
            rows.append((label, formats.day_long(day)))
    return Facts((*rows, *_meetings(draft)))


def _meetings(draft: Draft | None) -> Iterator[tuple[str, str]]:
    if draft and draft.meetings_per_year:
        yield gettext("Meetings a year"), formats.number(draft.meetings_per_year)


def _facts_of(draft: Draft, state: str) -> Facts:
    rows = [*_added_to(draft), *_parties_row(draft), (gettext("State"), state)]
    for label, day in (
        (gettext("In force from"), draft.from_date),
        (gettext("Holds until"), draft.to_date),
        (gettext("To be renewed by"), renewal_of_draft(draft)),
    ):
        if day:
            rows.append((label, formats.day_long(day)))
    return Facts((*rows, *_meetings(draft)))


def _added_to(draft: Draft) -> Iterator[tuple[str, str]]:
    """Whoever signs an addition on paper reads what it is added to."""
    if draft.amends is None:
        return
    told = gettext("%(title)s, in force from %(day)s") % {
        "title": draft.amends.title, "day": formats.day_long(draft.amends.from_date),
    }  # fmt: skip
    yield gettext("Added to"), told if draft.amends.from_date else draft.amends.title


def _parties_row(draft: Draft) -> Iterator[tuple[str, str]]:
    names = draft.parties.values_list("organisation__name", flat=True)
    if names:
        yield gettext("Between"), ", ".join(names)


def _focus(titles: Sequence[str]) -> Iterator[Part]:
    if titles:
        yield Heading(gettext("Focus areas"))
        yield Words("\n".join(f"- {title}" for title in titles))


def _clauses(clauses: Iterable[AgreementClause]) -> Iterator[Part]:
    """Passages under one heading follow each other under it."""
    heading = None
    for clause in clauses:
        if clause.heading != heading:
            yield Heading(clause.heading)
            heading = clause.heading
        yield Words(clause.text)


def _promises(agreement: Agreement, on: date) -> Iterator[Part]:
    """After the signatures, which do not stand for it: what is promised, by whom, how often."""
    promised = [one for one in noted_in(agreement) if one.carried_from is None]
    if not promised:
        return
    yield NewPage()
    yield Heading(gettext("Annex: what the parties have promised"))
    noted = gettext(
        "As noted beside the agreement on %(day)s. This is no part of the text that was signed."
    )
    yield Note(noted % {"day": formats.day_long(on)})
    yield Words("\n".join(f"- {_promise(one)}" for one in promised))


def _promise(one: Promised) -> str:
    """A line of its own rather than a table: it reads back as it stands, from PDF and DOCX."""
    whose = one.owner or one.side_name
    often = f"{one.often[:1].lower()}{one.often[1:]}" if whose else one.often
    more = ", ".join(said for said in (whose, often) if said)
    return f"{one.commitment.title} ({more})" if more else one.commitment.title


def _signatures(draft: Draft, parties: Sequence[Party], *, named: bool = False) -> Iterator[Part]:
    """A page of its own: who has signed and when, room for the others, and the hash."""
    yield NewPage()
    title = gettext("Signatures")
    yield Heading(f"{title}: {draft.title}" if named else title)
    found = checked(draft, parties)
    yield from _faults(found)
    is_open = any(counted(one) is None for one in parties)
    rows = tuple(_signature_row(draft, one, is_open=is_open) for one in parties)
    if rows and is_open:
        header = (
            gettext("Party"), gettext("Signature"), gettext("Name in capitals"),
            gettext("Place and date"),
        )  # fmt: skip
        yield Table(header, rows, widths=(5, 4, 3, 3), is_written_in=True)
    elif rows:
        header = (gettext("Party"), gettext("Office"), gettext("Name"), gettext("Signed"))
        yield Table(header, rows, widths=(4, 3, 4, 4))
    yield Note(
        gettext(
            "The signatures stand for the text with this hash (SHA-256). Whoever changes a letter "
            "gets another one."
        )
    )
    yield Words("\n\n".join(grouped(one) for one in found.signed_hashes))


def _faults(found: Checked) -> Iterator[Part]:
    """A paper says itself when it is not what was signed."""
    if found.wrong:
        told = [(one.party, str(words.FAULTS[one.fault])) for one in found.wrong]
        lines = [f"- {party}: {fault}" if party else f"- {fault}" for party, fault in told]
        title = gettext("What stands here is not what was signed")
        yield Box(title, Words("\n".join(lines)))


def _signature_row(draft: Draft, party: Party, *, is_open: bool) -> tuple[str, ...]:
    country = profile(draft.council.country)
    office = in_readers_language(country.role(party.role).name)
    signature = counted(party)
    if signature is None:
        return (f"{party.organisation.name}, {office}", "", "", "")
    day = formats.day(signature.signed_date)
    told = gettext("%(day)s, on paper") if signature.on_paper else gettext("%(day)s, in Samråd")
    how = told % {"day": day}
    if is_open:
        return (f"{party.organisation.name}, {office}", gettext("Signed"), signature.who, how)
    return (party.organisation.name, office, signature.who, how)
