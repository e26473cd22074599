"""Time and memory of publishing a release to a folder and to a server of the S3 protocol, beside plain copies.

Usage: python -m tests.bench.bench_publish [MEGABYTES]; the server runs on loopback, in a process of its own.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from assets.release.layout import RELEASES
from tests.deliveries import V1

MAKE = """
import random, sys
from pathlib import Path
from tests.deliveries import CARD, V1, add_release
chance = random.Random(1)
files = {f"table{number}.parquet": chance.randbytes(50_000) for number in range(40)}
for name in ("papers", "links"):
    files[f"{name}.parquet"] = chance.randbytes(1 << 20) * (int(sys.argv[2]) // 2)
add_release(Path(sys.argv[1]), V1, {"README.md": CARD.encode(), **files})
"""
"""Makes the release, in a process of its own: one that is started counts the memory of the one that starts it."""

SERVER = """
import time
from tests.deliveries import s3_server
with s3_server() as server:
    server.request("PUT", "/library", b"")
    server.request("PUT", "/plain", b"")
    print(server.endpoint, flush=True)
    time.sleep(3600)
"""
COPY = "import os, shutil, sys; shutil.copytree(sys.argv[1], sys.argv[2]); os.sync()"
UPLOAD = """
import sys
from pathlib import Path
import boto3
client = boto3.client("s3")
for path in sorted(Path(sys.argv[1]).rglob("*")):
    if path.is_file():
        client.upload_file(str(path), "plain", path.relative_to(sys.argv[1]).as_posix())
"""
SHEAF = str(Path(sys.executable).with_name("sheaf"))


def measure(command: list[str], environment: dict[str, str]) -> tuple[float, float]:
    """Seconds and peak memory in MB of one process."""
    started = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env={**os.environ, **environment})
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{command[:3]} failed")
    return time.monotonic() - started, usage.ru_maxrss / 1024


def main() -> None:
    megabytes = int(sys.argv[1]) if len(sys.argv) > 1 else 256
    with tempfile.TemporaryDirectory() as scratch:
        work = Path(scratch)
        home, source = work / "home", work / "home" / RELEASES / V1
        subprocess.run([sys.executable, "-c", MAKE, str(home), str(megabytes)], check=True)
        count = sum(path.is_file() for path in source.rglob("*"))
        with subprocess.Popen([sys.executable, "-c", SERVER], stdout=subprocess.PIPE, text=True) as server:
            assert server.stdout is not None
            keys = {"AWS_ACCESS_KEY_ID": "nobody", "AWS_SECRET_ACCESS_KEY": "nothing", "AWS_ALLOW_HTTP": "true"}
            region = {"AWS_REGION": "us-east-1", "AWS_DEFAULT_REGION": "us-east-1"}
            environment = {"AWS_ENDPOINT_URL": server.stdout.readline().strip(), **keys, **region}
            publish = [SHEAF, "publish", "--home", str(home), "--to"]
            commands = {
                "folder: copytree and sync": [sys.executable, "-c", COPY, str(source), str(work / "plain")],
                "folder: sheaf publish": [*publish, str(work / "target")],
                "folder: again, up to date": [*publish, str(work / "target")],
                "folder: again, --check": [*publish, str(work / "target"), "--check"],
                "S3: boto3 upload_file": [sys.executable, "-c", UPLOAD, str(source)],
                "S3: sheaf publish": [*publish, "s3://library/papers"],
                "S3: again, up to date": [*publish, "s3://library/papers"],
                "S3: again, --check": [*publish, "s3://library/papers", "--check"],
            }
            print(f"{count} files, {megabytes} MB\n{'':<28}{'seconds':>9}{'MB':>8}")
            for name, command in commands.items():
                seconds, memory = measure(command, environment)
                print(f"{name:<28}{seconds:>9.2f}{memory:>8.0f}", flush=True)
            server.kill()


if __name__ == "__main__":
    main()
