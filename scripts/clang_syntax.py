#!/usr/bin/env python3
"""Has clang read every source of the tree, with the warnings of the build as errors; nothing is built.

usage: scripts/clang_syntax.py [FOLDER…]

Only files below the given folders when there are any (src/norms tests/duty). The tests and fuzzers are read too. Takes some
minutes on two cores and is therefore no part of ./test: run it once a week and before a release. The last line is
"N passed, M failed".
"""

import concurrent.futures
import json
import os
import subprocess
import sys
from pathlib import Path

from source_tree import ROOT

BUILD = ROOT / "build/clang"


def list_commands():
    """(source, command) of every file that the build compiles, each once."""
    subprocess.run(["cmake", "-S", str(ROOT), "-B", str(BUILD), "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Debug", "-DRCMS_TESTS=ON",
                    "-DRCMS_BENCH=ON", "-DCMAKE_CXX_COMPILER=clang++", "-DCMAKE_C_COMPILER=clang",
                    "-DCMAKE_EXPORT_COMPILE_COMMANDS=ON"],
                   check=True, stdout=subprocess.DEVNULL)
    commands = {}
    for entry in json.loads((BUILD / "compile_commands.json").read_text(encoding="utf-8")):
        words = [word for word in entry["command"].split(" ") if not word.endswith("ccache")]
        words = words[:words.index("-o")] + words[words.index("-o") + 2:]
        commands.setdefault(entry["file"], " ".join(words) + " -fsyntax-only")
    return commands


def read_with_clang(item):
    source, command = item
    done = subprocess.run(command, shell=True, cwd=BUILD, capture_output=True, text=True)
    return source, done.returncode, done.stdout + done.stderr


def main():
    if any(word.startswith("-") for word in sys.argv[1:]):
        print(__doc__)
        return 0
    folders = [str(ROOT / folder) + "/" for folder in sys.argv[1:]]
    chosen = {source: command for source, command in list_commands().items()
              if not folders or any(source.startswith(folder) for folder in folders)}
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for source, code, output in pool.map(read_with_clang, chosen.items()):
            if code:
                failed += 1
                print(f"FAILED {os.path.relpath(source, ROOT)}\n{output}", flush=True)
    print(f"{len(chosen) - failed} passed, {failed} failed")
    return 1 if failed or not chosen else 0


if __name__ == "__main__":
    sys.exit(main())
