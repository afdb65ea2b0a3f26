"""An agreement out to be signed: by each party, here or on paper."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from samrad.access.actor import Actor
from samrad.access.gate import SIGNED_IN, declare, not_there
from samrad.access.lookup import visible_or_404
from samrad.access.requests import ActorRequest
from samrad.agreements.actions.signatures import (
    DayDiffers,
    PaperDiffers,
    put_to_sign,
    ready_to_sign,
    record_paper,
    remind_to_sign,
    say_not_yet,
    sign,
)
from samrad.agreements.forms.life import NotYetForm
from samrad.agreements.forms.paper import PaperSignatureForm
from samrad.agreements.models import Draft, Party, Signature
from samrad.agreements.permissions import (
    may_bring_draft,
    may_record_paper,
    may_remind,
    may_sign,
    reads_inside,
)
from samrad.agreements.queries.additions import not_carried
from samrad.agreements.queries.due import renewal_of_draft
from samrad.agreements.queries.fallen import clauses_of, fallen_of
from samrad.agreements.queries.frames import frame_changes, frame_of_draft, frame_of_text
from samrad.agreements.queries.heard import heard_of
from samrad.agreements.queries.lacking import missing_in_draft
from samrad.agreements.queries.news import news_for, texts_before
from samrad.agreements.queries.parties import board_of, holders_of
from samrad.agreements.queries.reading import unfilled_in
from samrad.agreements.queries.templates import ends_with
from samrad.agreements.queries.versions import Became, changes_between
from samrad.agreements.rules import DraftState
from samrad.agreements.rules.signing import grouped, hash_of
from samrad.agreements.views.common import (
    FORM,
    REFUSED,
    draft_or_404,
    form_page,
    party_ever_or_404,
    party_or_404,
    posted,
)
from samrad.cooperation.reading_words import missing_in_words
from samrad.documents.api import StoredFile, handed_out, note_answers, store_file
from samrad.kernel.clock import day_of, now, today
from samrad.kernel.verdict import Refused
from samrad.people.models import Person
from samrad.ui import formats


@declare(SIGNED_IN)
@FORM
def put_out(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Look at what is left open, then ask the parties to sign."""
    found, actor = draft_or_404(request, ref), request.actor
    may_bring_draft(actor, found, DraftState.SIGNING).enforce()
    problem, otherwise, status = _problem(found), "", 200
    if request.method == "POST":
        if not problem:
            try:
                put_to_sign(draft=found, by=actor, at=now(), sha256=request.POST.get("sha256", ""))
            except Refused as refused:
                otherwise = str(refused.reason)
            else:
                messages.success(request, _("The parties have been asked to sign."))
                return redirect(found)
        status = REFUSED
    ends, clauses = ends_with(found), list(found.clauses.all())
    context = {
        "draft": found,
        "council": found.council,
        "problem": problem,
        "otherwise": otherwise,
        "ends": ends,
        "lost": not_carried(ends, clauses) if ends else [],
        "sha256": found.sha256(),
        "unfilled": unfilled_in(found, clauses),
        "board": board_of(found, actor),
        "heard": heard_of(found, today(found.council.zone)),
        "lacks": missing_in_words(found.council.country, missing_in_draft(found), found.kind),
    }
    return render(request, "agreements/to_sign.html", context, status=status)


def _problem(found: Draft) -> str:
    """What stands in the way, in words."""
    try:
        ready_to_sign(found)
    except Refused as refused:
        return str(refused.reason)
    return ""


