"""Results: frozen objects whose attributes bear the names of the JSON."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, cast

from . import frames
from .errors import Error

if TYPE_CHECKING:
    from ._call import Call
    from .figures import Figure

__all__ = ["Record", "Result"]


class Record:
    """A part of a result: attributes named as in the JSON; what does not exist is ``None``."""

    __slots__ = ("_kind", "_values")

    def __init__(self, values: Mapping[str, Any], kind: frames.Kind = "dict") -> None:
        object.__setattr__(self, "_values", dict(values))
        object.__setattr__(self, "_kind", kind)

    @property
    def _data(self) -> dict[str, Any]:
        return cast("dict[str, Any]", self._values)

    def _value(self, name: str) -> Any:
        """One value as in the JSON; a ``KeyError`` if there is none."""
        return self._data[name]

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        try:
            value = self._value(name)
        except KeyError:
            raise AttributeError(f"the result has no {name!r}; it has {', '.join(self._data)}") from None
        return _wrapped(value, self._kind)

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError(f"results do not change; {name} cannot be set")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"results do not change; {name} cannot be deleted")

    def __getitem__(self, name: str) -> Any:
        try:
            return _wrapped(self._value(name), self._kind)
        except KeyError:
            raise KeyError(f"{name}; there are {', '.join(self._data)}") from None

    def __contains__(self, name: object) -> bool:
        return name in self._data

    def __iter__(self) -> Iterator[str]:
        return iter(self._data)

    def __len__(self) -> int:
        return len(self._data)

    def keys(self) -> list[str]:
        """The names of the values."""
        return list(self._data)

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *self._data})

    @property
    def ci(self) -> tuple[float | None, float | None]:
        """The lower and the upper confidence limit."""
        try:
            return self._value("ci_lower"), self._value("ci_upper")
        except KeyError:
            raise AttributeError("the result has no confidence interval") from None

    def to_dict(self) -> dict[str, Any]:
        """All values as dictionaries, lists, numbers and texts, as in the JSON."""
        return cast("dict[str, Any]", json.loads(self.to_json()))

    def to_json(self) -> str:
        """All values as JSON text."""
        return json.dumps(self._data, ensure_ascii=False)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Record) and self._data == other._data

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        inner = ", ".join(f"{name}={_short(value)}" for name, value in self._data.items())
        return f"{type(self).__name__}({inner})"

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (self._data, self._kind))


def _short(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, list) and len(value) > 3:
        return f"[{len(value)} values]"
    if isinstance(value, dict):
        return "{" + ", ".join(value) + "}"
    return repr(value)


def _wrapped(value: Any, kind: frames.Kind) -> Any:
    """A value of the JSON as users meet it: objects as records, lists of objects as frames."""
    if isinstance(value, dict):
        return Record(value, kind)
    if isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
        return frames.frame([_flat(item) for item in value], kind)
    return value


def _flat(values: Mapping[str, Any], above: str = "") -> dict[str, Any]:
    """A record without records in it: their names are joined by dots."""
    out: dict[str, Any] = {}
    for name, value in values.items():
        if isinstance(value, dict):
            out.update(_flat(value, f"{above}{name}."))
        else:
            out[f"{above}{name}"] = value
    return out


_decode = json.JSONDecoder().raw_decode


class Result(Record):
    """The answer to a command.

    Attributes bear the names of the command's JSON. ``print(result)`` shows the tables of the command-line program.
    """

    __slots__ = ("_call",)

    _call: Call

    def __init__(self, call: Call) -> None:
        _put_call(self, call)
        _put_kind(self, call.kind)
        notes = call.answer.told()
        if notes is None:
            notes = call.answer.notes + self._notes()
        if notes:
            call.tell(notes)

    def _notes(self) -> list[str]:
        """The notes on the analysis, from the whole result; answers without JSON have none."""
        try:
            return self._value("notes") or []
        except KeyError:  # several analyses, each with its own
            return self._call.answer.result_notes()
        except Error:
            return []

    @property
    def _data(self) -> dict[str, Any]:
        try:
            return cast("dict[str, Any]", self._values)
        except AttributeError:
            object.__setattr__(self, "_values", json.loads(self._call.render("json")))
            return cast("dict[str, Any]", self._values)

    def _value(self, name: str) -> Any:
        """One value as in the JSON, without the others where the answer gives them one by one."""
        call = self._call
        parts = call.parts
        if name not in parts:
            part = None if "json" in call.texts else call.answer.part(name)
            if part is None:
                parts[name] = self._data[name]
            else:
                parts[name] = _decode(part)[0] if type(part) is str else part
        return parts[name]

    def to_json(self) -> str:
        """The JSON that the command-line program prints."""
        return self._call.render("json")

    def to_csv(self) -> str:
        """The main table as comma-separated values."""
        return self._call.render("csv")

    def to_markdown(self) -> str:
        """The tables in Markdown."""
        return self._call.render("markdown")

    def summary(self) -> str:
        """The text that the command-line program prints."""
        return self._call.render("text")

    def __str__(self) -> str:
        return self.summary()

    def __repr__(self) -> str:
        return self.summary()

    def _repr_html_(self) -> str:
        return f"<pre>{_escaped(self.summary())}</pre>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Result) and self._data == other._data

    __hash__ = None

    def __reduce__(self) -> tuple[Any, ...]:
        texts = {form: self._call.render(form) for form in ("json", "text")}
        return (_restored, (type(self), self._call, texts))

    def __copy__(self) -> Result:
        return self

    def __deepcopy__(self, memo: Any) -> Result:
        return self

    @property
    def request(self) -> dict[str, Any]:
        """The request behind the result: the command and its options."""
        return self._call.request

    def plot(self, figure: str, /, **options: Any) -> Figure:
        """Draws a figure of this analysis.

        Parameters
        ----------
        figure
            The kind of figure: a command of ``consilience.plot``, such as ``"forest"``.
        **options
            Options of that figure.
        """
        return self._call.figure(figure, options)


def _restored(kind: type[Result], call: Call, texts: dict[str, str]) -> Result:
    result = kind.__new__(kind)
    call.texts.update(texts)
    _put_call(result, call)
    _put_kind(result, call.kind)
    return result


_SLOTS: Any = Result
_put_call, _put_kind = _SLOTS._call.__set__, _SLOTS._kind.__set__


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


class Analysis(Result):
    """The answer to a command that analyzes effects, with the readings of the same analysis."""

    __slots__ = ()

    @property
    def ratio(self) -> Record | None:
        """The back-transformed results (``transformed``), for measures that are analyzed on another scale."""
        return self.transformed

    @property
    def transformed(self) -> Record | None:
        """The results on the original scale of the measure; ``None`` where that is the scale of the analysis."""
        values = self._value("transformed") if "transformed" in self else None
        return None if values is None or values.get("scale") is None else Transformed(values, self._kind)

    def forest(self, path: str | os.PathLike[str] | None = None, /, **options: Any) -> Figure:
        """The forest plot, saved if a path is given."""
        return self._figure("forest", path, options)

    def funnel(self, path: str | os.PathLike[str] | None = None, /, **options: Any) -> Figure:
        """The funnel plot, saved if a path is given."""
        return self._figure("funnel", path, options)

    def _figure(self, name: str, path: str | os.PathLike[str] | None, options: dict[str, Any]) -> Figure:
        figure = self._call.figure(name, options)
        return figure if path is None else figure.save(path)

    def influence(self, **options: Any) -> Result:
        """Leave-one-out, cumulative results and case diagnostics of the same analysis."""
        return self._call.other("influence", options, Result)

    def bias(self, **options: Any) -> Result:
        """Small-study effects and publication bias of the same analysis."""
        return self._call.other("bias", options, Result)

    def _repr_html_(self) -> str:
        try:
            return self.forest().svg + super()._repr_html_()
        except ValueError:  # nothing that can be drawn
            return super()._repr_html_()


class Transformed(Record):
    """Results on the original scale of the measure: risk ratios rather than their logarithms."""

    __slots__ = ()

    @property
    def prediction(self) -> tuple[float | None, float | None]:
        """The limits of the prediction interval."""
        return self._data.get("prediction_lower"), self._data.get("prediction_upper")


class Pooled(Analysis):
    """A pooled effect."""

    __slots__ = ()

    @property
    def estimate(self) -> float:
        """The pooled effect on the scale of the analysis."""
        return self._number("estimate")

    @property
    def se(self) -> float:
        """The standard error of the pooled effect."""
        return self._number("se")

    def _number(self, name: str) -> float:
        call = self._call
        if not call.texts:
            part = call.answer.part(name)
            if type(part) is float:
                return part
        try:
            return cast(float, self._value(name))
        except KeyError:  # several analyses: `__getattr__` says what there is
            raise AttributeError(name) from None

    @property
    def tau2(self) -> float | None:
        """The between-study variance; ``None`` for a fixed effect."""
        return cast("float | None", self.heterogeneity.tau2)

    def paragraph(self) -> str:
        """The sentences for the results section of a paper."""
        return self._call.paragraph()

    def multiverse(self) -> Multiverse:
        """Every estimator by every inference."""
        return self._call.other("pool", {"multiverse": True}, Multiverse)

    def report(self, **options: Any) -> Report:
        """The whole analysis as one document."""
        return self._call.other("report", options, Report)


class Multiverse(Analysis):
    """A pooled effect with every estimator by every inference beside it."""

    __slots__ = ()

    def plot(self, figure: str = "multiverse", /, **options: Any) -> Figure:
        """Draws a figure of this analysis, the specification curve if none is named."""
        return super().plot(figure, **options)


class Regression(Analysis):
    """A meta-regression."""

    __slots__ = ()

    def predict(self, **values: Any) -> Any:
        """Predictions at all combinations of values, as a frame of the kind that came in.

        Parameters
        ----------
        **values
            The value or values of each moderator.
        """
        return self._call.other("regress", {"predict": _values(values)}, Regression).predictions


def _values(values: Mapping[str, Any]) -> str:
    parts = []
    for name, value in values.items():
        several = value if isinstance(value, (list, tuple)) or hasattr(value, "tolist") else [value]
        parts.append(f"{name}={','.join(str(one) for one in several)}")
    return ";".join(parts)


class Report:
    """A report: HTML in a notebook, and a file by the ending of its name."""

    __slots__ = ("_call",)

    def __init__(self, call: Call) -> None:
        self._call = call
        call.tell(call.answer.notes)

    @property
    def html(self) -> str:
        """The report as a page that stands alone."""
        return self._call.document("html").decode()

    @property
    def markdown(self) -> str:
        """The report in Markdown."""
        return self._call.document("markdown").decode()

    def save(self, path: str | os.PathLike[str]) -> Report:
        """Writes the report; the ending (``.html``, ``.md``, ``.rtf``, ``.docx``) names the format."""
        self._call.save_document(path)
        return self

    def _repr_html_(self) -> str:
        import html

        return f'<iframe srcdoc="{html.escape(self.html)}" width="100%" height="600"></iframe>'
