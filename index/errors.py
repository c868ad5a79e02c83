"""What can go wrong in an index, as one tree.

    PolicyAssistantError                 anything that a user can read and act upon
    ├── LoadError                        one file cannot become a policy; other files go on
    ├── IndexError_                      the index folder cannot be used as it is
    │   ├── IndexMissingError            there is no index there yet
    │   ├── IndexMismatchError           made with another model, or by a newer version
    │   ├── IndexDamagedError            its contents contradict each other, or cannot be read
    │   ├── IndexDiskError               its disk is full or failing, or permissions are missing
    │   └── IndexBusyError               another process is writing to it
    ├── ModelError                       a model is missing, damaged or not what was asked for
    └── UnknownPolicyError               a policy id that the index does not hold

`assistant.errors` adds those of questions, answers and citations. Every message names the value at
fault and says what to do.
"""


class PolicyAssistantError(Exception):
    """Base of all errors that are meant for people."""


class LoadError(PolicyAssistantError):
    """A file cannot become a policy. The message names the file, the fault and the remedy."""


class IndexError_(PolicyAssistantError):  # noqa: N801, N818 - IndexError is Python's own
    """The index folder cannot be used as it is."""


class IndexMissingError(IndexError_):
    """There is no index at the path."""


class IndexMismatchError(IndexError_):
    """The index was made with another embedding model, or by a newer version."""


class IndexDamagedError(IndexError_):
    """The contents of the index folder contradict each other, or cannot be read."""


class IndexDiskError(IndexError_):
    """The disk is full or failing, or permissions are missing; the index is as it was."""


class IndexBusyError(IndexError_):
    """Another process is writing to the index."""


class ModelError(PolicyAssistantError):
    """A model is missing, damaged or not what was asked for."""


class UnknownPolicyError(PolicyAssistantError):
    """The index holds no policy with that id."""
