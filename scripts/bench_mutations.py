"""How many wrong figures of the sample tables are found, and laid to that figure."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
VARIANTS = 500


def main(variants: int = VARIANTS) -> None:
    """Write a line for each table: changes tried, to be seen, reported, suspected."""
    from tests.expectations.mutations import PRINTED, try_mutations

    write = sys.stdout.write
    heads = ("tried", "seen", "told", "named")
    write(f"{'one figure made wrong in':28}{''.join(f'{h:>7}' for h in heads)}\n")
    seen = told = named = 0
    for name, table_no in PRINTED:
        outcome = try_mutations(name, table_no, variants)
        seen += outcome.seen
        told += outcome.reported
        named += outcome.suspected
        write(
            f"{f'{name} table {table_no}':28}{outcome.variants:7}{outcome.seen:7}"
            f"{outcome.reported:7}{outcome.suspected:7}\n"
        )
    write(
        f"{told / seen:.1%} of what can be seen is told, {named / seen:.1%} is named\n"
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
