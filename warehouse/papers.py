"""Finding the papers that a person means: by key, by hash or by file name."""

from __future__ import annotations

from sqlalchemy import Connection, RowMapping, or_, select

from extractors.errors import UsageError
from parsers.text import nfc
from warehouse.models import document, paper

_SHOWN = 5


def find_paper_id(connection: Connection, said: str) -> str:
    """Return the key of the one paper that is meant; see ``find_paper``."""
    return str(find_paper(connection, said)["paper_id"])


def find_paper(connection: Connection, said: str) -> RowMapping:
    """Return the row of the one paper that is meant.

    Args:
        connection: The warehouse.
        said: Key of a document or of the paper, the file's SHA-256, or its name.

    Raises:
        UsageError: No paper is called so, or several are.
    """
    of_document = select(document.c.paper_id).where(document.c.document_id == said)
    query = (
        select(paper)
        .where(
            or_(
                paper.c.paper_id == said,
                paper.c.file_sha256 == said,
                paper.c.file_name == nfc(said),
                paper.c.paper_id.in_(of_document),
            )
        )
        .order_by(paper.c.paper_id)
    )
    found = connection.execute(query).mappings().all()
    if not found:
        raise UsageError(
            f"no paper in the warehouse is called {said!r}",
            todo="Name its file_name, document_id or paper_id, as in v_document",
        )
    if len(found) > 1:
        some = [f"{row['paper_id']} of {row['source']}" for row in found[:_SHOWN]]
        raise UsageError(
            f"{len(found)} papers are called {said!r} ({', '.join(some)})",
            todo="Name the one meant by its paper_id",
        )
    return found[0]
