"""Tables of the night: who sent what when, and what each run made of it."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Table

from warehouse.columns import key, metadata, ref, text, texts, whole

manifest = Table(
    "manifest",
    metadata,
    key("path_name"),
    key("mark"),
    text("source"),
    text("file_name", null=False),
    text("file_sha256"),
    Column("byte_size", BigInteger),
    text("modified_at"),
    text("received_at", null=False),
    whole("is_settled", null=False),
    text("read_options", null=False),
    ref("run_id", "run.run_id", null=True),
    Index(None, "file_sha256"),
)

run_verdict = Table(
    "run_verdict",
    metadata,
    ref("run_id", "run.run_id", key=True),
    key("file_sha256"),
    *texts("evidence_key", "verdict_key", null=False),
)
