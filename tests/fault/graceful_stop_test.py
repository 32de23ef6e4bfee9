"""The node is told to stop: a running request finishes, nobody new is let in, the process ends with 0; also while it brings a
large database up to date."""

import http.client
import signal
import socket
import time
import unittest

import world


# Takes many minutes on either engine.
LONG_MIGRATION = """create table of_the_test (n bigint primary key not null);
insert into of_the_test (n) with recursive c(n) as (select cast(1 as bigint) union all select n + 1 from c where n < 20000000000)
select count(*) from c;
"""
TABLES = {"sqlite": "SELECT count(*) FROM sqlite_master WHERE name = 'of_the_test'",
          "postgresql": "SELECT count(*) FROM information_schema.tables WHERE table_name = 'of_the_test'"}


class GracefulStop(world.FaultTest):

    def test_a_running_request_finishes_and_new_ones_are_turned_away(self):
        node = self.node("sqlite")
        node.start()
        client = node.client()
        case = world.create_case(client, "stop").json()["id"]
        content = b"a statement of the family\n" * 1000
        running = http.client.HTTPConnection("127.0.0.1", node.port, timeout=20)
        running.putrequest("POST", f"/api/cases/{case}/attachments?name=statement.txt&kind=answer")
        headers = {"Cookie": client.cookie, "X-RCMS-Request": "1", "Content-Type": "text/plain"}
        for name, value in {**headers, "Content-Length": str(len(content))}.items():
            running.putheader(name, value)
        running.endheaders()
        running.send(content[:1000])
        time.sleep(0.3)
        node.process.send_signal(signal.SIGTERM)
        time.sleep(0.5)
        with self.assertRaises(OSError):
            socket.create_connection(("127.0.0.1", node.port), timeout=2).close()
        running.send(content[1000:])
        answer = running.getresponse()
        body = answer.read()
        running.close()
        self.assertEqual(answer.status, 201, body[:300])
        self.assertEqual(node.end(), 0)

        node.start()
        names = [one["name"] for one in node.client().ask("GET", f"/api/cases/{case}").json()["attachments"]]
        self.assertEqual(names, ["statement.txt"])

    def test_a_node_with_live_connections_ends_at_once(self):
        node = self.node("sqlite")
        node.start()
        stream = http.client.HTTPConnection("127.0.0.1", node.port, timeout=20)
        stream.request("GET", "/api/live", headers={"Cookie": node.cookie_of("case_officer"), "Accept": "text/event-stream"})
        self.assertEqual(stream.getresponse().status, 200)
        began = time.monotonic()
        self.assertEqual(node.end(), 0)
        stream.close()
        self.assertLess(time.monotonic() - began, 6.0)

    def test_told_to_stop_while_the_database_is_migrated_it_ends_with_nothing_half_done(self):
        migrations = self.install("data", "db") / "db/migrations"
        for engine in self.engines:
            with self.subTest(engine=engine):
                node = self.node(engine, f"migrated-{engine}")
                (migrations / "9998_short.sql").write_text("create table also_of_the_test (n bigint);\n")
                (migrations / "9999_long.sql").write_text(LONG_MIGRATION)
                for number, applied in ((signal.SIGTERM, "1 of 2 migrations"), (signal.SIGINT, "0 of 1 migrations")):
                    node.launch()
                    time.sleep(2)
                    self.assertIsNone(node.process.poll(), node.words())
                    self.assertIsNone(node.status_of("/readyz"), "it serves before the migration has come to its end")
                    began = time.monotonic()
                    self.assertEqual(node.end(number), 0, node.words())
                    self.assertLess(time.monotonic() - began, 5.0)
                    for words in ("told to stop", applied, "nothing is half done", "the next start goes on"):
                        self.assertIn(words, node.words().splitlines()[-1])
                    self.assertEqual(int(world.query(node.database, TABLES[engine])[0][0]), 0)
                (migrations / "9999_long.sql").write_text("create table of_the_test (n bigint primary key not null);\n")
                node.start()
                self.assertEqual(int(world.query(node.database, TABLES[engine])[0][0]), 1)
                self.assertEqual(node.end(), 0)
                self.check_never(node.database)
                for name in ("9998_short.sql", "9999_long.sql"):
                    (migrations / name).unlink()


if __name__ == "__main__":
    unittest.main()