@declare(SIGNED_IN)
@require_POST
def remind(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Ask again whoever has not signed."""
    found = draft_or_404(request, ref)
    may_remind(request.actor, found).enforce()
    reached = remind_to_sign(draft=found, by=request.actor, at=now())
    if reached:
        told = ngettext(
            "%(n)s party has been reminded.", "%(n)s parties have been reminded.", reached
        )
        messages.success(request, told % {"n": reached})
    else:
        messages.info(request, _("Nobody was reminded: each office is reminded once a day."))
    return redirect(found)


@declare(SIGNED_IN)
@FORM
def sign_it(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Read the whole text once more, and sign it."""
    party, actor = party_or_404(request, ref), request.actor
    may_sign(actor, party).enforce()
    draft, problem = party.draft, ""
    if request.method == "POST":
        try:
            sign(party=party, sha256=request.POST.get("sha256", ""), by=actor, at=now())
        except Refused as refused:  # the text was changed, or another agreement came in between
            problem = str(refused.reason)
        else:
            said = _("You have signed for %(party)s.") % {"party": party.organisation.name}
            messages.success(request, said)
            return redirect(draft)
    ends, inside = ends_with(draft), reads_inside(actor, draft.council)
    parties, every = list(draft.parties.select_related("organisation")), list(draft.clauses.all())
    digest = hash_of(draft.signed_text(parties, every))
    clauses = [one for one in every if one.text]
    heard, has_fallen = texts_before(party)
    context = {
        "draft": draft,
        "council": draft.council,
        "party": party,
        "fallen": has_fallen,
        "clauses": clauses,
        "parties": parties,
        "renews": renewal_of_draft(draft),
        "ends": ends,
        "lost": not_carried(ends, clauses) if ends else [],
        "news": news_for(draft, heard, actor, clauses=clauses, parties=parties) if inside else None,
        "outside": not inside,
        "sha256": digest,
        "digest": grouped(digest),
        "problem": problem,
    }
    status = REFUSED if problem else 200
    return render(request, "agreements/sign.html", context, status=status)


@declare(SIGNED_IN)
@FORM
def not_yet(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Say what stands in the way of signing."""
    party, actor = party_or_404(request, ref), request.actor
    may_sign(actor, party).enforce()
    draft = party.draft
    form = NotYetForm(posted(request), actor=actor, council=draft.council_id)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            told = say_not_yet(party=party, why=form.cleaned_data["why"], by=actor, at=now())
            note_answers(form.number_answers, about=draft, by=actor, at=now())
        if told:
            messages.success(request, _("Whoever writes the agreement has been told."))
        else:
            nobody = _("What you said stands with the signatures. No mail about it could be sent.")
            messages.warning(request, nobody)
        return redirect(f"{draft.get_absolute_url()}#signatures")
    title = _("I cannot sign yet")
    return form_page(request, form, title, back=draft, lead=draft.title, save=_("Send"))


@declare(SIGNED_IN)
@FORM
def on_paper(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Record that a party has signed on paper."""
    party, actor = party_or_404(request, ref), request.actor
    may_record_paper(actor, party).enforce()
    draft = party.draft
    on = today(draft.council.zone)
    form = PaperSignatureForm(
        posted(request), request.FILES if request.method == "POST" else None, actor=actor,
        council=draft.council_id, holders=_held_lately(party, on), initial={"signed_date": on},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                _recorded(party, form, actor)
                note_answers(form.number_answers, about=draft, by=actor, at=now())
        except PaperDiffers as refused:
            form.add_error("number", str(refused.reason))
        except DayDiffers as refused:
            form.add_error("signed_date", str(refused.reason))
        except Refused as refused:
            form.add_error(None, str(refused.reason))
        else:
            messages.success(request, _("The signature is recorded."))
            return redirect(draft)
    title = _("%(party)s has signed on paper") % {"party": party.organisation.name}
    lead = _("Have the signed paper at hand, and its page of signatures as a file.")
    return form_page(
        request, form, title, back=draft, lead=lead, save=_("Record the signature"), files=True
    )


def _held_lately(party: Party, on: date) -> list[Person]:
    """Who has held the office since it was put out: the first day's and today's."""
    put_out = day_of(party.draft.signing_at or now(), party.draft.council.zone)
    found = [*holders_of([party], on)[party.pk], *holders_of([party], put_out)[party.pk]]
    return list({one.pk: one for one in found}.values())


def _recorded(party: Party, form: PaperSignatureForm, actor: Actor) -> Signature:
    given, at = form.cleaned_data, now()
    return record_paper(
        party=party,
        holder=form.chosen,
        signatory=given["signatory"],
        for_them=form.is_somebody_else,
        signed_date=given["signed_date"],
        number=given["number"],
        scan=_kept(party, form, actor),
        by=actor,
        at=at,
    )


def _kept(party: Party, form: PaperSignatureForm, actor: Actor) -> StoredFile:
    one = form.cleaned_data["scan"]
    return store_file(
        name=one.name, content=one.content, text=one.text, chain=party.trail_chain,
        is_answered_for=bool(form.number_answers), by=actor, at=now(),
    )  # fmt: skip


@declare(SIGNED_IN)
@require_GET
def scan(request: ActorRequest, ref: UUID) -> HttpResponseBase:
    """The signed page as it came, also of a signature that fell: for permanent members and those
    who keep the council."""
    signatures = Signature.objects.select_related("party__draft__council__area", "scan")
    found = visible_or_404(signatures, request.actor, ref=ref)
    if found.scan is None or not reads_inside(request.actor, found.party.draft.council):
        raise not_there()
    return handed_out(found.scan, in_place=True)


@declare(SIGNED_IN)
@require_GET
def since_signed(request: ActorRequest, ref: UUID) -> HttpResponse:
    """What has been changed since a party signed: for all who read the draft."""
    party, actor = party_ever_or_404(request, ref), request.actor
    draft = party.draft
    fallen = fallen_of(party)
    if fallen is None:
        if party.signatures.exclude(voided_at=None).exists():  # they have signed again since
            return redirect(draft)
        raise not_there()
    signature, wording = fallen
    told = _("What has been changed since %(who)s, %(office)s, signed for %(party)s on %(day)s.")
    lead = told % {
        "who": signature.who, "office": signature.office, "party": party.organisation.name,
        "day": formats.day(signature.signed_date),
    }  # fmt: skip
    changes = changes_between(clauses_of(wording), draft.clauses.all())
    context = {
        "council": draft.council,
        "title": draft.title,
        "back": draft,
        "lead": lead,
        "party": party,
        "signs": bool(may_sign(actor, party)),
        "outside": not reads_inside(actor, draft.council),
        "changes": [one for one in changes if one.became != Became.SAME],
        "frame": frame_changes(frame_of_text(draft, wording.signed_text), frame_of_draft(draft)),
    }
    return render(request, "agreements/changes.html", context)
