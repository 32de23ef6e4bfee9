"""The disk becomes full: writes are refused with 503, reads go on, and all is well again once there is room. A reading of
personal data that cannot be recorded is refused like a write: the record comes before the answer."""

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
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={self.size_mb}m", "tmpfs", str(self.disk)],
                                 capture_output=True, check=False)
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
        node = self.node("sqlite")
        node.start()
        client = node.client()
        case = world.create_case(client, "before").json()["id"]
        node.cookie_of("supervisor", "UTO")
        self.assertEqual(client.ask("GET", f"/api/cases/{case}").status, 200)
        with world.Load(node, threads=2, pause_s=0.01) as load:
            time.sleep(0.3)
            self.fill()
            create = {"agreement": world.AGREEMENT}
            self.wait_for(lambda: client.ask("POST", "/api/cases", create).status == 503, 20, "a refused write")
            self.check_problem(client.ask("POST", "/api/cases", create), 503)
            self.check_upload_is_refused(node, case)
            for path in ("/api/session", "/api/agreements", "/healthz", "/readyz", f"/api/cases/{case}"):
                answer = client.ask("GET", path)
                self.assertEqual(answer.status, 200, f"{path}: {answer.body[:300]}")
            unrecorded = node.client("supervisor", "UTO").ask("GET", "/api/applications?limit=5")
            if unrecorded.status != 200:
                self.check_problem(unrecorded, 503)
            stranger = node.new_client()
            self.wait_for(lambda: "disk" in [part["part"] for part in stranger.ask("GET", "/api/status").json()["parts"]], 10,
                          "a banner that names the disk")
            (self.disk / "ballast").unlink()
            self.wait_for(lambda: client.ask("POST", "/api/cases", create).status == 201, 20, "writes again")
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

if __name__ == "__main__":
    unittest.main()
