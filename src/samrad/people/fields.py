"""A column that follows another: the name as people search for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models

from samrad.areas.rules.names import searchable

if TYPE_CHECKING:
    Text = models.CharField[str, str]
else:
    Text = models.CharField


class Searchable(Text):
    """`source` without case or diacritics, kept beside it whenever a row is written.

    It is derived, not entered: searching for "as" finds Ås on either database.
    """

    def __init__(self, source: str = "", **options: Any) -> None:
        self.source = source
        super().__init__(**{"max_length": 260, "editable": False, "default": "", **options})

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        """Migrations know which column this one follows."""
        name, path, arguments, options = super().deconstruct()
        return name, path, arguments, {**options, "source": self.source}

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Make the value anew from its source."""
        value = searchable(getattr(model_instance, self.source))[: self.max_length]
        setattr(model_instance, self.attname, value)
        return value
