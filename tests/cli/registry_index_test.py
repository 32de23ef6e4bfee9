"""`rcms registry build`, `search`, `generate`, `train` and `bench`, run as the real program on small registries."""

import json
import os
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BINARY = os.environ.get("RCMS_BINARY", str(ROOT / "build/rcms"))
NAMES = ["ANA LUCIA", "VICTOR HUGO", "ROSA", "PEDRO", "ELENA", "GUSTAVO", "INES", "OSCAR", "XIMENA", "JORGE"]
SURNAMES = ["GARCIA", "LOPEZ", "QUISPE", "MENDOZA", "YAC", "TZOC", "MORALES", "CHAVEZ", "BARRIOS", "IXCOY"]
JUANA = ["7", "JUANA MARIA", "LOPEZ", "IXCOY", "1988-04-09", "F", "0901", "PEDRO", "LOPEZ TUM", "ANA", "IXCOY BATZ",
         "2504881230901"]


def persons():
    """A thousand people of a hundred pairs of surnames, and Juana."""
    rows = [JUANA]
    for number in range(1000):
        first, second = SURNAMES[number // 10 % 10], SURNAMES[number // 100]
        birth = f"{1950 + number % 50}-{number % 12 + 1:02}-{number % 28 + 1:02}"
        rows.append([str(1000 + number), NAMES[number % 10], first, second, birth, "M", f"{100 + number % 30:04}",
                     NAMES[number % 7], first, NAMES[number % 9], second, str(10**12 + number)])
    return rows


def tsv(rows):
    return "".join("\t".join(row) + "\n" for row in rows)


class TheIndexOfARegistry(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="rcms-index-")
        self.addCleanup(self.folder.cleanup)
        self.place = Path(self.folder.name)

    def run_rcms(self, *words):
        done = subprocess.run([BINARY, "registry", *words], cwd=self.place, capture_output=True, text=True, timeout=120,
                              check=False)
        return done.returncode, done.stdout, done.stderr

    def build(self, text, name="persons.tsv"):
        (self.place / name).write_bytes(text if isinstance(text, bytes) else text.encode())
        return self.run_rcms("build", "--from", name, "--index", "index")

    def ask(self, *columns):
        row = ["q1", "0", "clean", "0", *columns]
        (self.place / "queries.tsv").write_text("\t".join(row + [""] * (14 - len(row))) + "\n")
        code, said, wrong = self.run_rcms("search", "--index", "index", "--queries", "queries.tsv", "--top", "5", "--json")
        self.assertEqual(code, 0, wrong)
        return json.loads(said)

    def test_a_person_is_found_and_the_reasons_are_told(self):
        self.assertEqual(self.build(tsv(persons()))[0], 0)
        answer = self.ask("Juana María", "López", "Yxcoi", "1988-09-04", "F", "0901")
        self.assertEqual((answer["query"], answer["band"], answer["truncated"]), ("q1", "proposed", False))
        first = answer["candidates"][0]
        self.assertEqual((first["id"], first["band"]), ("7", "proposed"))
        self.assertGreater(first["posterior"], 0.98)
        rules = {line["part"]: line["rule"] for line in first["explanation"]}
        self.assertEqual((rules["birth"], rules["surname2"], rules["given"]), ("day_month", "same_sound", "same"))
        self.assertLessEqual(sum(one["posterior"] for one in answer["candidates"]), 1)

    def test_who_is_not_there_is_not_proposed(self):
        self.build(tsv(persons()[1:]))
        self.assertNotEqual(self.ask("Juana María", "López", "Ixcoy", "1988-04-09", "F", "0901")["band"], "proposed")

    def test_what_is_for_measuring_only_does_not_change_the_answer(self):
        self.build(tsv(persons()))
        answers = []
        for measuring in ("q1\t7\tclean\t0", "q1\t0\theavy\t5"):
            (self.place / "queries.tsv").write_text(measuring + "\tJUANA\tLOPEZ\t\t1988\tF\t\t\t\t\t\n")
            answer = json.loads(self.run_rcms("search", "--index", "index", "--queries", "queries.tsv", "--json")[1])
            answers.append({key: value for key, value in answer.items() if key != "micros"})
        self.assertEqual(*answers)

    def test_bad_lines_are_told_with_their_number_and_the_good_ones_kept(self):
        bad = [["8", "ANA"], ["7"] + JUANA[1:], ["9", *JUANA[1:4], "31/12/1990", *JUANA[5:]], ["10", "X" * 1000, *JUANA[2:]]]
        code, said, wrong = self.build(tsv([JUANA, *bad]).encode() + b"11\tGARC\xcdA" + b"\t" * 10 + b"\n")
        self.assertEqual(code, 1)
        self.assertIn("1 person in", said)
        self.assertIn("5 lines were left out", said)
        for words in ("line 2: the line has 2 columns and needs 12", "line 3: there is already a person with the id 7",
                      "line 4: '31/12/1990' is not a date", "line 5: given has 1000 bytes", "line 6: given is not UTF-8"):
            self.assertIn(words, wrong)

    def test_a_csv_with_a_heading_is_the_same_registry(self):
        heading = ["id", "given", "surname1", "surname2", "birth", "sex", "place", "father_given", "father_surnames",
                   "mother_given", "mother_surnames", "document"]
        rows = [heading, *persons()]
        self.assertEqual(self.build("".join(",".join(row) + "\n" for row in rows), "persons.csv")[0], 0)
        by_table = (self.place / "index/registry.index").read_bytes()
        self.build(tsv(persons()))
        self.assertEqual((self.place / "index/registry.index").read_bytes(), by_table)
        code, _, wrong = self.build("name,surname\nANA,LOPEZ\n", "other.csv")
        self.assertEqual(code, 1)
        self.assertIn("id among them", wrong)

    def test_an_index_that_was_altered_or_is_missing_is_refused_and_an_old_one_stays(self):
        self.build(tsv(persons()))
        index = self.place / "index/registry.index"
        whole = index.read_bytes()
        self.assertEqual(self.build("\n\n")[0], 1)
        self.assertEqual(index.read_bytes(), whole, "nothing to build leaves the old index")
        (self.place / "queries.tsv").write_text("q\t0\t\t0\tANA" + "\t" * 9 + "\n")
        for damaged, words in ((whole[:len(whole) // 2], "was cut"), (whole[:20000] + b"\0\1\2\3" + whole[20004:], "was altered"),
                               (b"hello", "not an index"), (whole[:8] + b"\x63" + whole[9:], "has version 99")):
            index.write_bytes(damaged)
            code, _, wrong = self.run_rcms("search", "--index", "index", "--queries", "queries.tsv")
            self.assertEqual(code, 1)
            self.assertIn(words, wrong)
            self.assertIn("build the index again", wrong)
        index.unlink()
        self.assertIn("cannot be read", self.run_rcms("search", "--index", "index", "--queries", "queries.tsv")[2])

    def test_a_question_with_a_defect_is_told_and_the_others_are_answered(self):
        self.build(tsv(persons()))
        (self.place / "queries.tsv").write_text("q1\t0\t\t0\n" "q2\t0\t\t0\tJUANA\tLOPEZ\tIXCOY\t9.4.88" + "\t" * 6 + "\n"
                                                "q3\t0\t\t0\tJUANA\tLOPEZ\tIXCOY\t1988" + "\t" * 6 + "\n"
                                                "q4\t0\t\t0" + "\t" * 10 + "\n")
        code, said, wrong = self.run_rcms("search", "--index", "index", "--queries", "queries.tsv")
        self.assertEqual(code, 1)
        self.assertTrue(said.startswith("q3: proposed"), said)
        for words in ("line 1: the line has 4 columns", "line 2: '9.4.88' is not a date", "line 4: give at least a name"):
            self.assertIn(words, wrong)

    def test_a_csv_of_questions_and_many_threads_give_the_same_answers(self):
        self.build(tsv(persons()))
        names = ["query", "given", "surname1", "surname2", "Birth date", "sex", "place code", "father given"]
        rows = [[f"q{number}", *row[1:8]] for number, row in enumerate(persons()[:60])]
        (self.place / "queries.csv").write_text("".join(",".join(row) + "\n" for row in [names, *rows]))
        (self.place / "queries.tsv").write_text(tsv([[row[0], "0", "", "0", *row[1:], "", "", ""] for row in rows]))

        def answers(*words):
            code, said, wrong = self.run_rcms("search", "--index", "index", "--json", *words)
            self.assertEqual(code, 0, wrong)
            return [{key: value for key, value in json.loads(line).items() if key != "micros"} for line in said.splitlines()]

        by_one = answers("--queries", "queries.tsv")
        self.assertEqual([answer["query"] for answer in by_one], [row[0] for row in rows])
        self.assertEqual(by_one[0]["candidates"][0]["id"], "7")
        self.assertEqual(by_one, answers("--queries", "queries.tsv", "--threads", "3"))
        self.assertEqual(by_one, answers("--queries", "queries.csv", "--threads", "0"))

    def test_who_stands_there_twice_is_told_once_and_a_second_file_is_compared_with_the_first(self):
        again = ["A8", "JUANA", "LOPES", "IXCOY", "1988-01-01", "F", "0901", "PEDRO", "LOPEZ TUM", "ANA", "IXCOY BATZ", ""]
        (self.place / "persons.tsv").write_text(tsv([*persons(), again]))
        code, said, wrong = self.run_rcms("duplicates", "--from", "persons.tsv", "--json")
        self.assertEqual(code, 0, wrong)
        pairs = [json.loads(line) for line in said.splitlines()]
        self.assertEqual([(pair["left"], pair["right"]) for pair in pairs], [("7", "A8")])
        self.assertGreater(pairs[0]["posterior"], 0.5)
        self.assertEqual({line["part"]: line["rule"] for line in pairs[0]["explanation"]}["birth"], "estimated")
        self.build(tsv(persons()))
        (self.place / "other.tsv").write_text(tsv([again, ["B9", "NOBODY", "AT ALL", *[""] * 9], ["short"]]))
        code, said, wrong = self.run_rcms("duplicates", "--index", "index", "--with", "other.tsv")
        self.assertEqual(code, 1)
        self.assertIn("line 3: the line has 1 columns", wrong)
        self.assertEqual([line.split("\t")[:2] for line in said.splitlines()], [["A8", "7"]])
        self.assertIn("either --index", self.run_rcms("duplicates")[2])

    def test_many_persons_of_one_name_are_told_as_truncated_and_nobody_is_proposed(self):
        rows = [[f"N{number}", "JUANA MARIA", "LOPEZ", "IXCOY", *[""] * 8] for number in range(40_000)]
        self.assertEqual(self.build(tsv(rows))[0], 0)
        answer = self.ask("Juana María", "López", "Ixcoy", "")
        self.assertTrue(answer["truncated"])
        self.assertNotEqual(answer["band"], "proposed")

    def test_weights_are_learnt_compared_and_only_then_taken(self):
        code, said, wrong = self.run_rcms("generate", "--to", "world", "--persons", "6000", "--queries", "1000", "--seed", "3",
                                          "--names", "2000", "--twice", "30")
        self.assertEqual(code, 0, wrong)
        self.assertIn("1000 questions", said)
        self.assertEqual(self.run_rcms("build", "--from", "world/persons.tsv", "--index", "index")[0], 0)
        words = ("train", "--index", "index", "--queries", "world/queries.tsv", "--decisions", "world/queries.tsv", "--seed", "5")
        code, said, wrong = self.run_rcms(*words, "--to", "weights.json")
        self.assertEqual(code, 0, wrong)
        self.assertIn("They may be put in force", said)
        self.assertIn("the answer said", said)
        weights = json.loads((self.place / "weights.json").read_text())
        self.assertEqual(weights["held_out"]["outcome"], "better_or_equal")
        self.assertGreater(weights["source"]["held_out"], 200)
        self.assertGreater(weights["held_out"]["after"]["first"], 150)
        self.run_rcms(*words, "--to", "again.json", "--threads", "1")
        self.assertEqual((self.place / "again.json").read_bytes(), (self.place / "weights.json").read_bytes())

        (self.place / "one.tsv").write_text((self.place / "world/queries.tsv").read_text().split("\n")[0] + "\n")
        asked = ("search", "--index", "index", "--queries", "one.tsv", "--json")
        by_hand = json.loads(self.run_rcms(*asked)[1])
        code, said, wrong = self.run_rcms(*asked, "--weights", "weights.json")
        self.assertEqual(code, 0, wrong)
        learnt = json.loads(said)
        self.assertEqual(learnt["weights"], weights["version"])
        self.assertNotEqual(by_hand["weights"], learnt["weights"])

        code, said, wrong = self.run_rcms("bench", "--index", "index", "--queries", "world/queries.tsv", "--weights",
                                          "weights.json", "--json")
        self.assertEqual(code, 0, wrong)
        figures = json.loads(said)
        self.assertEqual(figures["weights"], weights["version"])
        self.assertEqual(figures["asked"], 1000)
        self.assertGreater(figures["recall_at_1"], 0.95)
        self.assertIn("recall@1", self.run_rcms("bench", "--index", "index", "--queries", "world/queries.tsv")[1])
        twice = json.loads(self.run_rcms("bench", "--index", "index", "--pairs", "world/duplicates.tsv", "--json")[1])
        self.assertGreater(twice["recall"], 0.9)
        self.assertGreater(twice["precision"], 0.9)

    def test_weights_that_nobody_compared_or_that_were_altered_are_not_taken(self):
        self.build(tsv(persons()))
        (self.place / "queries.tsv").write_text("q\t0\t\t0\tANA" + "\t" * 9 + "\n")
        code, said, wrong = self.run_rcms("train", "--index", "index", "--to", "weights.json", "--sample", "200")
        self.assertEqual(code, 0, wrong)
        self.assertIn("cannot be compared", said)
        asked = ("search", "--index", "index", "--queries", "queries.tsv", "--weights", "weights.json")
        code, _, wrong = self.run_rcms(*asked)
        self.assertEqual(code, 1)
        self.assertIn("train them with more decisions", wrong)
        text = (self.place / "weights.json").read_text()
        (self.place / "weights.json").write_text(text.replace('"relatives": 8', '"relatives": 9', 1))
        self.assertIn("was altered", self.run_rcms(*asked)[2])
        self.assertIn("give --queries", self.run_rcms("train", "--index", "index", "--decisions", "queries.tsv", "--to", "x")[2])
        self.assertIn("either --queries", self.run_rcms("bench", "--index", "index")[2])

    def test_a_disk_that_fills_leaves_the_old_index_and_no_rest(self):
        self.build(tsv(persons()))
        whole = (self.place / "index/registry.index").read_bytes()
        many = [[f"X{number}", f"ANA{number}", *[""] * 10] for number in range(9000)]
        (self.place / "more.tsv").write_text(tsv([*persons(), *many]))
        words = f"ulimit -f 200; trap '' XFSZ; exec {BINARY} registry build --from more.tsv --index index"
        done = subprocess.run(["bash", "-c", words], cwd=self.place, capture_output=True, text=True, timeout=120, check=False)
        self.assertEqual(done.returncode, 1, done.stdout)
        self.assertIn("cannot be written", done.stderr)
        self.assertIn("make room", done.stderr)
        self.assertEqual((self.place / "index/registry.index").read_bytes(), whole)
        self.assertEqual([path.name for path in (self.place / "index").iterdir()], ["registry.index"])


if __name__ == "__main__":
    unittest.main()
