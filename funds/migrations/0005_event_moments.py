"""An index on the moment of the recorded events, by which news asks for them."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('funds', '0004_ledger_guards')]

    operations = [
        migrations.AddIndex(
            model_name='applicationevent',
            index=models.Index(fields=['pgh_created_at'], name='funds_appli_pgh_cre_c85444_idx'),
        ),
        migrations.AddIndex(
            model_name='applicationlineevent',
            index=models.Index(fields=['pgh_created_at'], name='funds_appli_pgh_cre_59df3f_idx'),
        ),
        migrations.AddIndex(
            model_name='envelopeevent',
            index=models.Index(fields=['pgh_created_at'], name='funds_envel_pgh_cre_78a1ef_idx'),
        ),
        migrations.AddIndex(
            model_name='envelopemutationevent',
            index=models.Index(fields=['pgh_created_at'], name='funds_envel_pgh_cre_8c692b_idx'),
        ),
        migrations.AddIndex(
            model_name='fundevent',
            index=models.Index(fields=['pgh_created_at'], name='funds_funde_pgh_cre_1dda39_idx'),
        ),
        migrations.AddIndex(
            model_name='grantevent',
            index=models.Index(fields=['pgh_created_at'], name='funds_grant_pgh_cre_3133d3_idx'),
        ),
        migrations.AddIndex(
            model_name='roundevent',
            index=models.Index(fields=['pgh_created_at'], name='funds_round_pgh_cre_0f5539_idx'),
        ),
    ]
