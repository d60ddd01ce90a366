"""Errors and notes: every message says what was found and what would be right."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterable
from typing import TypeVar

from ._words import in_python, python_name

__all__ = [
    "DataError",
    "Error",
    "FileError",
    "ModelError",
    "Note",
    "SettingError",
    "UnknownNameError",
]


E = TypeVar("E", bound="Error")

class Error(ValueError):
    """Base of all errors of this package.

    Attributes
    ----------
    found : str
        What was found.
    remedy : str
        What would be right.
    """

    def __init__(self, message: str, found: str = "", remedy: str = "") -> None:
        super().__init__(in_python(message))
        self.found = in_python(found)
        self.remedy = in_python(remedy)

    @classmethod
    def of(cls: type[E], found: str, remedy: str, **known: object) -> E:
        """The error of what was found, with its remedy and what else is known."""
        option = known.get("option")
        error = cls(f"{option}: {found}; {remedy}" if option else f"{found}; {remedy}", found, remedy)
        error.__dict__.update(known)
        return error

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (type(self), str(self), dict(self.__dict__)))


def _rebuild(kind: type[Error], message: str, state: dict[str, object]) -> Error:
    error = OSError.__new__(kind) if issubclass(kind, OSError) else kind.__new__(kind)
    ValueError.__init__(error, message)
    error.__dict__.update(state)
    return error


class DataError(Error):
    """A value in the data is missing, malformed or impossible.

    Attributes
    ----------
    file : str or None
        The file, if the data came from one.
    row : int or None
        The row, counted from 1 without a header.
    study : str or None
        The label of the study.
    column : str or None
        The column.
    index : object
        The label of the row in the index of a pandas frame, if that says more than the position.
    """

    file: str | None = None
    row: int | None = None
    study: str | None = None
    column: str | None = None
    index: object = None


class ModelError(Error):
    """The data are well-formed, but the model has no answer for them."""


class UnknownNameError(Error):
    """A name (of a measure, a method, a column, an option) that is not known.

    Attributes
    ----------
    name : str
        The name as given.
    nearest : str or None
        The nearest known name.
    known : list of str
        All known names.
    """

    name: str = ""
    nearest: str | None = None
    known: list[str] = []


class SettingError(Error):
    """An option is outside its range, or two options contradict each other.

    Attributes
    ----------
    option : str
        The option.
    """

    option: str = ""


class FileError(Error, OSError):
    """A file could not be read or written.

    Attributes
    ----------
    file : str
        The file.
    """

    file: str = ""


_HERE = __file__.removesuffix("errors.py")


def warn(notes: Iterable[str]) -> None:
    """Raises notes as warnings where the user called the package."""
    frame = sys._getframe(3)  # what calls `Call.tell` is a method of the package, called by another or by the user
    while frame.f_code.co_filename.startswith(_HERE) and frame.f_back is not None:
        frame = frame.f_back
    place = frame.f_globals
    registry, module = place.setdefault("__warningregistry__", {}), place.get("__name__")
    file, line = frame.f_code.co_filename, frame.f_lineno
    for note in notes:
        warnings.warn_explicit(note, Note, file, line, module, registry)


class Note(UserWarning):
    """A remark on an analysis: a study left out, a correction applied, an estimate at its boundary."""
