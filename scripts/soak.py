"""A night of many papers, killed at random until it is done, beside one left in peace.

Papers are made from nothing, text layers and scans, from several senders. Every 20 to
40 seconds one process of the night is killed (kill -9): the flow itself, a page worker
or a tesseract. Then the warehouse must hold what that of an undisturbed night holds,
row for row. Run by 'make soak'; SOAK_PAPERS, SOAK_EVERY set how many and how often.
"""

from __future__ import annotations

import io
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pypdfium2
from PIL import ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont
from reportlab.pdfgen.canvas import Canvas

PAPERS = int(os.environ.get("SOAK_PAPERS", "500"))
EVERY_SECONDS = tuple(
    float(part) for part in os.environ.get("SOAK_EVERY", "20-40").split("-")
)
SCANS_OF_TEN = 1
FOLDER = Path(__file__).resolve().parent.parent / "build" / "soak"
MOMENTS = frozenset(
    {"loaded_at", "received_at", "modified_at", "run_id", "mark", "submission_id"}
)
OF_RUNS = frozenset({"run", "run_item", "run_verdict", "alembic_version"})
FONTS = ("DejaVuSerif.ttf", "LiberationSerif-Regular.ttf", "Times New Roman.ttf")
say = sys.stderr.write


def main() -> int:
    """Make the papers, run both nights, compare; 0 where they agree."""
    chance = random.Random(2026)  # noqa: S311  # no secret hangs on it
    inbox = FOLDER / "inbox"
    make_papers(inbox, chance)
    calm, killed = FOLDER / "calm", FOLDER / "killed"
    say("the undisturbed night\n")
    started = time.monotonic()
    code = start_night(calm, inbox).wait()
    say(f"  {time.monotonic() - started:.0f} s, exit code {code}\n")
    say("the night that is killed\n")
    kills = run_killed(killed, inbox, chance)
    differences = list(compare(calm / "sohoa.db", killed / "sohoa.db"))
    for line in differences[:50]:
        say(f"  {line}\n")
    verdict = "differs" if differences else "is the same, row for row"
    say(f"{PAPERS} papers, {kills} kills: the warehouse {verdict}\n")
    return 1 if differences or code else 0


def run_killed(home: Path, inbox: Path, chance: random.Random) -> int:
    """Run nights until one ends by itself with nothing left to do; return the kills."""
    kills = 0
    nights = 0
    while True:
        nights += 1
        night = start_night(home, inbox)
        while night.poll() is None:
            if wait_for_end(night, chance.uniform(*EVERY_SECONDS)):
                break
            victim = kill_one(night, chance)
            kills += victim is not None
            say(f"  night {nights}: killed {victim}, {settled(home)} papers done\n")
        if night.wait() == 0 and not left_undone(home):
            say(f"  done after {nights} nights\n")
            return kills


def wait_for_end(night: subprocess.Popen[bytes], seconds: float) -> bool:
    """Return whether the night ended within these seconds."""
    try:
        night.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    return True


def kill_one(night: subprocess.Popen[bytes], chance: random.Random) -> str | None:
    """Kill the flow, or something under it; return what, None if it had ended."""
    names = dict(below(night.pid))
    tesseracts = [pid for pid, name in names.items() if name == "tesseract"]
    kinds = [[night.pid], list(names), tesseracts]
    victims = chance.choice([kind for kind in kinds if kind])
    victim = chance.choice(victims)
    try:
        os.kill(victim, signal.SIGKILL)
    except ProcessLookupError:
        return None
    if victim == night.pid:
        night.wait()
        end_orphans(list(names))
    return names.get(victim, "the flow")


def end_orphans(pids: list[int]) -> None:
    """Wait a little for what the flow left behind; end what does not by itself."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and any(alive(pid) for pid in pids):
        time.sleep(0.2)
    for pid in filter(alive, pids):
        os.kill(pid, signal.SIGKILL)  # the server that Prefect starts for one flow


def alive(pid: int) -> bool:
    """Whether a process runs, and is no corpse."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return told.rpartition(")")[2].split()[0] != "Z"


