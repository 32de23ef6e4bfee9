"""What every check needs: the files of the repository, architecture.toml, and one form for defects."""

import fnmatch
import os
import re
import subprocess
import tomllib
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent


class Defect(NamedTuple):
    """One thing that is wrong: where, what, and what to do."""

    file: str
    line: int
    text: str

    def __str__(self):
        return f"{self.file}:{self.line}: {self.text}" if self.line else f"{self.file}: {self.text}"


class Tree:
    """A folder with an architecture.toml; the repository itself, or a small one made by a test."""

    def __init__(self, root=ROOT):
        self.root = Path(root)
        text = (self.root / "architecture.toml").read_text(encoding="utf-8")
        self.architecture = tomllib.loads(text)
        self._files = None

    @property
    def files(self):
        """Paths of all tracked and new, not ignored files, with forward slashes, sorted."""
        if self._files is None:
            if (self.root / ".git").exists():
                command = ["git", "-C", str(self.root), "ls-files", "-z", "-co", "--exclude-standard"]
                output = subprocess.run(command, check=True, capture_output=True).stdout.decode()
                found = [name for name in output.split("\0") if name and (self.root / name).is_file()]
            else:
                found = [str(path.relative_to(self.root)) for path in self.root.rglob("*") if path.is_file()]
            self._files = sorted(set(name.replace(os.sep, "/") for name in found))
        return self._files

    def matching(self, patterns, but=()):
        """Files that match one of the glob patterns; `**` spans folders."""
        wanted = [glob_expression(pattern) for pattern in patterns]
        unwanted = [glob_expression(pattern) for pattern in but]
        return [
            name for name in self.files
            if any(e.fullmatch(name) for e in wanted) and not any(e.fullmatch(name) for e in unwanted)
        ]

    def read(self, name):
        return (self.root / name).read_text(encoding="utf-8")

    def excused(self, rule, name):
        """True when architecture.toml excuses the file from the rule and the decision record exists."""
        for exception in self.architecture.get("exception", []):
            if exception["rule"] == rule and fnmatch.fnmatch(name, exception["file"]):
                return (self.root / exception["decision"]).is_file()
        return False


def glob_expression(pattern):
    """`*` stays within a folder, `**/` spans any number of folders."""
    expression = ""
    index = 0
    while index < len(pattern):
        if pattern.startswith("**/", index):
            expression += "(?:.*/)?"
            index += 3
        elif pattern.startswith("**", index):
            expression += ".*"
            index += 2
        elif pattern[index] == "*":
            expression += "[^/]*"
            index += 1
        else:
            expression += re.escape(pattern[index])
            index += 1
    return re.compile(expression)


def blank_comments_and_strings(text, strings=True):
    """C++ or SQL-free code of the same length and lines, with comments (and string contents) replaced by spaces."""
    pattern = re.compile(
        r'R"(?P<mark>[^()\\ ]{0,16})\(.*?\)(?P=mark)"|//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'',
        re.DOTALL,
    )

    def blank(match):
        found = match.group(0)
        if found.startswith("/") or strings:
            return re.sub(r"[^\n]", " ", found)
        return found

    # A digit separator (1'000) is no character literal.
    text = re.sub(r"(?<=\d)'(?=\d)", "_", text)
    return pattern.sub(blank, text)
