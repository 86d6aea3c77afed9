from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('municipalities', '0006_organisations'),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='mailing',
            field=models.CharField(choices=[('direct', 'Meteen'), ('dagelijks', 'Eén keer per dag'), ('geen', 'Niet')], default='dagelijks', max_length=12, verbose_name='meldingen per mail'),
        ),
    ]
