"""Everything the table of permissions speaks of, reached by the actions that lead there."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from django.core.files.base import ContentFile

from samrad.access.vocabulary import Role
from samrad.cooperation.actions import (
    HowItStands,
    WantedAgreement,
    WantedContact,
    WantedCouncil,
    WantedRepresentation,
    WantedSeat,
    add_contact_point,
    adopt_terms,
    bring_into_force,
    consider_council,
    deliver_report,
    drop_considered,
    rest_council,
    send_representative,
    set_up_below,
)
from samrad.cooperation.models import Agreement, AgreementReading
from samrad.documents.models import StoredFile
from samrad.documents.rules import Classification
from samrad.documents.uploads import handed_in
from samrad.followup.actions import (
    ask_later,
    ask_police,
    give_task,
    hand_to_police,
    make_binding,
    put_forward,
    take_decision,
)
from samrad.followup.links import done_path
from samrad.followup.models import PoliceRequest
from samrad.gatherings import api as gatherings
from samrad.meetings import api
from samrad.meetings.actions.calling import answer_path
from samrad.meetings.actions.corrections import part_mark
from samrad.meetings.models import MinutesReading
from samrad.meetings.rules import PartKind
from samrad.meetings.rules.invitations import Answer
from samrad.people.actions.accounts import invite_person
from samrad.people.actions.appointments import register_person
from samrad.people.actions.persons import person_leaves, record_absence
from samrad.people.actions.roles import grant_role
from samrad.people.rules import Delivery, MailKind
from samrad.post.api import Message, send
from samrad.post.choices import choice_path
from samrad.reading.minutes import read_minutes
from samrad.reading.reader import read_document
from samrad.wheel.api import mark_occasion
from samrad.wheel.rules import Mark
from samrad.work.api import Job, enqueue
from tests.agreements.bricks import drafts, templates
from tests.agreements.promises import promises
from tests.cast import NOON, TODAY, Cast
from tests.knowledge.bricks import a_picture
from tests.meetings.bricks import (
    IN_THREE_WEEKS,
    approved,
    begun,
    decide,
    item_on,
    planned,
    restricted_on,
    sent_out,
    written,
)
from tests.reading.labelled import NAMES, labelled
from tests.wheel.bricks import entry, of, open_activity, own_activity

BASIS = "politiregisterloven § 27"


def things(cast: Cast) -> dict[str, Any]:
    """By the names the table uses."""
    cast.council.seats.filter(role="municipal_director").update(function="vice_chair")
    found: dict[str, Any] = {"council": cast.council, "area": cast.no.home}
    found["vacancy"] = found["station"] = cast.no.station
    member = cast.police_member
    found["member"], found["appointment"] = member.person, member.appointment
    found["seat"] = cast.council.seats.get(role="police_contact")
    found |= agreements(cast) | meetings(cast, found["seat"]) | decisions(cast, found["seat"])
    found |= wheel(cast) | drafts(cast, agreement_file()) | promises(cast, found["agreement"])
    found |= templates(cast)
    found |= people(cast) | theme_days(cast) | links(cast, found) | bodies(cast)
    return found | machinery(cast) | {"picture": a_picture(cast.no.home)}


def bodies(cast: Cast) -> dict[str, Any]:
    """A group with its report, one at rest, one not set up; terms, a contact, a representative."""
    by, at, council = cast.secretary.actor, {"at": NOON}, cast.council
    own = council.seats.get(function="secretary")
    seat = WantedSeat(
        role=own.role, organisation=own.organisation, side=own.side, function="secretary"
    )
    group = set_up_below(
        parent=council,
        wanted=WantedCouncil(
            tier="prosjektgruppe", name="Trygge bad", area=cast.no.home, seats=(seat,),
            mandate="Badevett på stranda", planned_end_date=TODAY,
        ),
        by=by, **at,
    )  # fmt: skip
    by = cast.secretary.actor
    report = deliver_report(council=group, text="Levert", advice="Fortsett", by=by, **at)
    resting = set_up_below(
        parent=council,
        wanted=WantedCouncil(
            tier="nettverk", name="Miljønettverket", area=cast.no.home, seats=(seat,)
        ),
        by=by, **at,
    )  # fmt: skip
    rest_council(council=resting, reason="Venter", by=cast.secretary.actor, **at)
    considered = consider_council(
        wanted=WantedCouncil(
            tier="arbeidsgruppe", name="Banderåd", area=cast.no.home, parent=council
        ),
        stands=HowItStands(course="not_now", reason="Ikke nå", review_date=TODAY),
        by=by, **at,
    )  # fmt: skip
    dropped = consider_council(
        wanted=WantedCouncil(
            tier="nettverk", name="Nettverk for utesteder", area=cast.no.home, parent=council
        ),
        stands=HowItStands(course="not_now", reason="Få utesteder", review_date=TODAY),
        by=by, **at,
    )  # fmt: skip
    drop_considered(council=dropped, reason="Ingen ville", by=by, **at)
    dropped.refresh_from_db()
    resting.refresh_from_db()
    return {
        "group": group, "group_seat": group.seats.get(), "final_report": report,
        "resting": resting, "considered": considered, "dropped": dropped,
        "consideration": considered.considerations.get(),
        "terms": adopt_terms(council=council, text="Slik", adopted_date=TODAY, by=by, **at),
        "contact_point": contact_points(cast),
        "representation": send_representative(
            council=council,
            wanted=WantedRepresentation(
                forum="Beredskapsrådet", person=cast.police_member.person, from_date=TODAY,
                stand_in=cast.station_chief.person,
            ),
            by=by, **at,
        ),
    }  # fmt: skip


def contact_points(cast: Cast) -> Any:
    """One for whoever holds a role, and one by name, whose name is withheld."""
    by, area = cast.secretary.actor, cast.no.home
    withheld = WantedContact(
        theme="honour", organisation=cast.no.station, person=cast.vice_police.person
    )
    add_contact_point(area=area, wanted=withheld, by=by, at=NOON)
    wanted = WantedContact(theme="school", organisation=cast.no.station, role="police_contact")
    return add_contact_point(area=area, wanted=wanted, by=by, at=NOON)


def agreement_file() -> StoredFile:
    """A document somebody handed in; each reading has one of its own."""
    file = StoredFile(name="avtale.txt", content_type="text/plain", size=6, uploaded_at=NOON)
    file.content.save("avtale.txt", ContentFile(b"avtale"))
    file.save()
    return file


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
    }


def meetings(cast: Cast, seat: Any) -> dict[str, Any]:
    """A meeting in each state, and items of each classification."""
    by = cast.secretary.actor
    ahead = planned(cast)
    sent = planned(cast, starts_at=IN_THREE_WEEKS + timedelta(days=7))
    sent_item = item_on(sent, by, "Åpen sak", classification=Classification.OPEN)
    sent_restricted = restricted_on(sent, by, "Skjermet sak", seat)
    api.send_agenda(meeting=sent, by=by, at=NOON)
    sent.refresh_from_db()
    found = {
        "planned": ahead,
        "open_item": item_on(ahead, by, "Åpen sak", classification=Classification.OPEN),
        "internal_item": item_on(ahead, by, "Intern sak"),
        "restricted_item": restricted_on(ahead, by, "Skjermet sak", seat),
        "called": sent,
        "sent_item": sent_item,
        "sent_restricted": sent_restricted,
        "proposal": api.propose_item(
            council=cast.council,
            title="Forslag",
            reason="",
            kind="discussion",
            by=cast.station_chief.actor,
            at=NOON,
        ),
    }
    draft = written(cast, starts_at=IN_THREE_WEEKS + timedelta(days=14))
    begun(draft.meeting)
    item = draft.meeting.items.get()
    item.classification = Classification.OPEN
    item.save(update_fields=["classification"])
    decision = api.record_decision(item=item, text="Foreløpig vedtak", by=by, at=NOON)
    found |= {
        "in_draft": draft.meeting,
        "draft_item": item,
        "draft_decision": decision,
        "draft_task": give_task(
            council=cast.council,
            title="Foreløpig oppgave",
            person=cast.station_chief.person,
            deadline_date=TODAY + timedelta(days=60),
            classification=Classification.INTERNAL,
            by=by,
            at=NOON,
        ),
        **papers(found, by, seat),
        **approved_with_a_paper(cast),
    }
    found["draft_task"].decision = decision
    found["draft_task"].save(update_fields=["decision"])
    return found | waiting(cast) | corrections(cast)


def papers(found: dict[str, Any], by: Any, seat: Any) -> dict[str, Any]:
    """Papers of each classification on a meeting that is called, one withdrawn, one not sent."""

    def paper(meeting: Any, item: Any = None, **more: Any) -> Any:
        file = handed_in("Notat.txt", b"Til moetet.")
        return api.add_paper(meeting=meeting, item=item, handed_in=file, by=by, at=NOON, **more)

    called, whole = found["called"], found["sent_item"]
    restricted = api.For(Classification.RESTRICTED, BASIS, [seat])
    internal = paper(called)
    withdrawn = paper(called, whole, readers=api.For())
    api.withdraw_paper(paper=withdrawn, reason="Feil", by=by, at=NOON)
    withdrawn.refresh_from_db()
    return {
        "planned_paper": paper(found["planned"], readers=api.For(Classification.OPEN)),
        "open_paper": paper(called, whole),
        "internal_paper": internal,
        "paper_version": internal.versions.get(),
        "restricted_paper": paper(called, found["sent_restricted"]),
        "narrow_paper": paper(found["planned"], found["open_item"], readers=restricted),
        "withdrawn_paper": withdrawn,
    }


def approved_with_a_paper(cast: Cast) -> dict[str, Any]:
    """Approved minutes, and an open paper that was read at the meeting."""
    by = cast.secretary.actor
    minutes = written(cast, starts_at=IN_THREE_WEEKS + timedelta(days=28))
    paper = api.add_paper(
        meeting=minutes.meeting, handed_in=handed_in("Lysbilder.txt", b"Til moetet."),
        readers=api.For(Classification.OPEN), by=by, at=NOON,
    )  # fmt: skip
    sent_out(minutes=minutes, by=by, at=NOON)
    api.approve_minutes(minutes=minutes, by=cast.chair.actor, at=NOON)
    minutes.refresh_from_db()
    minutes.meeting.refresh_from_db()
    return {"approved": minutes.meeting, "approved_paper": paper}


def waiting(cast: Cast) -> dict[str, Any]:
    """A meeting whose minutes wait for approval, with an open decision and its task."""
    by, minutes = cast.secretary.actor, written(cast, starts_at=IN_THREE_WEEKS + timedelta(days=21))
    minutes.meeting.items.update(classification=Classification.OPEN)
    decision = decide(cast, minutes.meeting.items.get(), "Åpent, men foreløpig")
    sent_out(minutes=minutes, by=by, at=NOON)
    minutes.refresh_from_db()
    decision.refresh_from_db()
    return {
        "waiting": minutes.meeting,
        "waiting_decision": decision,
        "waiting_task": decision.tasks.get(),
    }


def corrections(cast: Cast) -> dict[str, Any]:
    """Approved minutes with a correction being written, and others with one that waits."""
    by, found = cast.secretary.actor, {}
    for name, weeks in (("draft_correction", 5), ("sent_correction", 6)):
        minutes = approved(cast, starts_at=IN_THREE_WEEKS + timedelta(weeks=weeks))
        found[name] = api.open_correction(
            minutes=minutes, reason="Feil gate.", asked_by="Stein", by=by, at=NOON
        )
    sent, item = found["sent_correction"], minutes.meeting.items.get()
    parts = [
        api.PartNote(PartKind.TEXT, item.ref, "Rettet.", part_mark(item.minutes_text)),
    ]
    api.save_correction(correction=sent, parts=parts, by=by, at=NOON)
    api.circulate_correction(correction=sent, by=by, at=NOON)
    sent.refresh_from_db()
    return {**found, "first_version": minutes.versions.get()}


def theme_days(cast: Cast) -> dict[str, Any]:
    """One that is being planned, one that is open with somebody named, one that has been."""
    by, far = cast.secretary.actor, NOON + timedelta(days=7000)

    def arranged(title: str, starts_at: datetime) -> Any:
        wanted = gatherings.Wanted(
            title=title, starts_at=starts_at, ends_at=starts_at + timedelta(hours=6),
            nominate_by=starts_at.astimezone().date(),
        )  # fmt: skip
        return gatherings.plan_theme_day(council=cast.council, wanted=wanted, by=by, at=NOON)

    ahead, opened = arranged("Rus", far), arranged("Skole", far)
    over = arranged("Trygghet", NOON + timedelta(hours=2))
    workshop = gatherings.add_workshop(day=opened, title="Fravær", by=by, at=NOON)
    held = gatherings.add_workshop(day=over, title="Sentrum", by=by, at=NOON)
    for day in (opened, over):
        gatherings.open_for_nominations(day=day, by=by, at=NOON)
    later = NOON + timedelta(days=1)
    gatherings.note_held(day=over, by=by, at=later)
    gatherings.write_outcome(workshop=held, outcome="Lys", goes_no_further=True, by=by, at=later)
    nomination = gatherings.nominate(
        day=opened, organisation=cast.no.station, council=cast.council.pk, name="Ola Ny",
        role="", by=cast.police_member.actor, at=NOON,
    )  # fmt: skip
    for thing in (ahead, opened, over, workshop, held):
        thing.refresh_from_db()
    return {
        "theme_day": ahead, "open_day": opened, "held_day": over, "open_workshop": workshop,
        "held_workshop": held, "nomination": nomination,
    }  # fmt: skip


def decisions(cast: Cast, seat: Any) -> dict[str, Any]:
    """Binding ones of each classification, and tasks of the member and of others."""
    by = cast.secretary.actor

    def decided(text: str, classification: Classification, **more: Any) -> Any:
        decision = take_decision(
            council=cast.council, text=text, decided_date=TODAY,
            classification=classification, by=by, at=NOON, **more,
        )  # fmt: skip
        put_forward(decisions=[decision], by=by, at=NOON)
        make_binding(decisions=[decision], by=cast.chair.actor, at=NOON)
        return decision

    def task(person: Any, **more: Any) -> Any:
        return give_task(
            council=cast.council, title="Oppgave", person=person, by=by, at=NOON, **more
        )

    def asked(thing: Any) -> Any:
        return ask_police(
            thing=thing, organisation=cast.no.station, wish="Fredag kveld", by=by, at=NOON
        )

    restricted = {"legal_basis": BASIS, "audience": [seat]}
    handed_over = asked(task(cast.chair.person))
    hand_to_police(request=handed_over, reference="PO-1", by=cast.police_member.actor, at=NOON)
    late = task(cast.police_member.person, deadline_date=TODAY + timedelta(days=9))
    wish = ask_later(
        task=late, wanted_date=TODAY + timedelta(days=30), reason="Venter på deler",
        by=cast.police_member.actor, at=NOON,
    )  # fmt: skip
    return {
        "asked": asked(decided("Åpent vedtak med politi", Classification.OPEN)),
        "handed_over": PoliceRequest.objects.get(pk=handed_over.pk),
        "unit_task": task(None, organisation=cast.no.station),
        "open_decision": decided("Åpent vedtak", Classification.OPEN),
        "internal_decision": decided("Internt vedtak", Classification.INTERNAL),
        "restricted_decision": decided("Skjermet", Classification.RESTRICTED, **restricted),
        "task": task(cast.police_member.person),
        "dated_task": task(cast.police_member.person, deadline_date=TODAY + timedelta(days=9)),
        "wish": wish,
        "others_task": task(cast.station_chief.person),
        "restricted_task": task(
            cast.chair.person, classification=Classification.RESTRICTED, legal_basis=BASIS
        ),
    }


def wheel(cast: Cast) -> dict[str, Any]:
    """Activities of the council's own, one of each classification, and something ticked off."""
    by = cast.secretary.actor
    own, public = own_activity(cast), open_activity(cast)
    ticked_off = f"{TODAY.year}-self_evaluation-1"

    def tick_off(key: str) -> Any:
        return mark_occasion(
            entry=entry(cast.council, by, key), to=Mark.DONE, note="Gjort", by=by, at=NOON
        )

    return {
        "activity": own,
        "open_activity": public,
        "evaluation": SimpleNamespace(ref=f"{TODAY.year}-year_evaluation-1"),
        "own_occasion": SimpleNamespace(ref=of(own, TODAY.year + 1)),
        "open_occasion": SimpleNamespace(ref=of(public, TODAY.year + 1)),
        "ticked_off": SimpleNamespace(ref=ticked_off),
        "occasion": tick_off(of(own)),
        "open_done": tick_off(ticked_off),
    }


