"""PostgreSQL goes away under load and comes back: clear refusals meanwhile, recovery without a restart, nothing acknowledged
is lost."""

import http.client
import time
import unittest

import world


class PostgresqlLost(world.FaultTest):

    def setUp(self):
        super().setUp()
        self.server = world.PostgresqlServer(self.folder / "server")
        self.server.start()
        self.addCleanup(self.server.stop, "crash")

    def test_the_node_says_it_and_recovers_by_itself(self):
        node = self.node_at(self.folder / "node", self.server.address)
        node.start()
        for action in ("stop", "crash"):
            with self.subTest(action=action):
                self.lose_and_find_again(node, action)
        self.assertEqual(node.end(), 0)
        self.check_never(node.database)

    def lose_and_find_again(self, node, action):
        client = node.client()
        with world.Load(node, threads=3, pause_s=0.005) as load:
            time.sleep(0.6)
            self.server.stop(action)
            self.wait_for(lambda: self.status_of_a_write(client) == 503, 15, "a write that is refused with 503")
            self.check_problem(client.ask("POST", "/api/cases", {"agreement": world.AGREEMENT}), 503)
            answer = client.ask("GET", "/api/cases?limit=5")
            self.check_problem(answer, 503)
            self.assertTrue(answer.headers["Retry-After"])
            self.wait_for(lambda: client.ask("GET", "/readyz").status == 503, 10, "not ready")
            # Without a session, which cannot be looked up now: what the banner says.
            status = node.new_client().ask("GET", "/api/status", headers={"Accept-Language": "es"}).json()
            self.assertEqual((status["state"], [part["part"] for part in status["parts"]][0]), ("down", "database"))
            self.assertIn("base de datos", status["parts"][0]["words"])
            self.server.start()
            self.wait_for(lambda: self.status_of_a_write(client) == 201, 20, "a write that succeeds again")
            count = len(load.acknowledged)
            self.wait_for(lambda: len(load.acknowledged) > count + 5, 15, "officers who can work again")
        self.wait_for(lambda: client.ask("GET", "/readyz").status == 200, 10, "ready again")
        self.assertIsNone(node.process.poll(), "the process must not have ended")
        stored = {row[0] for row in world.query(node.database, "SELECT case_id FROM case_files WHERE side = 'requesting'")}
        self.assertEqual(set(load.acknowledged.values()) - stored, set(), "acknowledged, but not there")
        self.assertEqual(set(load.statuses) - {201, 503, "none"}, set(), f"other answers than 201 and 503: {load.statuses}")

    def status_of_a_write(self, client):
        try:
            return client.ask("POST", "/api/cases", {"agreement": world.AGREEMENT}).status
        except (OSError, http.client.HTTPException):
            return None

if __name__ == "__main__":
    unittest.main()
