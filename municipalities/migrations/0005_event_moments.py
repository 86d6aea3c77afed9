"""An index on the moment of the recorded events, by which news asks for them."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('municipalities', '0004_history_stands_fast')]

    operations = [
        migrations.AddIndex(
            model_name='municipalityevent',
            index=models.Index(fields=['pgh_created_at'], name='municipalit_pgh_cre_940f1b_idx'),
        ),
        migrations.AddIndex(
            model_name='populationfigureevent',
            index=models.Index(fields=['pgh_created_at'], name='municipalit_pgh_cre_cf2d8d_idx'),
        ),
        migrations.AddIndex(
            model_name='regionevent',
            index=models.Index(fields=['pgh_created_at'], name='municipalit_pgh_cre_e94675_idx'),
        ),
        migrations.AddIndex(
            model_name='regionmembershipevent',
            index=models.Index(fields=['pgh_created_at'], name='municipalit_pgh_cre_7dd200_idx'),
        ),
        migrations.AddIndex(
            model_name='roleassignmentevent',
            index=models.Index(fields=['pgh_created_at'], name='municipalit_pgh_cre_02bcd4_idx'),
        ),
    ]
