from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("municipalities", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="last_seen_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="laatst gezien op"),
        ),
        migrations.AddField(
            model_name="user",
            name="visited_until",
            field=models.DateTimeField(editable=False, null=True, verbose_name="vorig bezoek tot"),
        ),
    ]
