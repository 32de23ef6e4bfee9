"""The list of quick checks, in the order in which they run. `./check` stops at the first that fails; ./test counts all.

usage: ./check [--all] [--list] [NAME…]

  --all    run every check even when one fails
  --list   the names of the checks
"""

import shutil
import subprocess
import sys
import time

import check_architecture
import check_bans
import check_data
import check_documents
import check_lengths
import check_process
import check_sentences
from source_tree import Defect, Tree


def check_types_of_web(tree):
    """The TypeScript application satisfies its compiler."""
    if not (tree.root / "web/tsconfig.json").is_file():
        return [Defect("web/tsconfig.json", 0, "is missing")]
    compiler = tree.root / "web/node_modules/.bin/tsc"
    if not compiler.exists() or not shutil.which("node"):
        return [Defect("web", 0, "its packages are not installed: run ./setup")]
    done = subprocess.run([str(compiler), "--noEmit", "-p", "."], cwd=tree.root / "web", capture_output=True, text=True)
    if done.returncode == 0:
        return []
    return [Defect("web", 0, line) for line in (done.stdout + done.stderr).strip().split("\n")[:20]]


def check_shell_scripts(tree):
    """Every shell script parses."""
    defects = []
    for name in ["setup", "demo", "test", "check", ".ci/run"] + tree.matching(["scripts/*.sh"]):
        done = subprocess.run(["bash", "-n", str(tree.root / name)], capture_output=True, text=True)
        if done.returncode:
            defects.append(Defect(name, 0, done.stderr.strip()))
    return defects


CHECKS = [
    ("include groups", check_architecture.check_groups),
    ("foundation list", check_architecture.check_foundation_list),
    ("capability edges", check_architecture.check_edges),
    ("duties of files", check_architecture.check_file_duties),
    ("exceptions", check_documents.check_architecture_file),
    ("bans", check_bans.check_bans),
    ("form of text", check_bans.check_text_form),
    ("length of files", check_lengths.check_file_lengths),
    ("length of functions", check_lengths.check_function_lengths),
    ("rules name sources", check_lengths.check_rules_have_sources),
    ("data against schema", check_data.check_data_files),
    ("process and routes", check_process.check_routes_of_process),
    ("labels complete", check_data.check_labels),
    ("refusals have words", check_sentences.check_sentences),
    ("problems have titles", check_sentences.check_titles_of_problems),
    ("migrations numbered", check_documents.check_migrations),
    ("links of documents", check_documents.check_links),
    ("module READMEs", check_documents.check_module_readmes),
    ("dependencies listed", check_documents.check_dependencies),
    ("decision records", check_documents.check_decisions),
    ("shell scripts parse", check_shell_scripts),
    ("types of the web", check_types_of_web),
]


def run(names, go_on):
    """Runs the checks; returns (passed, failed)."""
    tree = Tree()
    passed = failed = 0
    for name, check in CHECKS:
        if names and name not in names:
            continue
        started = time.monotonic()
        defects = check(tree)
        print(f"{'FAIL' if defects else 'ok  '}  {name:<22} {time.monotonic() - started:5.1f} s", flush=True)
        for defect in defects[:40]:
            print(f"      {defect}")
        if len(defects) > 40:
            print(f"      … and {len(defects) - 40} more")
        if defects:
            failed += 1
            if not go_on:
                break
        else:
            passed += 1
    return passed, failed


def main(arguments):
    if "--help" in arguments or "-h" in arguments:
        print(__doc__)
        return 0
    if "--list" in arguments:
        print("\n".join(name for name, _ in CHECKS))
        return 0
    names = [one for one in arguments if not one.startswith("--")]
    unknown = set(names) - {name for name, _ in CHECKS}
    if unknown:
        print(f"There is no check {', '.join(sorted(unknown))}; ./check --list names them.", file=sys.stderr)
        return 2
    passed, failed = run(names, "--all" in arguments)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
