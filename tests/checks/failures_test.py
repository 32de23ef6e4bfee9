"""What ./test prints of a failed part: the tests that failed with their words, whichever tool ran them."""

import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))

from run_tests import failures  # noqa: E402

PRINTED = {
    "node --test": (
        "# Subtest: opens\nok 1 - opens\nnot ok 2 - closes\n  ---\n  error: it stayed open\n  ...\nok 3 - third\n"
        "1..3\n# fail 1\n",
        ["closes", "it stayed open"]),
    "unittest": (
        "..F\n" + "=" * 70 + "\nFAIL: test_killed (crash_test.Kill)\n" + "-" * 70 + "\nAssertionError: 3 lost\n"
        "\nRan 3 tests in 1s\n",
        ["test_killed", "3 lost"]),
    "doctest": (
        "=" * 79 + "\nsrc/a_test.cpp:1:\nTEST CASE:  a day is added\n\nsrc/a_test.cpp:3: ERROR: CHECK( 1 == 2 ) is\n\n"
        + "=" * 79 + "\n[doctest] test cases: 1 | 0 passed | 1 failed\n",
        ["a day is added", "CHECK( 1 == 2 )"]),
    "check.py": ("ok    bans 0.9 s\nFAIL  form of text 0.0 s\n      api.cpp:74: 133 columns\n", ["form of text", "133 columns"]),
    "a tool that says nothing of its tests": ("loading\nout of memory\n", ["out of memory"]),
}


class Failures(unittest.TestCase):
    def test_rows(self):
        for tool, (output, wanted) in PRINTED.items():
            with self.subTest(tool):
                said = failures("part", output)
                for words in wanted:
                    self.assertIn(words, said)
                self.assertNotIn("third", said)
                self.assertNotIn("opens", said)

    def test_a_failure_at_the_beginning_of_a_long_output_is_told(self):
        output = "not ok 1 - first\n  error: early\n  ...\n" + "".join(f"ok {n} - test\n" for n in range(2, 500))
        self.assertIn("early", failures("part", output))


if __name__ == "__main__":
    unittest.main()
