"""The databases: one PostgreSQL server for all systems, one SQLite file; loaded once and kept."""
import sqlite3
import subprocess
from pathlib import Path
from urllib.parse import quote, urlsplit

HERE = Path(__file__).resolve().parent.parent
ROOT = HERE.parent.parent.parent

# Rows of the requesting State only; {0} is the place of its party.
ROWS_OF_PEERS = """
COPY (SELECT f.case_id, reference, agreement, state, stage, owner, person_name,
             replace(lower(unaccent(person_name)), ',', ''), birth, sex, nationality, created_at, changed_at, submitted_on,
             next_due_on, revision, content
      FROM case_files f JOIN case_contents c ON c.party = f.party AND c.case_id = f.case_id WHERE side = 'requesting') TO STDOUT
"""
FILL_PEERS = """
COPY cases (id, reference, agreement, state, stage, owner, person_name, name_key, birth, sex, nationality, created_at,
            changed_at, submitted_on, next_due_on, revision, content) FROM STDIN
"""


def advised_settings():
    """Names and values of the block `postgresql.conf` in packaging/postgresql.md: what RCMS asks an administrator to set."""
    block = (ROOT / 'packaging/postgresql.md').read_text(encoding='utf-8').split('# postgresql.conf\n')[1].split('```')[0]
    lines = [line.split('#')[0] for line in block.splitlines()]
    return [tuple(part.strip() for part in line.split('=')) for line in lines if '=' in line]


class PostgreSQL:
    """The server in KEEP/postgresql, as scripts/postgresql_scratch makes it: durable, settings as shipped or as advised."""

    def __init__(self, keep, settings=()):
        self.folder = keep / 'postgresql'
        self.address = ''
        self.settings = settings

    def start(self):
        out = subprocess.run([ROOT / 'scripts/postgresql_scratch', 'start', self.folder], check=True, text=True,
                             stdout=subprocess.PIPE).stdout
        self.address = out.splitlines()[0]

    def start_with_settings(self):
        """Settings of an earlier run are forgotten."""
        self.start()
        self.psql('postgres', 'ALTER SYSTEM RESET ALL',
                  *[f"ALTER SYSTEM SET {name} = '{value}'" for name, value in self.settings])
        self.stop()
        self.start()

    def stop(self):
        subprocess.run([ROOT / 'scripts/postgresql_scratch', 'stop', self.folder], check=True)

    def pid(self):
        return int((self.folder / 'data/postmaster.pid').read_text().split()[0])

    def address_of(self, database):
        return urlsplit(self.address)._replace(path='/' + quote(database)).geturl()

    def psql(self, database, *sql):
        command = ['psql', '-qXAt', '-v', 'ON_ERROR_STOP=1', self.address_of(database)]
        for one in sql:
            command += ['-f', one] if isinstance(one, Path) else ['-c', one]
        return subprocess.run(command, check=True, text=True, stdout=subprocess.PIPE).stdout

    def rows(self, database, sql):
        out = self.psql(database, f'COPY ({sql}) TO STDOUT (FORMAT csv, DELIMITER E\'\\x1f\', QUOTE E\'\\x1e\')')
        return [line.replace('\x1e', '').split('\x1f') for line in out.split('\n') if line]

    def execute(self, database, *sql):
        """One statement after the other; for loading only, so a commit does not wait for the disk."""
        self.psql(database, 'SET synchronous_commit = off', *sql)

    def has(self, database):
        return self.psql('postgres', f"SELECT 1 FROM pg_database WHERE datname = '{database}'").strip() == '1'

    def create(self, database, template='template0'):
        strategy = '' if template == 'template0' else ' STRATEGY FILE_COPY'
        self.psql('postgres', f'CREATE DATABASE {database} TEMPLATE {template}{strategy}')

    def drop(self, database):
        self.psql('postgres', f'DROP DATABASE IF EXISTS {database}')

    def copy_rows_to_peer(self, source, target):
        with subprocess.Popen(['psql', '-qX', '-c', ROWS_OF_PEERS, self.address_of(source)], stdout=subprocess.PIPE) as reader:
            subprocess.run(['psql', '-qX', '-v', 'ON_ERROR_STOP=1', '-c', FILL_PEERS, self.address_of(target)], check=True,
                           stdin=reader.stdout)
        if reader.returncode != 0:
            raise RuntimeError('the rows of the peers could not be read')


class Sqlite:
    """The same questions to the file of RCMS on SQLite."""

    def __init__(self, path):
        self.path = path

    def rows(self, sql):
        connection = sqlite3.connect(f'file:{self.path}?mode=ro', uri=True)
        try:
            return [['' if value is None else str(value) for value in row] for row in connection.execute(sql)]
        finally:
            connection.close()

    def execute(self, *sql):
        """In one transaction; for loading only, so nothing is synced in between."""
        connection = sqlite3.connect(self.path, isolation_level=None)
        try:
            connection.execute('PRAGMA synchronous = off')
            connection.execute('PRAGMA cache_size = -1000000')
            connection.execute('BEGIN')
            for one in sql:
                connection.execute(one)
            connection.execute('COMMIT')
        finally:
            connection.close()


def load_rcms(program, folder, address, cases, acted, multiply):
    """Fills an empty node: `acted` cases by the acts of officers, the others by `multiply(copies)`. A mark in its folder says
    that it is complete."""
    folder.mkdir(parents=True, exist_ok=True)
    copies = max(0, -(-cases // acted) - 1)
    subprocess.run([program, '--folder', folder, '--database', address, '--cases', str(cases // (copies + 1)), '--tokens',
                    folder / 'tokens'], check=True)
    if copies:
        multiply(copies)
    (folder / 'loaded').write_text(f'{cases}\n')


def is_loaded(folder, cases):
    mark = folder / 'loaded'
    if not mark.exists():
        return False
    if int(mark.read_text()) != cases:
        raise RuntimeError(f'{folder} holds {mark.read_text().strip()} cases, not {cases}: name another --keep')
    return True
