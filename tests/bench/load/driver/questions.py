"""The questions: ids, filters and names drawn from the loaded rows, written as one file for each system and operation.

A line: method, target, token, body, number, text. The same rule draws them for every system; the peers and RCMS on PostgreSQL
hold the same ids, SQLite has its own.
"""
import json
import random
import unicodedata
from urllib.parse import quote, urlencode

OPERATIONS = ['read', 'list', 'search', 'change', 'create']
# What officers do at their desks, as shares of all they ask; an estimate, no office has been counted yet.
SHARES_OF_A_DAY = {'read': 0.6, 'list': 0.25, 'search': 0.05, 'change': 0.06, 'create': 0.04}

IDS = ("SELECT case_id FROM case_files WHERE party = (SELECT id FROM parties WHERE code = 'XAR') AND side = 'requesting'"
       " AND state = 'draft' AND substr(case_id, 35, 1) IN ('3', 'a')")
NAMES = ("SELECT person_name FROM case_files WHERE party = (SELECT id FROM parties WHERE code = 'XAR') AND side = 'requesting'"
         " AND substr(case_id, 34, 2) IN ('07', 'c1', '5e', '92')")
CONTENTS = ("SELECT f.agreement, c.content FROM case_files f JOIN case_contents c ON c.party = f.party AND c.case_id = f.case_id"
            " WHERE f.party = (SELECT id FROM parties WHERE code = 'XAR') AND f.side = 'requesting' AND f.state = 'draft'"
            " AND substr(f.case_id, 33, 4) LIKE '%7c' LIMIT 2000")
# Each with its orders. Few cases have a deadline: those that were sent.
LISTS = [('draft', 'newest'), ('draft', 'name'), ('screening', 'newest'), ('screening', 'name'), ('suspended', 'newest'),
         ('suspended', 'name'), ('submitted', 'due'), ('closed', 'newest'), ('closed', 'name')]
# What stands in an answer once for each row.
ROW = '"reference":'
REASON = {'reason': 'The court has ordered that nothing is done until it decides.'}


def fold(name):
    """As somebody types it: no accents, no capitals."""
    parts = unicodedata.normalize('NFD', name.replace(',', ''))
    return ''.join(letter for letter in parts if not unicodedata.combining(letter)).lower()


class Sample:
    """What is asked for, drawn by a fixed seed from the rows that `rows(sql)` gives; kept, so that every run asks the same."""

    def __init__(self, rows, folder):
        kept = folder / 'sample.json'
        if not kept.exists():
            drawn = {'ids': sorted(row[0] for row in rows(IDS)), 'names': sorted({row[0] for row in rows(NAMES)} - {', '}),
                     'drafts': [[row[0], json.loads(row[1])] for row in rows(CONTENTS)]}
            kept.write_text(json.dumps(drawn))
        drawn = json.loads(kept.read_text())
        self.ids, self.names, self.drafts = drawn['ids'], drawn['names'], drawn['drafts']
        # A run ends while cases are changed; what it left suspended is not asked to change again.
        still_drafts = {row[0] for row in rows(IDS)}
        self.changeable = [one for one in self.ids if one in still_drafts]
        self.officers = [line.split('\t') for line in (folder / 'tokens').read_text().splitlines()]
        if len(self.ids) < 100 or len(self.names) < 20 or not self.drafts:
            raise RuntimeError('too few cases were loaded to ask about')
        dice = random.Random(20_260_101)
        for items in (self.ids, self.changeable, self.names, self.drafts):
            dice.shuffle(items)

    def full_page(self):
        """Rows that every list must have: a whole page when many cases are loaded."""
        return 25 if len(self.ids) > 10_000 else 0

    def tokens_of(self, role):
        return [token for its_role, _, token in self.officers if its_role == role]

    def owners(self):
        return [user for role, user, _ in self.officers if role == 'case_officer']


def _compact(value):
    return json.dumps(value, ensure_ascii=False, separators=(',', ':'))


class RcmsQuestions:
    """In the words of RCMS's own API, each with the token of an officer who may."""

    def __init__(self, sample):
        self.sample = sample
        self.officers = sample.tokens_of('case_officer')

    def _token(self, at):
        return self.officers[at % len(self.officers)]

    def read(self):
        for at, one in enumerate(self.sample.ids):
            yield 'GET', f'/api/cases/{one}', self._token(at), '', 1, one

    def list(self):
        for at, (state, sort) in enumerate(LISTS * 8):
            target = '/api/cases?' + urlencode({'state': state, 'sort': sort, 'limit': 25})
            yield 'GET', target, self._token(at), '', self.sample.full_page(), ROW
        for at, owner in enumerate(self.sample.owners()):
            target = '/api/cases?' + urlencode({'owner': owner, 'sort': 'due'})
            yield 'GET', target, self._token(at), '', min(1, self.sample.full_page()), ROW

    def search(self):
        for at, name in enumerate(self.sample.names):
            yield 'GET', f'/api/cases?q={quote(fold(name))}&limit=25', self._token(at), '', 1, ROW

    def change(self, clients):
        suspend = self.sample.tokens_of('safeguards_officer')[0]
        lift = self.sample.tokens_of('requesting_supervisor')[0]
        steps = [('suspension', suspend), ('lifting', lift)]
        for one, step in _in_turns(self.sample.changeable, clients):
            noun, token = steps[step]
            yield 'POST', f'/api/cases/{one}/{noun}', token, _compact(REASON), 1, one

    def create(self):
        for at, (agreement, content) in enumerate(self.sample.drafts):
            body = _compact({'agreement': agreement, 'content': content})
            yield 'POST', '/api/cases', self._token(at), body, 1, content['A_person']['surname']


