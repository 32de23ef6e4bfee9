"""What the fault tests share: demo nodes as real processes, a small HTTP client, databases of their own."""

import atexit
import http.client
import json
import os
import random
import shutil
import signal
import socket
import sqlite3
import subprocess
import tempfile
import threading
import time
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BINARY = os.environ.get("RCMS_BINARY", str(ROOT / "build/rcms"))
SCRATCH = ROOT / "scripts/postgresql_scratch"
CASES = 12
CITIZENS = 2_000
START_S = 60
AGREEMENT = "uto-xar-2019"


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def run(*command, timeout_s=60):
    """Output of a command; fails the test with its words when it fails."""
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, timeout=timeout_s, check=False)
    if done.returncode:
        raise AssertionError(f"{command} ended with {done.returncode}:\n{done.stdout}\n{done.stderr}")
    return done.stdout


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    def json(self):
        return json.loads(self.body)


class Client:
    """One connection, opened again when it was lost. `ask` raises OSError or HTTPException when there is no answer."""

    def __init__(self, port, cookie=""):
        self.port, self.cookie, self.connection = port, cookie, None

    def ask(self, method, path, body=None, headers=None, timeout_s=20):
        sent = {"X-RCMS-Request": "1", **({"Cookie": self.cookie} if self.cookie else {}), **(headers or {})}
        if isinstance(body, (dict, list)):
            body, sent["Content-Type"] = json.dumps(body).encode(), "application/json"
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout_s)
        try:
            self.connection.request(method, path, body, sent)
            answer = self.connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read())
        except (OSError, http.client.HTTPException):
            self.close()
            raise

    def close(self):
        if self.connection is not None:
            self.connection.close()
            self.connection = None


class Node:
    """A demo node at a place, started and ended as often as a test wants."""

    def __init__(self, folder, database, log):
        self.folder, self.database, self.log = Path(folder), database, Path(log)
        self.port, self.process, self.cookies, self.clients = free_port(), None, {}, []

    def launch(self):
        """Starts the process without waiting for it."""
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [BINARY, "demo", "--folder", str(self.folder), "--database", self.database, "--port", str(self.port), "--cases",
                 str(CASES), "--citizens", str(CITIZENS)], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=log)

    def start(self, wait_s=START_S):
        self.launch()
        deadline = time.monotonic() + wait_s
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise AssertionError(f"the node ended with {self.process.returncode}:\n{self.words()}")
            if self.status_of("/readyz") == 200:
                return self
            time.sleep(0.05)
        raise AssertionError(f"the node was not ready after {wait_s} s:\n{self.words()}")

    def status_of(self, path):
        """Status of a small request on a connection of its own; none when there is no answer."""
        client = Client(self.port)
        try:
            return client.ask("GET", path, timeout_s=2).status
        except (OSError, http.client.HTTPException):
            return None
        finally:
            client.close()

    def words(self):
        return self.log.read_text(errors="replace")[-3000:] if self.log.exists() else ""

    def kill(self):
        self.end(signal.SIGKILL)

    def end(self, number=signal.SIGTERM, wait_s=30):
        """Ends the process and returns its exit code."""
        for client in self.clients:
            client.close()
        self.clients = []
        if self.process is None:
            return None
        if self.process.poll() is None:
            self.process.send_signal(number)
        try:
            code = self.process.wait(wait_s)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            code = None
        self.process = None
        return code

    def cookie_of(self, role, party="XAR"):
        """A session of the first invented person with this role."""
        if (role, party) not in self.cookies:
            client = self.new_client("")
            people = client.ask("GET", "/api/demo/people").json()["items"]
            words = role.replace("_", " ")
            user = next(one for one in people if one["party_code"] == party and words in one["role"].lower())
            made = client.ask("POST", "/api/demo/session", {"user": user["id"]})
            assert made.status == 201, made.body
            self.cookies[role, party] = made.headers["Set-Cookie"].split(";")[0]
        return self.cookies[role, party]

    def client(self, role="case_officer", party="XAR"):
        return self.new_client(self.cookie_of(role, party))

    def new_client(self, cookie=""):
        """Closed when the node ends."""
        client = Client(self.port, cookie)
        self.clients.append(client)
        return client


