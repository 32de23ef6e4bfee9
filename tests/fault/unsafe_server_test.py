"""A PostgreSQL server that may forget or tear what it has acknowledged is refused at the start, with the remedy."""

import subprocess
import unittest

import world


class UnsafeServer(world.FaultTest):

    def test_a_server_that_does_not_wait_for_its_disk_is_refused(self):
        server = world.PostgresqlServer(self.folder / "server")
        server.start()
        self.addCleanup(server.stop, "crash")
        for setting in ("fsync", "full_page_writes"):
            with self.subTest(setting):
                self.set(server, setting, "off")
                folder = self.folder / setting
                command = [world.BINARY, "demo", "--folder", str(folder), "--database", server.address, "--port", "0"]
                done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=30, check=False)
                self.assertEqual(done.returncode, 1, done.stderr)
                for words in (f"{setting} = off", f"{setting} = on", "postgresql.conf", "power"):
                    self.assertIn(words, done.stderr)
                tables = "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'"
                self.assertEqual(int(world.query(server.address, tables)[0][0]), 0, "nothing is written there")
                self.set(server, setting, "on")
        node = self.node_at(self.folder / "node", server.address)
        node.start()
        self.assertEqual(node.end(), 0)

    def set(self, server, name, value):
        world.run("psql", server.address, "-qAt", "-c", f"alter system set {name} = {value}", "-c", "select pg_reload_conf()")
        self.wait_for(lambda: world.query(server.address, f"show {name}")[0][0] == value, 10, f"{name} = {value}")


if __name__ == "__main__":
    unittest.main()
