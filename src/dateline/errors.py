"""The exceptions of Dateline: for bugs and for the operator's mistakes, never for bad input.

An expected failure (a feed that is gone, a page that does not parse) is a value: see
`Broken`, `Gone` and `Busy` in `model.py`. What is raised is one of this tree::

    DatelineError            anything of ours; its text says what happened and what to do
    ├── OperatorError        the person who runs Dateline can mend it: shown without a trace
    │   ├── SettingError     a setting is missing, unknown or out of bounds
    │   ├── CatalogError     sources.toml or an OPML file says something impossible
    │   ├── InputError       a file given on the command line is not what the command takes
    │   ├── GroupError       a merge or split of stories asks for what cannot be done
    │   └── StoreError       the database is missing, too old, too new or locked
    └── LeaseLostError       another worker took this work over; drop the result
"""


class DatelineError(Exception):
    """The root of every exception that Dateline raises itself."""


class OperatorError(DatelineError):
    """Something that the operator can mend; the command line prints it without a trace."""


class SettingError(OperatorError):
    """A setting is unknown or its value is outside what is allowed."""


class CatalogError(OperatorError):
    """The list of sources says something that cannot be followed."""


class InputError(OperatorError):
    """A file or record given to a command cannot be read as what it should be."""


class GroupError(OperatorError):
    """A merge or split names a story or article that is not there, or would leave nothing."""


class StoreError(OperatorError):
    """The database cannot be opened or is of another version."""


class LeaseLostError(DatelineError):
    """The lease on a piece of work has passed to another worker; its result must be dropped."""
