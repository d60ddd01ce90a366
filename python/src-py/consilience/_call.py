"""A request with its data: what the public functions declare is answered here by the native module."""

from __future__ import annotations

import functools
import json
import os
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, ParamSpec, TypeVar

from . import _consilience, frames
from ._options import OPTIONS, ROLES
from .errors import DataError, SettingError, warn
from .figures import Figure

__all__ = ["Call", "Data", "Option", "Progress", "Role", "call", "command"]

#: Anything with columns, the path of a file, or nothing.
Data = Any
#: The name of a column, or one value for each study.
Role = Any
#: A text, a number, or several.
Option = Any

#: Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
Progress = Callable[[str, int, int], "bool | None"]

#: The name under which the data of a call stand in its request, and the options of a call of data alone.
_DATA = "data"
_ALONE = {"data": _DATA}

#: What an analysis computes beside its main result: figures of the analysis refuse it, but for those that show it.
_BESIDE = frozenset(
    """multiverse permute wild_bootstrap marginal contrast compare diagnostics vif r2_bootstrap multimodel
    fragility outliers sequential gosh group seed""".split()
)
_SHOWN = {"gosh": frozenset({"gosh", "seed"}), "permutation": frozenset({"permute", "seed"})}

#: The words of the refusal of an option that makes no difference to a figure.
_UNSHOWN = "this figure does not show it"

P = ParamSpec("P")
R = TypeVar("R")


class Call:
    """A request, its data, and the answer once it was asked for."""

    __slots__ = ("_answer", "_index", "_told", "command", "kind", "options", "parts", "progress", "tables", "texts")

    def __init__(
        self,
        command: str,
        options: dict[str, Any],
        tables: dict[str, _consilience.Table],
        kind: frames.Kind,
        progress: Progress | None = None,
        index: Any = None,
        told: set[str] | None = None,
    ) -> None:
        self.command = command
        self.options = options
        self.tables = tables
        self.kind = kind
        self.progress = progress
        self._index = index
        self._told = set() if told is None else told
        self._answer: _consilience.Answer | None = None
        #: Values of the answer and its texts in several forms, once they were asked for.
        self.parts: dict[str, Any] = {}
        self.texts: dict[str, str] = {}

    @property
    def request(self) -> dict[str, Any]:
        """The command and its options, as in the JSON of a request."""
        return {"command": self.command, **self.options}

    @property
    def answer(self) -> _consilience.Answer:
        """The native answer."""
        if self._answer is None:
            try:
                self._answer = _request(self.command, self.options).run(self.tables, self.progress)
            except DataError as error:
                raise frames.with_index(error, self._index) from None
        return self._answer

    def render(self, form: str) -> str:
        """The text of the answer in a form."""
        if form not in self.texts:
            text = self.answer.render(form)
            if text is None:
                raise SettingError.of(f"{self.command} has no {form}", "save it as a file")
            self.texts[form] = text
        return self.texts[form]

    def tell(self, notes: list[str]) -> None:
        """Raises notes as warnings, each once for an analysis and all its readings."""
        new = [note for note in notes if note not in self._told] if self._told else notes
        if new:
            self._told.update(new)
            warn(new)

    def paragraph(self) -> str:
        """The sentences for the results section of a paper."""
        text = self.answer.paragraph()
        if text is None:
            raise SettingError.of(f"the result of {self.command} has no paragraph", "take its summary")
        return text

    def _with(self, command: str, options: Mapping[str, Any]) -> Call:
        """The call of another command on the same data, with the options that both take."""
        shared = OPTIONS[command]
        own = {name: value for name, value in self.options.items() if name in shared}
        own.update((name, _option(value)) for name, value in _known(command, options).items())
        return Call(command, own, self.tables, self.kind, self.progress, self._index, self._told)

    def other(self, command: str, options: Mapping[str, Any], kind: Callable[[Call], R]) -> R:
        """The result of another command on the same data."""
        return kind(self._with(command, options))

    def figure(self, name: str, options: Mapping[str, Any]) -> Figure:
        """A figure of the same analysis."""
        command = f"plot {name.replace('_', '-')}"
        if command not in OPTIONS:
            known = [name.removeprefix("plot ") for name in OPTIONS if name.startswith("plot ")]
            _consilience.unknown("figure", name, known)
        call = self._without(_BESIDE - _SHOWN.get(name, frozenset()))
        while True:
            asked = call._with(command, options)
            try:
                _request(asked.command, asked.options)
            except SettingError as error:
                # what the analysis chose and this figure has no place for; what was asked of the figure itself is refused
                if error.option in options or error.option not in call.options:
                    raise
                if _UNSHOWN not in error.found:
                    raise
                call = call._without(frozenset({error.option}))
            else:
                return asked.drawn()

    def _without(self, names: frozenset[str]) -> Call:
        """The call without options of these names."""
        own = {name: value for name, value in self.options.items() if name not in names}
        return Call(self.command, own, self.tables, self.kind, self.progress, self._index, self._told)

    def drawn(self) -> Figure:
        """The figure of a call that draws one."""
        self.tell(self.answer.notes)
        figures = self.answer.figures
        if not figures:
            raise SettingError.of(f"{self.command} draws no figure", "use a function of consilience.plot")
        return Figure(figures[0], self.tell)

    def document(self, form: str) -> bytes:
        """The file of a report in a form."""
        file = self.answer.report(form)
        if file is None:
            raise SettingError.of(f"the result of {self.command} is no report", "use consilience.report")
        return file

    def save_document(self, path: str | os.PathLike[str]) -> None:
        """Writes the report; the ending of the name is its form."""
        name = os.fspath(path)
        forms = {".html": "html", ".htm": "html", ".md": "markdown", ".rtf": "rtf", ".docx": "docx"}
        form = forms.get(os.path.splitext(name)[1].lower())
        if form is None:
            raise SettingError.of(f"{name} has no ending of a report", "use .html, .md, .rtf or .docx", option="path")
        document = self.document(form)
        with open(path, "wb") as file:
            file.write(document)

    def __reduce__(self) -> tuple[Any, ...]:
        return (Call, (self.command, self.options, self.tables, self.kind))


