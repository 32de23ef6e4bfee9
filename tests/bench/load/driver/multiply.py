"""Copies of the acted cases, until there are as many as wanted: rows with other ids, references and times.

The acts of officers make a few hundred cases a second for each processor, so a million would take most of an hour. The copies
have everything that questions touch (file, words under which it is found, deadlines) but no ledger entries before their
first change.
"""

# Ids of these years begin with 01; those of a copy lie in a time that is far away.
NEW_ID = "'{1:02x}' || substr({0}, 3)"

FILES = """
INSERT INTO case_files (party, case_id, side, partner, agreement, reference, partner_reference, state, state_before, stage,
  is_open, revision, author, owner, person_name, person_original, birth, sex, nationality, portrait, created_at, changed_at,
  submitted_on, next_due_on, next_due_kind, clock, reply, acts, step_since, tell_on, told, held_until, hold)
SELECT party, {new_id}, side, partner, agreement, reference || '-{copy}', partner_reference, state, state_before, stage,
  is_open, revision, author, owner, person_name, person_original, birth, sex, nationality, portrait, created_at + {copy},
  changed_at + {copy}, submitted_on, next_due_on, next_due_kind, clock, reply, acts, step_since,
  tell_on, told, held_until, hold
FROM case_files WHERE side = 'requesting' AND reference NOT LIKE '%-%-%-%-%'
"""
SUBJECTS = """
INSERT INTO search_subjects (party, kind, subject, words)
SELECT w.party, w.kind, {new_subject}, w.words
FROM search_subjects w JOIN case_files f ON f.party = w.party AND f.case_id = w.subject AND f.side = 'requesting'
WHERE w.kind = 'requesting' AND f.reference NOT LIKE '%-%-%-%-%'
"""
FORMS = """
INSERT INTO case_contents (party, case_id, content)
SELECT c.party, {new_case}, c.content
FROM case_contents c JOIN case_files f ON f.party = c.party AND f.case_id = c.case_id AND f.side = 'requesting'
WHERE f.reference NOT LIKE '%-%-%-%-%'
"""
DEADLINES = """
INSERT INTO deadlines (id, party, case_id, kind, due_on, state, computed_at, ended_at, computation)
SELECT {new_deadline}, d.party, {new_case}, d.kind, d.due_on, d.state, d.computed_at, d.ended_at, d.computation
FROM deadlines d JOIN case_files f ON f.party = d.party AND f.case_id = d.case_id AND f.side = 'requesting'
WHERE f.reference NOT LIKE '%-%-%-%-%'
"""


def statements(copies):
    """The statements for this many copies of each case; each may be carried out on its own, files first."""
    for copy in range(1, copies + 1):
        yield FILES.format(new_id=NEW_ID.format('case_id', copy + 1), copy=copy)
        yield FORMS.format(new_case=NEW_ID.format('c.case_id', copy + 1))
        yield DEADLINES.format(new_deadline=NEW_ID.format('d.id', copy + 1), new_case=NEW_ID.format('d.case_id', copy + 1))
    for copy in range(1, copies + 1):
        yield SUBJECTS.format(new_subject=NEW_ID.format('w.subject', copy + 1))


TABLES = "('case_files', 'search_subjects')"


def multiply(execute, rows, is_postgresql, copies):
    """`execute(sql, …)` carries statements out one by one; secondary indexes are made anew afterwards, which is faster."""
    if is_postgresql:
        listed = rows("SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND indexname NOT LIKE '%_pkey'"
                      f' AND tablename IN {TABLES}')
    else:
        listed = rows(f"SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN {TABLES}")
    # The copies join words to files by their keys, which stay.
    execute(*[f'DROP INDEX {name}' for name, _ in listed])
    # Without statistics PostgreSQL joins row by row through everything.
    execute('ANALYZE')
    execute(*statements(copies))
    execute(*[sql for _, sql in listed])
    if not is_postgresql:
        execute('INSERT INTO before_commit (now) VALUES (1)')  # words of the copies go into the index
