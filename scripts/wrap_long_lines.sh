#!/usr/bin/env bash
# Wraps the C++ lines that are wider than 130 columns, and only those: scripts/wrap_long_lines.sh [FILE…] (default: all).
set -euo pipefail
cd "$(dirname "$0")/.."
if (($#)); then files=("$@"); else mapfile -t files < <(git ls-files 'src/*.cpp' 'src/*.hpp' 'tests/*.cpp' 'tests/*.hpp'); fi
for file in "${files[@]}"; do
  mapfile -t lines < <(python3 - "$file" <<'PYTHON'
import sys
for number, line in enumerate(open(sys.argv[1], encoding="utf-8"), 1):
    if len(line.rstrip("\n")) > 130:
        print(f"--lines={number}:{number}")
PYTHON
  )
  if ((${#lines[@]})); then clang-format -i "${lines[@]}" "$file" && echo "$file: ${#lines[@]}"; fi
done
