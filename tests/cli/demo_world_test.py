"""The world of ./demo as a visitor finds it: made in time, and with something on every screen."""

import re
import resource
import shutil
import sqlite3
import tempfile
import unittest
from pathlib import Path

from command_line_test import ROOT, Server

# Of processor time: two cores and nothing else to do make it in half of that.
MADE_WITHIN_S = 60


def processor_time_s():
    """Of all programs that this one has started and seen end."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def setUpModule():
    global FOLDER, MADE_S, DATABASE, SAID
    FOLDER = Path(tempfile.mkdtemp(prefix="rcms-world-"))
    unittest.addModuleCleanup(shutil.rmtree, FOLDER, ignore_errors=True)
    before = processor_time_s()
    with Server(["demo", "--folder", "world"], FOLDER) as demo:
        SAID = demo.said
    MADE_S = processor_time_s() - before
    DATABASE = sqlite3.connect(FOLDER / "world/rcms.db")
    unittest.addModuleCleanup(DATABASE.close)


def codes_of(side):
    """The states of a side in the process."""
    text = (ROOT / "data/workflow/individual.toml").read_text("utf-8")
    blocks = re.findall(r"\[\[state\]\](.*?)(?=\n\[)", text, re.DOTALL)
    return {re.search(r'code = "(\w+)"', block)[1] for block in blocks if f'side = "{side}"' in block}


class TheWorld(unittest.TestCase):
    def count(self, sql, *values):
        return DATABASE.execute(sql, values).fetchone()[0]

    def set_of(self, sql):
        return {row[0] for row in DATABASE.execute(sql)}

    def test_it_is_made_in_time_and_says_how_far_it_is(self):
        self.assertLess(MADE_S, MADE_WITHIN_S)
        self.assertRegex(SAID, r"20 of 300 cases\n(.*\n)*280 of 300 cases\n")

    def test_every_state_of_both_sides_has_a_file(self):
        # "submitted" and "received" last for hours, "ready_to_depart" for three days at most: today may find nobody in them.
        for side, brief in (("requesting", {"submitted", "ready_to_depart"}), ("requested", {"received"})):
            there = self.set_of(f"select distinct state from case_files where side = '{side}'")
            self.assertGreater(len(codes_of(side)), 10)
            self.assertEqual(codes_of(side) - there - brief, set(), side)

    def test_every_month_of_the_year_has_new_cases(self):
        months = self.set_of("select distinct strftime('%Y-%m', created_at / 1000, 'unixepoch') from case_files")
        self.assertGreaterEqual(len(months), 12)

    def test_every_screen_has_something_to_show(self):
        at_least = {
            "threads of messages": (30, "select count(distinct case_id) from messages"),
            "messages of both States": (2, "select count(distinct party) from messages where direction = 'out'"),
            "messages of this week": (1, "select count(*) from messages where sent_at > "
                                         "(select max(sent_at) from messages) - 7 * 86400000"),
            "interviews with minutes": (5, "select count(*) from verification_tasks where kind = 'interview' and state = 'done' "
                                           "and result like '%minutes%'"),
            "documents issued": (50, "select count(*) from travel_documents where state = 'issued'"),
            "documents void": (2, "select count(*) from travel_documents where state = 'void'"),
            "blanks spoilt": (3, "select count(*) from blanks where state = 'spoilt'"),
            "blanks in stock": (20, "select count(*) from blanks where state = 'in_stock'"),
            "reports sent": (20, "select count(*) from report_deliveries where status = 'sent'"),
            "reports that did not arrive": (5, "select count(*) from report_deliveries where status = 'failed'"),
            "imports": (2, "select count(*) from imports"),
            "imports loaded": (1, "select count(*) from imports where state = 'loaded'"),
            "files suspended on both sides": (2, "select count(distinct side) from case_files where state = 'suspended'"),
        }
        for what, (number, sql) in at_least.items():
            with self.subTest(what):
                self.assertGreaterEqual(self.count(sql), number)
        self.assertEqual(self.set_of("select distinct state from verification_tasks"), {"open", "done"})
        self.assertEqual(self.set_of("select distinct outcome from verification_tasks where state = 'done'"),
                         {"confirmed", "not_confirmed", "inconclusive"})

    def test_nobody_works_on_a_holiday_of_either_state(self):
        for month_day in ("01-01", "05-01"):
            self.assertEqual(0, self.count("select count(*) from case_files where "
                                           "strftime('%m-%d', created_at / 1000 - 21600, 'unixepoch') = ?", month_day))
        weekend = "strftime('%w', created_at / 1000 - 21600, 'unixepoch') in ('0', '6')"
        self.assertEqual(0, self.count(f"select count(*) from case_files where side = 'requesting' and {weekend}"))


if __name__ == "__main__":
    unittest.main()
