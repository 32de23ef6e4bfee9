"""The disk becomes full: writes are refused with 503, reads go on, and all is well again once there is room."""

import os
import subprocess
import time
import unittest

import world


class FullDisk(world.FaultTest):
    size_mb = 96

    def setUp(self):
        super().setUp()
        self.disk = self.folder / "node"
        self.disk.mkdir()
        if os.geteuid() != 0:
            self.skipTest("a small disk can only be mounted by root")
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={self.size_mb}m", "tmpfs", str(self.disk)], capture_output=True, check=False)
        if mounted.returncode:
            self.skipTest("mount is not permitted here: " + mounted.stderr.decode().strip())
        self.addCleanup(subprocess.run, ["umount", "-l", str(self.disk)], capture_output=True, check=False)

    def fill(self):
        """Takes what is left of the disk, to the last byte."""
        with open(self.disk / "ballast", "ab", buffering=0) as ballast:
            for size in (1 << 20, 4096, 256, 1):
                try:
                    while True:
                        ballast.write(b"\0" * size)
                except OSError:
                    continue

    def test_writes_are_refused_reads_go_on_and_it_recovers(self):
        node = self.node(f"sqlite:{self.disk / 'rcms.db'}")
        node.start()
        client = node.client()
        case = world.create_case(client, "before").json()["id"]
        with world.Load(node, threads=2, pause_s=0.01) as load:
            time.sleep(0.3)
            self.fill()
            self.wait_for(lambda: client.ask("POST", "/api/cases", {"agreement": world.AGREEMENT}).status == 503, 20, "a refused write")
            self.check_problem(client.ask("POST", "/api/cases", {"agreement": world.AGREEMENT}), 503)
            self.check_upload_is_refused(node, case)
            # What needs no durable note of the reading is still readable.
            for _ in range(5):
                self.assertEqual(client.ask("GET", "/api/cases?limit=5").status, 200)
            status = world.Client(node.port).ask("GET", "/api/status").json()
            self.wait_for(lambda: "disk" in [part["part"] for part in world.Client(node.port).ask("GET", "/api/status").json()["parts"]], 10,
                          f"a banner that names the disk: {status}")
            (self.disk / "ballast").unlink()
            self.wait_for(lambda: client.ask("POST", "/api/cases", {"agreement": world.AGREEMENT}).status == 201, 20, "writes again")
            count = len(load.acknowledged)
            self.wait_for(lambda: len(load.acknowledged) > count + 5, 15, "officers who can work again")
        self.assertEqual(set(load.statuses) - {201, 503}, set(), f"other answers than 201 and 503: {load.statuses}")
        stored = {row[0] for row in world.query(node.database, "SELECT case_id FROM case_files")}
        self.assertEqual(set(load.acknowledged.values()) - stored, set(), "acknowledged, but not there")
        self.assertEqual(node.end(), 0)
        self.check_never(node.database)

    def check_upload_is_refused(self, node, case):
        answer = node.client().ask("POST", f"/api/cases/{case}/attachments?name=note.txt&kind=answer", b"a note\n" * 20_000,
                                   {"Content-Type": "text/plain"})
        self.check_problem(answer, 503)

    def wait_for(self, condition, seconds, what):
        deadline = time.monotonic() + seconds
        while not condition():
            self.assertLess(time.monotonic(), deadline, f"waited {seconds} s for {what}")
            time.sleep(0.1)


if __name__ == "__main__":
    unittest.main()
