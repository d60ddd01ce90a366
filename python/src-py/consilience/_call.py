"""A request with its data: built by the public functions, answered by the native module."""

from __future__ import annotations

import json
import os
import warnings
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from . import _consilience, frames
from ._options import OPTIONS
from .errors import DataError, Note, SettingError
from .figures import Figure

__all__ = ["Call", "Data", "Option", "Progress", "Role", "call"]

#: Anything with columns, the path of a file, or nothing.
Data = Any
#: The name of a column, or one value for each study.
Role = Any
#: A text, a number, or several.
Option = Any

#: Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
Progress = Callable[[str, int, int], "bool | None"]

#: The name under which the data of a call stand in its request.
_DATA = "data"

R = TypeVar("R")


def _plain(name: str) -> str:
    return "".join(c for c in name.lower() if c.isalnum())


class Call:
    """A request, its data, and the answer once it was asked for."""

    __slots__ = ("_answer", "kind", "progress", "request", "tables")

    def __init__(
        self,
        request: Mapping[str, Any],
        tables: Mapping[str, Mapping[str, Any]],
        kind: frames.Kind,
        progress: Progress | None = None,
    ) -> None:
        self.request = dict(request)
        self.tables = {name: dict(columns) for name, columns in tables.items()}
        self.kind = kind
        self.progress = progress
        self._answer: _consilience.Answer | None = None

    @property
    def answer(self) -> _consilience.Answer:
        """The native answer."""
        if self._answer is None:
            self._answer = _consilience.run(json.dumps(self.request), self.tables, self.progress)
        return self._answer

    def render(self, form: str) -> str:
        """The text of the answer in a form."""
        text = self.answer.render(form)
        if text is None:
            raise SettingError(
                f"{self.request['command']}: it has no {form}; save it as a file",
                found=f"it has no {form}",
                remedy="save it as a file",
            )
        return text

    def said(self) -> None:
        """Raises the notes of the answer as warnings, once."""
        for note in self.answer.notes:
            warnings.warn(Note(note), stacklevel=4)

    def paragraph(self) -> str:
        """The sentences for the results section of a paper."""
        text = self.answer.paragraph()
        if text is None:
            raise SettingError("paragraph: this result has none", found="this result has none")
        return text

    def _with(self, command: str, options: Mapping[str, Any]) -> Call:
        """The call of another command on the same data, with the options that both take."""
        shared = OPTIONS[command]
        request = {name: value for name, value in self.request.items() if name in shared}
        request.update(command=command, **_request_options(command, options))
        return Call(request, self.tables, self.kind, self.progress)

    def other(self, command: str, options: Mapping[str, Any], kind: Callable[[Call], R]) -> R:
        """The result of another command on the same data."""
        made = self._with(command, options)
        made.said()
        return kind(made)

    def figure(self, name: str, options: Mapping[str, Any]) -> Figure:
        """A figure of the same analysis."""
        made = self._with(f"plot {name.replace('_', '-')}", options)
        made.said()
        return made.drawn()

    def drawn(self) -> Figure:
        """The figure of a call that draws one."""
        figures = self.answer.figures
        if not figures:
            command = self.request["command"]
            raise SettingError(f"{command} draws no figure", found=f"{command} draws no figure")
        return Figure(figures[0])

    def document(self, form: str) -> str:
        """The document of a report in a form."""
        text = self.answer.report(form)
        if text is None:
            raise SettingError("this is no report", found="this is no report")
        return text

    def save_document(self, path: str | os.PathLike[str]) -> None:
        """Writes the report; the ending of the name is its form."""
        name = os.fspath(path)
        forms = {".html": "html", ".htm": "html", ".md": "markdown", ".rtf": "rtf"}
        form = forms.get(os.path.splitext(name)[1].lower())
        if form is None:
            raise SettingError(
                f"path: {name} has no ending of a report; use .html, .md or .rtf",
                found=f"{name} has no ending of a report",
                remedy="use .html, .md or .rtf",
            )
        text = self.document(form)
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write(text)

    def __reduce__(self) -> tuple[Any, ...]:
        return (Call, (self.request, self.tables, self.kind))


def _request_options(command: str, options: Mapping[str, Any]) -> dict[str, Any]:
    """Keyword arguments as options of a request: without those that were not given, names without a closing underscore."""
    known = OPTIONS[command]
    out: dict[str, Any] = {}
    for name, value in options.items():
        if value is None or value is False:
            continue
        name = name.rstrip("_")
        if name not in known:
            _consilience.unknown("option", name, sorted(known))
        out[name] = _option(value)
    return out


