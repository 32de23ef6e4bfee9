"""Proves that every check can fail: a small good tree passes, and each small bad tree is found."""

import json
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))

import check
import check_architecture
import check_bans
import check_data
import check_documents
import check_lengths
import check_process
import check_sentences
import run_tests
from source_tree import ROOT, Tree

ARCHITECTURE = (ROOT / "architecture.toml").read_text(encoding="utf-8")

RELEASE = '[[action]]\nside = "requesting"\ncode = "release"\nby = "person"\npermission = "case.release"\n'


def of_process(route, routes):
    """A process of one act and the routes of the API."""
    line = f'route = "{route}"\n' if route else ""
    return {check_process.PROCESS: RELEASE + line, check_process.ROUTES: routes}


def of_refusal(code, pattern="at most {a} days"):
    """A source and the patterns of the sentences."""
    return {"src/norms/forms/a.cpp": code, check_sentences.PATTERNS: json.dumps({"details.a": pattern})}


class SmallTree:
    """A folder with the real architecture.toml and the files given as path → text."""

    def __init__(self, files, architecture=ARCHITECTURE):
        self.folder = tempfile.TemporaryDirectory()
        for name, text in {"architecture.toml": architecture, **files}.items():
            path = Path(self.folder.name) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")

    def __enter__(self):
        return Tree(self.folder.name)

    def __exit__(self, *_):
        self.folder.cleanup()


def long_function(lines):
    return "int f(int a) {\n" + "  a += 1;\n" * lines + "  return a;\n}\n"


