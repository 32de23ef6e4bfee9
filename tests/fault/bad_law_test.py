"""A file of an agreement that does not hold: refused with file, line and reason; the last good version stays in force, at a start
and on SIGHUP. A first start without any good version still refuses."""

import signal
import subprocess
import time
import unittest

import world


class BadLaw(world.FaultTest):
    def setUp(self):
        super().setUp()
        self.place = self.install("data")
        self.file = self.place / "data" / "agreements" / "uto-xar-2019.toml"
        self.good = self.file.read_text(encoding="utf-8")

    def break_file(self):
        """An unknown key in the second rule; the line on which that rule begins."""
        at = self.good.index("[[rule]]", self.good.index("[[rule]]") + 1) + len("[[rule]]\n")
        self.file.write_text(self.good[:at] + "days = 3\n" + self.good[at:], encoding="utf-8")
        return self.good.count("\n", 0, at)

    def law_of(self, node):
        health = node.client("administrator").ask("GET", "/api/operations/health").json()
        return next((part for part in health["parts"] if part["part"] == "law"), None)

    def wait_for(self, what, seconds=20):
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if what():
                return
            time.sleep(0.2)
        self.fail("it did not come to pass in time")

    def days_of(self, node):
        rules = node.client().ask("GET", "/api/agreements/uto-xar-2019").json()["rules"]
        return next(rule["value"] for rule in rules if rule["key"] == "reply_standard")

    def test_the_last_good_version_stays_in_force(self):
        node = self.node("sqlite")
        node.start()
        self.assertIsNone(self.law_of(node))
        self.assertEqual(self.days_of(node), 30)
        line = self.break_file()
        node.process.send_signal(signal.SIGHUP)
        self.wait_for(lambda: self.law_of(node) is not None)
        self.assertEqual(self.law_of(node)["state"], "degraded")
        self.assertEqual(self.days_of(node), 30)
        state = node.client("administrator").ask("GET", "/api/agreement-versions").json()
        self.assertEqual([one["file"] for one in state["refused"]], ["uto-xar-2019.toml"])
        [reason] = state["refused"][0]["reasons"]
        self.assertEqual(reason["line"], line)
        self.assertIn("days", reason["reason"])
        self.assertNotIn("/", reason["reason"])  # folders of the server are nobody's business
        self.assertEqual(state["refused"][0]["in_force"], "uto-xar-2019")
        node.end()

        node.start()  # a restart with the same broken file
        self.assertEqual(self.days_of(node), 30)
        self.assertEqual(self.law_of(node)["state"], "degraded")
        self.assertIn("the last good version stays in force", node.words())

        self.file.write_text(self.good, encoding="utf-8")
        node.process.send_signal(signal.SIGHUP)
        self.wait_for(lambda: self.law_of(node) is None)

    def test_a_first_start_without_a_good_version_refuses(self):
        self.break_file()
        folder = self.place / "first"
        done = subprocess.run([world.BINARY, "demo", "--folder", folder, "--port", str(world.free_port()), "--cases",
                               str(world.CASES), "--citizens", str(world.CITIZENS)],
                              capture_output=True, text=True, timeout=120, check=False)
        self.assertNotEqual(done.returncode, 0)
        self.assertRegex(done.stdout + done.stderr, r"(?s)uto-xar-2019\.toml.*line \d+.*days")


if __name__ == "__main__":
    unittest.main()
