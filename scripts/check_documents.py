"""Documents: links lead somewhere, every module says what it is, the glossary and the lists are complete."""

import json
import re
from urllib.parse import unquote

from source_tree import Defect

LINK = re.compile(r"!?\[[^\]\n]*\]\(([^)\s]+)(?:\s+\"[^\"]*\")?\)")
CODE_PATH = re.compile(r"`((?:src|data|db|docs|scripts|tests|web|packaging|cmake)/[\w./-]*[\w/-])`")


def anchors_of(text):
    """The anchors of the headings of a Markdown file, as web views of repositories make them."""
    found = set()
    for heading in re.findall(r"^#+\s+(.*)$", text, re.MULTILINE):
        words = re.sub(r"[^\w\- ]", "", heading.strip().lower())
        found.add(words.replace(" ", "-"))
    return found


def without_code_blocks(text):
    return re.sub(r"^```.*?^```", lambda match: "\n" * match.group(0).count("\n"), text, flags=re.DOTALL | re.MULTILINE)


def check_links(tree):
    """Every relative link and every path in backticks of a document leads to a file or folder of the repository."""
    defects = []
    folders = {"/".join(name.split("/")[:depth]) for name in tree.files for depth in range(1, name.count("/") + 1)}
    everything = set(tree.files) | folders
    documents = ["*.md", "docs/**/*.md", "src/**/*.md", "tests/**/*.md", "web/*.md", "db/**/*.md", "packaging/*.md"]
    for name in tree.matching(documents):
        text = without_code_blocks(tree.read(name))
        for match in LINK.finditer(text):
            target = unquote(match.group(1))
            line = text.count("\n", 0, match.start()) + 1
            if re.match(r"[a-z]+:", target):
                continue
            path, _, anchor = target.partition("#")
            resolved = resolve(name, path) if path else name
            if resolved not in everything:
                defects.append(Defect(name, line, f"link to {target}, which does not exist"))
            elif anchor and resolved.endswith(".md") and anchor not in anchors_of(tree.read(resolved)):
                defects.append(Defect(name, line, f"{resolved} has no heading #{anchor}"))
        for match in CODE_PATH.finditer(text):
            if match.group(1).rstrip("/") not in everything and "NNNN" not in match.group(1):
                line = text.count("\n", 0, match.start()) + 1
                defects.append(Defect(name, line, f"names {match.group(1)}, which does not exist"))
    return defects


def resolve(name, path):
    parts = name.split("/")[:-1]
    for part in path.rstrip("/").split("/"):
        if part == "..":
            parts = parts[:-1]
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)


def check_module_readmes(tree):
    """Every folder of src/ with code has a README.md of 6 to 40 lines."""
    defects = []
    folders = {name.rsplit("/", 1)[0] for name in tree.matching(["src/**/*.cpp", "src/**/*.hpp"])}
    for folder in sorted(folders):
        name = f"{folder}/README.md"
        if name not in tree.files:
            defects.append(Defect(name, 0, "is missing: what, the main types, where to start"))
        elif not 6 <= tree.read(name).count("\n") <= 40:
            defects.append(Defect(name, 0, f"has {tree.read(name).count(chr(10))} lines, expected 10 to 20"))
    return defects


def check_dependencies(tree):
    """docs/dependencies.md has a row for every library that ./setup installs and every npm package of the web application."""
    text = tree.read("docs/dependencies.md")
    rows = set(re.findall(r"^\|\s*`([^`]+)`", text, re.MULTILINE))
    packages = [re.sub(r"#.*", "", line).strip() for line in tree.read("packaging/packages.txt").split("\n")]
    wanted = {one for one in packages if one and not one.startswith("[")}
    manifest = json.loads(tree.read("web/package.json"))
    wanted |= set(manifest.get("dependencies", {})) | set(manifest.get("devDependencies", {}))
    defects = [Defect("docs/dependencies.md", 0, f"has no row for {one}") for one in sorted(wanted - rows)]
    return defects + [Defect("docs/dependencies.md", 0, f"{one} is used no more") for one in sorted(rows - wanted)]


def check_decisions(tree):
    """Decision records are numbered without gaps and answer: Question, Decision, Why, Cost, Not chosen, Look again."""
    defects = []
    names = tree.matching(["docs/decisions/*.md"], ["docs/decisions/README.md"])
    numbers = [int(match.group(1)) for name in names if (match := re.search(r"/(\d{4})-[a-z0-9-]+\.md$", name))]
    if len(numbers) != len(names) or len(set(numbers)) != len(numbers):
        defects.append(Defect("docs/decisions", 0, "records are named NNNN-slug.md, each number once"))
    for name in names:
        text = tree.read(name)
        for word in ("Question", "Decision", "Why", "Cost", "Not chosen", "Look again"):
            if not re.search(rf"^(#+\s*|\*\*){word}", text, re.MULTILINE):
                defects.append(Defect(name, 0, f"has no part '{word}'"))
    return defects


def check_architecture_file(tree):
    """Exceptions name a rule that exists and a decision record that exists."""
    defects = []
    rules = {ban["name"] for ban in tree.architecture.get("ban", [])} | set(tree.architecture.get("limits", {}))
    for exception in tree.architecture.get("exception", []):
        if exception["rule"] not in rules:
            defects.append(Defect("architecture.toml", 0, f"exception to the unknown rule {exception['rule']}"))
        if exception["decision"] not in tree.files:
            defects.append(Defect("architecture.toml", 0, f"exception without record: {exception['decision']}"))
    return defects


def check_migrations(tree):
    """Migrations are numbered once each; an engine's own file comes in a pair."""
    defects = []
    seen = {}
    for name in tree.matching(["db/migrations/*.sql"]):
        match = re.fullmatch(r"db/migrations/(\d{4})_[a-z0-9_]+(\.sqlite|\.postgres)?\.sql", name)
        if not match:
            defects.append(Defect(name, 0, "is not named NNNN_name.sql"))
            continue
        seen.setdefault(match.group(1), []).append(match.group(2) or "both")
    for number, kinds in seen.items():
        if sorted(kinds) not in (["both"], [".postgres", ".sqlite"]):
            defects.append(Defect("db/migrations", 0, f"{number} stands {len(kinds)} times: {', '.join(kinds)}"))
    return defects
