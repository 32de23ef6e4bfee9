"""The one table, which the benchmark makes and fills."""
import uuid

from django.db import models


class Case(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    reference = models.TextField(unique=True)
    agreement = models.TextField()
    state = models.TextField(default='draft')
    stage = models.TextField(default='draft')
    owner = models.TextField(null=True)
    person_name = models.TextField()
    name_key = models.TextField()
    birth = models.TextField()
    sex = models.TextField()
    nationality = models.TextField()
    created_at = models.BigIntegerField()
    changed_at = models.BigIntegerField()
    submitted_on = models.TextField(null=True)
    next_due_on = models.TextField(null=True)
    revision = models.BigIntegerField(default=1)
    content = models.JSONField()

    class Meta:
        db_table = 'cases'
        managed = False
