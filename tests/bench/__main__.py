"""`make bench`: three alternating rounds; a missed gate is a line, a wrong answer is an error."""

import json
import subprocess
import sys
import tempfile
from argparse import ArgumentParser, Namespace
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any, Final

from sqlalchemy import create_engine, text
from sqlalchemy.engine import URL

from app.database.engine import open_engine
from tests.bench.decisions import DECISION_GATES, decision_figures
from tests.bench.import_rate import import_rates
from tests.bench.large_import import import_peak
from tests.bench.limits import pgbench_limit, pgbench_p99, sqlite_limit
from tests.bench.load import Request, all_at_once, http, run
from tests.bench.machine import calibrate, cpu_seconds, described, peak_mebibytes
from tests.bench.papers import MEMO_GATES, memo_figures
from tests.bench.portal import (
    BUYERS,
    LOTS,
    ROOM,
    ROOT,
    RUSH,
    Prepared,
    counted,
    order,
    orders,
    pages,
    prepare,
    served,
    unchanged_pages,
    visited,
)
from tests.bench.search import SEARCH_GATES, search_figures
from tests.bench.start import minimal_page, seconds_to_ready
from tests.support.databases import private_cluster

RESULTS: Final = Path(__file__).parent / "results"
GATES: Final = {
    "place_postgresql": (0.10, "≥"),
    "place_sqlite": (0.05, "≥"),
    "place_p99": (8.0, "≤"),
    "hot_ceiling": (0.60, "≥"),
    "catalog_list": (12.0, "≤"),
    "catalog_list_p99": (12.0, "≤"),
    "unchanged_page": (3.0, "≤"),
    "memory_mib": (250.0, "≤"),
    "import_mib": (200.0, "≤"),
    "start_seconds": (120.0, "≤"),
    "import_first_sqlite": (0.40, "≥"),
    "import_first_postgresql": (0.25, "≥"),
    "import_again_sqlite": (0.50, "≥"),
    "import_again_postgresql": (0.50, "≥"),
    **SEARCH_GATES,
    **DECISION_GATES,
    **MEMO_GATES,
}


class Wrong(Exception):
    """A correctness check failed: that is worse than any figure."""


def main() -> int:
    wishes = _wishes()
    results: dict[str, Any] = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": _git("rev-parse", "--short", "HEAD"),
        "dirty": bool(_git("status", "--porcelain", "--untracked-files=no")),
        "machine": described(),
        "settings": vars(wishes),
        "rounds": [],
        "figures": {},
    }
    with (
        tempfile.TemporaryDirectory(prefix="kitu-bench-") as name,
        private_cluster(durable=True) as server,
    ):
        Path(name).chmod(0o755)
        _measure(results, wishes, Path(name), server)
    _judge(results)
    RESULTS.mkdir(exist_ok=True)
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    target = RESULTS / f"{stamp}-{results['commit']}.json"
    target.write_text(
        json.dumps(results, indent=2, ensure_ascii=False, default=asdict) + "\n", encoding="utf-8"
    )
    _say(f"→ {target.relative_to(ROOT)}")
    return 0


def _wishes() -> Namespace:
    described = ArgumentParser(prog="make bench BENCH=…")
    described.add_argument("--rounds", type=int, default=3)
    described.add_argument("--seconds", type=float, default=5)
    described.add_argument("--articles", type=int, default=100_000)
    described.add_argument(
        "--without", action="append", default=[], choices=["import", "search", "start", "decisions"]
    )
    described.add_argument("--searched", type=int, default=1_000_000, help="articles of G9")
    return described.parse_args()


