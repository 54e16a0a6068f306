"""What the machine gives while we measure: calibration, CPU time and memory of processes."""

import os
import platform
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Final

CALIBRATION_SECONDS: Final = 0.4
FAIR: Final = 1.8
TICKS: Final = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Calibration:
    """Million steps of a plain loop per second, alone and twice at once."""

    one: float
    two: float

    @property
    def fair(self) -> bool:
        """Whether the second core was ours."""
        return self.two >= FAIR * self.one

    @property
    def text(self) -> str:
        load = os.getloadavg()[0]
        return f"calib 1p={self.one:.1f} 2p={self.two:.1f} load={load:.1f}"


def calibrate() -> Calibration:
    with ProcessPoolExecutor(2) as pool:
        list(pool.map(_steps, [0.01, 0.01]))
        one = next(iter(pool.map(_steps, [CALIBRATION_SECONDS])))
        two = sum(pool.map(_steps, [CALIBRATION_SECONDS] * 2))
    return Calibration(one, two)


def _steps(seconds: float) -> float:
    began, steps = perf_counter(), 0
    while perf_counter() - began < seconds:
        for _ in range(1000):
            steps += 1
    return steps / (perf_counter() - began) / 1e6


def cpu_seconds(pid: int) -> float:
    """User and system time of a process and all below it, waited-for children included."""
    total = 0.0
    for one in family(pid):
        try:
            fields = (
                Path(f"/proc/{one}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
            )
        except OSError:
            continue
        total += sum(int(field) for field in fields[11:15]) / TICKS
    return total


def peak_mebibytes(pid: int) -> float:
    """The largest resident set of any process of the family."""
    peaks = [0]
    for one in family(pid):
        try:
            status = Path(f"/proc/{one}/status").read_text(encoding="ascii")
        except OSError:
            continue
        peaks += [int(line.split()[1]) for line in status.splitlines() if "VmHWM" in line]
    return max(peaks) / 1024


def family(pid: int) -> list[int]:
    found, waiting = [], [pid]
    while waiting:
        one = waiting.pop()
        found.append(one)
        for task in Path(f"/proc/{one}/task").glob("*/children"):
            try:
                waiting += [int(child) for child in task.read_text(encoding="ascii").split()]
            except OSError:
                continue
    return found


def described() -> dict[str, object]:
    model = [
        line.partition(":")[2].strip()
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        if line.startswith("model name")
    ]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    return {
        "cpu": model[0] if model else platform.machine(),
        "cores": os.cpu_count(),
        "memory_mib": memory,
        "python": platform.python_version(),
        "kernel": platform.release(),
    }
