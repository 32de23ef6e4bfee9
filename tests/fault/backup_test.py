"""A backup made while officers work is a backup: restored elsewhere it has the same rows, hashes and ledger, and it serves."""

import hashlib
import json
import shutil
import tarfile
import time
import unittest

import world


class BackupUnderLoad(world.FaultTest):

    def test_a_backup_under_load_restores_to_an_equal_node(self):
        for engine in self.engines:
            with self.subTest(engine=engine):
                self.back_up_and_restore(engine)

    def back_up_and_restore(self, engine):
        node = self.node(engine, f"source-{engine}")
        database = node.database
        node.start()
        archive = self.folder / f"{engine}.tar"
        passphrase = self.folder / "passphrase"
        passphrase.write_text("the tide comes in at noon\n")
        with world.Load(node, threads=3) as load:
            time.sleep(0.5)
            before = dict(load.acknowledged)
            world.run(world.BINARY, "backup", archive, "--folder", node.folder, "--database", database,
                      "--passphrase-file", passphrase, timeout_s=120)
            during = len(load.acknowledged) - len(before)
            time.sleep(0.2)
        self.assertGreater(during, 0, "nobody worked while the backup was made")
        manifest = self.check_archive(archive)
        self.assertEqual(node.end(), 0)

        target = self.empty_database(engine)
        folder = self.folder / f"restored-{engine}"
        world.run(world.BINARY, "restore", archive, "--folder", folder, "--database", target,
                  "--passphrase-file", passphrase, timeout_s=120)
        certificate = json.loads((folder / "restore_certificate.json").read_text())
        self.assertEqual(certificate["rows"], manifest["rows"])
        self.assertGreater(certificate["ledger_entries_verified"], 0)
        for table, count in manifest["rows"].items():
            self.assertEqual(int(world.query(target, f"SELECT count(*) FROM {table}")[0][0]), count, table)
        self.check_never(target)
        stored = {row[0] for row in world.query(target, "SELECT case_id FROM case_files WHERE side = 'requesting'")}
        self.assertEqual(set(before.values()) - stored, set(), "acknowledged before the backup began, but not in it")
        # By this file `rcms demo`, unlike `rcms serve`, knows that it need not make a world.
        shutil.copy(node.folder / "demo-world", folder)
        self.check_it_serves(folder, target, next(iter(before.values())))

    def empty_database(self, engine):
        if engine == "sqlite":
            return f"sqlite:{self.folder / 'restored.db'}"
        return self.new_database()

    def check_archive(self, archive):
        """Opened with a program that is not ours: every part has the size and hash that the manifest names."""
        with tarfile.open(archive) as tar:
            manifest = json.loads(tar.extractfile("manifest.json").read())
            names = [part["name"] for part in manifest["parts"]] + ["manifest.json"]
            self.assertEqual(sorted(tar.getnames()), sorted(names))
            for part in manifest["parts"]:
                content = tar.extractfile(part["name"]).read()
                found = (len(content), hashlib.sha256(content).hexdigest())
                self.assertEqual(found, (part["size"], part["sha256"]), part["name"])
        self.assertEqual(manifest["missing_attachments"], [])
        return manifest

    def check_it_serves(self, folder, database, case):
        restored = self.node_at(folder, database)
        restored.start()
        client = restored.client()
        self.assertEqual(client.ask("GET", f"/api/cases/{case}").status, 200)
        # The keys came along: a portrait of the demo can still be read.
        rows = world.query(database, "SELECT f.id, c.case_id FROM files f JOIN case_files c ON f.subject = 'case:' || c.case_id "
                                     "WHERE f.removed_at IS NULL AND c.side = 'requesting' LIMIT 1")
        if rows:
            file, owner = rows[0]
            answer = client.ask("GET", f"/api/cases/{owner}/attachments/{file}")
            self.assertEqual(answer.status, 200, answer.body[:300])
            self.assertGreater(len(answer.body), 100)
        self.assertEqual(restored.end(), 0)

    def test_a_damaged_backup_is_refused_and_nothing_is_written(self):
        node = self.node("sqlite")
        archive = self.folder / "backup.tar"
        world.run(world.BINARY, "backup", archive, "--folder", node.folder, "--database", node.database)
        content = bytearray(archive.read_bytes())
        content[len(content) // 3] ^= 1
        archive.write_bytes(content)
        with self.assertRaises(AssertionError):
            world.run(world.BINARY, "restore", archive, "--folder", self.folder / "new",
                      "--database", f"sqlite:{self.folder / 'new.db'}")
        self.assertFalse((self.folder / "new").exists())
        self.assertFalse((self.folder / "new.db").exists())


if __name__ == "__main__":
    unittest.main()
