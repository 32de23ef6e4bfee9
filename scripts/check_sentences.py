"""Every sentence of a refusal has its pattern in data/languages/details.en.json, and so its words in every language.

A refusal is written `Why::x, field, sentence` in a call or in braces. The sentence is read as far as it stands in the source:
literals, `fmt::format`, sums, choices, a local name, the parameter of a function that says it for its callers. What libraries say
(`failure.what()`) and what is a label already is passed over.
"""

import json
import re

from source_tree import Defect, blank_comments_and_strings

PATTERNS = "data/languages/details.en.json"
# Refusals that no person reads on a screen, and who does instead.
NOT_ON_A_SCREEN = {
    "src/app/*": "the command line speaks English",
    "src/foundation/mail/*": "the log, and whoever keeps the mail server",
    "src/engines/matching/image.cpp": "the log and the command line; on a screen a label says that the index was not written",
    "src/engines/matching/index.cpp": "the log and the command line, as image.cpp",
    "src/engines/paxlst/*": "a finding names the segment, and its refusal has words of its own",
    "src/engines/seal/*": "the verdict on a seal has words of its own",
    "src/capabilities/exchange/*": "told to the other node, and to the log",
    "src/capabilities/registry/answer.cpp": "the technical detail beside the label of a connection's problem",
    "src/capabilities/registry/reading.cpp": "as answer.cpp; the lines of a table have patterns",
    "src/capabilities/operations/backup.cpp": "the command line",
    "src/capabilities/operations/manifest.cpp": "the command line",
    "src/capabilities/operations/node_keys.cpp": "the command line",
    "src/capabilities/operations/restore.cpp": "the command line",
    "src/capabilities/operations/tar.cpp": "the command line",
}
ANY = "\0"
REASON = re.compile(r"\bWhy::\w+\s*(?=,)")
TOKEN = re.compile(r'R"\((.*?)\)"|"((?:\\.|[^"\\])*)"|\'(?:\\.|[^\'\\])\'', re.DOTALL)
OPEN, CLOSE = "([{", ")]}"


def split_arguments(text, start):
    """The arguments of the list that goes on at `start`, up to the bracket that closes it."""
    parts, depth, begin, at = [], 0, start, start
    while at < len(text):
        literal = TOKEN.match(text, at)
        if literal and not (text[at] == "'" and text[at - 1].isdigit()):
            at = literal.end()
            continue
        letter = text[at]
        if letter in OPEN:
            depth += 1
        elif letter in CLOSE:
            if depth == 0:
                return parts + [text[begin:at].strip()]
            depth -= 1
        elif letter == "," and depth == 0:
            parts.append(text[begin:at].strip())
            begin = at + 1
        at += 1
    return parts


def split_top(text, sign):
    """`text` cut at `sign` outside brackets and literals."""
    parts, depth, begin, at = [], 0, 0, 0
    while at < len(text):
        literal = TOKEN.match(text, at)
        if literal:
            at = literal.end()
            continue
        if text[at] in OPEN:
            depth += 1
        elif text[at] in CLOSE:
            depth -= 1
        elif depth == 0 and text.startswith(sign, at) and text[at - 1:at + 1] != "::" and text[at:at + 2] != "::":
            parts.append(text[begin:at])
            begin = at + len(sign)
        at += 1
    return parts + [text[begin:]]


def literal_of(text):
    """The text of adjoining literals; none when it is something else."""
    rest, words = text.strip(), ""
    while rest:
        found = TOKEN.match(rest)
        if not found or rest[0] == "'":
            return None
        words += found[1] if found[1] is not None else json.loads(f'"{found[2]}"', strict=False)
        rest = rest[found.end():].strip()
    return words or None


