"""The pictures in the user's guide: taken from the demo, and shown by a page that links hold.

`SAMRAD_TAKE_PICTURES=1 pytest tests/everywhere/test_pictures.py` takes them anew. Otherwise the
same pages are opened, so that no picture is of a page that is gone.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import FilePayload, Page

from samrad.areas.models import Area
from samrad.cooperation.models import Council
from samrad.followup.models import Task
from samrad.knowledge.models import Alarm, DataSet
from samrad.meetings.models import Meeting, Minutes, MinutesVersion, Proposal
from samrad.people.models import Person
from samrad.work.api import work_off
from tests.cast import signed_in
from tests.reading.labelled import labelled
from tests.support.components import ROOT
from tests.support.kept_demo import bring

GUIDE = ROOT / "docs/user"
FOLDER = GUIDE / "pictures"
TAKE = os.environ.get("SAMRAD_TAKE_PICTURES") == "1"
LARGEST, LARGEST_IN_ALL = 240_000, 2_400_000
PHONE, DESKTOP = {"width": 390, "height": 760}, {"width": 1280, "height": 860}
LINK = re.compile(r'\]\(([^)#]+)(?:#[^)]*)?\)|src="([^"]+)"')


@dataclass(frozen=True)
class Picture:
    """A file, who looks, at which page."""

    name: str
    who: str | None
    address: Callable[[], str]
    near: str = ""
    above: int = 260

    @property
    def is_of_a_phone(self) -> bool:
        return self.name.endswith("-phone")


def of_council(name: str) -> Callable[[], str]:
    """A page about the politiråd of Ås."""
    return lambda: reverse(name, args=[the_council().ref])


def the_council() -> Council:
    return Council.objects.get(name="Politirådet i Ås")


def _minutes(state: str) -> Meeting:
    return Minutes.objects.filter(state=state).latest("meeting__starts_at").meeting


def of_minutes(name: str, state: str) -> Callable[[], str]:
    """A page about the latest minutes in a state."""
    return lambda: reverse(name, args=[_minutes(state).ref])


def next_meeting(name: str) -> Callable[[], str]:
    """A page about the next meeting of the council."""

    def address() -> str:
        coming = the_council().meetings.filter(state="planned").order_by("starts_at")
        return reverse(name, args=[coming[0].ref])

    return address


def of_a_task() -> str:
    """A task that Tone has to do."""
    task = Task.objects.filter(responsible_person__name__startswith="Tone", state="open")
    return reverse("followup:task", args=[task[0].ref])


def of_contact() -> str:
    return reverse("people:contact", args=[Area.objects.get(pk=the_council().area_id).ref])


PICTURES = (
    Picture("home-desktop", "Sara", lambda: "/"),
    Picture("council-desktop", "Sara", of_council("cooperation:council")),
    Picture("plan-desktop", "Sara", of_council("meetings:plan")),
    Picture("wheel-desktop", "Sara", of_council("wheel:wheel"), near=".s-year", above=24),
    Picture("structure-desktop", "Sara", of_council("cooperation:structure")),
    Picture("search-desktop", "Sara", lambda: reverse("search:search") + "?q=trygg"),
    Picture("propose-phone", "Pia", of_council("meetings:propose")),
    Picture("agenda-desktop", "Sara", next_meeting("meetings:agenda")),
    Picture("meeting-phone", "Sara", next_meeting("meetings:detail")),
    Picture("minutes-phone", "Ulla", of_minutes("meetings:minutes", "draft"), near="textarea"),
    Picture("approval-phone", "Maja", of_minutes("meetings:read", "circulated")),
    Picture("decisions-desktop", "Sara", of_council("followup:register")),
    Picture("task-phone", "Tone", of_a_task),
    Picture("contact-phone", "Sara", of_contact),
    Picture("signing-in-phone", None, lambda: reverse("account_login")),
    Picture("history-desktop", "Maja", of_minutes("meetings:history", "circulated")),
)


def of_holstebro() -> str:
    """The crime picture of a municipality whose figures come with the program."""
    area = Area.objects.municipalities().get(country="dk", name="Holstebro")
    return reverse("knowledge:picture", args=[area.ref])


FIGURES = (
    Picture("crime-picture-desktop", "Karen", of_holstebro, near=".s-picture", above=60),
    Picture("crime-picture-phone", "Karen", of_holstebro, near=".s-plots", above=40),
)
HANDOUT = "handout-paper"
READING = "reading-phone"
ARRIVAL = "arrival-desktop"
PAPER = "minutes-paper"


def texts() -> dict[Path, str]:
    """The guide's pages and the project's front page."""
    return {file: file.read_text("utf-8") for file in [ROOT / "README.md", *GUIDE.glob("*.md")]}


def links() -> set[Path]:
    """Every file that a page of the guide, or the front page, points to inside the project."""
    return {
        (file.parent / (one or other)).resolve()
        for file, text in texts().items()
        for one, other in LINK.findall(text)
        if "://" not in (one or other) and not (one or other).startswith("mailto:")
    }


def test_everything_the_guide_points_to_is_there() -> None:
    pointed_to = {one for one in links() if GUIDE in one.parents}

    assert {one.name for one in pointed_to if not one.exists()} == set()
    assert set(GUIDE.glob("*.md")) <= pointed_to | {GUIDE / "README.md"}


def test_every_picture_is_shown_somewhere_and_small() -> None:
    files = set(FOLDER.glob("*.png"))

    assert {file.name for file in files - links()} == set()
    taken = {one.name for one in (*PICTURES, *FIGURES)} | {READING, ARRIVAL, PAPER, HANDOUT}
    assert {file.stem for file in files} == taken
    assert {file.name for file in files if file.stat().st_size > LARGEST} == set()
    assert sum(file.stat().st_size for file in files) < LARGEST_IN_ALL


def test_every_page_of_the_guide_is_short_and_begins_with_what_it_is_for() -> None:
    for file, text in texts().items():
        if file.parent == GUIDE:
            assert text.startswith("# "), file
            assert len(text.split()) < 450, file


@pytest.fixture
def demo(transactional_db: None, tmp_path: Path) -> None:
    bring(("no",), tmp_path / "mail")


def enter(page: Page, first_name: str | None, address: str) -> None:
    """The browser is that person's, who reads Bokmål."""
    page.context.clear_cookies()
    if first_name is None:
        return
    person = Person.objects.get(name__startswith=f"{first_name} ")
    Person.objects.filter(pk=person.pk).update(language="nb")
    client = signed_in(Client(), person)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": address}])


