"""A file with addresses goes the safe way, whatever its columns are called and whoever hands it in.

What no data set is known for lies here while somebody says what it holds (ADR 30 does not allow
that of addresses), so such a file is never taken for one.
"""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from samrad.documents.models import DiscardedFile
from samrad.knowledge.models import Release
from samrad.knowledge.own_recipe_models import Description
from samrad.knowledge.readers import recognising
from tests.cast import signed_in
from tests.knowledge.incident_bricks import CODE
from tests.knowledge.test_incident_arrivals import (
    HEAD,
    HOME,
    ROWS,
    analyst,
    calls,
    handed_in,
    known,
    on_disk,
    page,
    read,
)

__all__ = ["analyst", "known", "on_disk"]

RENAMED = [
    HEAD.replace("krets", "bydel"),
    HEAD.replace("nr", "saksnummer"),
    HEAD.replace("sted", "adresse"),
    HEAD.upper(),
]


@pytest.mark.parametrize("head", RENAMED)
def test_a_renamed_column_is_asked_about_and_the_addresses_are_gone(analyst, on_disk, head):
    release = read(analyst, calls(*ROWS, head=head))

    assert not Description.objects.exists()
    assert release.data_set.code == CODE
    assert HOME not in page(analyst, release) + str(release.doubts)
    assert HOME.encode() not in on_disk()


@pytest.mark.parametrize("recipe", ["", "new", "no-ssb-08487"])
@pytest.mark.parametrize("name", ["other_analyst", "national_officer", "analyst"])
def test_it_is_never_kept_as_one_of_figures_whatever_is_said_of_it(
    cast, client, on_disk, name, recipe
):
    by = signed_in(client, getattr(cast, name))
    answer = handed_in(by, calls(*ROWS, head=RENAMED[0]), recipe)

    assert not Description.objects.exists()
    if name == "analyst" and not recipe:
        assert Release.objects.get().data_set.code == CODE
        return
    assert answer.status_code == 200
    told = "It could be one of these: Anrop" if name == "analyst" else "who reads them"
    assert told in answer.content.decode()
    assert not Release.objects.exists()
    assert HOME.encode() not in on_disk()


def test_an_analyst_of_another_country_does_not_keep_it_either(analyst, known, on_disk):
    known.country = known.said["incidents"]["police"]["country"] = "se"
    known.save(update_fields=["country", "said"])
    answer = handed_in(analyst, calls(*ROWS, head=RENAMED[0]))

    assert answer.status_code == 200
    assert "of another country" in answer.content.decode()
    assert not Description.objects.exists()
    assert HOME.encode() not in on_disk()


def test_what_is_too_large_to_look_at_needs_its_data_set_chosen(analyst, monkeypatch):
    monkeypatch.setattr(recognising, "_MOST", 10)
    file = SimpleUploadedFile("anrop.json", b'{"class": "dataset"}')
    answer = analyst.post(reverse("knowledge:hand_in"), {"file": file, "recipe": ""})

    assert "too large to be recognised" in answer.content.decode()
    assert not Description.objects.exists()
    assert not DiscardedFile.objects.exists()