def create_case(client, key, timeout_s=20):
    """Creates a draft under an idempotency key."""
    return client.ask("POST", "/api/cases", {"agreement": AGREEMENT}, {"Idempotency-Key": key}, timeout_s)


class Load:
    """Officers who create cases without rest. `acknowledged`: key → id; `unanswered`: keys whose fate is unknown."""

    def __init__(self, node, threads=4, pause_s=0.0):
        self.node, self.pause_s = node, pause_s
        self.acknowledged, self.unanswered, self.statuses = {}, [], {}
        self.lock, self.stopping = threading.Lock(), threading.Event()
        cookie = node.cookie_of("case_officer")
        self.threads = [threading.Thread(target=self.work, args=(number, cookie), daemon=True) for number in range(threads)]

    def work(self, number, cookie):
        client, turn = Client(self.node.port, cookie), 0
        while not self.stopping.is_set():
            turn += 1
            key = f"fault-{number}-{turn}-{random.getrandbits(48):012x}"
            try:
                answer = create_case(client, key)
            except (OSError, http.client.HTTPException):
                with self.lock:
                    self.unanswered.append(key)
                    self.statuses["none"] = self.statuses.get("none", 0) + 1
                time.sleep(0.02)
                continue
            with self.lock:
                self.statuses[answer.status] = self.statuses.get(answer.status, 0) + 1
                if answer.status == 201:
                    self.acknowledged[key] = answer.json()["id"]
                else:
                    self.unanswered.append(key)
            if self.pause_s or answer.status != 201:
                time.sleep(self.pause_s or 0.02)
        client.close()

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.stopping.set()
        for thread in self.threads:
            thread.join(30)


class PostgresqlServer:
    """The scratch server that ./test has started, or one of its own."""

    def __init__(self, folder=None):
        self.folder = folder
        self.address = os.environ.get("RCMS_TEST_POSTGRESQL", "") if folder is None else ""

    def start(self):
        self.address = run(SCRATCH, "start", self.folder, timeout_s=120).strip().split("\n")[-1]
        return self.address

    def stop(self, action="stop"):
        run(SCRATCH, action, self.folder, timeout_s=90)

    def make_database(self, template=""):
        name = f"fault_{random.getrandbits(48):012x}"
        like = name_in(template) if template else "template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'C.UTF-8'"
        run("psql", self.address, "-qAt", "-c", f"create database {name} template {like}")
        return self.address.replace("/rcms?", f"/{name}?")

    def drop_database(self, address):
        run("psql", self.address, "-qAt", "-c", f"drop database if exists {name_in(address)} with (force)")


def name_in(address):
    """The name of the database in a postgresql address."""
    return address.split("?")[0].rsplit("/", 1)[1]


class Worlds:
    """The world of the demo is made once for each engine and copied for each test."""

    def __init__(self):
        self.made, self.folder = {}, None

    def template(self, engine):
        """(folder of the node, address of its database), at rest."""
        if engine not in self.made:
            if self.folder is None:
                self.folder = scratch_folder()
                atexit.register(shutil.rmtree, self.folder, ignore_errors=True)
            folder = self.folder / engine
            folder.mkdir()
            if engine == "sqlite":
                database = f"sqlite:{folder / 'rcms.db'}"
            else:
                server = scratch_server()
                database = server.make_database()
                atexit.register(server.drop_database, database)
            node = Node(folder, database, self.folder / f"{engine}.log")
            node.start()
            if node.end() != 0:
                raise AssertionError(f"the node did not end well:\n{node.words()}")
            self.made[engine] = (folder, database)
        return self.made[engine]


WORLDS = Worlds()


def scratch_folder():
    # PostgreSQL of root runs as another user, who must be able to enter the folder.
    folder = Path(tempfile.mkdtemp(prefix="rcms-fault-", dir="/var/tmp" if os.geteuid() == 0 else None))
    folder.chmod(0o755)
    return folder


def scratch_server():
    server = PostgresqlServer()
    if not server.address:
        raise AssertionError("RCMS_TEST_POSTGRESQL is not set; start a server with scripts/postgresql_scratch start FOLDER")
    return server


def query(database, text):
    """Rows of a reading, straight from the database, past RCMS."""
    if database.startswith("sqlite:"):
        connection = sqlite3.connect(f"file:{database[7:]}?mode=ro", uri=True)
        try:
            return connection.execute(text).fetchall()
        finally:
            connection.close()
    out = run("psql", database, "-qAt", "-F", "\t", "-c", text)
    return [tuple(line.split("\t")) for line in out.splitlines()]


