from collections.abc import Mapping, Sequence
from typing import Any, NoReturn, final

import numpy as np
from numpy.typing import NDArray

from ._call import Progress

__all__ = [
    "Answer",
    "Figure",
    "Request",
    "Table",
    "__version__",
    "batch",
    "customary_names",
    "run_words",
    "set_threads",
    "unknown",
]

__version__: str

@final
class Request:
    def __new__(cls, json: str) -> Request: ...
    def run(self, tables: dict[str, Table], progress: Progress | None = None) -> Answer: ...

@final
class Table:
    def __new__(cls, columns: dict[str, Any], bare: bool = False) -> Table: ...

@final
class Answer:
    @property
    def notes(self) -> list[str]: ...
    @property
    def figures(self) -> list[Figure]: ...
    def told(self) -> list[str] | None: ...
    def part(self, name: str) -> str | float | None: ...
    def render(self, format: str, quiet: bool = False) -> str | None: ...
    def result_notes(self) -> list[str]: ...
    def report(self, format: str) -> bytes | None: ...
    def paragraph(self) -> str | None: ...

@final
class Figure:
    def draw(self, format: str) -> tuple[bytes, list[str]]: ...

def run_words(words: Sequence[str]) -> Answer: ...
def batch(
    yi: NDArray[np.float64],
    vi: NDArray[np.float64],
    offsets: NDArray[np.int64],
    model: str,
    method: str,
    inference: str,
    prediction: str | None,
    level: float,
    means_only: bool,
) -> dict[str, Any]: ...
def customary_names() -> frozenset[str]: ...
def set_threads(threads: int) -> None: ...
def unknown(kind: str, name: str, known: Sequence[str]) -> NoReturn: ...
