"""What processes use: CPU seconds and memory from /proc, of whole trees."""
import os
import signal
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

TICKS = os.sysconf('SC_CLK_TCK')


def _stat(pid):
    """The fields of /proc/PID/stat after the name, beginning with the state."""
    return Path(f'/proc/{pid}/stat').read_text().rpartition(')')[2].split()


def tree_of(pid):
    """The process and everything below it."""
    parents = {}
    for entry in Path('/proc').iterdir():
        if entry.name.isdigit():
            try:
                parents.setdefault(int(_stat(entry.name)[1]), []).append(int(entry.name))
            except OSError:
                continue
    found = [pid]
    for one in found:
        found.extend(parents.get(one, []))
    return found


def cpu_seconds(pid):
    """User and system time of the tree, with that of children which have ended."""
    ticks = 0
    for one in tree_of(pid):
        try:
            fields = _stat(one)
        except OSError:
            continue
        ticks += sum(int(field) for field in fields[11:15])
    return ticks / TICKS


def memory_mib(pid):
    """Proportional memory of the tree: what several share is counted once."""
    total = 0
    for one in tree_of(pid):
        try:
            lines = Path(f'/proc/{one}/smaps_rollup').read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith('Pss:'))
    return total / 1024


def start(command, log, cwd=None, env=None):
    """Starts a server in a session of its own, so that the whole of it can be ended."""
    with open(log, 'ab') as out:
        return subprocess.Popen([str(part) for part in command], cwd=cwd, env={**os.environ, **(env or {})}, stdout=out,
                                stderr=out, stdin=subprocess.DEVNULL, start_new_session=True)


def stop(process):
    if process.poll() is not None:
        return
    os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def wait_for_answer(process, url, token='', seconds=180):
    """Seconds until the address answers 2xx; raises RuntimeError when it does not."""
    begin = time.monotonic()
    request = urllib.request.Request(url, headers={'Authorization': f'Bearer {token}'})
    while time.monotonic() - begin < seconds:
        if process.poll() is not None:
            raise RuntimeError(f'{process.args[0]} ended with {process.returncode}; see its log')
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                answer.read()
                return time.monotonic() - begin
        except (urllib.error.URLError, OSError):
            time.sleep(0.01)
    raise RuntimeError(f'{url} did not answer within {seconds} s')
