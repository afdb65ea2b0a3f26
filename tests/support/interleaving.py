"""Editors of the same minutes whose steps chance puts in order, and the reckoning afterwards.

An editor is what the page in a browser is: the text on the screen, the mark it started from, what
was last acknowledged. The server is the real one; between them lies a line that loses, delays and
repeats. What the editors were told is compared with what the tables hold.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.test import Client
from django.urls import reverse

from samrad.access.actor import Actor
from samrad.kernel.clock import held_at
from samrad.meetings import api
from samrad.meetings.models import AgendaItem, Meeting, MinutesRevision
from tests.cast import NOON, Cast, Character, build_cast, signed_in

ITEMS = 2
FEWEST, MOST = 2, 8
COMMITTED_EVERY = 20  # the others are rolled back at their end, which is what makes them fast


@dataclass
class Ground:
    """The council, those who may write its minutes, and their browsers."""

    cast: Cast
    writers: list[Character]
    actors: dict[str, Actor]
    used: Meeting  # the one whose interleavings are rolled back
    cookies: dict[str, str]  # sessions that were signed in before it all

    @classmethod
    def laid(cls) -> Ground:
        """A fresh cast."""
        cast = build_cast()
        writers = [cast.secretary, cast.chair]
        actors = {who.name: who.actor for who in writers}
        cookies = {who.name: signed_in(Client(), who).cookies["sessionid"].value for who in writers}
        return cls(cast, writers, actors, cls.meeting(cast), cookies)

    def browser(self, who: Character, *, kept: bool) -> Client:
        """One that is signed in; a session that may be ended for good is one of its own."""
        client = Client()
        if kept:
            signed_in(client, who)
            return client
        client.cookies["sessionid"] = self.cookies[who.name]
        return client

    @staticmethod
    def meeting(cast: Cast) -> Meeting:
        """A meeting with its minutes begun."""
        by = cast.secretary.actor
        days = 21 + Meeting.objects.filter(council=cast.council).count()  # one a day
        starts_at = NOON + timedelta(days=days)
        planned = api.Planned(starts_at, starts_at + timedelta(hours=2), "Rådhuset")
        council = cast.council
        meeting = api.plan_meetings(council=council, meetings=[planned], by=by, at=NOON)[0]
        for number in range(ITEMS):
            api.add_item(meeting=meeting, title=f"Sak {number}", by=by, at=NOON)
        Meeting.objects.filter(pk=meeting.pk).update(state="called", called_at=NOON)
        meeting.refresh_from_db()
        api.begin_minutes(meeting=meeting, by=by, at=NOON)
        return meeting


@dataclass
class Answer:
    """What came back: the version and the text that hold, and whether the writing was taken."""

    taken: bool
    version: int
    text: str


@dataclass
class Pad:
    """One text on one screen."""

    text: str
    base: str  # what the writer had read when the text on the screen was begun
    version: int
    acknowledged: bool = True


@dataclass
class Editor:
    """Somebody writing, and how their requests travel."""

    name: str
    who: Character
    actor: Actor
    client: Client
    way: str  # action | autosave | form
    pads: dict[int, Pad] = field(default_factory=dict)
    on_the_way: list[Callable[[], Answer]] = field(default_factory=list)
    signed_in: bool = True


def interleave(
    ground: Ground, chance: random.Random, number: int, *, careless: bool = False
) -> Counter[str]:
    """One interleaving from the first key to the last acknowledgement, and its reckoning."""
    kept = number % COMMITTED_EVERY == 0
    with held_at(NOON), nullcontext() if kept else rolled_back():
        story = Story(ground, chance, kept=kept, careless=careless)
        story.tell(steps=chance.randint(8, 18))
        story.settle()
        return story.reckoning()


@contextmanager
def rolled_back() -> Iterator[None]:
    """Everything is undone at the end."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