def _measure(results: dict[str, Any], wishes: Namespace, folder: Path, server: URL) -> None:
    on_postgres = prepare(_database(server, "bench_portal"))
    on_sqlite = prepare(f"sqlite:///{folder}/portal.db")
    peaks: list[float] = []
    for number in range(wishes.rounds):
        before = calibrate()
        figures = {
            **_postgres_round(on_postgres, server, wishes.seconds, folder, peaks),
            **_sqlite_round(on_sqlite, wishes.seconds, folder, peaks),
        }
        after = calibrate()
        entry = {
            "calibration": [asdict(before), asdict(after)],
            "void": not (before.fair and after.fair),
            **figures,
        }
        results["rounds"].append(entry)
        _say(f"round {number + 1}: {before.text}{' VOID' if entry['void'] else ''}")
        _say("  " + ", ".join(f"{name} {value:.4g}" for name, value in figures.items()))
    results["rush"] = {
        "postgresql": _rush(on_postgres, 2, folder),
        "sqlite": _rush(on_sqlite, 1, folder),
    }
    results["figures"]["memory_mib"] = max(peaks)
    if "import" not in wishes.without:
        results["figures"]["import_mib"] = import_peak(wishes.articles, folder)
        for url in (f"sqlite:///{folder}/rates.db", _database(server, "bench_import")):
            results["figures"].update(import_rates(url, wishes.articles, folder))
    if "search" not in wishes.without:
        urls = {
            "postgresql": _database(server, "bench_search"),
            "sqlite": f"sqlite:///{folder}/search.db",
        }
        results["search"], figures = search_figures(urls, wishes.searched, calibrate().one)
        results["figures"] |= figures
    if "decisions" not in wishes.without:
        results["figures"] |= decision_figures(folder)
    results["figures"] |= memo_figures()
    if "start" not in wishes.without:
        results["figures"]["start_seconds"] = seconds_to_ready(folder)


def _postgres_round(
    prepared: Prepared, server: URL, seconds: float, folder: Path, peaks: list[float]
) -> dict[str, float]:
    whole_seconds = max(int(seconds), 1)
    limit = pgbench_limit(server, folder, whole_seconds)
    limit_p99 = pgbench_p99(server, folder, whole_seconds)
    with served(prepared, 2, folder) as (port, process):
        rate, p99 = _place(prepared, port, seconds)
        hot_rate, _ = _place(prepared, port, seconds, lots=1)
        tags = [visited(port, cookie) for cookie in prepared.cookies]
        buyers = list(enumerate(prepared.cookies))
        listing = [pages(cookie, seed) for seed, cookie in buyers]
        list_cpu, list_p99 = _read(port, process, listing, seconds)
        again = [unchanged_pages(cookie, seed, tags[seed]) for seed, cookie in buyers]
        unchanged_cpu, _ = _read(port, process, again, seconds)
        peaks.append(peak_mebibytes(process))
    with minimal_page(2) as (port, process):
        sources = [_minimal() for _ in range(BUYERS)]
        minimal_cpu, minimal_p99 = _read(port, process, sources, seconds)
    return {
        "L1": limit,
        "L1_p99_ms": limit_p99,
        "place_postgresql_rate": rate,
        "place_postgresql_p99_ms": p99,
        "place_postgresql": rate / limit,
        "place_p99": p99 / limit_p99,
        "hot_ceiling_rate": hot_rate,
        "hot_ceiling": hot_rate / rate,
        "M_cpu_ms": minimal_cpu,
        "catalog_list_cpu_ms": list_cpu,
        "catalog_list": list_cpu / minimal_cpu,
        "catalog_list_p99_ms": list_p99,
        "catalog_list_p99": list_p99 / minimal_p99,
        "unchanged_page": unchanged_cpu / minimal_cpu,
    }


def _sqlite_round(
    prepared: Prepared, seconds: float, folder: Path, peaks: list[float]
) -> dict[str, float]:
    limit = sqlite_limit(folder, seconds)
    with served(prepared, 1, folder) as (port, process):
        rate, p99 = _place(prepared, port, seconds)
        peaks.append(peak_mebibytes(process))
    return {
        "L2": limit,
        "place_sqlite_rate": rate,
        "place_sqlite_p99_ms": p99,
        "place_sqlite": rate / limit,
    }


