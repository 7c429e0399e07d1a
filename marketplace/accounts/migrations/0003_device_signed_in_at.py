"""When somebody last signed in on a tracker: for those that are signed in already, when it was used first."""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F
from django.utils import timezone


def _from_first_use(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("accounts", "Device").objects.update(signed_in_at=F("first_used_at"))


class Migration(migrations.Migration):
    """Adds the column and fills it."""

    dependencies = [("accounts", "0002_devices")]

    operations = [
        migrations.AddField(
            model_name="device",
            name="signed_in_at",
            field=models.DateTimeField(default=timezone.now),
            preserve_default=False,
        ),
        migrations.RunPython(_from_first_use, migrations.RunPython.noop),
    ]
