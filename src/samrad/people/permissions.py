"""Who may change what about people.

The rule: an administrator keeps people everywhere. A coordinator keeps the organisations whose area
lies inside the coordinator's own, and nothing that reaches further: a police unit that serves
several municipalities is kept by somebody who coordinates all of them. Nobody but an
administrator changes their own appointments, and somebody is changed as a person (address,
invitation) only by those who keep every organisation that person is appointed at.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from samrad.access.actor import Actor
from samrad.access.vocabulary import Permission, Role
from samrad.areas.models import Area, AreaCover
from samrad.areas.queries import is_near
from samrad.kernel.clock import today
from samrad.kernel.verdict import ALLOWED, Verdict, refuse
from samrad.people.models import Appointment, ContactPost, ExplicitGrant, Organisation, Person
from samrad.people.models.register import AppointmentQuerySet
from samrad.profiles.model import UnknownCode
from samrad.profiles.reader import profile


def _is_everywhere(actor: Actor) -> bool:
    return actor.is_system or actor.manages_installation


def keeps_area(actor: Actor, area_id: int | None) -> bool:
    """Whether the actor keeps people there: the area lies inside one the actor coordinates."""
    if _is_everywhere(actor):
        return True
    kept = actor.areas_where(Permission.PEOPLE_MANAGE)
    if not kept or area_id is None:
        return False
    return Area.objects.covered_by(kept, on=today()).filter(pk=area_id).exists()


def may_keep_people_at(actor: Actor, organisation: Organisation) -> Verdict:
    """Whether the actor decides who holds which role there."""
    if keeps_area(actor, organisation.area_id):
        return ALLOWED
    return refuse(
        _("Only an administrator, or a coordinator for the whole area, changes who works there.")
    )


def may_add_organisation(actor: Actor, area: Area | None) -> Verdict:
    """Organisations of an area are added by those who keep its people."""
    if keeps_area(actor, area.pk if area else None):
        return ALLOWED
    return refuse(_("You can add organisations only inside the area you coordinate."))


def may_appoint(actor: Actor, person: Person, organisation: Organisation, role: str) -> Verdict:
    """The role must exist at such an organisation, and nobody gives themselves a role."""
    verdict = may_keep_people_at(actor, organisation)
    if not verdict:
        return verdict
    if person.pk and person.pk == actor.person_id and not _is_everywhere(actor):
        return refuse(_("Somebody else must give you a role."))
    try:
        kinds = profile(organisation.country).role(role).organisation_kinds
    except UnknownCode:
        return refuse(_("There is no such role in this country."))
    if organisation.kind not in kinds:
        return refuse(_("This role does not exist at such an organisation."))
    return ALLOWED


def may_end_appointment(actor: Actor, appointment: Appointment) -> Verdict:
    """Those who keep the organisation's people end what they began, but not for themselves."""
    if appointment.person_id == actor.person_id and not _is_everywhere(actor):
        return refuse(_("Somebody else must end your role."))
    return may_keep_people_at(actor, appointment.organisation)


def may_replace_holder(actor: Actor, appointment: Appointment, person: Person) -> Verdict:
    """One holder follows another: the same as ending and appointing."""
    if hasattr(appointment, "successor"):
        return refuse(_("Somebody has already followed in this appointment."))
    if person.pk == appointment.person_id:
        return refuse(_("This person holds the role already."))
    return may_appoint(actor, person, appointment.organisation, appointment.role)


def may_change_person(
    actor: Actor, person: Person, posts: Iterable[Appointment] | None = None
) -> Verdict:
    """Only those who keep every organisation the person is appointed at, now or later.

    Otherwise somebody could appoint a colleague from elsewhere and take the account over. `posts`
    are the person's, as `weighed` gives them, where the caller has read them already.
    """
    if _is_everywhere(actor):
        return ALLOWED
    if person.pk == actor.person_id:
        return refuse(_("Somebody else must change this for you."))
    verdict = refuse(_("This person works where you do not keep people; ask an administrator."))
    if not actor.areas_where(Permission.PEOPLE_MANAGE):
        return verdict
    if posts is None:
        posts = weighed(Appointment.objects.filter(person=person), actor)
    held = [post for post in posts if post.to_date is None or post.to_date >= today()]
    return ALLOWED if held and all(_is_kept(post) for post in held) else verdict


