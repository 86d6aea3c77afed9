"""An index on the moment of the recorded events, by which news asks for them."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('workplans', '0006_submission_stands_fast')]

    operations = [
        migrations.AddIndex(
            model_name='actionevent',
            index=models.Index(fields=['pgh_created_at'], name='workplans_a_pgh_cre_7aaf17_idx'),
        ),
        migrations.AddIndex(
            model_name='actionlineevent',
            index=models.Index(fields=['pgh_created_at'], name='workplans_a_pgh_cre_78f65e_idx'),
        ),
        migrations.AddIndex(
            model_name='costlineevent',
            index=models.Index(fields=['pgh_created_at'], name='workplans_c_pgh_cre_a11fc5_idx'),
        ),
        migrations.AddIndex(
            model_name='planapplicationevent',
            index=models.Index(fields=['pgh_created_at'], name='workplans_p_pgh_cre_850dd8_idx'),
        ),
        migrations.AddIndex(
            model_name='planningentryevent',
            index=models.Index(fields=['pgh_created_at'], name='workplans_p_pgh_cre_ff939c_idx'),
        ),
        migrations.AddIndex(
            model_name='sectionevent',
            index=models.Index(fields=['pgh_created_at'], name='workplans_s_pgh_cre_079c09_idx'),
        ),
        migrations.AddIndex(
            model_name='shareevent',
            index=models.Index(fields=['pgh_created_at'], name='workplans_s_pgh_cre_1e023e_idx'),
        ),
        migrations.AddIndex(
            model_name='workplanevent',
            index=models.Index(fields=['pgh_created_at'], name='workplans_w_pgh_cre_63cc1f_idx'),
        ),
    ]