def _place(prepared: Prepared, port: int, seconds: float, lots: int = LOTS) -> tuple[float, float]:
    """Orders per second and their p99; every acknowledged order must be there.

    With one lot all buyers draw on the same ceiling.
    """
    with closing(_Count(prepared)) as count:
        before = count.orders()
        sources = [orders(token, seed, lots) for seed, token in enumerate(prepared.tokens)]
        measured = run(port, sources, seconds)
        if measured.wrong:
            raise Wrong(f"place order: {measured.wrong[0]}")
        there = count.orders() - before
    if there != measured.total:
        raise Wrong(f"{measured.total} orders acknowledged, {there} in the database")
    return measured.rate, measured.milliseconds(99)


class _Count:
    """Looks into the database beside the portal."""

    def __init__(self, prepared: Prepared) -> None:
        self.prepared = prepared
        self.engine = open_engine(prepared.url)

    def orders(self) -> int:
        return counted(self.engine, self.prepared)[0]

    def rush(self) -> int:
        return counted(self.engine, self.prepared)[1]

    def close(self) -> None:
        self.engine.dispose()


def _minimal() -> Any:
    while True:
        yield Request(http("GET", "/?q=x&page=2", {}), 200, b"<h1>x</h1>")


def _read(port: int, process: int, sources: list[Any], seconds: float) -> tuple[float, float]:
    """CPU-milliseconds of the application per request, and the p99 of the answers."""
    before: list[float] = []
    measured = run(port, sources, seconds, lambda: before.append(cpu_seconds(process)))
    if measured.wrong:
        raise Wrong(f"page: {measured.wrong[0]}")
    spent = cpu_seconds(process) - before[0]
    return spent * 1000 / len(measured.times), measured.milliseconds(99)


def _rush(prepared: Prepared, workers: int, folder: Path) -> dict[str, int]:
    """Fifty buyers at once on room for twenty: exactly twenty win, nobody sees a 500."""
    lines: list[dict[str, object]] = [{"sku": "RUSH-1", "quantity": 1}]
    requests = [order(token, lines) for token in prepared.rush_tokens]
    with served(prepared, workers, folder) as (port, _):
        answers = all_at_once(port, requests)
    won = sum(status == 201 for status, _ in answers)
    refused = sum(status == 409 and b"ceiling_reached" in body for status, body in answers)
    with closing(_Count(prepared)) as count:
        drawn = count.rush()
    if (won, refused, drawn) != (ROOM, RUSH - ROOM, ROOM):
        others = [body[:200] for status, body in answers if status not in {201, 409}]
        raise Wrong(f"rush: {won} won, {refused} refused, {drawn} drawn {others[:1]}")
    return {"won": won, "refused": refused, "drawn": drawn}


def _judge(results: dict[str, Any]) -> None:
    """The median of the rounds against its gate; void rounds are shown and not counted."""
    fair = [entry for entry in results["rounds"] if not entry["void"]] or results["rounds"]
    results["verdicts"] = {}
    for name, (gate, sense) in GATES.items():
        values = [entry[name] for entry in fair if name in entry]
        value = median(values) if values else results["figures"].get(name)
        if value is None:
            verdict = "not run"
        else:
            verdict = "gate" if (value >= gate if sense == "≥" else value <= gate) else "missed"
        results["verdicts"][name] = {"value": value, "gate": f"{sense} {gate}", "verdict": verdict}
        shown = "–" if value is None else f"{value:.4g}"
        _say(f"{name:<20} {shown:>9}  {sense} {gate:<8} {verdict}")
    _say(f"rush                 {results['rush']}")


def _database(server: URL, name: str) -> str:
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0"))
    admin.dispose()
    return server.set(database=name).render_as_string(hide_password=False)


def _git(*words: str) -> str:
    done = subprocess.run(  # noqa: S603 - fixed words
        ["git", *words],  # noqa: S607 - found on the path
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.strip()


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
