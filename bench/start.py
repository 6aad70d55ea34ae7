"""How long `observe demo` takes to build and serve, and to serve again what is built.

python bench/start.py      (aims: 90 s with the installing that script/demo does before; 5 s)
"""

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from running import ROOT


def seconds_to_password(folder: Path, port: int) -> float:
    """From the command to the line with the password, the last that it prints before it serves."""
    begun = time.perf_counter()
    command = [sys.executable, "-m", "observe", "demo", "--data", str(folder), "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith("password: "):
            break
    taken = time.perf_counter() - begun
    process.terminate()
    process.communicate(timeout=20)
    return taken


def main() -> None:
    folder = Path(tempfile.mkdtemp(prefix="observe-start-"))
    print(f"built and served: {seconds_to_password(folder / 'demo', 8421):.1f} s")
    print(f"served again:     {seconds_to_password(folder / 'demo', 8421):.1f} s")
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
