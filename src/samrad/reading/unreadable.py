"""What can be wrong with a document, as codes; `messages` has the sentences."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Trouble(StrEnum):
    """Why a document cannot be read, or what to keep in mind when it could."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_LONG = "too_long"
    TOO_SLOW = "too_slow"
    BINARY = "binary"
    PICTURE = "picture"
    OLD_WORD = "old_word"
    OTHER_FORMAT = "other_format"
    BROKEN = "broken"
    PASSWORD = "password"  # noqa: S105 - a reason, not a secret
    NO_TEXT_LAYER = "no_text_layer"
    MACROS = "macros"
    ZIP_BOMB = "zip_bomb"
    NOT_AN_AGREEMENT = "not_an_agreement"
    UNLIKELY = "unlikely"
    OTHER_LANGUAGE = "other_language"
    NOT_MINUTES = "not_minutes"


class Note(StrEnum):
    """What the reader should know about how a document was read."""

    ENCODING = "encoding"
    PAGES_WITHOUT_TEXT = "pages_without_text"
    OTHER_LANGUAGE = "other_language"
    UNLIKELY = "unlikely"
    NOT_WHAT_IT_IS_CALLED = "not_what_it_is_called"
    CHANGES = "changes"
    COMMENTS = "comments"


Parameters = Mapping[str, str | int]


class Unreadable(Exception):
    """A document that cannot be read: the code says why, the parameters fill in the sentence."""

    def __init__(self, code: Trouble, **parameters: str | int) -> None:
        super().__init__(str(code))
        self.code = code
        self.parameters: Parameters = MappingProxyType(parameters)
