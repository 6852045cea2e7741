"""Why a command could not do its work: one class per cause, each with its exit code and a way out."""

from __future__ import annotations


class RevplanError(Exception):
    """A failure told to the user in one message, without a traceback.

    Attributes:
        exit_code: what the process exits with: 2 for usage or for what could not run.
        hint: what the user can do about it, or None.
    """

    exit_code = 2

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.hint = hint


class RevplanWarning(UserWarning):
    """Something to know about a command that did its work; the command line shows it, and goes on."""


class RevplanNotice(RevplanWarning):
    """What goes on just now; the command line shows it on a terminal alone."""


class NoPlanError(RevplanError):
    """There is no plan where one was looked for."""


class UnreadablePlanError(RevplanError):
    """The plan's folder cannot be read."""


class UnknownIdError(RevplanError):
    """An id on the command line names nothing in the plan."""


class InputError(RevplanError):
    """Something that a command needs was not given, or cannot be read."""


class BadRowsError(RevplanError):
    """Rows of a table that is imported cannot be used."""

    exit_code = 1


class UnknownRuleError(RevplanError):
    """A rule named on the command line does not exist."""


class UnknownTopicError(RevplanError):
    """What was to be explained is no rule, kind or field."""


class UnknownReportError(RevplanError):
    """A report named on the command line does not exist."""


class UnknownPathError(RevplanError):
    """A path on the command line does not exist, or is no part of the plan."""


class OutputError(RevplanError):
    """A file that the output was to go to cannot be written."""


class SprintError(RevplanError):
    """What was asked cannot be done with a sprint as it stands: it is past, closed, not written or not started."""


class LogError(RevplanError):
    """Work cannot be logged as it was said."""


class GitError(RevplanError):
    """Git could not answer."""


class NoGitError(GitError):
    """What was asked needs git, and there is none on this machine."""


class NoRepositoryError(GitError):
    """What was asked needs the plan's history, and the plan is in no git repository."""


class UnknownRevisionError(GitError):
    """A revision on the command line is none in this repository."""


class ShallowCloneError(GitError):
    """What was asked needs commits that a shallow clone does not have."""


class UnsoundPlanError(RevplanError):
    """The plan has errors, and what was asked needs a sound plan."""

    exit_code = 1


class WriteRefusedError(RevplanError):
    """Files were not written: they changed meanwhile, are locked, or the edit would mean something else."""


class LockError(WriteRefusedError):
    """Files were not written, for their folder cannot be locked: another command is writing, or it is read-only."""


class SolverError(RevplanError):
    """The solver failed: a fault of revplan's, with what to report."""