def weighed(posts: AppointmentQuerySet, actor: Actor) -> AppointmentQuerySet:
    """Appointments with what decides whether the actor keeps whoever holds them.

    `is_within`: in an area the actor coordinates. `is_granted`: the person has a role by name too.
    """
    kept = AreaCover.objects.on(today()).filter(
        ancestor__in=actor.areas_where(Permission.PEOPLE_MANAGE),
        descendant=OuterRef("organisation__area"),
    )
    grants = ExplicitGrant.objects.filter(person=OuterRef("person")).meeting(today(), None)
    return posts.annotate(is_within=Exists(kept), is_granted=Exists(grants))


def _is_kept(post: Any) -> bool:
    return post.is_within and not post.is_granted


def may_take_back(actor: Actor, person: Person) -> Verdict:
    """Somebody who has left is taken back by those who kept every organisation they left."""
    if person.left_date is None:
        return refuse(_("This person has not left."))
    if _is_everywhere(actor):
        return ALLOWED
    verdict = refuse(_("This person works where you do not keep people; ask an administrator."))
    if person.pk == actor.person_id or not actor.areas_where(Permission.PEOPLE_MANAGE):
        return verdict
    last = Appointment.objects.filter(person=person).meeting(person.left_date, None)
    areas = set(last.values_list("organisation__area", flat=True))
    return ALLOWED if areas and all(keeps_area(actor, area) for area in areas) else verdict


def may_withhold_name(actor: Actor, person: Person) -> Verdict:
    """For oneself, or by those who keep the person (N6)."""
    return ALLOWED if person.pk == actor.person_id else may_change_person(actor, person)


def may_record_absence(actor: Actor, person: Person) -> Verdict:
    """For oneself, or by those who keep the person."""
    return ALLOWED if person.pk == actor.person_id else may_change_person(actor, person)


def may_change_own_details(actor: Actor, person: Person) -> Verdict:
    """Phone and language are one's own; the address for mail is changed by others."""
    if person.pk == actor.person_id:
        return ALLOWED
    return may_change_person(actor, person)


def may_choose_mail(actor: Actor, person: Person) -> Verdict:
    """Nobody else decides what comes by mail: somebody would be kept in the dark unknowing."""
    if person.pk == actor.person_id:
        return ALLOWED
    return refuse(_("Everybody chooses for themselves what comes by mail."))


def may_set_contact_chain(actor: Actor, area: Area) -> Verdict:
    """Whom a municipality calls at the police is set by those who keep the municipality."""
    if keeps_area(actor, area.pk):
        return ALLOWED
    return refuse(_("Only an administrator or the area’s coordinator sets whom to call."))


def may_see_contact(actor: Actor, area: Area, *, works_there: bool | None = None) -> Verdict:
    """Everybody who works in the municipality sees whom to call, and so do levels that cover it.

    `works_there` where the caller has read it already.
    """
    if _is_everywhere(actor):
        return ALLOWED
    if works_there is None:
        works_there = Area.objects.filter(works_around(actor), pk=area.pk).exists()
    return ALLOWED if works_there else refuse(_("You do not work in this municipality."))


def works_around(actor: Actor, area: str = "pk") -> Q:
    """The condition that the actor works in what `area` leads to, around it or in its chain."""
    serving = ContactPost.objects.filter(
        area=OuterRef(area), organisation__in=actor.organisation_ids
    )
    return Q(is_near(actor.workplace_ids, on=today(), area=area)) | Q(Exists(serving))


def may_grant_role(actor: Actor) -> Verdict:
    """Roles by name are the administrator's to give."""
    if _is_everywhere(actor):
        return ALLOWED
    return refuse(_("Only an administrator gives roles by name."))


def may_end_grant(actor: Actor, grant: ExplicitGrant) -> Verdict:
    """Those who give roles by name end them; somebody is always left who runs the installation."""
    if grant.person_id == actor.person_id and grant.role == Role.ADMINISTRATOR:
        return refuse(_("Another administrator must end this role of yours."))
    return may_grant_role(actor)


def may_invite(actor: Actor, person: Person, on: date) -> Verdict:
    """An invitation needs somebody who is still here and an address to send it to."""
    verdict = may_change_person(actor, person)
    if not verdict:
        return verdict
    if person.has_left_by(on):
        return refuse(_("This person has left."))
    if not person.email:
        return refuse(_("Write down an e-mail address first."))
    return ALLOWED


def may_sign_out(actor: Actor, person: Person) -> Verdict:
    """End all sessions: one's own, or of a person one keeps."""
    return ALLOWED if person.pk == actor.person_id else may_change_person(actor, person)
