"""Somebody who was invited and has not come in yet."""

from __future__ import annotations

import re

import pytest

from samrad.kernel.clock import now
from samrad.people.actions.accounts import invite_person
from samrad.post.models import Message


@pytest.fixture
def invited(cast):
    """The guest, without an account, and the link that came by mail."""
    person = cast.guest.person
    user, person.user = person.user, None
    person.save()
    user.delete()
    return person, send_invitation(cast, person)


def send_invitation(cast, person):
    invite_person(person=person, by=cast.secretary.actor, at=now())
    text = Message.objects.filter(person=person).latest("pk").text
    return re.search(r"http://localhost:8000(/invitation/\S+)", text).group(1)