def below(top: int) -> Iterator[tuple[int, str]]:
    """Yield the processes under one, with their names."""
    parents: dict[int, tuple[int, str]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                told = (entry / "stat").read_text()
            except OSError:
                continue
            name = told.partition("(")[2].rpartition(")")[0]
            parents[int(entry.name)] = int(told.rpartition(")")[2].split()[1]), name
    for pid, (above, name) in parents.items():
        while above > 1 and above != top:
            above = parents.get(above, (0, ""))[0]
        if above == top:
            yield pid, name


def start_night(home: Path, inbox: Path) -> subprocess.Popen[bytes]:
    """Start 'sohoa serve --once' in a home of its own."""
    environment = os.environ | {
        "SOHOA_HOME": str(home),
        "SOHOA_INBOX": str(inbox),
        "SOHOA_WAREHOUSE": "",
        "SOHOA_QUIET_SECONDS": "0",
    }
    program = Path(sys.executable).with_name("sohoa")
    with (FOLDER / f"{home.name}.log").open("ab") as log:
        return subprocess.Popen(  # noqa: S603  # our own program
            [program, "serve", "--once"], env=environment, stdout=log, stderr=log
        )


def left_undone(home: Path) -> int:
    """Return how many files are not settled."""
    return _count(home, "select count(*) from manifest where is_settled = 0")


def settled(home: Path) -> int:
    """Return how many files are; it must never become less."""
    return _count(home, "select count(*) from manifest where is_settled = 1")


def _count(home: Path, query: str) -> int:
    try:
        with closing(sqlite3.connect(f"file:{home}/sohoa.db?mode=ro", uri=True)) as db:
            return int(db.execute(query).fetchone()[0])
    except sqlite3.OperationalError:  # killed before the warehouse was made
        return 0


def compare(calm: Path, killed: Path) -> Iterator[str]:
    """Yield each table whose rows differ, moments and runs left out."""
    ours, theirs = rows_of(calm), rows_of(killed)
    for table in sorted(ours.keys() | theirs.keys()):
        one, other = ours.get(table, Counter()), theirs.get(table, Counter())
        only = (one - other) + (other - one)
        if only:
            yield f"{table}: {only.total()} rows differ, as {min(only)[:200]}"


def rows_of(path: Path) -> dict[str, Counter[str]]:
    """Return all rows of all tables as text."""
    with sqlite3.connect(path) as database:
        database.row_factory = sqlite3.Row
        names = [
            row["name"]
            for row in database.execute(
                "select name from sqlite_master where type = 'table' "
                "and name not like 'sqlite_%'"
            )
        ]
        return {
            name: Counter(
                str({k: row[k] for k in row.keys() if k not in MOMENTS})  # noqa: SIM118
                for row in database.execute(f"select * from {name}")  # noqa: S608
            )
            for name in names
            if name not in OF_RUNS
        }


def make_papers(inbox: Path, chance: random.Random) -> None:
    """Write the papers, the same each time; those that are there stay."""
    pdfmetrics.registerFont(TTFont("Serif", find_font()))
    for number in range(PAPERS):
        path = inbox / f"so-{number % 7}" / f"ke-hoach-{number:03}.pdf"
        chance.seed(number)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            paper = draw_paper(number, chance)
            is_scan = number % 10 < SCANS_OF_TEN
            path.write_bytes(scanned(paper) if is_scan else paper)
    say(f"{PAPERS} papers in {inbox}\n")


def find_font() -> str:
    """Return a font of this machine that has Vietnamese letters."""
    for name in FONTS:
        try:
            return str(ImageFont.truetype(name).path)
        except (OSError, TTFError):
            continue
    raise SystemExit(f"none of the fonts {', '.join(FONTS)} is installed")


def draw_paper(number: int, chance: random.Random) -> bytes:
    """Return a plan of one page: a head, targets, a ruled table that adds up."""
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=A4, invariant=True)
    poor = [chance.randint(3, 90) for _ in range(6)]
    households = [chance.randint(600, 2400) for _ in range(6)]
    lines = [
        (60, 790, "ỦY BAN NHÂN DÂN"),
        (320, 790, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        (70, 774, "HUYỆN CAM LỘ"),
        (350, 774, "Độc lập - Tự do - Hạnh phúc"),
        (60, 750, f"Số: {number + 1}/KH-UBND"),
        (320, 750, f"Cam Lộ, ngày {number % 27 + 1} tháng 3 năm 2021"),
        (250, 715, "KẾ HOẠCH"),
        (140, 698, "Thực hiện Chương trình giảm nghèo năm 2021"),
        (60, 664, "I. MỤC TIÊU"),
        (60, 646, f"- Giảm tỷ lệ hộ nghèo xuống còn {chance.randint(20, 60) / 10}%."),
        (60, 628, f"- Phấn đấu {chance.randint(40, 300)} hộ thoát nghèo."),
        (60, 600, "II. KẾT QUẢ RÀ SOÁT"),
    ]
    canvas.setFont("Serif", 11)
    for x, y, text in lines:
        canvas.drawString(x, y, text)
    rows = [["TT", "Xã", "Tổng số hộ", "Hộ nghèo"]]
    rows += [
        [str(n + 1), f"Xã {chr(65 + n)}", str(h), str(p)]
        for n, (h, p) in enumerate(zip(households, poor, strict=True))
    ]
    rows.append(["", "Cộng", str(sum(households)), str(sum(poor))])
    draw_table(canvas, rows)
    canvas.save()
    return target.getvalue()


def draw_table(canvas: Canvas, rows: list[list[str]]) -> None:
    """Draw a ruled table."""
    edges = (60, 100, 260, 380, 500)
    top, height = 580, 24
    for number in range(len(rows) + 1):
        canvas.line(edges[0], top - height * number, edges[-1], top - height * number)
    for x in edges:
        canvas.line(x, top, x, top - height * len(rows))
    for number, row in enumerate(rows):
        for x, text in zip(edges, row, strict=False):
            canvas.drawString(x + 5, top - height * number - 16, text)


def scanned(paper: bytes) -> bytes:
    """Return the same page as a scan at 200 dpi."""
    page = pypdfium2.PdfDocument(paper)[0]
    image = page.render(scale=200 / 72, grayscale=True).to_pil()
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=A4, invariant=True)
    canvas.drawImage(ImageReader(image), 0, 0, *A4)
    canvas.save()
    return target.getvalue()


if __name__ == "__main__":
    sys.exit(main())
