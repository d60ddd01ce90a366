"""The words of the command line in those of Python: ``method="DL"`` for ``--method DL``."""

from __future__ import annotations

import keyword
import re

__all__ = ["in_python", "python_name"]

#: What follows an option as its value, rather than as the next word of a sentence.
_VALUE = (
    r"[A-Z][A-Z0-9]+\b|\"[^\"]+\"|(?:random|fixed|mh|peto|equal|revman|metafor|log|identity|yes|no|auto|all|none|study)\b(?! of)"
)
_OPTION = re.compile(rf"(`?)--([a-z][a-z0-9]*(?:-[a-z0-9]+)*)(?:[ =]([^\s`,;()]+(?=`)|{_VALUE}))?(`?)")
_COLUMNS = re.compile(r"(`?)'?--columns ((?:[a-z_0-9]+=(?:\"[^\"]*\"|[^\s,;`')]+),?)+)'?(`?)")
_FIRST = re.compile(r"^--([a-z0-9-]+):")
_PAIR = re.compile(r"([a-z_0-9]+)=(?:\"([^\"]*)\"|([^\s,;`')]+))")


def python_name(name: str) -> str:
    """The name of an option as a keyword of Python: ``from_`` for ``from``, which is a word of the language."""
    name = name.replace("-", "_")
    if name == "as":  # `as_` is the kind of frame
        return "as_shape"
    return name + "_" if keyword.iskeyword(name) else name


def in_python(text: str) -> str:
    """A message or a help text with options as they are written in Python."""
    if "--" not in text:
        return text
    text = _FIRST.sub(lambda found: python_name(found[1]) + ":", text)
    return _OPTION.sub(_option, _COLUMNS.sub(_columns, text))


def _columns(found: re.Match[str]) -> str:
    pairs = [f'{pair[1]}="{pair[2] or pair[3]}"' for pair in _PAIR.finditer(found[2])]
    return _as_code(found, ", ".join(pairs))


def _option(found: re.Match[str]) -> str:
    asked, value = python_name(found[2]), found[3]
    return _as_code(found, asked if value is None else f'{asked}="{value.strip(chr(34))}"')


def _as_code(found: re.Match[str], code: str) -> str:
    """What stands in place of a match: in backticks, if it does not stand between some already."""
    before, after = found[1], found.group(found.re.groups)
    within = (found.string.count("`", 0, found.start()) + len(before)) % 2 == 1
    return f"{before}{code}{after}" if within else f"{before}`{code}`{after}"