# name of the row, the check, the files, and whether a defect is expected
ROWS = [
    ("app includes everything", check_architecture.check_groups,
     {"src/app/a.cpp": '#include "capabilities/registry/b.hpp"\n'}, False),
    ("a norm includes the database", check_architecture.check_groups,
     {"src/norms/forms/a.cpp": '#include "foundation/db/database.hpp"\n'}, True),
    ("an engine includes base", check_architecture.check_groups,
     {"src/engines/mrz/a.cpp": '#include "foundation/base/text.hpp"\n'}, False),
    ("db includes http", check_architecture.check_groups,
     {"src/foundation/db/a.cpp": '#include "foundation/http/route.hpp"\n'}, True),
    ("a capability includes another without an edge", check_architecture.check_groups,
     {"src/capabilities/registry/a.cpp": '#include "capabilities/casework/b.hpp"\n'}, True),
    ("a capability includes another by its edge", check_architecture.check_groups,
     {"src/capabilities/identification/a.cpp": '#include "capabilities/registry/b.hpp"\n'}, False),
    ("a test brings two norms together", check_architecture.check_groups,
     {"src/norms/forms/a_test.cpp": '#include "norms/workflow/b.hpp"\n'}, False),
    ("a test of a norm includes the database", check_architecture.check_groups,
     {"src/norms/forms/a_test.cpp": '#include "foundation/db/database.hpp"\n'}, True),
    ("an include in a comment does not count", check_architecture.check_groups,
     {"src/norms/forms/a.cpp": '// #include "foundation/db/database.hpp"\n'}, False),
    ("an include without its folder", check_architecture.check_groups, {"src/norms/forms/a.cpp": '#include "b.hpp"\n'}, True),
    ("code that is no test includes test support", check_architecture.check_groups,
     {"src/norms/forms/a.cpp": '#include "tests/support/x.hpp"\n'}, True),
    ("a folder of foundation that is not listed", check_architecture.check_foundation_list,
     {"src/foundation/new/a.cpp": ""}, True),
    ("rules include a store", check_architecture.check_file_duties,
     {"src/capabilities/registry/rules.cpp": '#include "capabilities/registry/store.hpp"\n'}, True),
    ("rules include the clock", check_architecture.check_file_duties,
     {"src/capabilities/registry/rules.hpp": '#include "foundation/base/clock.hpp"\n'}, True),
    ("rules include a date", check_architecture.check_file_duties,
     {"src/capabilities/registry/rules.hpp": '#include "foundation/base/date.hpp"\n'}, False),
    ("actions include http", check_architecture.check_file_duties,
     {"src/capabilities/registry/actions.cpp": '#include "foundation/http/route.hpp"\n'}, True),
    ("a view describes itself", check_architecture.check_file_duties,
     {"src/capabilities/registry/view.hpp": '#include "foundation/http/describe.hpp"\n'}, False),
    ("api includes http", check_architecture.check_file_duties,
     {"src/capabilities/registry/api.cpp": '#include "foundation/http/route.hpp"\n'}, False),
    ("SELECT *", check_bans.check_bans, {"src/app/a.cpp": 'auto a = "SELECT * FROM t";\n'}, True),
    ("count(*) is allowed", check_bans.check_bans, {"src/app/a.cpp": 'auto a = "SELECT count(*) FROM t";\n'}, False),
    ("SQL by +", check_bans.check_bans, {"src/app/a.cpp": 'auto a = "SELECT a FROM t WHERE b = " + b;\n'}, True),
    ("a clock outside base", check_bans.check_bans, {"src/app/a.cpp": "auto a = std::chrono::system_clock::now();\n"}, True),
    ("a clock in base", check_bans.check_bans,
     {"src/foundation/base/clock.cpp": "auto a = std::chrono::system_clock::now();\n"}, False),
    ("catch everything", check_bans.check_bans, {"src/app/a.cpp": "void f() { try { g(); } catch (...) {} }\n"}, True),
    ("catch everything in a comment", check_bans.check_bans, {"src/app/a.cpp": "// never catch (...)\n"}, False),
    ("using namespace in a header", check_bans.check_bans, {"src/app/a.hpp": "using namespace std;\n"}, True),
    ("using namespace in a source", check_bans.check_bans, {"src/app/a.cpp": "using namespace rcms;\n"}, False),
    ("views", check_bans.check_bans, {"src/app/a.cpp": "auto a = b | std::views::all;\n"}, True),
    ("an empty name", check_bans.check_bans, {"src/app/a.hpp": "class CaseManager {};\n"}, True),
    ("unfinished words", check_bans.check_bans, {"src/app/a.cpp": "// TO" + "DO later\n"}, True),
    ("a property that nobody asks", check_bans.check_bans, {"src/app/a_test.cpp": "  rc::check([] {});\n"}, True),
    ("a property", check_bans.check_bans, {"src/app/a_test.cpp": "  CHECK(rc::check([] {}));\n"}, False),
    ("a read outside the repository", check_bans.check_bans, {"scripts/a.py": 'open("../sha' + 'red/x")\n'}, True),
    ("a long line", check_bans.check_text_form, {"src/app/a.cpp": "//" + "x" * 140 + "\n"}, True),
    ("a tab", check_bans.check_text_form, {"src/app/a.cpp": "\tint a;\n"}, True),
    ("white space at the end", check_bans.check_text_form, {"src/app/a.cpp": "int a; \n"}, True),
    ("no line feed at the end", check_bans.check_text_form, {"src/app/a.cpp": "int a;"}, True),
    ("good text", check_bans.check_text_form, {"src/app/a.cpp": "int a;\n"}, False),
    ("a long file", check_lengths.check_file_lengths, {"src/app/a.cpp": "int a;\n" * 601}, True),
    ("a file of the limit", check_lengths.check_file_lengths, {"src/app/a.cpp": "int a;\n" * 600}, False),
    ("a long function", check_lengths.check_function_lengths,
     {"src/app/a.cpp": "namespace a {\n" + long_function(70) + "}\n"}, True),
    ("a long method of a class", check_lengths.check_function_lengths,
     {"src/app/a.cpp": "struct A : B<int> {\n" + long_function(70) + "};\n"}, True),
    ("a function of the limit", check_lengths.check_function_lengths, {"src/app/a.cpp": long_function(67)}, False),
    ("a long table of a test", check_lengths.check_function_lengths,
     {"src/app/a_test.cpp": long_function(90).replace("int f(int a)", 'TEST_CASE("x")')}, False),
    ("a long array is no function", check_lengths.check_function_lengths,
     {"src/app/a.cpp": "int const a[] = {\n" + "  f(1),\n" * 90 + "};\n"}, False),
    ("a long Python function", check_lengths.check_function_lengths, {"scripts/a.py": "def f():\n" + "    g()\n" * 71}, True),
    ("a rule without source", check_lengths.check_rules_have_sources,
     {"src/capabilities/registry/rules.hpp": "/// What it does.\nResult<Decision> decide_reply(A const& a);\n"}, True),
    ("a rule in a file whose first lines name the source", check_lengths.check_rules_have_sources,
     {"src/capabilities/registry/rules.hpp": "// Source: art. 9.\n#pragma once\n\nDecision decide_reply(A a);\n"}, False),
    ("a rule with source", check_lengths.check_rules_have_sources,
     {"src/capabilities/registry/rules.hpp": "/// What.\n/// Source: art. 9.\nDecision decide_reply(A const& a);\n"}, False),
    ("a label missing in Spanish", check_data.check_labels,
     {"data/languages/web.en.json": '{"web.a": "A", "web.b": "B"}', "data/languages/web.es.json": '{"web.a": "A"}'}, True),
    ("a language missing", check_data.check_labels,
     {"data/languages/web.en.json": "{}", "data/languages/forms.en.json": "{}", "data/languages/web.es.json": "{}"}, True),
    ("a label with another argument", check_data.check_labels,
     {"data/languages/web.en.json": '{"web.a": "{days} days"}', "data/languages/web.es.json": '{"web.a": "{dias} días"}'}, True),
    ("a label with another argument inside a plural", check_data.check_labels,
     {"data/languages/web.en.json": '{"web.a": "{n, plural, one {one of {who}} other {# of {who}}}"}',
      "data/languages/web.es.json": '{"web.a": "{n, plural, one {una de {quien}} other {# de {quien}}}"}'}, True),
    ("one-word branches of a plural are no arguments", check_data.check_labels,
     {"data/languages/web.en.json": '{"web.a": "{n, plural, =0 {none} other {#}}"}',
      "data/languages/web.es.json": '{"web.a": "{n, plural, =0 {ninguna} other {#}}"}'}, False),
    ("an argument that an apostrophe makes plain text", check_data.check_labels,
     {"data/languages/web.en.json": '{"web.a": "\'{b}\' is there"}',
      "data/languages/web.es.json": '{"web.a": "«{b}» está"}'}, True),
    ("a label of another area", check_data.check_labels,
     {"data/languages/web.en.json": '{"forms.a": "A"}', "data/languages/web.es.json": '{"forms.a": "A"}'}, True),
    ("complete labels", check_data.check_labels,
     {"data/languages/web.en.json": '{"web.a": "{days} days"}',
      "data/languages/web.es.json": '{"web.a": "{days} días"}'}, False),
    ("a problem without a title", check_sentences.check_titles_of_problems,
     {"src/foundation/http/a.cpp": 'return transport_problem("full", 503);\n', check_sentences.TITLES: "{}"}, True),
    ("a problem with a name given later", check_sentences.check_titles_of_problems,
     {"src/norms/a.cpp": 'problem.name = "full";\n', check_sentences.TITLES: "{}"}, True),
    ("a problem with a title", check_sentences.check_titles_of_problems,
     {"src/norms/a.cpp": 'problem.name = "full";\n', check_sentences.TITLES: '{"http.full": "Full."}'}, False),
    ("a refusal without words", check_sentences.check_sentences,
     of_refusal('return refuse(Why::too_late, "a", "it is late");\n'), True),
    ("a refusal with words", check_sentences.check_sentences,
     of_refusal('return refuse(Why::too_late, "a", "it "\n "is late");\n', "it is late"), False),
    ("a refusal with a number", check_sentences.check_sentences,
     of_refusal('return refuse(Why::too_late, field_of(a, b), fmt::format("at most {:>3} days", most), source);\n'), False),
    ("a refusal with another number", check_sentences.check_sentences,
     of_refusal('return refuse(Why::too_late, "a", fmt::format("at most {} weeks", most));\n'), True),
    ("a refusal put together", check_sentences.check_sentences,
     of_refusal('return refuse(Why::too_late, "a", "at most " + number + " days");\n'), False),
    ("a choice of two sentences, one without words", check_sentences.check_sentences,
     of_refusal('return refuse(Why::too_late, "a", is_late ? "it is late" : "it is early");\n', "it is late"), True),
    ("a finding without words", check_sentences.check_sentences,
     of_refusal('findings.push_back({Why::field_missing, "a", "is needed", {}});\n'), True),
    ("a sentence that stands in a name", check_sentences.check_sentences,
     of_refusal('std::string const said = "it is late";\nreturn refuse(Why::too_late, "a", said);\n'), True),
    ("a sentence that a caller gives", check_sentences.check_sentences,
     of_refusal('auto no = [](std::string said) { return refuse(Why::too_late, "a", said); };\nno("it is late");\n'), True),
    ("a refusal without a sentence", check_sentences.check_sentences, of_refusal('return refuse(Why::not_found, "a");\n'), False),
    ("a refusal in a test", check_sentences.check_sentences,
     {**of_refusal(""), "src/norms/forms/a_test.cpp": 'refuse(Why::too_late, "a", "it is late");\n'}, False),
    ("the reasons of a route", check_sentences.check_sentences,
     of_refusal('route.refuses({Why::not_found, Why::too_late, Why::wrong_step});\n'), False),
    ("a data file without schema", check_data.check_data_files, {"data/codes/x.toml": "a = 1\n"}, True),
    ("an act without a route", check_process.check_routes_of_process,
     of_process("", "POST   /api/cases/{id}/release    case.release\n"), True),
    ("an act whose route is not there", check_process.check_routes_of_process,
     of_process("POST /api/cases/{id}/release", "GET    /api/cases    case.read *\n"), True),
    ("a route with another permission than its act", check_process.check_routes_of_process,
     of_process("POST /api/cases/{id}/release", "POST   /api/cases/{id}/release    case.edit\n"), True),
    ("a route that is no act", check_process.check_routes_of_process,
     of_process("POST /api/cases/{id}/release",
                "POST   /api/cases/{id}/release    case.release\nPOST   /api/cases/{id}/flight    case.edit\n"), True),
    ("an act and its route", check_process.check_routes_of_process,
     of_process("POST /api/cases/{id}/release",
                "POST   /api/cases/{id}/release    case.release\nGET    /api/cases    case.read *\n"), False),
    ("a migration twice", check_documents.check_migrations,
     {"db/migrations/0001_a.sql": "", "db/migrations/0001_b.sql": ""}, True),
    ("a migration pair", check_documents.check_migrations,
     {"db/migrations/0001_a.sqlite.sql": "", "db/migrations/0001_a.postgres.sql": ""}, False),
    ("a dead link", check_documents.check_links, {"README.md": "[a](docs/b.md)\n"}, True),
    ("a dead heading", check_documents.check_links, {"README.md": "# One\n[a](#two)\n"}, True),
    ("a living heading", check_documents.check_links, {"README.md": "# One two\n[a](#one-two)\n"}, False),
    ("a path that does not exist", check_documents.check_links, {"README.md": "see `src/nowhere/x.cpp`\n"}, True),
    ("a module without README", check_documents.check_module_readmes, {"src/norms/forms/a.cpp": ""}, True),
    ("a package that is not listed", check_documents.check_dependencies,
     {"docs/dependencies.md": "| `one` | 1 |\n", "packaging/packages.txt": "[build]\none\ntwo\n",
      "web/package.json": "{}"}, True),
    ("a listed package that is gone", check_documents.check_dependencies,
     {"docs/dependencies.md": "| `one` | 1 |\n", "packaging/packages.txt": "[build]\n", "web/package.json": "{}"}, True),
    ("a decision without its parts", check_documents.check_decisions, {"docs/decisions/0001-a.md": "# Question\n"}, True),
    ("a decision without a number", check_documents.check_decisions, {"docs/decisions/a.md": "# Question\n"}, True),
    ("a shell script that does not parse", check.check_shell_scripts,
     {"setup": "if\n", "demo": "", "test": "", "check": "", ".ci/run": ""}, True),
    ("no web application", check.check_types_of_web, {}, True),
]


