"""Errors and notes: every message says what was found and what would be right."""

from __future__ import annotations

__all__ = [
    "DataError",
    "Error",
    "FileError",
    "ModelError",
    "Note",
    "SettingError",
    "UnknownNameError",
]


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
        super().__init__(message)
        self.found = found
        self.remedy = remedy

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (type(self), str(self), dict(self.__dict__)))


def _rebuild(kind: type[Error], message: str, state: dict[str, object]) -> Error:
    error = kind.__new__(kind)
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
    """

    file: str | None = None
    row: int | None = None
    study: str | None = None
    column: str | None = None


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


class Note(UserWarning):
    """A remark on an analysis: a study left out, a correction applied, an estimate at its boundary."""
