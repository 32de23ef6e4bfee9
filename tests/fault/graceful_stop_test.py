"""The node is told to stop: a running request finishes, nobody new is let in, the process ends with 0."""

import http.client
import signal
import socket
import time
import unittest

import world


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


if __name__ == "__main__":
    unittest.main()