def _option(value: Any) -> Any:
    if isinstance(value, range):
        if len(value) == 0:
            return ""
        return f"{value[0]}:{value[-1]}:{value.step}"
    if isinstance(value, Mapping):
        return ",".join(f"{name}={item}" for name, item in value.items())
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, os.PathLike):
        return os.fspath(value)
    return value


def call(
    command: str,
    data: Any,
    roles: Mapping[str, Any],
    options: Mapping[str, Any],
    columns: Mapping[str, str] | None = None,
    progress: Progress | None = None,
    as_: frames.Kind | None = None,
) -> Call:
    """The call of a command.

    Parameters
    ----------
    command
        The command, as on the command line.
    data
        A frame, a mapping of columns, the path of a file, or nothing.
    roles
        For each role the name of a column, or the values themselves.
    options
        The options of the command; those that are ``None`` were not given.
    columns
        Further roles and the names of their columns.
    """
    tables: dict[str, dict[str, Any]] = {}
    held = {name: value for name, value in options.items() if _is_frame(value)}
    for name, value in held.items():
        tables[name] = frames.columns_of(value)
    plain = {name: (name if name in held else value) for name, value in options.items()}
    request: dict[str, Any] = {"command": command, **_request_options(command, plain)}
    named = {role: name for role, name in roles.items() if isinstance(name, str)} | dict(columns or {})
    given = {role: values for role, values in roles.items() if values is not None and not isinstance(values, str)}
    if frames.is_path(data):
        if given:
            raise SettingError(
                f"{', '.join(given)}: values beside a file; give names of its columns, or no file",
                found="values beside a file",
                remedy="give names of its columns, or no file",
            )
        request["data"] = os.fspath(data)
    elif data is not None or given:
        tables[_DATA] = _columns(data, named, given, request)
        request["data"] = _DATA
    if named:
        request["columns"] = ",".join(f"{role}={_quoted(name)}" for role, name in named.items())
    kind = as_ or (frames.kind_of(data) if data is not None else "dict")
    if frames.is_path(data):
        kind = as_ or "dict"
    made = Call(request, tables, kind, progress)
    made.said()
    return made


def _is_frame(value: Any) -> bool:
    """True for a frame in place of the name of a file."""
    if isinstance(value, Mapping):
        return bool(value) and all(hasattr(column, "__len__") and not isinstance(column, str) for column in value.values())
    return hasattr(value, "columns") or hasattr(value, "column_names")


def _quoted(name: str) -> str:
    if name and all(c.isalnum() or c in "_." for c in name):
        return name
    return '"' + name.replace('"', '""') + '"'


def _columns(
    data: Any,
    named: Mapping[str, str],
    given: Mapping[str, Any],
    request: Mapping[str, Any],
) -> dict[str, Any]:
    """The columns that a request uses: those named as roles or in options, and those that bear the name of a role."""
    columns: dict[str, Any] = {}
    if data is not None:
        names = frames.names_of(data)
        texts = [text for text in _texts(request) if text]
        customary = _consilience.customary_names()
        wanted = [
            name
            for name in names
            if name in named.values() or _plain(name) in customary or any(name in text for text in texts)
        ]
        columns = frames.columns_of(data, wanted)
        for role, name in named.items():
            if name not in names:
                _consilience.unknown("column", name, names)
    for role, values in given.items():
        if role in columns:
            raise SettingError(
                f"{role}: given as values, and a column of that name is in the data; name one of them",
                found=f"{role} is given as values, and a column of that name is in the data",
                remedy="name one of them",
            )
        columns[role] = frames.column(values, role)
    lengths = {name: len(values) for name, values in columns.items()}
    if len(set(lengths.values())) > 1:
        said = ", ".join(f"{name} {length}" for name, length in lengths.items())
        raise DataError(
            f"columns differ in length ({said}); give one value for each study",
            found=f"columns differ in length ({said})",
            remedy="give one value for each study",
        )
    return columns


def _texts(values: Mapping[str, Any] | Iterable[Any]) -> list[str]:
    """All texts in the options of a request."""
    out: list[str] = []
    for value in values.values() if isinstance(values, Mapping) else values:
        if isinstance(value, str):
            out.append(value)
        elif isinstance(value, (list, tuple, Mapping)):
            out.extend(_texts(value))
    return out
