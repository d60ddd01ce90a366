"""Evidence synthesis: meta-analysis and cost-effectiveness.

    >>> import consilience as cs
    >>> fit = cs.pool(yi=[-0.89, -1.59, -1.35, -1.44], vi=[0.326, 0.195, 0.415, 0.020], method="DL")
    >>> round(fit.estimate, 3), fit.k
    (-1.421, 4)

Functions are the commands of the program, options its options. The first argument is anything with columns, a path, or
nothing; results are frozen objects with the names of the JSON.
"""

from . import convert, datasets, economics, engines, errors, plot, reviews
from ._commands import *  # noqa: F403
from ._commands import __all__ as _commands
from ._consilience import __version__, set_threads
from .errors import DataError, Error, FileError, ModelError, Note, SettingError, UnknownNameError
from .figures import Figure
from .many import pool_many
from .results import Analysis, Multiverse, Pooled, Record, Regression, Report, Result

__all__ = [
    "Analysis",
    "DataError",
    "Error",
    "Figure",
    "FileError",
    "ModelError",
    "Multiverse",
    "Note",
    "Pooled",
    "Record",
    "Regression",
    "Report",
    "Result",
    "SettingError",
    "UnknownNameError",
    "__version__",
    "convert",
    "datasets",
    "economics",
    "engines",
    "errors",
    "plot",
    "pool_many",
    "reviews",
    "set_threads",
    *_commands,
]
