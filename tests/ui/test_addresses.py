"""Addresses of pages, found without asking the table of addresses for every row."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test.utils import override_script_prefix
from django.urls import reverse

from samrad.ui.addresses import address_of


@pytest.mark.parametrize("page", ["cooperation:council", "meetings:detail", "followup:decision"])
def test_an_address_is_what_django_would_say(page):
    ref = uuid4()

    assert address_of(page, ref) == reverse(page, args=[ref])


def test_it_follows_the_program_to_another_folder_of_the_site():
    ref = uuid4()
    address_of("followup:task", ref)

    with override_script_prefix("/samrad/"):
        assert address_of("followup:task", ref) == reverse("followup:task", args=[ref])
        assert address_of("followup:task", ref).startswith("/samrad/")
