"""Plain views, written as the documentation of Django does: the ORM, JsonResponse, `values` where no object is needed."""
import json
import re
import time
import unicodedata
import uuid

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import F
from django.http import Http404, JsonResponse

from .models import Case

SUMMARY = ['id', 'reference', 'agreement', 'state', 'stage', 'owner', 'person_name', 'birth', 'sex', 'nationality', 'created_at',
           'changed_at', 'submitted_on', 'next_due_on', 'revision']
SORTS = {'newest': ['-changed_at', '-id'], 'name': ['person_name', 'id'], 'due': ['next_due_on', 'id']}


def now_ms():
    return int(time.time() * 1000)


def fold(name):
    parts = unicodedata.normalize('NFD', name)
    return ''.join(letter for letter in parts if not unicodedata.combining(letter)).lower()


def words(query):
    return ' & '.join(word + ':*' for word in re.findall(r'\w+', query))


def find_cases(asked):
    if 'q' in asked:
        rows = Case.objects.annotate(words=SearchVector('name_key', config='simple')).filter(
            words=SearchQuery(words(asked['q']), config='simple', search_type='raw'))
        return rows.order_by('-changed_at')
    if 'owner' in asked:
        return Case.objects.filter(owner=asked['owner'], next_due_on__isnull=False).order_by('next_due_on', 'id')
    return Case.objects.filter(state=asked['state']).order_by(*SORTS[asked.get('sort', 'newest')])


def answer_with(content, status=200):
    return JsonResponse(content, status=status, json_dumps_params={'ensure_ascii': False, 'separators': (',', ':')})


def present(one, status=200):
    return answer_with({name: getattr(one, name) for name in [*SUMMARY, 'content']}, status)


def cases(request):
    if request.method == 'POST':
        return create(json.loads(request.body))
    return answer_with({'items': list(find_cases(request.GET).values(*SUMMARY)[:25])})


def create(draft):
    person = draft['content'].get('A_person', {})
    name = f"{person.get('surname', '')}, {person.get('given_names', '')}"
    now = now_ms()
    one = Case.objects.create(
        reference=f'NEW-{uuid.uuid4()}', agreement=draft['agreement'], person_name=name, name_key=fold(name),
        birth=person.get('dob', ''), sex=person.get('sex', ''), nationality=person.get('nationality', ''), created_at=now,
        changed_at=now, content=draft['content'])
    return present(one, 201)


def case(request, case_id):
    if request.method == 'PATCH':
        change = json.loads(request.body)
        Case.objects.filter(id=case_id).update(state=change['state'], changed_at=now_ms(), revision=F('revision') + 1)
    try:
        return present(Case.objects.get(id=case_id))
    except Case.DoesNotExist as missing:
        raise Http404 from missing