class Story:
    """The minutes of one meeting as several write them."""

    def __init__(
        self, ground: Ground, chance: random.Random, *, kept: bool, careless: bool
    ) -> None:
        self.ground, self.chance, self.kept, self.careless = ground, chance, kept, careless
        self.meeting = ground.meeting(ground.cast) if kept else ground.used
        self.items = {item.pk: item for item in self.meeting.items.all()}
        self.told: list[tuple[int, int, str]] = []  # acknowledged: item, version, text
        self.counts: Counter[str] = Counter()
        self.words = 0
        self.editors = [self._editor(n) for n in range(chance.randint(FEWEST, MOST))]
        self.counts["editors"] = len(self.editors)

    def _editor(self, number: int) -> Editor:
        who = self.ground.writers[number % len(self.ground.writers)]
        way = self.chance.choices(("action", "autosave", "form"), (78, 20, 2))[0]
        client = Client() if way == "action" else self.ground.browser(who, kept=self.kept)
        editor = Editor(f"e{number}", who, self.ground.actors[who.name], client, way)
        self._open(editor)
        return editor

    def _open(self, editor: Editor) -> None:
        """The page is loaded: what is saved stands on the screen."""
        for item in AgendaItem.objects.filter(meeting=self.meeting):
            editor.pads[item.pk] = Pad(item.minutes_text, item.minutes_text, item.minutes_version)

    # What happens ---------------------------------------------------------------------------------

    def tell(self, *, steps: int) -> None:
        """So many steps of whoever is next."""
        for _step in range(steps):
            editor = self.chance.choice(self.editors)
            act = self.chance.choices(
                (self._type, self._save, self._late, self._reload, self._sign_out),
                (45, 40, 8, 4, 3),
            )[0]
            act(editor)

    def _type(self, editor: Editor) -> None:
        """A word nobody else writes, at the end, at the beginning, or instead of everything."""
        pad = editor.pads[self.chance.choice(list(self.items))]
        self.words += 1
        word = f"{editor.name}w{self.words}"
        pad.text = self.chance.choice([f"{pad.text} {word}", f"{word} {pad.text}", word]).strip()
        pad.acknowledged = False
        self.counts["typed"] += 1

    def _save(self, editor: Editor) -> None:
        """Send what is not acknowledged, over a line that may fail on either way."""
        unsaved = [pk for pk, pad in editor.pads.items() if not pad.acknowledged]
        if not unsaved:
            return
        pk = self.chance.choice(unsaved)
        fate = self.chance.choices(
            ("arrives", "answer lost", "never arrives", "arrives late", "arrives twice"),
            (72, 9, 7, 6, 6),
        )[0]
        self.counts[fate] += 1
        send = self._request(editor, pk)
        if fate == "never arrives":
            return
        if fate == "arrives late":
            editor.on_the_way.append(send)
            return
        answer = self._received(send)
        if fate == "arrives twice":
            self._received(send)
        if fate == "answer lost" or answer is None:
            return
        self._hear(editor, pk, answer)

    def _late(self, editor: Editor) -> None:
        """A request from before reaches the server now; nobody waits for its answer any more."""
        if editor.on_the_way:
            self._received(editor.on_the_way.pop(0))
            self.counts["late arrivals"] += 1

    def _reload(self, editor: Editor) -> None:
        """The page is opened anew; what was typed comes back from the browser with its mark."""
        kept = {pk: pad for pk, pad in editor.pads.items() if not pad.acknowledged}
        self._open(editor)
        editor.pads |= kept
        self.counts["reloads"] += 1

    def _sign_out(self, editor: Editor) -> None:
        """The session ends in the middle; the next save is answered with the way to sign in."""
        if editor.way != "action":
            editor.client.logout()
            editor.signed_in = False
            self.counts["sessions ended"] += 1

    # A request ------------------------------------------------------------------------------------

    def _request(self, editor: Editor, pk: int) -> Callable[[], Answer]:
        """What goes over the line, as it was when it was sent."""
        pad, item = editor.pads[pk], self.items[pk]
        text, base, expected = pad.text, pad.base, pad.version
        ways = {"action": self._by_action, "autosave": self._by_autosave, "form": self._by_form}

        def arrive() -> Answer:
            before = AgendaItem.objects.get(pk=pk)
            mark = before.minutes_version if self.careless else expected
            answer = ways[editor.way](editor, item, text, mark)
            written = answer.taken and answer.version == before.minutes_version + 1
            self.counts["overwritten_unread"] += written and before.minutes_text != base
            return answer

        return arrive

    def _received(self, send: Callable[[], Answer]) -> Answer | None:
        try:
            return send()
        except SignedOut:
            self.counts["turned away"] += 1
            return None

    def _by_action(self, editor: Editor, item: AgendaItem, text: str, expected: int) -> Answer:
        answer = api.save_text(item=item, text=text, expected=expected, by=editor.actor, at=NOON)
        return Answer(isinstance(answer, api.Saved), answer.version, answer.text)

    def _by_autosave(self, editor: Editor, item: AgendaItem, text: str, expected: int) -> Answer:
        answer = editor.client.post(
            reverse("meetings:save_text", args=[item.ref]),
            json.dumps({"values": {"text": text}, "expected": str(expected)}),
            content_type="application/json",
        )
        if answer.status_code == 302:
            editor.signed_in = False
            raise SignedOut
        body = answer.json()
        if answer.status_code == 409:
            return Answer(False, int(body["mark"]), body["values"]["text"])
        return Answer(True, int(body["mark"]), text)

    def _by_form(self, editor: Editor, item: AgendaItem, text: str, expected: int) -> Answer:
        """The whole page, as it is sent without scripts: both texts, whatever was typed."""
        data: dict[str, str] = {}
        for pk, pad in editor.pads.items():
            ref = self.items[pk].ref
            shown, mark = (text, expected) if pk == item.pk else (pad.base, pad.version)
            data |= {f"text-{ref}": shown, f"version-{ref}": str(mark)}
        answer: Any = editor.client.post(reverse("meetings:minutes", args=[self.meeting.ref]), data)
        if answer.status_code == 302 and "/login" in answer.url:
            editor.signed_in = False
            raise SignedOut
        now = AgendaItem.objects.get(pk=item.pk)
        taken = answer.status_code == 302 or now.minutes_text == text
        return Answer(taken, now.minutes_version, now.minutes_text)

    # An answer ------------------------------------------------------------------------------------

    def _hear(self, editor: Editor, pk: int, answer: Answer) -> None:
        """Acknowledged; or both texts are shown, and a person decides."""
        pad = editor.pads[pk]
        if answer.taken:
            self.told.append((pk, answer.version, pad.text))
            self.counts["acknowledged"] += 1
            editor.pads[pk] = Pad(pad.text, pad.text, answer.version)
            return
        self.counts["shown side by side"] += 1
        chosen = self.chance.choice(["mine", "theirs", "both"])
        text = {"mine": pad.text, "theirs": answer.text, "both": f"{answer.text} {pad.text}"}[
            chosen
        ].strip()
        editor.pads[pk] = Pad(text, answer.text, answer.version, text == answer.text)

    def settle(self) -> None:
        """The line is back and everybody is signed in: everything typed is sent until it stands."""
        for editor in self.editors:
            while editor.on_the_way:
                self._late(editor)
            for pk in editor.pads:
                self._send_until_it_stands(editor, pk)

    def _send_until_it_stands(self, editor: Editor, pk: int) -> None:
        for _try in range(4):
            if editor.pads[pk].acknowledged:
                return
            if not editor.signed_in:
                editor.client = self.ground.browser(editor.who, kept=True)
                editor.signed_in = True
            answer = self._received(self._request(editor, pk))
            if answer is not None:
                self._hear(editor, pk, answer)
        self.counts["never_settled"] += not editor.pads[pk].acknowledged

    # The reckoning --------------------------------------------------------------------------------

    def reckoning(self) -> Counter[str]:
        """What the tables hold, against what was told."""
        for pk in self.items:
            item = AgendaItem.objects.get(pk=pk)
            kept = dict(MinutesRevision.objects.filter(item=pk).values_list("version", "text"))
            in_order = list(range(1, item.minutes_version + 1))
            self.counts["versions_out_of_order"] += sorted(kept) != in_order
            self.counts["versions_out_of_order"] += kept.get(item.minutes_version, "") != (
                item.minutes_text
            )
            self.counts["lost"] += sum(
                kept.get(version, "") != text for about, version, text in self.told if about == pk
            )
        return self.counts


class SignedOut(Exception):
    """The server answered with the way to sign in: nothing was saved."""
