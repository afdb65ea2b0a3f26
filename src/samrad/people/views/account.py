"""One's own account."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samrad.access.gate import SIGNED_IN, declare
from samrad.access.requests import ActorRequest
from samrad.kernel.clock import now, today
from samrad.people.actions.accounts import sign_out_everywhere
from samrad.people.actions.persons import change_own_details, choose_mail
from samrad.people.agencies import agency_named
from samrad.people.forms.people import AbsenceForm, MailForm, OwnDetailsForm
from samrad.people.models import Absence, Person
from samrad.people.queries.contact import is_called
from samrad.ui.keeping import saved

A_YEAR = 60 * 60 * 24 * 365


@declare(SIGNED_IN)
def account(request: ActorRequest) -> HttpResponse:
    """My telephone and language, how I sign in, my absences."""
    person = get_object_or_404(Person.objects.select_related("user"), pk=request.actor.person_id)
    form = OwnDetailsForm(
        request.POST or None, initial={"phone": person.phone, "language": person.language}
    )
    mail_form = MailForm(person, _mail_in(request), prefix="mail", outside="details")
    if request.method == "POST" and form.is_valid() and _may_be_taken(mail_form):
        with transaction.atomic():
            change_own_details(person=person, **form.cleaned_data, by=request.actor, at=now())
            if mail_form.is_bound:
                choose_mail(person=person, choices=mail_form.choices(), by=request.actor, at=now())
        answer = redirect("people:account")
        _speak(answer, form.cleaned_data["language"])
        saved(request, _("Your details are saved."))
        return answer
    bound = SocialAccount.objects.filter(user=request.user).values_list("provider", flat=True)
    return render(
        request,
        "people/account.html",
        {
            "person": person,
            "form": form,
            "has_password": settings.LOCAL_ACCOUNTS and _has_password(person),
            "keys": Authenticator.objects.filter(user_id=request.user.pk).count(),
            "agencies": [agency for name in bound if (agency := agency_named(name))],
            "is_called": is_called(person, today()),
            "absences": Absence.objects.filter(person=person, to_date__gte=today()),
            "absence_form": AbsenceForm(prefix="absence"),
            "mail_form": mail_form,
        },
    )


def _mail_in(request: ActorRequest) -> QueryDict | None:
    """What comes by mail is saved with the details, where the page sent it."""
    is_sent = any(name.startswith("mail-") for name in request.POST)
    return request.POST if is_sent else None


def _may_be_taken(form: MailForm) -> bool:
    return not form.is_bound or form.is_valid()


@declare(SIGNED_IN)
def mail(request: ActorRequest) -> HttpResponse:
    """What comes by mail, and how often: where the mails themselves lead."""
    person = get_object_or_404(Person, pk=request.actor.person_id)
    form = MailForm(person, request.POST or None, prefix="mail")
    if request.method == "POST" and form.is_valid():
        choose_mail(person=person, choices=form.choices(), by=request.actor, at=now())
        messages.success(request, _("From now on mail comes as you have chosen."))
        return redirect("people:mail")
    return render(request, "people/mail.html", {"person": person, "mail_form": form})


@declare(SIGNED_IN)
@require_POST
def everywhere_out(request: ActorRequest) -> HttpResponse:
    """Sign out on every machine, this one too."""
    person = get_object_or_404(Person, pk=request.actor.person_id)
    sign_out_everywhere(person=person, by=request.actor, at=now())
    logout(request)
    return redirect("account_login")


def _speak(answer: HttpResponse, language: str) -> None:
    """The cookie from the language menu would win over the choice just made; it follows it."""
    if language:
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=A_YEAR,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    else:
        answer.delete_cookie(settings.LANGUAGE_COOKIE_NAME)


def _has_password(person: Person) -> bool:
    return person.user is not None and person.user.has_usable_password()
