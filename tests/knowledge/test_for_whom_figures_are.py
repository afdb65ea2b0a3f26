"""Figures that are not for everybody say so wherever they are read, and name what that rests on."""

from __future__ import annotations

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from samrad.knowledge.models import DataSet
from tests.cast import Cast, signed_in
from tests.knowledge.bricks import a_picture

BASIS = "Police Register Act section 21"


@pytest.fixture
def restricted(cast: Cast) -> DataSet:
    """Break-ins that only the police's side reads."""
    a_picture(cast.no.home)
    DataSet.objects.update(classification="restricted", legal_basis=BASIS)
    return DataSet.objects.get()


@pytest.fixture
def internal(cast: Cast) -> DataSet:
    """The same for permanent members of councils."""
    a_picture(cast.no.home)
    DataSet.objects.update(classification="internal")
    return DataSet.objects.get()


def pages_of(cast: Cast, data_set: DataSet) -> list[str]:
    """Every page that shows the figures."""
    indicator = data_set.indicators.get()
    home = cast.no.home.ref
    return [
        reverse("knowledge:picture", args=[home]),
        reverse("knowledge:indicator", args=[indicator.ref]),
        reverse("knowledge:indicator_here", args=[indicator.ref, home]),
        reverse("knowledge:data_set", args=[data_set.ref]),
    ]


def test_each_page_of_restricted_figures_says_so_and_on_what_it_rests(cast, client, restricted):
    who = signed_in(client, cast.police_member)
    for url in pages_of(cast, restricted):
        page = who.get(url).content.decode()

        assert BASIS in page, url
        assert "Only those who are signed in" not in page
        assert "Those who are signed in" not in page


def test_the_paper_of_restricted_figures_is_marked_on_each_page_and_says_who_may_have_it(
    cast, client, restricted
):
    who = signed_in(client, cast.police_member)
    url = reverse("knowledge:handout", args=[cast.no.home.ref, restricted.ref])
    pages = [
        " ".join(page.extract_text().split())
        for page in PdfReader(io.BytesIO(who.get(url).content)).pages
    ]

    assert len(pages) == 2
    for page in pages:
        assert f"Restricted, {BASIS}" in page
        assert "Internal" not in page
    assert "Hand them to nobody else" in pages[0]
    assert "public statistics" not in pages[0]


def test_internal_figures_are_for_members_and_no_page_says_that_anybody_signed_in_reads_them(
    cast, client, internal
):
    who = signed_in(client, cast.secretary)
    for url in pages_of(cast, internal):
        page = who.get(url).content.decode()

        assert "ermanent members of councils" in page, url
        assert "hose who are signed in" not in page


def test_a_file_to_take_along_says_for_whom_it_is_and_from_which_day_each_figure(
    cast, client, restricted
):
    who = signed_in(client, cast.police_member)
    indicator = restricted.indicators.get()
    taken = b"".join(
        who.get(reverse("knowledge:take_here_csv", args=[indicator.ref, cast.no.home.ref]))
    ).decode("utf-8-sig")

    head, *_lines, last = [line.split(";") for line in taken.split("\r\n")[:41]]
    assert (head[4], last[4]) == ("From", "2025-10-01")
    assert f"Restricted, {BASIS}" in taken
