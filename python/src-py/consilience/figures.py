"""Figures: SVG in a notebook, and SVG, PNG or PDF files."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from . import _consilience
from .errors import SettingError

__all__ = ["Figure"]

_FORMATS = {".svg": "svg", ".png": "png", ".pdf": "pdf"}


class Figure:
    """A figure. It shows itself in a notebook; :meth:`save` writes it by the ending of the file's name."""

    __slots__ = ("_cache", "_native", "_tell")

    def __init__(self, native: _consilience.Figure, tell: Callable[[list[str]], None]) -> None:
        self._native = native
        self._tell = tell
        self._cache: dict[str, bytes] = {}

    def _draw(self, form: str) -> bytes:
        if form not in self._cache:
            drawn, notes = self._native.draw(form)
            self._tell(notes)
            self._cache[form] = drawn
        return self._cache[form]

    @property
    def svg(self) -> str:
        """The figure as SVG text."""
        return self._draw("svg").decode("utf-8")

    @property
    def png(self) -> bytes:
        """The figure as the bytes of a PNG file."""
        return self._draw("png")

    @property
    def pdf(self) -> bytes:
        """The figure as the bytes of a PDF file."""
        return self._draw("pdf")

    def save(self, path: str | os.PathLike[str]) -> Figure:
        """Writes the figure to a file.

        Parameters
        ----------
        path
            The file; its ending (``.svg``, ``.png``, ``.pdf``) names the format.

        Returns
        -------
        Figure
            The figure itself.
        """
        name = os.fspath(path)
        form = _FORMATS.get(os.path.splitext(name)[1].lower())
        if form is None:
            raise SettingError.of(f"{name} has no ending of a figure", "use .svg, .png or .pdf", option="path")
        drawn = self._draw(form)
        with open(path, "wb") as file:
            file.write(drawn)
        return self

    def _repr_svg_(self) -> str:
        return self.svg

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        return {"image/svg+xml": self.svg, "text/plain": repr(self)}

    def __repr__(self) -> str:
        return f"<Figure, {len(self.svg)} bytes of SVG>"

    def __reduce__(self) -> tuple[Any, ...]:
        return (_Drawn, ({form: self._draw(form) for form in ("svg", "png", "pdf")},))


class _Drawn(Figure):
    """A figure that was drawn before: what comes out of a pickle."""

    __slots__ = ()

    def __init__(self, drawn: dict[str, bytes]) -> None:
        self._cache = dict(drawn)