@functools.lru_cache(maxsize=256, typed=True)
def _read(command: str, *items: Any) -> _consilience.Request:
    """The native request of a command, the names of its options and their values; those of late are kept."""
    half = len(items) // 2
    options = dict(zip(items[:half], items[half:], strict=True))
    return _consilience.Request(json.dumps({"command": command, **options}))


@functools.cache
def _without_options(command: str) -> _consilience.Request:
    """The native request of a command without options."""
    return _read.__wrapped__(command, *_ALONE, *_ALONE.values())


def _request(command: str, options: Mapping[str, Any]) -> _consilience.Request:
    if options == _ALONE:
        return _without_options(command)
    try:
        return _read(command, *options, *options.values())
    except TypeError:  # lists are not kept
        return _read.__wrapped__(command, *options, *options.values())


def _option(value: Any) -> Any:
    """The value of an option as JSON has it."""
    if isinstance(value, range):
        return f"{value[0]}:{value[-1]}:{value.step}" if len(value) > 0 else ""
    if isinstance(value, Mapping):
        return ",".join(f"{name}={_listed(item)}" for name, item in value.items())
    if hasattr(value, "tolist"):
        return value.tolist()
    if hasattr(value, "to_list"):
        return value.to_list()
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, os.PathLike):
        return os.fspath(value)
    if value is None or isinstance(value, (str, int, float, list)):
        return value
    raise SettingError.of(f"a {type(value).__name__} is no value of an option", "give a text, a number or a list of them")


def _listed(value: Any) -> str:
    return ",".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)


def _known(command: str, options: Mapping[str, Any]) -> dict[str, Any]:
    """The options that are given, by their names in a request; others are errors."""
    known = OPTIONS[command]
    out: dict[str, Any] = {}
    for name, value in options.items():
        asked = _asked(name)
        if asked not in known:
            _consilience.unknown("option", name, sorted(known))
        if value is not None and value is not False:
            out[asked] = value
    return out


def _asked(name: str) -> str:
    """The name of an option in a request: ``from_`` is ``from``, since Python has the word itself."""
    return "as" if name == "as_shape" else name.rstrip("_")


