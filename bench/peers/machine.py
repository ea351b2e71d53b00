"""What the machine is, and how busy it was with other things while something was measured."""
import datetime
import json
import os
import pathlib
import platform
import re
import subprocess
import time


def output_of(*command):
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""


def describe():
    """Processor, memory and system; no name that only this machine has."""
    lines = dict(line.split(":", 1) for line in output_of("lscpu").splitlines() if ":" in line)
    value = {name.strip(): text.strip() for name, text in lines.items()}
    release = pathlib.Path("/etc/os-release").read_text(encoding="utf-8")
    memory = int(re.search(r"MemTotal:\s+(\d+)", pathlib.Path("/proc/meminfo").read_text(encoding="utf-8"))[1])
    flags = value.get("Flags", "").split()
    return {
        "processor": f"{value.get('Model name', '?')} (family {value.get('CPU family', '?')}, model {value.get('Model', '?')})",
        "processors": os.cpu_count(),
        "caches": {name: value[name] for name in ("L1d cache", "L2 cache", "L3 cache") if name in value},
        "vectors": "AVX-512" if "avx512f" in flags else "AVX2" if "avx2" in flags else "older than AVX2",
        "hypervisor": value.get("Hypervisor vendor", "none"),
        "memory_gib": round(memory / 2**20, 1),
        "system": re.search(r'PRETTY_NAME="(.*)"', release)[1],
        "kernel": platform.release().split("-")[0],
    }


def debian_version(package):
    return output_of("dpkg-query", "-W", "-f", "${Version}", package)


def versions(peers):
    lock = json.loads((peers / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    npm = {name: lock[f"node_modules/{name}"]["version"]
           for name in ("@tensorflow/tfjs", "@tensorflow/tfjs-backend-wasm", "onnxruntime-node") if f"node_modules/{name}" in lock}
    return {
        "Backprop": output_of("git", "-C", str(peers), "describe", "--always", "--dirty"),
        ".NET": output_of("dotnet", "--version"),
        "Python": platform.python_version(),
        "PyTorch": debian_version("python3-torch"),
        "scikit-learn": debian_version("python3-sklearn"),
        "numpy": debian_version("python3-numpy"),
        "OpenBLAS": debian_version("libopenblas0-pthread"),
        "pandas": debian_version("python3-pandas"),
        "FANN": debian_version("libfann2"),
        "oneDNN": debian_version("libdnnl2"),
        "Node.js": output_of("node", "--version"),
        **npm,
    }


def now():
    return datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds")


class Busy:
    """From its making to `seen`: what else the processors did, as a number of processors."""

    def __init__(self):
        self.begin, self.total, self.idle, self.steal = time.monotonic(), *self._read()

    @staticmethod
    def _read():
        first = pathlib.Path("/proc/stat").read_text(encoding="ascii").split("\n", 1)[0]
        ticks = [int(word) for word in first.split()[1:9]]
        return sum(ticks), ticks[3] + ticks[4], ticks[7]

    def seen(self, own_seconds):
        """`others`: processors kept busy by other processes here; `steal`: taken away by the machine's host."""
        total, idle, steal = self._read()
        seconds = max(time.monotonic() - self.begin, 1e-3)
        tick = 1 / os.sysconf("SC_CLK_TCK")
        busy = (total - self.total - (idle - self.idle) - (steal - self.steal)) * tick
        return {"others": round(max(busy - own_seconds, 0) / seconds, 3), "steal": round((steal - self.steal) * tick / seconds, 3),
                "load": os.getloadavg()[0]}
