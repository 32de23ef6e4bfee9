"""The process is killed without warning, again and again, while officers create cases: what was acknowledged is there,
whole, once."""

import random
import time
import unittest
import uuid

import world


class KilledUnderLoad(world.FaultTest):
    rounds = 3

    def test_what_was_acknowledged_survives_kill_9(self):
        for engine in self.engines:
            with self.subTest(engine=engine):
                self.kill_again_and_again(engine)

    def kill_again_and_again(self, engine):
        node = self.node(engine, f"kill-{engine}")
        database = node.database
        node.start()
        before = int(world.query(database, "SELECT count(*) FROM case_files WHERE side = 'requesting'")[0][0])
        acknowledged, unknown = {}, []
        for _ in range(self.rounds):
            with world.Load(node) as load:
                time.sleep(random.uniform(0.5, 1.2))
                node.kill()
            acknowledged.update(load.acknowledged)
            unknown += load.unanswered
            node.start()
        self.assertGreater(len(acknowledged), 20 * self.rounds, "the load was too small to say anything")
        self.check_all_there(node, acknowledged)
        repeated = self.repeat(node, unknown)
        self.assertEqual(node.end(), 0)
        self.check_never(database)
        after = int(world.query(database, "SELECT count(*) FROM case_files WHERE side = 'requesting'")[0][0])
        self.assertEqual(after - before, len(acknowledged) + repeated, "a case is there twice, or one is missing")

    def check_all_there(self, node, acknowledged):
        client = node.client()
        ids = {row for row in acknowledged.values()}
        self.assertEqual(len(ids), len(acknowledged), "one case was acknowledged to two officers")
        stored = {row[0] for row in world.query(node.database, "SELECT case_id FROM case_files WHERE side = 'requesting'")}
        self.assertEqual(ids - stored, set(), "acknowledged, but not there after the restart")
        for case in random.sample(sorted(ids), 20):
            self.assertEqual(client.ask("GET", f"/api/cases/{case}").status, 200)

    def repeat(self, node, keys):
        """The clients that got no answer ask again with the same key: each key has one case in the end. 409 says that it was made
        by the request whose answer was lost."""
        client = node.client()
        for key in keys:
            answer = world.create_case(client, key)
            self.assertIn((answer.status, answer.json().get("why")), [(201, None), (409, "already_exists")], answer.body[:300])
        return len(keys)

    def test_an_upload_that_was_cut_off_leaves_nothing_half_written(self):
        node = self.node("sqlite")
        node.start()
        case = world.create_case(node.client(), str(uuid.uuid4())).json()["id"]
        connection = world.http.client.HTTPConnection("127.0.0.1", node.port, timeout=10)
        connection.putrequest("POST", f"/api/cases/{case}/attachments?name=scan.pdf&kind=photo")
        headers = {"Cookie": node.cookie_of("case_officer"), "X-RCMS-Request": "1", "Content-Type": "application/pdf"}
        for name, value in {**headers, "Content-Length": "500000"}.items():
            connection.putheader(name, value)
        connection.endheaders()
        connection.send(b"%PDF-1.7\n" + b"x" * 100_000)
        time.sleep(0.2)
        node.kill()
        connection.close()
        node.start()
        self.assertEqual(node.client().ask("GET", f"/api/cases/{case}").json()["attachments"], [])
        self.assertEqual(node.end(), 0)
        self.check_never(node.database)


if __name__ == "__main__":
    unittest.main()