class ChecksCanFail(unittest.TestCase):
    def test_rows(self):
        for title, function, files, expected in ROWS:
            with self.subTest(title), SmallTree(files) as tree:
                if function is check_data.check_data_files:
                    tree.architecture["data"] = {}
                self.assertEqual(bool(function(tree)), expected, function(tree))

    def test_every_check_of_the_list_is_proven_to_fail(self):
        proven = {function for _, function, _, expected in ROWS if expected}
        proven |= {check_architecture.check_edges, check_documents.check_architecture_file}
        self.assertEqual({name for name, function in check.CHECKS if function not in proven}, set())

    def test_edges_need_a_sentence_and_casework_is_reached_by_exchange_only(self):
        for edge in ('[[edge]]\nfrom = "capabilities/registry"\nto = "capabilities/exchange"\nwhy = "short"\n',
                     '[[edge]]\nfrom = "capabilities/registry"\nto = "capabilities/casework"\nwhy = "one two three four five"\n'):
            files = {f"src/capabilities/{name}/a.cpp": "" for name in ("registry", "exchange", "casework")}
            with SmallTree(files, "[groups]\n[foundation]\n" + edge) as tree:
                self.assertEqual(len(check_architecture.check_edges(tree)), 1)

    def test_a_circle_in_foundation_is_found(self):
        with SmallTree({}, '[foundation]\na = ["b"]\nb = ["c"]\nc = ["a"]\n') as tree:
            self.assertEqual(len(check_architecture.check_foundation_list(tree)), 3)

    def test_an_exception_needs_its_decision_record(self):
        exception = 'rule = "file_lines"\nfile = "src/app/a.cpp"\ndecision = "docs/decisions/0009-a.md"\n'
        text = ARCHITECTURE + "\n[[exception]]\n" + exception
        long_file = {"src/app/a.cpp": "int a;\n" * 700}
        with SmallTree(long_file, text) as tree:
            self.assertTrue(check_documents.check_architecture_file(tree))
            self.assertTrue(check_lengths.check_file_lengths(tree))
        with SmallTree({**long_file, "docs/decisions/0009-a.md": "#\n"}, text) as tree:
            self.assertFalse(check_documents.check_architecture_file(tree))
            self.assertFalse(check_lengths.check_file_lengths(tree))