def take(page: Page, name: str) -> None:
    """Keep what the window shows, without a pointer or a caret in it."""
    if TAKE:
        FOLDER.mkdir(exist_ok=True)
        page.screenshot(path=FOLDER / f"{name}.png", caret="hide", animations="disabled")


def take_all(pictures: Sequence[Picture], phone: Page, desktop: Page, address: str) -> None:
    """Open each page as whoever looks at it, and keep what the window shows."""
    for picture in pictures:
        page = phone if picture.is_of_a_phone else desktop
        page.set_viewport_size(PHONE if picture.is_of_a_phone else DESKTOP)  # type: ignore[arg-type]
        enter(page, picture.who, address)
        answer = page.goto(picture.address())
        assert answer is not None
        assert answer.status == 200, picture.name
        if picture.near:
            page.locator(picture.near).first.evaluate(
                "(one, above) => scrollTo(0, one.getBoundingClientRect().top + scrollY - above)",
                picture.above,
            )
        take(page, picture.name)


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_every_page_in_a_picture_answers(
    demo: None, open_page: Callable[..., Page], live_server: Any
) -> None:
    address = live_server.url.replace("127.0.0.1", "localhost")
    phone = open_page(width=390, device_scale_factor=1.5, locale="nb-NO")
    desktop = open_page(width=1280, locale="nb-NO")

    take_all(PICTURES, phone, desktop, address)
    hand_over_an_agreement(phone, address)
    take_in_a_file(desktop, address)


@pytest.fixture
def figures(transactional_db: None, tmp_path: Path) -> None:
    bring(("dk",), tmp_path / "mail")
    work_off()


@pytest.mark.browser
@pytest.mark.pdf_tools
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_every_page_of_figures_in_a_picture_answers(
    figures: None, open_page: Callable[..., Page], live_server: Any, tmp_path: Path
) -> None:
    address = live_server.url.replace("127.0.0.1", "localhost")
    phone = open_page(width=390, device_scale_factor=1.5, locale="nb-NO")
    take_all(FIGURES, phone, open_page(width=1280, locale="nb-NO"), address)

    passed_on = Proposal.objects.filter(council__parent=None, state="placed")
    passed_on = passed_on.filter(source_kind=Alarm.trail_kind)
    assert passed_on.count() == 1  # by a local council, to the one above

    data_set = DataSet.objects.get(code="dk-straf11")
    area = Area.objects.municipalities().get(country="dk", name="Holstebro")
    person = Person.objects.get(name__startswith="Karen ")
    answer = signed_in(Client(), person).get(
        reverse("knowledge:handout", args=[area.ref, data_set.ref])
    )
    keep_first_page(answer.content, HANDOUT, tmp_path)


def keep_first_page(pdf: bytes, name: str, folder: Path) -> None:
    """The first page of a paper as a picture, neither empty nor large."""
    file = folder / f"{name}.pdf"
    file.write_bytes(pdf)
    words = ["-png", "-singlefile", "-scale-to-x", "700", "-scale-to-y", "-1", "-l", "1"]
    subprocess.run(["pdftoppm", *words, str(file), str(folder / name)], check=True)
    made = folder / f"{name}.png"
    assert 10_000 < made.stat().st_size < LARGEST
    if TAKE:
        shutil.copy(made, FOLDER / made.name)


@pytest.mark.pdf_tools
@pytest.mark.slow
@pytest.mark.once
@pytest.mark.django_db(transaction=True)
def test_the_minutes_of_the_demo_make_a_paper(demo: None, tmp_path: Path) -> None:
    person = Person.objects.get(name__startswith="Maja ")
    Person.objects.filter(pk=person.pk).update(language="nb")
    meeting = MinutesVersion.objects.get(number=2).minutes.meeting
    answer = signed_in(Client(), person).get(reverse("meetings:pdf", args=[meeting.ref]))
    keep_first_page(answer.content, PAPER, tmp_path)


def hand_over_an_agreement(page: Page, address: str) -> None:
    """Reading one in, as far as looking it through."""
    enter(page, "Sara", address)
    page.goto(reverse("cooperation:read_in"))
    document = labelled("no_bokmaal_nummerert").text.encode()
    paper = FilePayload(name="avtale.txt", mimeType="text/plain", buffer=document)
    page.locator("input[type=file]").set_input_files(paper)
    page.locator("select[name=area]").select_option(label="Ås")
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url("**/readings/**")
    assert page.locator("h1").count() == 1
    take(page, READING)


def take_in_a_file(page: Page, address: str) -> None:
    """Figures of Norway's municipalities, as far as looking at what is in the file."""
    enter(page, "Anna", address)
    page.goto(reverse("knowledge:hand_in"))
    figures = ROOT / "src/samrad/knowledge/data/no_population_2024.csv"
    page.locator("input[type=file]").set_input_files(figures)
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url("**/arrivals/**")
    work_off()
    page.locator("#content").wait_for()
    assert page.locator("h1").count() == 1
    take(page, ARRIVAL)
