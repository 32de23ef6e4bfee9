"""Runs every part of the tests, prints one line for each, and sums the counts.

usage: ./test [--only PART]… [--list]

  --only PART   run this part only (may be given several times)
  --list        the names of the parts

The last line is "N passed, M failed" (", K skipped" when there are any). The exit code is 0 only when nothing failed and
every part ran at least one test.
"""

import argparse
import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from source_tree import ROOT

LOGS = ROOT / "build/log/test"
DEV = ROOT / "build/dev"
FUZZ = ROOT / "build/fuzz"
FUZZ_SECONDS = 10


class Outcome(NamedTuple):
    """What a part came to; `output` is shown at the end when something failed."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    output: str = ""

    def plus(self, other):
        return Outcome(self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped,
                       self.output + other.output)


class Part(NamedTuple):
    """A part runs when one of its files is there; then it must run at least one test."""

    name: str
    files: str
    run: object


def run(command, log, timeout_s=1800, environment=None, cwd=ROOT):
    """Runs a command in a process group of its own; returns (exit code, output). A late one is ended and fails."""
    LOGS.mkdir(parents=True, exist_ok=True)
    path = LOGS / f"{log}.log"
    with open(path, "w+b") as file:
        process = subprocess.Popen(command, cwd=cwd, stdin=subprocess.DEVNULL, stdout=file, stderr=subprocess.STDOUT,
                                   env={**os.environ, **(environment or {})}, start_new_session=True)
        try:
            code = process.wait(timeout=timeout_s)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            file.write(f"\nended after {timeout_s} s\n".encode())
            code = 124
        file.seek(0)
        return code, file.read().decode("utf-8", "replace")


def tail(title, output, lines=60):
    return f"\n=== {title}\n" + "\n".join(output.strip().split("\n")[-lines:]) + "\n"


# A failure as each tool prints it: node --test, unittest and check.py, doctest, stories, the sanitizers.
FAILURE_BEGINS = re.compile(r"not ok |FAIL(ED)?[: ]|ERROR: |TEST CASE: |.*(ERROR: \w+Sanitizer|runtime error: )")
FAILURE_ENDS = re.compile(r"ok |={20}|# |  \.\.\.$|Ran \d|\d+ passed")


def failures(title, output, most=12, lines_each=30):
    """What a reader needs of a failed part: the tests that failed, with their words; else the end of the output."""
    found, left = [], 0
    for line in output.split("\n"):
        if left and FAILURE_ENDS.match(line):
            left = 0
        if not left and FAILURE_BEGINS.match(line):
            most, left = most - 1, lines_each
        if left and most >= 0:
            found.append(line)
            left -= 1
    return f"\n=== {title}\n" + "\n".join(found).rstrip() + "\n" if found else tail(title, output)


# ---- what a tool's output says about its tests

def count_plain(output, code):
    """A closing line "N passed, M failed"."""
    found = re.findall(r"^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$", output, re.MULTILINE)
    if not found:
        return Outcome(0, 1)
    passed, failed, skipped = (int(one or 0) for one in found[-1])
    return Outcome(passed, failed or int(code != 0), skipped)


def count_doctest(output, code):
    """`[doctest] test cases: 12 | 11 passed | 1 failed | 0 skipped`."""
    found = re.search(r"\[doctest\] test cases:\s+\d+\s+\|\s+(\d+) passed\s+\|\s+(\d+) failed", output)
    if not found:
        return Outcome(0, 1)
    passed, failed = int(found[1]), int(found[2])
    # A test that has nothing to run on says so in a line of its own.
    skipped = len(re.findall(r"^skipped: ", output, re.MULTILINE))
    return Outcome(passed, failed or int(code != 0), skipped)


def count_node(output, code):
    """The summary of node --test, as TAP ("# pass 3") or with the spec reporter ("ℹ pass 3")."""
    found = re.findall(r"^[#ℹ] (pass|fail|cancelled|skipped|todo) (\d+)", output, re.MULTILINE)
    counts = {word: int(number) for word, number in found}
    if "pass" not in counts:
        return Outcome(0, 1)
    failed = counts.get("fail", 0) + counts.get("cancelled", 0)
    return Outcome(counts["pass"], failed or int(code != 0), counts.get("skipped", 0) + counts.get("todo", 0))


def count_unittest(output, code):
    """`Ran 12 tests in 0.1s` and `FAILED (failures=1, errors=2, skipped=1)`."""
    ran = re.search(r"^Ran (\d+) tests? in", output, re.MULTILINE)
    if not ran:
        return Outcome(0, 1)
    bad = sum(int(number) for number in re.findall(r"(?:failures|errors|unexpected successes)=(\d+)", output))
    skipped = sum(int(number) for number in re.findall(r"skipped=(\d+)", output))
    return Outcome(int(ran[1]) - bad - skipped, bad or int(code != 0), skipped)


def counted(title, command, count, **options):
    """Runs a command and counts; its output is kept when it failed."""
    code, output = run(command, re.sub(r"\W+", "_", title), **options)
    outcome = count(output, code)
    if outcome.passed + outcome.failed == 0:
        outcome = Outcome(0, 1)
        output += "\nno test ran"
    return outcome._replace(output=failures(title, output) if outcome.failed else "")


def counted_python(title, folder):
    """The tests of a folder written with unittest; they find the release in RCMS_BINARY."""
    return counted(title, [sys.executable, "-m", "unittest", "discover", "-s", folder, "-p", "*_test.py"], count_unittest,
                   environment={"RCMS_BINARY": str(ROOT / "build/rcms")})


# ---- the parts

def checks():
    return counted("checks", [sys.executable, "scripts/check.py", "--all"], count_plain)


def checks_can_fail():
    return counted_python("checks can fail", "tests/checks")


def build(preset, targets=()):
    """Configures and builds a preset, or some of its targets; a failed build is one failure.

    What is built for the first time joins the files of a folder, which halves the time; who works on the code configures the
    preset themselves, and a changed file is then compiled alone.
    """
    folder = ROOT / "build" / preset
    steps = [] if (folder / "build.ninja").exists() else [["cmake", "--preset", preset, "-DCMAKE_UNITY_BUILD=ON"]]
    wanted = ["--target", *targets] if targets else []
    steps.append(["cmake", "--build", str(folder), "-j", os.environ.get("RCMS_JOBS", str(os.cpu_count())), *wanted])
    for command in steps:
        code, output = run(command, f"build_{preset}", timeout_s=3600)
        if code:
            errors = [line for line in output.split("\n") if re.search(r"error[: ]|FAILED", line)][:15]
            return Outcome(0, 1, 0, tail(f"build of {preset}", "\n".join(errors) + "\n" + output, 40))
    return Outcome(1)


def build_for_tests():
    return build("dev")


def unit_and_property():
    """Two programs at a time: each computes on one processor and waits for the disk between."""
    def test(program):
        return counted(program.name, [str(program), "--no-colors=true"], count_doctest, environment=sanitizer_settings())

    # The largest programs have the most tests; they begin first.
    largest_first = sorted(programs(DEV, "*_tests"), key=lambda program: -program.stat().st_size)
    outcome = Outcome()
    with ThreadPoolExecutor(max_workers=2) as lanes:
        for one in lanes.map(test, largest_first):
            outcome = outcome.plus(one)
    return outcome


def programs(folder, pattern):
    return sorted(path for path in folder.rglob(pattern) if path.is_file() and os.access(path, os.X_OK))


def sanitizer_settings():
    return {"ASAN_OPTIONS": "detect_leaks=1:strict_string_checks=1", "UBSAN_OPTIONS": "print_stacktrace=1",
            "LSAN_OPTIONS": f"suppressions={ROOT / 'tests/leaks.txt'}:print_suppressions=0"}


def stories():
    program = str(DEV / "tests/stories/stories")
    return counted("stories", [program], count_plain, environment=sanitizer_settings())


def web_units():
    return counted("web units", ["npm", "test", "--silent"], count_node, cwd=ROOT / "web")


def browser():
    files = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "tests/browser").glob("*.test.mjs"))
    return counted("browser", ["node", "--test", "--test-concurrency=1", *files], count_node, timeout_s=2400,
                   environment={"RCMS_BINARY": str(ROOT / "build/rcms"), "CHROMIUM": shutil.which("chromium") or "chromium",
                                "NODE_PATH": str(ROOT / "web/node_modules")})


def command_line():
    return counted_python("command line", "tests/cli")


def fault():
    return counted_python("fault", "tests/fault")


def fuzz():
    names = sorted(path.stem for path in (ROOT / "tests/fuzz").glob("*_fuzz.cpp"))
    outcome = build("fuzz", names)._replace(passed=0)
    targets = [] if outcome.failed else programs(FUZZ, "*_fuzz")
    for target in targets:
        kept = ROOT / "tests/fuzz/corpus" / target.name.removesuffix("_fuzz")
        found = FUZZ / "found" / target.name
        found.mkdir(parents=True, exist_ok=True)
        command = [str(target), f"-max_total_time={FUZZ_SECONDS}", "-timeout=5", "-rss_limit_mb=1500", "-print_final_stats=1",
                   f"-artifact_prefix={found}/", str(found / "corpus"), *([str(kept)] if kept.is_dir() else [])]
        (found / "corpus").mkdir(exist_ok=True)
        code, output = run(command, target.name, timeout_s=FUZZ_SECONDS + 120)
        ran = re.search(r"number_of_executed_units: ([1-9]\d*)", output)
        good = code == 0 and ran
        outcome = outcome.plus(Outcome(int(bool(good)), int(not good), 0, "" if good else tail(target.name, output)))
    return outcome


PARTS = [
    Part("checks", "architecture.toml", checks),
    Part("checks can fail", "tests/checks/*_test.py", checks_can_fail),
    Part("build for tests", "CMakePresets.json", build_for_tests),
    Part("unit and property", "src/**/*_test.cpp", unit_and_property),
    Part("stories", "tests/stories/*.story", stories),
    Part("command line", "tests/cli/*_test.py", command_line),
    Part("web units", "web/tests/*.test.ts", web_units),
    Part("browser", "tests/browser/*.test.mjs", browser),
    Part("fault", "tests/fault/*_test.py", fault),
    Part("fuzz", "tests/fuzz/*_fuzz.cpp", fuzz),
]

# PostgreSQL does not run as root; its own user must be able to enter the folder, which it cannot below /root.
SCRATCH = (Path("/var/tmp") / f"rcms-test-{hashlib.sha256(str(ROOT).encode()).hexdigest()[:12]}" if os.geteuid() == 0
           else ROOT / "build/scratch")


def start_postgresql():
    """Starts the scratch PostgreSQL and tells every test its address."""
    done = subprocess.run([str(ROOT / "scripts/postgresql_scratch"), "start", str(SCRATCH)], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"PostgreSQL does not start:\n{done.stdout}{done.stderr}")
    os.environ["RCMS_TEST_POSTGRESQL"] = done.stdout.strip().split("\n")[-1]


def stop_postgresql():
    subprocess.run([str(ROOT / "scripts/postgresql_scratch"), "stop", str(SCRATCH)], capture_output=True)


def run_parts(parts):
    """Runs them one after the other; what failed is named again below the output, with how to run it alone."""
    total, failed = Outcome(), []
    for part in parts:
        if not any(ROOT.glob(part.files)):
            continue
        started = time.monotonic()
        if sys.stdout.isatty():
            print(f"{part.name:<18} …", end="\r", flush=True)
        try:
            outcome = part.run()
        except OSError as problem:
            words = f"{problem}\nA program is missing: ./setup --tests installs what the tests need."
            outcome = Outcome(0, 1, 0, tail(part.name, words))
        if outcome.passed + outcome.failed == 0:
            outcome = Outcome(0, 1, 0, tail(part.name, "no test ran"))
        seconds = time.monotonic() - started
        words = f"{outcome.passed} passed, {outcome.failed} failed" + (f", {outcome.skipped} skipped" if outcome.skipped else "")
        print(f"{part.name:<18} {words:<32} {seconds:6.0f} s", flush=True)
        if outcome.failed:
            failed.append(part.name)
        total = total.plus(outcome)
    words = [f'{name}: ./test --only "{name}" runs it again; its output is in {LOGS.relative_to(ROOT)}' for name in failed]
    return total._replace(output=total.output + "".join(f"\nFAILED {word}" for word in words))


def main():
    parser = argparse.ArgumentParser(usage=__doc__.split("\n\n", 1)[1].removeprefix("usage: "), add_help=True)
    parser.add_argument("--only", action="append", default=[], choices=[part.name for part in PARTS], metavar="PART")
    parser.add_argument("--list", action="store_true")
    chosen = parser.parse_args()
    if chosen.list:
        print("\n".join(part.name for part in PARTS))
        return 0
    parts = [part for part in PARTS if not chosen.only or part.name in chosen.only]
    start_postgresql()
    try:
        total = run_parts(parts)
    finally:
        stop_postgresql()
    if total.output:
        print(total.output)
    print(f"{total.passed} passed, {total.failed} failed" + (f", {total.skipped} skipped" if total.skipped else ""))
    return 1 if total.failed or not total.passed else 0


if __name__ == "__main__":
    sys.exit(main())
