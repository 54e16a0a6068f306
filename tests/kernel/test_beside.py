"""Work that another process does: its order, its errors, and its end."""

import os
import subprocess
import sys
from pathlib import Path
from signal import SIGINT, SIGTERM, Signals

import pytest

from app.catalog.formats.findings import FileRefused
from app.kernel.beside import (
    AHEAD,
    OpenFile,
    WorkFailed,
    WorkLost,
    worked_out_beside,
    worked_out_here,
)
from app.kernel.errors import Malformed
from tests.support import beside_work

ABANDON = """
import os, pathlib, sys
from app.kernel.beside import worked_out_beside
from tests.support.beside_work import endless
with worked_out_beside(endless, pathlib.Path(sys.argv[1])) as items:
    next(items)
    os._exit(3)
"""


def test_items_come_as_they_were_made_and_in_their_order() -> None:
    with worked_out_beside(beside_work.squares, range(1000)) as items:
        beside = list(items)
    with worked_out_here(beside_work.squares, range(1000)) as items:
        assert beside == list(items)
    assert len(beside) == 1000


def test_an_open_file_is_read_by_the_process_beside(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"eins\nzwei\n")
    with path.open("rb") as stream:
        path.unlink()
        stream.seek(4)
        with worked_out_beside(beside_work.lines, OpenFile(stream.fileno())) as items:
            assert list(items) == [b"eins\n", b"zwei\n", b"ei\n"]
        assert stream.read() == b"\nzwei\n"


def test_a_refusal_arrives_with_all_that_it_says() -> None:
    with worked_out_beside(beside_work.refuse_after, 2) as items:
        assert [next(items), next(items)] == [0, 1]
        with pytest.raises(FileRefused) as refused:
            next(items)
    told = refused.value
    assert str(told) == told.text == "Zeile 7, Spalte 3: So nicht."
    assert (told.code, told.line, told.column, told.offer) == ("not_so", 7, 3, "windows-1252")


def test_a_refusal_keeps_its_fields() -> None:
    with (
        worked_out_beside(beside_work.malformed) as items,
        pytest.raises(Malformed, match=r"Kein Los\.") as refused,
    ):
        list(items)
    assert (refused.value.code, refused.value.by_field) == ("lot", {"lot": "Kein Los."})


def test_work_that_fails_says_where() -> None:
    with worked_out_beside(beside_work.fail) as items:
        assert next(items) == 1
        with pytest.raises(WorkFailed, match=r"in fail\n(.|\n)*nobody foresaw this"):
            next(items)


def test_work_whose_process_dies_is_a_clear_error() -> None:
    with worked_out_beside(beside_work.die) as items:
        assert next(items) == 1
        with pytest.raises(WorkLost, match="gone: -9"):
            next(items)


@pytest.mark.parametrize("signal", [SIGINT, SIGTERM])
def test_a_signal_for_the_whole_group_leaves_the_work_to_the_one_that_asked(
    tmp_path: Path, signal: Signals
) -> None:
    with worked_out_beside(beside_work.endless, tmp_path / "told") as items:
        os.kill(int(next(items)), signal)
        assert [next(items) for _ in range(20)] == [bytes(100_000)] * 20


def test_work_stops_where_nobody_fetches_it_and_ends_with_the_block(tmp_path: Path) -> None:
    told = tmp_path / "told"
    with worked_out_beside(beside_work.endless, told) as items:
        process = int(next(items))
        assert next(items) == bytes(100_000)
        os.kill(process, 0)
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)
    assert len(told.read_bytes()) <= AHEAD // 100_000 + 4


def test_an_error_of_the_one_that_asked_ends_the_work_too(tmp_path: Path) -> None:
    processes = []

    def fail_at_the_first() -> None:
        with worked_out_beside(beside_work.endless, tmp_path / "told") as items:
            processes.append(int(next(items)))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_at_the_first()
    with pytest.raises(ProcessLookupError):
        os.kill(processes[0], 0)


def test_work_ends_by_itself_when_the_one_that_asked_dies(tmp_path: Path) -> None:
    command = [sys.executable, "-c", ABANDON, str(tmp_path / "told")]
    # Both write to this pipe: the call comes back when the last of them has ended.
    done = subprocess.run(  # noqa: S603 - this very program
        command, capture_output=True, timeout=60, check=False, text=True
    )
    assert (done.returncode, done.stderr) == (3, "")
