"""Clients that send slowly or not at all, and hundreds of idle connections: honest users keep their answers and their latency."""

import resource
import socket
import threading
import time
import unittest

import world

IDLE = 500
SLOW = 60


class HostileClients(world.FaultTest):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        limit = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(4096, limit[1]), limit[1]))

    def connect(self, node, count):
        connections = []
        for _ in range(count):
            one = socket.create_connection(("127.0.0.1", node.port), timeout=30)
            self.addCleanup(one.close)
            connections.append(one)
        return connections

    def test_honest_users_are_served_beside_idle_and_slow_clients(self):
        node = self.node("sqlite")
        node.start()
        client = node.client()
        case = world.create_case(client, "honest").json()["id"]
        self.connect(node, IDLE)
        slow_heads = self.connect(node, SLOW)
        slow_bodies = self.connect(node, SLOW)
        began = time.monotonic()
        for one in slow_heads:
            one.sendall(b"GET /api/cases HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")
        head = (f"POST /api/cases/{case}/attachments?name=a.txt&kind=answer HTTP/1.1\r\nHost: localhost\r\n"
                f"Content-Length: 10000\r\nContent-Type: text/plain\r\nX-RCMS-Request: 1\r\n"
                f"Cookie: {client.cookie}\r\n\r\n").encode()
        for one in slow_bodies:
            one.sendall(head + b"slow ")
        stop = threading.Event()
        dripping = threading.Thread(target=self.drip, args=(slow_heads + slow_bodies, stop), daemon=True)
        dripping.start()
        durations = self.work_honestly(node, case)
        self.assertLess(sorted(durations)[int(len(durations) * 0.99)], 1.0, "seconds for the 99th of 100 answers")
        self.wait_until_closed(slow_heads, began, 14.0)
        stop.set()
        dripping.join(5)
        self.assertEqual(client.ask("GET", "/readyz").status, 200)
        self.assertEqual(node.end(), 0)

    def drip(self, connections, stop):
        """A byte for each connection, every half second."""
        while not stop.wait(0.5):
            for one in connections:
                try:
                    one.send(b"x")
                except OSError:
                    pass

    def work_honestly(self, node, case):
        durations, failures = [], []

        def work(number):
            client = node.client()
            for turn in range(40):
                began = time.monotonic()
                key = f"honest-{number}-{turn}"
                answer = client.ask("GET", f"/api/cases/{case}") if turn % 4 else world.create_case(client, key)
                durations.append(time.monotonic() - began)
                if answer.status not in (200, 201):
                    failures.append((answer.status, answer.body[:200]))

        threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        self.assertEqual(failures, [])
        self.assertEqual(len(durations), 160)
        return durations

    def wait_until_closed(self, connections, began, seconds):
        """Whoever does not finish a header within ten seconds is shown out, whatever drips in meanwhile."""
        for one in connections:
            one.settimeout(max(0.1, began + seconds - time.monotonic()))
            try:
                while one.recv(4096):
                    pass
            except ConnectionResetError:
                pass
            except socket.timeout:
                self.fail(f"a client that never finishes its header was still connected after {seconds} s")


if __name__ == "__main__":
    unittest.main()
