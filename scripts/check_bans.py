"""The bans of STYLE.md that a regular expression can see, and the form of text files."""

import re

from source_tree import Defect, blank_comments_and_strings

TEXT = ["**/*.cpp", "**/*.hpp", "**/*.py", "**/*.sh", "**/*.ts", "**/*.tsx", "**/*.mjs", "**/*.css", "**/*.sql", "**/*.toml",
        "**/*.cmake", "**/CMakeLists.txt", "setup", "demo", "test", "check"]
NOT_OURS = ["web/node_modules/**", "tests/fuzz/corpus/**", "tests/golden/**", "web/src/api/generated/**"]


def check_bans(tree):
    """No line matches a ban of architecture.toml. Comments of C++ do not count, strings do."""
    defects = []
    for ban in tree.architecture.get("ban", []):
        pattern = re.compile(ban["pattern"])
        for name in tree.matching(ban["files"], ban.get("except", [])):
            try:
                text = tree.read(name)
            except UnicodeDecodeError:
                continue
            if not pattern.search(text) or tree.excused(ban["name"], name):
                continue
            if name.endswith((".cpp", ".hpp")) and ban["name"] != "unfinished_words":
                text = blank_comments_and_strings(text, strings=False)
            for number, line in enumerate(text.split("\n"), 1):
                if pattern.search(line):
                    defects.append(Defect(name, number, f"{ban['name']}: {ban['instead']}"))
    return defects


def check_text_form(tree):
    """Lines fit the width, no tabs, no space at the end, a line feed at the end of the file."""
    limits = tree.architecture["limits"]
    defects = []
    for name in tree.matching(TEXT, NOT_OURS):
        width = limits["web_columns" if name.startswith("web/") else "columns"]
        text = tree.read(name)
        if text and not text.endswith("\n"):
            defects.append(Defect(name, text.count("\n") + 1, "no line feed at the end of the file"))
        for number, line in enumerate(text.split("\n"), 1):
            if "\t" in line:
                defects.append(Defect(name, number, "tab: use spaces"))
            if line != line.rstrip():
                defects.append(Defect(name, number, "white space at the end of the line"))
            if len(line) > width and not name.endswith((".toml", ".css")) and not tree.excused("columns", name):
                defects.append(Defect(name, number, f"{len(line)} columns, at most {width}"))
    return defects