def command(name: str, kind: Callable[[Call], R], data: bool = False) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Makes a declaration a function that answers a command.

    The declaration holds the signature and the help; it is called only to refuse arguments that it does not declare. What
    was not given costs nothing, however many options there are.

    Parameters
    ----------
    name
        The command, as on the command line.
    kind
        Makes what the function returns.
    data
        True if the function takes data.
    """
    roles = ROLES - OPTIONS[name].keys()

    def decorate(declared: Callable[P, R]) -> Callable[P, R]:
        code = declared.__code__
        taken = frozenset(code.co_varnames[: code.co_argcount + code.co_kwonlyargcount])
        required = taken.difference(declared.__kwdefaults__ or ()) - {"data"}

        @functools.wraps(declared)
        def answered(*args: P.args, **given: P.kwargs) -> R:
            wrong = not taken.issuperset(given) or required and not required.issubset(given)
            if wrong or args and (len(args) > data or "data" in given):
                declared(*args, **given)  # a TypeError
            return kind(call(name, roles, args[0] if args else None, given))

        return answered

    return decorate


def call(command: str, roles: frozenset[str], data: Any, given: dict[str, Any]) -> Call:
    """The call of a command with its arguments."""
    options: dict[str, Any] = {}
    named: dict[str, str] = {}
    values: dict[str, Any] = {}
    kind = progress = index = None
    for name, value in given.items():
        if value is None or value is False:
            continue
        if name in roles:
            if isinstance(value, str):
                named[name] = value
            else:
                values[name] = frames.column(value, name)
        elif name == "data":
            data = value
        elif name == "as_":
            kind = value
        elif name == "progress":
            progress = value
        elif name == "columns":
            named.update(_mapping(value))
        else:
            options[_asked(name)] = value
    tables = _tables(command, options, values) if options else {}
    if data is None:
        if values:
            tables[_DATA] = _consilience.Table(values, True)
            options["data"] = _DATA
    elif isinstance(data, (str, os.PathLike)):
        if values:
            raise SettingError.of(
                f"values of {', '.join(values)} beside a file", "give names of its columns, or no file"
            )
        options["data"] = os.fspath(data)
    else:
        kind = kind or frames.kind_of(data)
        index = frames.index_of(data)
        tables[_DATA] = _consilience.Table(_columns(data, named, values, options))
        options["data"] = _DATA
    if named:
        options["columns"] = ",".join(f"{role}={_quoted(name)}" for role, name in named.items())
    return Call(command, options, tables, kind or "dict", progress, index)


def _tables(command: str, options: dict[str, Any], values: dict[str, Any]) -> dict[str, _consilience.Table]:
    """Brings options to their values in a request; frames among them are tables, and values in place of a column's name join
    the others.
    """
    tables: dict[str, _consilience.Table] = {}
    for name, value in options.items():
        if isinstance(value, (str, int, float)):
            continue
        takes = OPTIONS[command].get(name)
        if takes == "column" and hasattr(value, "__len__"):
            values[name] = frames.column(value, name)
            options[name] = name
        elif takes == "table" and not isinstance(value, os.PathLike):
            tables[name] = _consilience.Table(frames.columns_of(value))
            options[name] = name
        else:
            options[name] = _option(value)
    return tables


def _mapping(columns: Any) -> Mapping[str, str]:
    if not isinstance(columns, Mapping):
        raise SettingError.of(f"{columns!r} is no mapping", 'write {"ai": "tpos", "bi": "tneg"}', option="columns")
    return columns


_plain = re.compile(r"[\w.]+").fullmatch


def _quoted(name: str) -> str:
    if name.isalnum() or _plain(name):
        return name
    return '"' + name.replace('"', '""') + '"'


def _columns(
    data: Any,
    named: Mapping[str, str],
    values: Mapping[str, Any],
    options: Mapping[str, Any],
) -> dict[str, Any]:
    """The columns that a request uses: those named as roles or in options, and those that bear the name of a role."""
    data = frames.table(data)
    names = frames.names_of(data)
    for name in named.values():
        if name not in names.places:
            _consilience.unknown("column", name, names.all)
    columns = frames.columns_of(data, _wanted(names, named, options), names)
    for role, column in values.items():
        if role in columns:
            raise SettingError.of(
                f"{role} is given as values, and a column of that name is in the data", "name one of them", option=role
            )
        columns[role] = column
    return columns


def _wanted(names: frames.Names, named: Mapping[str, str], options: Mapping[str, Any]) -> list[str]:
    """The names of the columns that a request may use, in the order of the data."""
    if names.customary is None:
        names.customary = frozenset(filter(_is_customary, names.all))
    wanted = {*names.customary, *named.values()}
    text = "\n".join(_texts(options.values())) if options else ""
    if text:
        wanted.update(name for name in names.places if name in text and _mentions(text, name))
    return sorted(wanted, key=names.places.__getitem__)


_CUSTOMARY = _consilience.customary_names()


@functools.lru_cache(maxsize=16_384)
def _is_customary(name: str) -> bool:
    """True for the name of a role in any spelling, and for those that other programs give to one."""
    return "".join(c for c in name.lower() if c.isalnum()) in _CUSTOMARY


def _mentions(text: str, name: str) -> bool:
    """True if a name stands in a text by itself, not within another word."""
    at = text.find(name)
    while at >= 0:
        before, after = text[at - 1 : at], text[at + len(name) : at + len(name) + 1]
        if not (name[:1].isalnum() and before.isalnum() or name[-1:].isalnum() and after.isalnum()):
            return True
        at = text.find(name, at + 1)
    return False


def _texts(values: Iterable[Any]) -> list[str]:
    """All texts in the options of a request."""
    out: list[str] = []
    for value in values:
        if isinstance(value, str):
            out.append(value)
        elif isinstance(value, (list, tuple)):
            out.extend(_texts(value))
    return out
