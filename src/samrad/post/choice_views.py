"""How mail comes is chosen from a mail, without signing in."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from samrad.access.gate import ANYONE, declare
from samrad.access.requests import ActorRequest
from samrad.kernel.clock import now, today
from samrad.people.api import choose_mail
from samrad.people.models import Person
from samrad.people.rules import Delivery, MailKind
from samrad.people.words import MAIL_KINDS
from samrad.post.choices import choice_of, choice_path
from samrad.post.links import Offer, Other, broken, offered, refused_for_now

ASKING = {
    Delivery.AT_ONCE: _("Each mail at once"),
    Delivery.DAILY: _("Once a day, in one mail"),
    Delivery.NONE: _("No such mail any more"),
}
CHOSEN = {
    Delivery.AT_ONCE: _("From now on such mail comes at once."),
    Delivery.DAILY: _("From now on such mail comes once a day, in one mail."),
    Delivery.NONE: _("No such mail comes any more. All of it still stands in Samråd."),
}


@declare(ANYONE)
@csrf_exempt  # mail programs press it too, as RFC 8058 says
@require_http_methods(["GET", "POST"])
def choose(request: ActorRequest, signed: str) -> HttpResponse:
    """Look at what a link chooses, and press the button: as the one it was sent to."""
    wait = refused_for_now(request)
    if wait is not None:
        return wait
    found = choice_of(signed, today())
    if found is None:
        return broken(request)
    person, actor, kinds, delivery = found
    if request.method == "GET":
        return offered(request, lambda: _offer(person, kinds, delivery), language=person.language)
    wait = refused_for_now(request, person.pk)
    if wait is not None:
        return wait
    choose_mail(person=person, choices=dict.fromkeys(kinds, delivery), by=actor, at=now())
    if request.POST.get("List-Unsubscribe") == "One-Click":  # never a redirect: RFC 8058, 3.1
        person.refresh_from_db()
        return offered(request, lambda: _offer(person, kinds, delivery), language=person.language)
    return redirect(request.path)


def _offer(person: Person, kinds: list[MailKind], delivery: Delivery) -> Offer:
    is_chosen = all(person.delivery_of(kind) == delivery for kind in kinds)
    return Offer(
        title=_("What comes by mail"),
        to=person.name,
        lines=[MAIL_KINDS[kind] for kind in kinds],
        button=ASKING[delivery],
        done=CHOSEN[delivery] if is_chosen else "",
        others=[
            Other(label=ASKING[one], url=choice_path(person, kinds, one))
            for one in Delivery
            if one != delivery
        ],
        page=reverse("people:mail"),
    )
