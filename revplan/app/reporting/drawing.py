"""Draws documents into the files that a command writes: one format a file, a table a file, or a site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.errors import InputError, UnknownIdError
from revplan.formats.table import DocumentFormat, encode
from revplan.reports.tables import tables_of
from revplan.spelling import did_you_mean
from revplan.store.disk.output import write_file, write_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from revplan.formats.table import Screen
    from revplan.reports.document import Document

__all__ = ["draw_all", "draw_mail", "draw_site", "draw_table", "write_file", "write_folder"]


def draw_table(document: Document, name: str) -> bytes:
    """Return one table of a document as CSV.

    Raises:
        UnknownIdError: the document has no table of this name.
    """
    from revplan.formats import document_csv  # noqa: PLC0415 - formats are imported when they are asked for

    tables = tables_of(document)
    if name not in tables:
        known = f"there are {', '.join(tables)}" if tables else "it has no tables of figures"
        raise UnknownIdError(f'there is no table "{name}" in it', hint=did_you_mean(name, tables) or known)
    return encode(document_csv.draw_table(tables[name]))


def draw_mail(document: Document, output_format: DocumentFormat) -> bytes:
    """Return a document as HTML for a mail program.

    Raises:
        InputError: another format than HTML is asked for.
    """
    from revplan.formats import mail  # noqa: PLC0415 - likewise

    if output_format not in (DocumentFormat.TERMINAL, DocumentFormat.HTML):
        raise InputError("--mail is for --format html", hint="leave --format out, or --mail")
    return encode(mail.draw(document))


def draw_message(document: Document, output_format: DocumentFormat) -> bytes:
    """Return a document as a message for a mail program, with text and HTML.

    Raises:
        InputError: another format than HTML is asked for.
    """
    from revplan.formats import mail  # noqa: PLC0415 - likewise

    if output_format not in (DocumentFormat.TERMINAL, DocumentFormat.HTML):
        raise InputError("--mail is for --format html", hint="leave --format out, or --mail")
    return mail.draw_message(document)


def draw_all(documents: Mapping[str, Document], output_format: DocumentFormat, screen: Screen) -> Mapping[str, bytes]:
    """Return many documents as the content of files, by file name; as CSV every table of each."""
    if output_format is DocumentFormat.CSV:
        return _all_tables(documents)
    suffix = output_format.suffix
    return {f"{name}{suffix}": output_format.draw(each, screen) for name, each in documents.items()}


def draw_site(
    title: str, documents: Mapping[str, Document], first: Callable[[], Document] | None
) -> Mapping[str, bytes]:
    """Return many documents as a site, by file name. The site begins with the document that `first` builds, if any."""
    from revplan.formats.site import Page, site  # noqa: PLC0415 - likewise

    pages = [Page(name, document) for name, document in documents.items()]
    return site(title, pages, first() if first is not None else None)


def _all_tables(documents: Mapping[str, Document]) -> Mapping[str, bytes]:
    """Return every table of documents as a file, named by document and table; the main one by the document alone."""
    from revplan.formats import document_csv  # noqa: PLC0415 - likewise

    files = {}
    for name, document in documents.items():
        tables = tables_of(document)
        main = document_csv.main_table(tables) if tables else ""
        for own, table in tables.items():
            files[f"{name}.csv" if own == main else f"{name}.{own}.csv"] = encode(document_csv.draw_table(table))
    return files
