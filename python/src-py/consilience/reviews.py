"""Published reviews that ship with the package."""

from __future__ import annotations

from ._call import call
from .results import Result

__all__ = ["list", "load"]


def list() -> Result:
    """The reviews."""
    return Result(call("reproduce", frozenset(), None, {}))


def load(name: str, /) -> Result:
    """Reproduces a review.

    Parameters
    ----------
    name
        The name of the review, as :func:`list` gives it.
    """
    return Result(call("reproduce", frozenset(), None, {"review": name}))