# What must hold in every database at any moment, whatever happened: text → meaning when it returns a number above zero.
NEVER = {
    "SELECT count(*) FROM case_files f WHERE NOT EXISTS (SELECT 1 FROM ledger_entries c WHERE c.subject = "
    "(CASE f.side WHEN 'requesting' THEN 'case:' ELSE 'application:' END) || f.case_id)": "a file without its chain",
    "SELECT count(*) FROM (SELECT reference FROM case_files GROUP BY party, reference HAVING count(*) > 1) AS twice":
        "a reference given twice",
    "SELECT count(*) FROM (SELECT subject FROM ledger_entries GROUP BY subject HAVING max(position) <> count(*)) AS torn":
        "a chain with a gap",
    "SELECT count(*) FROM ledger_entries WHERE content IS NULL": "an entry without its content",
    "SELECT count(*) FROM case_files f WHERE NOT EXISTS (SELECT 1 FROM case_contents c WHERE c.party = f.party "
    "AND c.case_id = f.case_id)": "a file without its form",
    "SELECT count(*) FROM ledger_order o WHERE NOT EXISTS (SELECT 1 FROM ledger_entries e WHERE e.subject = o.subject "
    "AND e.position = o.position)": "a number without its entry",
    "SELECT coalesce(max(number), 0) - count(*) FROM ledger_order": "a gap in the numbers",
}


class FaultTest(unittest.TestCase):
    """A temporary folder, nodes that are ended, databases that are dropped."""

    engines = ("sqlite", "postgresql")

    @classmethod
    def setUpClass(cls):
        if not os.access(BINARY, os.X_OK):
            raise AssertionError(f"{BINARY} is not there; build it with ./setup or name it in RCMS_BINARY")

    def setUp(self):
        self.folder = scratch_folder()
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def node(self, engine, name="node"):
        """A node with a world of its own, not yet started."""
        template, database = WORLDS.template(engine)
        folder = self.folder / name
        shutil.copytree(template, folder, dirs_exist_ok=True)
        database = f"sqlite:{folder / 'rcms.db'}" if engine == "sqlite" else self.new_database(database)
        return self.node_at(folder, database)

    def install(self, *parts):
        """The program beside parts of its own ("data", "db"), as an installation has them: find_share looks beside the program
        first. All nodes of this test are started from there; the place."""
        place = Path(tempfile.mkdtemp(prefix="rcms-installed-"))
        self.addCleanup(shutil.rmtree, place, True)
        (place / "bin").mkdir()
        program = place / "bin" / "rcms"
        try:
            os.link(Path(BINARY).resolve(), program)
        except OSError:
            shutil.copy2(BINARY, program)
        share = Path(BINARY).resolve().parent.parent / "share"
        if share.exists():
            (place / "share").symlink_to(share)  # fonts
        for part in parts:
            shutil.copytree(ROOT / part, place / part)
        self.addCleanup(globals().__setitem__, "BINARY", BINARY)
        globals()["BINARY"] = str(program)
        return place

    def node_at(self, folder, database):
        node = Node(folder, database, self.folder / f"{Path(folder).name}.log")
        self.addCleanup(node.end, signal.SIGKILL)
        return node

    def new_database(self, template=""):
        server = scratch_server()
        address = server.make_database(template)
        self.addCleanup(server.drop_database, address)
        return address

    def wait_for(self, condition, seconds, what):
        deadline = time.monotonic() + seconds
        while not condition():
            self.assertLess(time.monotonic(), deadline, f"waited {seconds} s for {what}")
            time.sleep(0.1)

    def check_never(self, database):
        for text, meaning in NEVER.items():
            self.assertEqual(int(query(database, text)[0][0]), 0, meaning)

    def check_problem(self, answer, status):
        """An error as every client may rely on it."""
        self.assertEqual(answer.status, status, answer.body[:300])
        self.assertEqual(answer.headers["Content-Type"], "application/problem+json")
        problem = answer.json()
        for member in ("title", "status", "request_id"):
            self.assertTrue(problem.get(member), f"{member} in {problem}")
