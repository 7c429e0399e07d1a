from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('workview', '0001_initial'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='picture',
            name='workview_picture_no_duplicate',
        ),
    ]
