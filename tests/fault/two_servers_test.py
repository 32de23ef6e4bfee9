"""Two processes serve one PostgreSQL: what changes through one is known to the clients of the other within a second."""

import http.client
import json
import threading
import time
import unittest

import world


class TwoServers(world.FaultTest):

    def test_a_change_through_one_arrives_live_at_the_other(self):
        first = self.node("postgresql")
        first.start()
        second = self.node_at(first.folder, first.database)
        second.start()
        stream = Stream(second)
        self.addCleanup(stream.close)
        client = first.client()
        delays = []
        for turn in range(5):
            began = time.monotonic()
            case = world.create_case(client, f"live-{turn}").json()["id"]
            delays.append(stream.wait_for(case, began))
        self.assertLess(max(delays), 1.0, f"seconds from the click to the event: {delays}")
        answer = second.client().ask("GET", f"/api/cases/{case}")
        self.assertEqual(answer.status, 200)
        # One process ends, whichever leads: the other takes over the sealing.
        first.kill()
        began = time.monotonic()
        case = world.create_case(second.client(), "alone").json()["id"]
        self.assertLess(stream.wait_for(case, began, 12), 10.0)
        self.assertEqual(second.end(), 0)
        self.check_never(first.database)


class Stream:
    """The live updates of a node, read in the background."""

    def __init__(self, node):
        self.connection = http.client.HTTPConnection("127.0.0.1", node.port, timeout=60)
        headers = {"Cookie": node.cookie_of("case_officer"), "Accept": "text/event-stream"}
        self.connection.request("GET", "/api/live", headers=headers)
        self.answer = self.connection.getresponse()
        assert self.answer.status == 200, self.answer.read()
        self.seen, self.changed = {}, threading.Condition()
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        try:
            while line := self.answer.readline():
                if line.startswith(b"data: "):
                    event = json.loads(line[6:])
                    with self.changed:
                        self.seen.setdefault(event.get("subject"), time.monotonic())
                        self.changed.notify_all()
        except (OSError, ValueError, AttributeError, http.client.HTTPException):
            pass

    def wait_for(self, subject, began, limit_s=5):
        """Seconds from `began` to the event of this subject."""
        with self.changed:
            if not self.changed.wait_for(lambda: subject in self.seen, limit_s):
                raise AssertionError(f"no event of {subject} within {limit_s} s")
            return self.seen[subject] - began

    def close(self):
        self.connection.close()


if __name__ == "__main__":
    unittest.main()
