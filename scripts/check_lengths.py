"""Files and functions stay short enough to be read in one sitting."""

import ast
import re

from source_tree import Defect, blank_comments_and_strings

CODE = ["src/**/*.cpp", "src/**/*.hpp", "web/src/**/*.ts", "web/src/**/*.tsx", "scripts/*.py", "tests/**/*.cpp",
        "tests/**/*.hpp", "tests/**/*.py", "tests/**/*.mjs"]
NOT_FUNCTIONS = re.compile(
    r"\b(namespace|class|struct|union|enum|concept)\b|\b(TEST_CASE|TEST_SUITE|SUBCASE)\s*\(|=\s*$|^\s*extern\b")


def check_file_lengths(tree):
    """No file of code is longer than the limit."""
    limit = tree.architecture["limits"]["file_lines"]
    defects = []
    for name in tree.matching(CODE, ["web/src/api/generated/**"]):
        lines = tree.read(name).count("\n")
        if lines > limit and not tree.excused("file_lines", name):
            defects.append(Defect(name, 0, f"{lines} lines, at most {limit}: split it by subject"))
    return defects


def functions_of(text):
    """(first line, lines, head) of every outermost function body of C++ code."""
    code = blank_comments_and_strings(text)
    code = re.sub(r"^[ ]*#(?:[^\n\\]|\\\n|\\.)*", lambda m: re.sub(r"[^\n]", " ", m.group(0)), code, flags=re.MULTILINE)
    found = []
    stack = []
    head_start = 0
    for index, letter in enumerate(code):
        if letter == "{":
            head = code[head_start:index].strip()
            is_function = ")" in head and not NOT_FUNCTIONS.search(head) and not any(kind for kind, _, _ in stack)
            stack.append((is_function, index, head))
            head_start = index + 1
        elif letter == "}":
            if stack:
                is_function, start, head = stack.pop()
                if is_function:
                    first = code.count("\n", 0, start) + 1
                    found.append((first, code.count("\n", start, index) + 1, " ".join(head.split())[-60:]))
            head_start = index + 1
        elif letter == ";" and not any(kind for kind, _, _ in stack):
            head_start = index + 1
    return found


def check_function_lengths(tree):
    """No function of C++ or Python is longer than the limit; a test case may hold a longer table."""
    limit = tree.architecture["limits"]["function_lines"]
    defects = []
    for name in tree.matching(["src/**/*.cpp", "src/**/*.hpp", "tests/**/*.cpp", "tests/**/*.hpp"]):
        if tree.excused("function_lines", name):
            continue
        for first, lines, head in functions_of(tree.read(name)):
            if lines > limit:
                defects.append(Defect(name, first, f"function of {lines} lines, at most {limit}: …{head}"))
    for name in tree.matching(["scripts/*.py", "tests/**/*.py"]):
        for node in ast.walk(ast.parse(tree.read(name))):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                lines = node.end_lineno - node.lineno + 1
                if lines > limit:
                    defects.append(Defect(name, node.lineno, f"function {node.name} of {lines} lines, at most {limit}"))
    return defects


DECLARATION = re.compile(r"^[\w:<>,&*\s]*?\b(decide_\w+)\s*\(", re.MULTILINE)


def check_rules_have_sources(tree):
    """Every decision that is declared in a rules header names its norm, in its docstring or in the first lines of the file."""
    defects = []
    for name in tree.matching(["src/capabilities/*/rules*.hpp", "src/norms/**/*.hpp"]):
        lines = tree.read(name).split("\n")
        head = lines[:next((at for at, line in enumerate(lines) if not line.startswith("//")), 0)]
        if any("Source:" in line for line in head):
            continue
        for number, line in enumerate(lines):
            match = DECLARATION.match(line)
            if not match or line.lstrip().startswith("//"):
                continue
            comment = []
            above = number - 1
            while above >= 0 and lines[above].lstrip().startswith("//"):
                comment.append(lines[above])
                above -= 1
            if not any("Source:" in one for one in comment):
                defects.append(Defect(name, number + 1, f"{match.group(1)} has no `Source:` in its docstring"))
    return defects