class SchemasCanFail(unittest.TestCase):
    # schema, a value that satisfies it, one that does not
    ROWS = [
        ({"type": "integer"}, 1, "1"),
        ({"type": "integer"}, 1, True),
        ({"type": ["string", "null"]}, None, 1),
        ({"enum": ["a"]}, "a", "b"),
        ({"const": True}, True, False),
        ({"pattern": "^a"}, "ab", "ba"),
        ({"minLength": 2}, "ab", "a"),
        ({"minimum": 1, "maximum": 2}, 2, 3),
        ({"minItems": 1}, [1], []),
        ({"uniqueItems": True}, [1, 2], [1, 1]),
        ({"items": {"type": "string"}}, ["a"], [1]),
        ({"items": [{"type": "string"}, {"type": "integer"}]}, ["a", 1], [1, "a"]),
        ({"required": ["a"]}, {"a": 1}, {}),
        ({"dependencies": {"a": ["b"]}}, {"a": 1, "b": 1}, {"a": 1}),
        ({"dependencies": {"a": {"required": ["b"]}}}, {"b": 1}, {"a": 1}),
        ({"properties": {"a": {"type": "integer"}}, "additionalProperties": False}, {"a": 1}, {"b": 1}),
        ({"patternProperties": {"^x": {"type": "integer"}}}, {"x1": 1}, {"x1": "a"}),
        ({"propertyNames": {"pattern": "^[a-z]+$"}}, {"a": 1}, {"A": 1}),
        ({"anyOf": [{"type": "string"}, {"type": "integer"}]}, 1, []),
        ({"oneOf": [{"minimum": 1}, {"minimum": 5}]}, 2, 6),
        ({"not": {"type": "string"}}, 1, "a"),
        ({"if": {"type": "string"}, "then": {"minLength": 2}}, "ab", "a"),
        ({"$ref": "#/definitions/a", "definitions": {"a": {"type": "string"}}}, "a", 1),
    ]

    def test_rows(self):
        for schema, good, bad in self.ROWS:
            with self.subTest(json.dumps(schema)):
                self.assertEqual(check_data.defects_of(good, schema, schema), [])
                self.assertNotEqual(check_data.defects_of(bad, schema, schema), [])

    def test_an_unknown_word_of_a_schema_does_not_pass_in_silence(self):
        self.assertNotEqual(check_data.defects_of(1, {"typo": "integer"}, {}), [])


