"""Who includes whom, against architecture.toml: groups, foundation, named edges, duties of files of one name."""

import fnmatch
import re

from source_tree import Defect, blank_comments_and_strings, glob_expression

INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"', re.MULTILINE)


def module_of(path):
    """`src/foundation/db/x.cpp` and `foundation/db/x.hpp` → `foundation/db`; `src/app/x.cpp` → `app`."""
    parts = path.removeprefix("src/").split("/")
    return "app" if parts[0] == "app" else "/".join(parts[:2])


def includes_of(text):
    """(line, path) of every quoted include that is not commented out."""
    code = blank_comments_and_strings(text, strings=False)
    return [(code.count("\n", 0, match.start(1)) + 1, match.group(1)) for match in INCLUDE.finditer(code)]


def may_include(architecture, source, target):
    """Whether module `source` may include module `target`."""
    if source == target or target == "foundation/base":
        return True
    if any(edge["from"] == source and edge["to"] == target for edge in architecture.get("edge", [])):
        return True
    source_group, target_group = source.split("/")[0], target.split("/")[0]
    if source_group == target_group == "foundation":
        return target.split("/")[1] in architecture["foundation"].get(source.split("/")[1], [])
    return target_group in architecture["groups"].get(source_group, [])


def check_groups(tree):
    """Every include stays within what its module may use."""
    defects = []
    for name in tree.matching(["src/**/*.cpp", "src/**/*.hpp"]):
        source = module_of(name)
        is_test = name.endswith(("_test.cpp", "_test.hpp"))
        for line, path in includes_of(tree.read(name)):
            if path.startswith("tests/") or path.startswith("support/"):
                if not is_test:
                    defects.append(Defect(name, line, f'"{path}" may be included by tests only'))
                continue
            target = module_of(path)
            if target.split("/")[0] not in tree.architecture["groups"]:
                defects.append(Defect(name, line, f'include "{path}" by its path below src/'))
            elif is_test and target.split("/")[0] == source.split("/")[0]:
                continue  # a test may bring two modules of one group together
            elif not may_include(tree.architecture, source, target):
                defects.append(Defect(name, line, f"{source} may not include {target}; see architecture.toml"))
    return defects


def check_foundation_list(tree):
    """Every folder of foundation is in architecture.toml, and its graph has no circle."""
    graph = tree.architecture["foundation"]
    folders = {name.split("/")[2] for name in tree.files if name.startswith("src/foundation/") and name.count("/") > 2}
    defects = [Defect("architecture.toml", 0, f"[foundation] does not name {folder}") for folder in sorted(folders - set(graph))]

    def reaches(start, goal, seen):
        for following in graph.get(start, []):
            if following == goal or (following not in seen and reaches(following, goal, seen | {following})):
                return True
        return False

    defects += [Defect("architecture.toml", 0, f"[foundation] {part} includes itself in a circle")
                for part in graph if reaches(part, part, {part})]
    return defects


def check_edges(tree):
    """Every edge has a sentence and names modules that exist; none reaches casework but from exchange."""
    modules = {module_of(name) for name in tree.files if name.startswith("src/")}
    defects = []
    for edge in tree.architecture.get("edge", []):
        title = f"edge {edge['from']} → {edge['to']}"
        if len(edge.get("why", "").split()) < 5:
            defects.append(Defect("architecture.toml", 0, f"{title} needs a sentence in `why`"))
        for end in (edge["from"], edge["to"]):
            if end not in modules and not (tree.root / "src" / end).is_dir():
                defects.append(Defect("architecture.toml", 0, f"{title}: there is no module {end}"))
        if edge["to"] == "capabilities/casework" and edge["from"] != "capabilities/exchange":
            defects.append(Defect("architecture.toml", 0, f"{title}: only exchange may reach casework"))
    return defects


def check_file_duties(tree):
    """rules, api and the like include only what their name allows."""
    defects = []
    for rule in tree.architecture.get("file_rule", []):
        names = tree.matching([glob_to_extension(rule["files"])], [glob_to_extension(one) for one in rule.get("except", [])])
        for name in names:
            for line, path in includes_of(tree.read(name)):
                forbidden = any(glob_expression(glob_to_extension(never)).fullmatch(path) for never in rule["never"])
                allowed = any(fnmatch.fnmatch(path, one) for one in rule.get("allow", []))
                if forbidden and not allowed:
                    defects.append(Defect(name, line, f'may not include "{path}": {rule["why"]}'))
    return defects


def glob_to_extension(pattern):
    """`…/rules*` means its headers and sources, not the README beside them."""
    return pattern if pattern.endswith((".hpp", ".cpp")) else pattern.rstrip("*") + "*" + "pp"