def people(cast: Cast) -> dict[str, Any]:
    """An absence, an invitation, a withheld name, somebody who has left, a role given by name."""
    withheld = cast.vice_police.person
    withheld.name_withheld = True
    withheld.save(update_fields=["name_withheld"])
    by, member = cast.secretary.actor, cast.police_member.person
    absence = record_absence(
        person=member, from_date=TODAY, to_date=TODAY + timedelta(days=5), by=by, at=NOON
    )
    invitation = invite_person(person=member, by=by, at=NOON)
    gone = register_person(
        name="Gro Gått", organisation=cast.no.station, role="police_contact",
        from_date=date(2025, 1, 1), by=by, at=NOON,
    ).person  # fmt: skip
    person_leaves(person=gone, left_date=date(2026, 11, 1), by=by, at=NOON)
    gone.refresh_from_db()
    grant = grant_role(
        person=cast.guest.person, role=Role.COVERING, area=cast.no.next_door, reason="Prøve",
        from_date=TODAY + timedelta(days=1), by=cast.administrator.actor, at=NOON,
    )  # fmt: skip
    return {
        "withheld": withheld, "absence": absence, "invitation": invitation, "gone": gone,
        "grant": grant,
    }  # fmt: skip


def links(cast: Cast, found: dict[str, Any]) -> dict[str, Any]:
    """Links as they stand in the member's mails, and one that nobody signed."""
    member = cast.police_member.person
    called = found["called"].called.select_related("meeting").get(person=member)
    answer = answer_path(called, Answer.ACCEPTED)
    done = done_path(found["task"], member)
    one_kind = choice_path(member, [MailKind.TASKS], Delivery.DAILY)
    daily = choice_path(member, [MailKind.TASKS, MailKind.MINUTES], Delivery.NONE)
    return {
        "members_answer": called,
        "answer_link": SimpleNamespace(ref=answer.split("/")[-2]),
        "done_link": SimpleNamespace(ref=done.split("/")[-2]),
        "choice_link": SimpleNamespace(ref=one_kind.split("/")[-2]),
        "daily_link": SimpleNamespace(ref=daily.split("/")[-2]),
        "broken_link": SimpleNamespace(ref="WyJ4Il0:1abcde:nobodysigned"),
    }


def machinery(cast: Cast) -> dict[str, Any]:
    """A mail that failed and work that was given up."""
    message = send(to=cast.chair.person, template="post/mail/link", context={"url": "/"})
    Message.objects.filter(pk=message.pk).update(state="failed")
    enqueue("followup.remind", key="stage")
    Job.objects.filter(key="stage").update(state="dead")
    message.refresh_from_db()
    return {"message": message, "job": Job.objects.get(key="stage")}


def norwegian_agreement() -> dict[str, Any]:
    """One of the agreements written for the tests, as it is read."""
    name = next(name for name in NAMES if name.startswith("no"))
    return read_document(labelled(name).text.encode(), "avtale.txt", "no").to_json()
