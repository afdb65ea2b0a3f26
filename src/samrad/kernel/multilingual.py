"""The same words in several languages, as one small value.

What belongs here: carrying a text in up to five languages and choosing the best one for a reader.
What does not: translating the program's own sentences, which is gettext's work.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Self

LANGUAGES = ("nb", "nn", "da", "sv", "en")

# Who reads what when their own language is missing. Bokmål and Nynorsk are closest to each
# other, and Danish to both; English comes last because every reader here has a nearer one.
_NEAREST: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "nb": ("nb", "nn", "da", "sv", "en"),
        "nn": ("nn", "nb", "da", "sv", "en"),
        "da": ("da", "nb", "nn", "sv", "en"),
        "sv": ("sv", "nb", "nn", "da", "en"),
        "en": ("en", "nb", "nn", "da", "sv"),
    }
)
_OTHER_NAMES = {"no": "nb"}


def nearest_languages(code: str) -> tuple[str, ...]:
    """The five languages in the order a reader of `code` would want them."""
    plain = code.replace("_", "-").partition("-")[0].lower()
    return _NEAREST.get(_OTHER_NAMES.get(plain, plain), _NEAREST["en"])


@dataclass(frozen=True, slots=True)
class Words:
    """One text in up to five languages; an empty string means not written in that one."""

    nb: str = ""
    nn: str = ""
    da: str = ""
    sv: str = ""
    en: str = ""

    @classmethod
    def from_mapping(cls, texts: Mapping[str, str]) -> Self:
        """The words of a stored or parsed mapping; an unknown language is an error."""
        unknown = sorted(set(texts) - set(LANGUAGES))
        if unknown:
            raise ValueError(f"unknown language: {', '.join(unknown)}")
        return cls(**texts)

    @classmethod
    def same(cls, text: str) -> Self:
        """A name that is the same whatever the reader's language, such as a proper name."""
        return cls(*(text for _ in LANGUAGES))

    def in_language(self, code: str) -> str:
        """The text in this language, or in the nearest one that has it."""
        return next((text for near in nearest_languages(code) if (text := getattr(self, near))), "")

    def as_mapping(self) -> dict[str, str]:
        """The languages that are written, ready to be stored."""
        return {code: getattr(self, code) for code in LANGUAGES if getattr(self, code)}

    def missing(self) -> tuple[str, ...]:
        """The languages nobody has written yet."""
        return tuple(code for code in LANGUAGES if not getattr(self, code))

    def __bool__(self) -> bool:
        return len(self.missing()) < len(LANGUAGES)
