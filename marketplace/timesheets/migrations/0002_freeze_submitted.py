"""Note on the segments of timesheets submitted so far that they stand on one."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def freeze(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    submitted = apps.get_model("timesheets", "Entry").objects.values("segment")
    apps.get_model("workview", "Segment").objects.filter(pk__in=submitted).update(submitted=True)


class Migration(migrations.Migration):
    dependencies = [("timesheets", "0001_initial"), ("workview", "0004_submitted_segments")]
    operations = [migrations.RunPython(freeze, migrations.RunPython.noop)]