class CountsOfTools(unittest.TestCase):
    # counting function, output, exit code, (passed, failed, skipped)
    ROWS = [
        (run_tests.count_doctest, "[doctest] test cases:  3 |  2 passed | 1 failed | 0 skipped", 1, (2, 1, 0)),
        (run_tests.count_doctest, "[doctest] test cases:  3 |  3 passed | 0 failed | 0 skipped", 0, (3, 0, 0)),
        (run_tests.count_doctest, "[doctest] test cases:  3 |  3 passed | 0 failed | 0 skipped", 1, (3, 1, 0)),
        (run_tests.count_doctest, "AddressSanitizer: heap-use-after-free", 1, (0, 1, 0)),
        (run_tests.count_node, "# pass 4\n# fail 1\n# cancelled 1\n# skipped 2\n", 1, (4, 2, 2)),
        (run_tests.count_node, "ℹ pass 4\nℹ fail 0\n", 0, (4, 0, 0)),
        (run_tests.count_node, "nothing", 0, (0, 1, 0)),
        (run_tests.count_unittest, "Ran 5 tests in 0.1s\n\nFAILED (failures=1, errors=1, skipped=1)", 1, (2, 2, 1)),
        (run_tests.count_unittest, "Ran 1 test in 0.1s\n\nOK", 0, (1, 0, 0)),
        (run_tests.count_plain, "x\n7 passed, 0 failed\n", 0, (7, 0, 0)),
        (run_tests.count_plain, "7 passed, 0 failed\n", 1, (7, 1, 0)),
        (run_tests.count_plain, "", 0, (0, 1, 0)),
    ]

    def test_rows(self):
        for count, output, code, expected in self.ROWS:
            with self.subTest(output):
                self.assertEqual(tuple(count(output, code))[:3], expected)


if __name__ == "__main__":
    unittest.main()