class PlainQuestions:
    """For Fastify and Django, which have the same addresses."""

    def __init__(self, sample):
        self.sample = sample

    def read(self):
        for one in self.sample.ids:
            yield 'GET', f'/cases/{one}', '-', '', 1, one

    def list(self):
        for state, sort in LISTS * 8:
            yield 'GET', '/cases?' + urlencode({'state': state, 'sort': sort}), '-', '', self.sample.full_page(), ROW
        for owner in self.sample.owners():
            yield 'GET', '/cases?' + urlencode({'owner': owner}), '-', '', min(1, self.sample.full_page()), ROW

    def search(self):
        for name in self.sample.names:
            yield 'GET', f'/cases?q={quote(fold(name))}', '-', '', 1, ROW

    def change(self, clients):
        for one, step in _in_turns(self.sample.changeable, clients):
            yield 'PATCH', f'/cases/{one}', '-', _compact({'state': ['suspended', 'draft'][step]}), 1, one

    def create(self):
        for agreement, content in self.sample.drafts:
            yield 'POST', '/cases', '-', _compact({'agreement': agreement, 'content': content}), 1, content['A_person']['surname']


class DirectusQuestions:
    """In the words of Directus' REST API."""

    FIELDS = 'id,reference,agreement,state,stage,owner,person_name,birth,sex,nationality,created_at,changed_at,submitted_on,' \
             'next_due_on,revision'
    SORTS = {'newest': '-changed_at,-id', 'name': 'person_name,id', 'due': 'next_due_on,id'}

    def __init__(self, sample, token):
        self.sample = sample
        self.token = token

    def _list(self, asked):
        return '/items/cases?' + urlencode({'fields': self.FIELDS, 'limit': 25, **asked})

    def read(self):
        for one in self.sample.ids:
            yield 'GET', f'/items/cases/{one}', self.token, '', 1, one

    def list(self):
        for state, sort in LISTS * 8:
            target = self._list({'filter[state][_eq]': state, 'sort': self.SORTS[sort]})
            yield 'GET', target, self.token, '', self.sample.full_page(), ROW
        for owner in self.sample.owners():
            asked = {'filter[owner][_eq]': owner, 'filter[next_due_on][_nnull]': 'true', 'sort': 'next_due_on,id'}
            yield 'GET', self._list(asked), self.token, '', min(1, self.sample.full_page()), ROW

    def search(self):
        for name in self.sample.names:
            words = {f'filter[_and][{at}][name_key][_icontains]': word for at, word in enumerate(fold(name).split())}
            yield 'GET', self._list({**words, 'sort': '-changed_at'}), self.token, '', 1, ROW

    def change(self, clients):
        for one, step in _in_turns(self.sample.changeable, clients):
            yield 'PATCH', f'/items/cases/{one}', self.token, _compact({'state': ['suspended', 'draft'][step]}), 1, one

    def create(self):
        for agreement, content in self.sample.drafts:
            person = content['A_person']
            name = f"{person.get('surname', '')}, {person.get('given_names', '')}"
            row = {'agreement': agreement, 'person_name': name, 'name_key': fold(name), 'birth': person.get('dob', ''),
                   'sex': person.get('sex', ''), 'nationality': person.get('nationality', ''), 'created_at': 1_790_000_000_000,
                   'changed_at': 1_790_000_000_000, 'content': content}
            yield 'POST', '/items/cases', self.token, _compact(row), 1, person['surname']


def _in_turns(ids, clients):
    """Each case is changed and changed back by one connection, one after the other."""
    whole = len(ids) - len(ids) % clients
    for begin in range(0, whole, clients):
        for step in (0, 1):
            for one in ids[begin:begin + clients]:
                yield one, step


def write_questions(questions, operation, clients, path):
    lines = questions.change(clients) if operation == 'change' else getattr(questions, operation)()
    with open(path, 'w', encoding='utf-8') as out:
        for line in lines:
            out.write('\t'.join(str(part) for part in line) + '\n')
