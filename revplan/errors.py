"""The errors that commands raise: one class per cause, each with its exit code and a hint."""

from __future__ import annotations


class RevplanError(Exception):
    """A failure that the command line shows as one message, without a traceback.

    Attributes:
        exit_code: the exit code of the process: 2 for a usage error or a command that could not run.
        hint: what the user can do about the failure; None if nothing is known.
    """

    exit_code = 2

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.hint = hint


class RevplanWarning(UserWarning):
    """A warning about a command that succeeds. The command line shows the warning and continues."""


class RevplanNotice(RevplanWarning):
    """A note about the progress of a command. The command line shows the note only on a terminal."""


class NoPlanError(RevplanError):
    """The folder holds no plan."""


class UnreadablePlanError(RevplanError):
    """The plan's folder cannot be read."""


class UnknownIdError(RevplanError):
    """An id on the command line names nothing in the plan."""


class InputError(RevplanError):
    """An input that a command needs is missing or cannot be read."""


class BadRowsError(RevplanError):
    """Some rows of an imported table cannot be used."""

    exit_code = 1


class UnknownRuleError(RevplanError):
    """A rule named on the command line does not exist."""


class UnknownTopicError(RevplanError):
    """The topic to explain is no rule, kind or field."""


class UnknownReportError(RevplanError):
    """A report named on the command line does not exist."""


class UnknownPathError(RevplanError):
    """A path on the command line does not exist, or is not part of the plan."""


class OutputError(RevplanError):
    """An output file cannot be written."""


class SprintError(RevplanError):
    """The sprint's status forbids the command: the sprint is past, closed, not written or not started."""


class LogError(RevplanError):
    """An entry of the work log is contradictory or not allowed."""


class GitError(RevplanError):
    """A git command failed."""


class NoGitError(GitError):
    """The command needs git, and git is not installed."""


class NoRepositoryError(GitError):
    """The command needs the plan's history, and the plan is in no git repository."""


class UnknownRevisionError(GitError):
    """A revision on the command line does not exist in this repository."""


class ShallowCloneError(GitError):
    """The command needs commits that a shallow clone does not have."""


class UnsoundPlanError(RevplanError):
    """The plan has errors, and the command needs a plan without errors."""

    exit_code = 1


class WriteRefusedError(RevplanError):
    """Files were not written: they changed meanwhile, are locked, or the edit would change their meaning."""


class FinishedWriteError(RevplanError):
    """The same command was cut off while it wrote, and its write is finished now. Doing it again would do it twice."""

    exit_code = 0


class LockError(WriteRefusedError):
    """Files were not written because their folder cannot be locked: another command is writing, or it is read-only."""


class SolverError(RevplanError):
    """The solver failed. This is a bug in revplan; the message says what to report."""
