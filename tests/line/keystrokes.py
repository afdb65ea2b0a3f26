"""How long a person needs at the screen: the keystroke-level model.

Card, S. K., Moran, T. P. and Newell, A. (1980): The keystroke-level model for user performance time
with interactive systems. Communications of the ACM 23(7), 396–410. What is done is really done in
the browser; what it would take is added up from the model, so that no clock is looked at.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from playwright.sync_api import Locator, Page, expect


class Operator(Enum):
    """What a person does, in seconds. A press of the mouse's button is a key press as well."""

    KEY = 0.28  # an average typist who is no secretary
    POINT = 1.10
    HOME = 0.40  # the hand goes from keyboard to mouse, or back
    MENTAL = 1.35  # making up one's mind before something is done
    RESPONSE = 1.00  # a page is waited for: more than it is allowed to take


@dataclass(frozen=True)
class Step:
    """One thing that was done, and what it was made of."""

    what: str
    operators: tuple[Operator, ...]

    @property
    def seconds(self) -> float:
        return sum(one.value for one in self.operators)

    def __str__(self) -> str:
        return f"{self.seconds:5.1f} s  {self.what}"


@dataclass
class Person:
    """Somebody at a screen, whose every step is written down."""

    page: Page
    steps: list[Step] = field(default_factory=list)
    is_at_the_mouse: bool = True

    @property
    def seconds(self) -> float:
        """What all of it takes."""
        return sum(step.seconds for step in self.steps)

    @property
    def account(self) -> str:
        """All the steps, to be read by whoever wonders."""
        return "\n".join([*map(str, self.steps), f"{self.seconds:5.1f} s  in all"])

    def goes_to(self, thing: Locator) -> None:
        """Presses what leads to another page, and waits for that."""
        what = thing.inner_text().split("\n")[0]
        with self.page.expect_navigation():
            thing.click()
        self._note(f"press {what}", *self._mouse(), Operator.KEY, Operator.RESPONSE)

    def presses(self, thing: Locator) -> None:
        """Presses what changes the page one is on."""
        what = thing.inner_text().split("\n")[0]
        thing.click()
        self._note(f"press {what}", *self._mouse(), Operator.KEY)

    def writes(self, thing: Locator, text: str) -> None:
        """Puts the pointer into a field, and writes over what stands there."""
        thing.click(click_count=3)
        mouse = self._mouse()
        thing.press_sequentially(text)
        expect(thing).to_have_value(text)
        keys = [Operator.KEY] * (len(text) + 2)  # two more to choose what stands there
        self._note(f"write {text}", *mouse, *self._keyboard(), *keys)

    def chooses(self, thing: Locator, label: str) -> None:
        """Opens a list and presses one of its lines."""
        thing.select_option(label=label)
        press = (Operator.POINT, Operator.KEY)
        self._note(f"choose {label}", *self._mouse(), Operator.KEY, *press)

    def looks_through(self, things: Locator) -> None:
        """Pages down past them all, and makes up one's mind about each."""
        count = things.count()
        last = things.last.bounding_box()
        assert last is not None
        pages = int(last["y"] // (self.page.viewport_size or {"height": 900})["height"]) + 1
        for _page in range(pages):
            self.page.keyboard.press("PageDown")
        hand = self._keyboard()
        self._note(
            f"look through {count}",
            *hand,
            *[Operator.MENTAL] * count,
            *[Operator.KEY] * pages,
        )

    def _mouse(self) -> list[Operator]:
        moved = [] if self.is_at_the_mouse else [Operator.HOME]
        self.is_at_the_mouse = True
        return [Operator.MENTAL, *moved, Operator.POINT]

    def _keyboard(self) -> list[Operator]:
        moved = [Operator.HOME] if self.is_at_the_mouse else []
        self.is_at_the_mouse = False
        return moved

    def _note(self, what: str, *operators: Operator) -> None:
        self.steps.append(Step(what, operators))