class Source:
    """One file, in which a name of a sentence can be looked up."""

    def __init__(self, text):
        self.text = blank_comments_and_strings(text, strings=False)

    def sentences(self, expression, at, depth=0):
        """Every sentence that the expression at this place may be, ANY for what is put in; none when it cannot be told."""
        expression = expression.strip()
        for wrapper in ("std::string", "std::move"):
            if re.match(wrapper + r"[({]", expression) and expression[-1] in ")}":
                return self.sentences(expression[len(wrapper) + 1:-1], at, depth)
        if expression in ("", "{}", '""'):
            return []
        if (words := literal_of(expression)) is not None:
            return [words]
        if expression.startswith("fmt::format("):
            arguments = split_arguments(expression, len("fmt::format("))
            forms = self.sentences(arguments[0], at, depth) or []
            return [re.sub(r"\{[^{}]*\}", ANY, one).replace("{{", "{").replace("}}", "}") for one in forms] or None
        choice = split_top(expression, "?")
        if len(choice) == 2:
            both = [self.sentences(one, at, depth) for one in split_top(choice[1], ":")]
            return sum((one for one in both if one), []) or None
        terms = split_top(expression, "+")
        if len(terms) > 1:
            return self.sum_of(terms)
        if re.fullmatch(r"\w+", expression) and depth < 3:
            return self.of_name(expression, at, depth)
        return None

    @staticmethod
    def sum_of(terms):
        pieces = []
        for term in terms:
            inside = re.fullmatch(r"\s*std::string[({](.*)[)}]\s*", term, re.DOTALL)
            words = literal_of(inside[1] if inside else term)
            pieces.append(ANY if words is None else words)
        return ["".join(pieces)] if set(pieces) != {ANY} else None

    def of_name(self, name, at, depth):
        """A local name, or a parameter: then what the callers in this file say."""
        given = None
        for found in re.finditer(rf"\b{name}\s*(?:=|[({{](?=\s*\"))\s*", self.text[:at]):
            given = found
        header = None
        for found in re.finditer(rf"(\w+)\s*(?:=\s*\[[^\]]*\]\s*)?\(([^()]*\b{name})\b[^()]*\)", self.text[:at]):
            if re.search(rf"(?:[\w>&*]\s|[&*>])\s*{name}$", found[2]):
                header = found
        if given and (header is None or given.start() > header.start()):
            end = self.text.find(";", given.end())
            return self.sentences(self.text[given.end():end].rstrip(")}") if given[0].rstrip()[-1] in "({" else
                                  self.text[given.end():end], given.start(), depth + 1)
        if header is None:
            return None
        index = header[2].count(",")
        said = []
        for call in re.finditer(rf"\b{header[1]}\(", self.text):
            if call.start() == header.start(1) or call.start() <= header.start() < call.end():
                continue
            arguments = split_arguments(self.text, call.end())
            if len(arguments) > index:
                said += self.sentences(arguments[index], call.start(), depth + 1) or []
        return said or None

    def refusals(self):
        """(line, sentences) of every refusal with a sentence; none in the place of sentences that cannot be read."""
        for reason in REASON.finditer(self.text):
            arguments = split_arguments(self.text, reason.end() + 1)
            if len(arguments) < 2 or any(one.startswith("Why::") for one in arguments) or "\n\n" in arguments[0]:
                continue
            yield self.text.count("\n", 0, reason.start()) + 1, self.sentences(arguments[1], reason.start())


def pattern_of(text):
    """A regular expression for what the pattern says; an argument is never empty."""
    return re.compile("(.+?)".join(re.escape(one) for one in re.split(r"\{\w+\}", text)), re.DOTALL)


# A problem that carries a name of its own: its title is the label "http.NAME".
PROBLEM_NAME = re.compile(r'(?:transport_problem\(|answer_fault\([^"()]*|fault_of\(\d+, |problem\.name = )"(\w+)"')
TITLES = "data/languages/http.en.json"


def check_titles_of_problems(tree):
    """Every problem with a name of its own has its title, and so its words in every language."""
    if TITLES not in tree.files:
        return []
    titles = json.loads(tree.read(TITLES))
    return [Defect(name, tree.read(name).count("\n", 0, found.start()) + 1, f'the problem "{found[1]}" has no title in {TITLES}')
            for name in tree.matching(["src/**/*.cpp"], ["src/**/*_test.cpp"])
            for found in PROBLEM_NAME.finditer(tree.read(name)) if f"http.{found[1]}" not in titles]


def check_sentences(tree):
    """Every sentence of a refusal that a person may meet has its pattern, and so its translation."""
    if PATTERNS not in tree.files:
        return []
    whole, patterns = set(), []
    for text in json.loads(tree.read(PATTERNS)).values():
        if "{" in text:
            patterns.append(pattern_of(text))
        else:
            whole.add(text)
    defects = []
    for name in tree.matching(["src/**/*.cpp", "src/**/*.hpp"], ["src/**/*_test.cpp", *NOT_ON_A_SCREEN]):
        for line, sentences in Source(tree.read(name)).refusals():
            for sentence in sentences or []:
                said = sentence.replace(ANY, "7")
                if said not in whole and not any(one.fullmatch(said) for one in patterns):
                    shown = sentence.replace(ANY, "{…}")
                    defects.append(Defect(name, line, f'"{shown}" has no pattern in {PATTERNS}: it stays English'))
    return defects
