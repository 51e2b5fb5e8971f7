import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from cms.evaluations.triggers import (
    EVALUATION_TRIGGERS,
    FIGURE_TRIGGERS,
    HEARING_TRIGGERS,
    ORGANISATION_TRIGGERS,
    PLAN_LOCK_TRIGGERS,
)


def without_guards(apps, schema_editor):
    """SQLite makes tables anew, which guards that ask of them do not survive; 0012 brings all of them back."""
    for trigger in [*EVALUATION_TRIGGERS, *PLAN_LOCK_TRIGGERS, *HEARING_TRIGGERS, *FIGURE_TRIGGERS, *ORGANISATION_TRIGGERS]:
        trigger.remove(schema_editor)


class Migration(migrations.Migration):

    dependencies = [
        ("evaluations", "0023_figures"),
        ('frameworks', '0015_issuing_decisions'),
        ('organisations', '0022_result_is_read'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(without_guards, migrations.RunPython.noop),
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('present', models.BooleanField(verbose_name='present')),
            ],
            options={
                'verbose_name': 'attendance',
                'verbose_name_plural': 'attendance',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=64, verbose_name='decision number')),
                ('number_key', models.CharField(editable=False, max_length=64)),
                ('signed_on', models.DateField(verbose_name='signed on')),
                ('year', models.PositiveSmallIntegerField(editable=False)),
                ('recorded_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'decision on evaluations',
                'verbose_name_plural': 'decisions on evaluations',
                'ordering': ['-signed_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('held_on', models.DateField(verbose_name='held on')),
                ('chair', models.CharField(max_length=200, verbose_name='chaired by')),
                ('minutes', models.TextField(verbose_name='minutes')),
                ('recorded_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'meeting of a unit',
                'verbose_name_plural': 'meetings of units',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('notified_on', models.DateField(verbose_name='notified on')),
                ('bodies', models.CharField(blank=True, max_length=500, verbose_name='also to')),
                ('sent_at', models.DateTimeField()),
                ('acknowledged_at', models.DateTimeField(blank=True, null=True, verbose_name='received on')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name': 'notice of a result',
                'verbose_name_plural': 'notices of results',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Procedure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40, verbose_name='code')),
                ('number', models.PositiveSmallIntegerField(verbose_name='version')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('kinds', models.JSONField(default=list, verbose_name='periods')),
                ('blocks', models.JSONField(blank=True, default=list, verbose_name='blocks')),
                ('subjects', models.JSONField(blank=True, default=list, verbose_name='whose evaluations')),
                ('frameworks', models.JSONField(blank=True, default=list, verbose_name='criteria frameworks')),
                ('basis', models.CharField(blank=True, max_length=500, verbose_name='legal basis')),
                ('ends', models.BooleanField(default=False, verbose_name='the procedure no longer holds')),
                ('effective_from', models.DateField(blank=True, null=True, verbose_name='in effect from')),
                ('decision_number', models.CharField(blank=True, max_length=64, verbose_name='decision number')),
                ('issued_at', models.DateTimeField(null=True, verbose_name='issued at')),
            ],
            options={
                'verbose_name': 'evaluation procedure',
                'verbose_name_plural': 'evaluation procedures',
                'ordering': ['code', '-number'],
            },
        ),
        migrations.CreateModel(
            name='ProcedureStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1)], verbose_name='order')),
                ('step', models.CharField(choices=[('assess', 'Self-assessment'), ('meet', 'Meeting of the unit'), ('mark', 'Marks of the manager'), ('verify', 'Verification'), ('review', 'Re-examination'), ('opinion', 'Opinion'), ('decide', 'Decision'), ('notify', 'Notice')], max_length=8, verbose_name='step')),
                ('name', models.CharField(blank=True, max_length=120, verbose_name='called')),
                ('actor', models.CharField(choices=[('self', 'The officer'), ('evaluate', 'Who evaluates, by the table of authority'), ('classify', 'Who classifies, by the table of authority'), ('opinion', 'Who is asked for an opinion, by the table of authority'), ('uploader', 'Personnel body of the agency'), ('agency_head', 'Head of the agency'), ('editor', 'Appraising editor'), ('approver', 'Appraising approver'), ('provincial_approver', 'Provincial approver')], max_length=20, verbose_name='done by')),
                ('due_rule', models.CharField(blank=True, choices=[('', 'No deadline'), ('opened', 'Days after the opening'), ('before_end', 'Days before the end of the period'), ('after_end', 'Days after the end of the period'), ('date', 'Day and month'), ('classified', 'The day before which the framework classifies')], max_length=12, verbose_name='deadline')),
                ('due_value', models.CharField(blank=True, max_length=5, verbose_name='days, or dd/mm')),
                ('remind_days', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='reminder, days before')),
                ('numbered', models.BooleanField(default=False, verbose_name='needs the number and date of a decision')),
            ],
            options={
                'verbose_name': 'step of a procedure',
                'verbose_name_plural': 'steps of procedures',
                'ordering': ['procedure', 'order'],
            },
        ),
        migrations.CreateModel(
            name='SpecialYearEnd',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('document', models.CharField(max_length=300, verbose_name='document of the superior')),
                ('granted_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'special end of the year',
                'verbose_name_plural': 'special ends of the year',
                'ordering': ['-year', 'agency__path'],
            },
        ),
        migrations.CreateModel(
            name='StaleMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('marked_at', models.DateTimeField()),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name': 'basis that moved',
                'verbose_name_plural': 'bases that moved',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='YearClock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=300, verbose_name='what is due')),
                ('done_by', models.CharField(blank=True, max_length=200, verbose_name='by whom')),
                ('block', models.CharField(blank=True, choices=[('government', 'Government'), ('party', 'Party'), ('front', 'Fatherland Front'), ('mass', 'Mass organisations')], max_length=12, verbose_name='block')),
                ('months', models.JSONField(default=list, verbose_name='months')),
                ('first_day', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(31)], verbose_name='from day')),
                ('last_day', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(31)], verbose_name='to day')),
                ('basis', models.CharField(blank=True, max_length=300, verbose_name='legal basis')),
            ],
            options={
                'verbose_name': 'clock of the year',
                'verbose_name_plural': 'clocks of the year',
                'ordering': ['first_day', 'pk'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='evaluation',
            name='evaluation_step_known',
        ),
        migrations.AddField(
            model_name='evaluation',
            name='adviser',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.officer', verbose_name='asked for an opinion'),
        ),
        migrations.AddField(
            model_name='evaluation',
            name='adviser_reason',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='evaluation',
            name='awaits_actor',
            field=models.CharField(blank=True, choices=[('self', 'The officer'), ('evaluate', 'Who evaluates, by the table of authority'), ('classify', 'Who classifies, by the table of authority'), ('opinion', 'Who is asked for an opinion, by the table of authority'), ('uploader', 'Personnel body of the agency'), ('agency_head', 'Head of the agency'), ('editor', 'Appraising editor'), ('approver', 'Appraising approver'), ('provincial_approver', 'Provincial approver')], max_length=20, verbose_name='to be done by'),
        ),
        migrations.AddField(
            model_name='evaluation',
            name='awaits_due',
            field=models.DateField(blank=True, null=True, verbose_name='to be done before'),
        ),
        migrations.AddField(
            model_name='evaluation',
            name='notified_on',
            field=models.DateField(blank=True, null=True, verbose_name='notified on'),
        ),
        migrations.AddField(
            model_name='evaluation',
            name='steps',
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name='evaluationact',
            name='in_place_of',
            field=models.CharField(blank=True, max_length=700),
        ),
        migrations.AlterField(
            model_name='evaluation',
            name='awaits',
            field=models.CharField(blank=True, choices=[('assess', 'Self-assessment'), ('meet', 'Meeting of the unit'), ('mark', 'Marks of the manager'), ('verify', 'Verification'), ('review', 'Re-examination'), ('opinion', 'Opinion'), ('decide', 'Decision'), ('notify', 'Notice')], max_length=8, verbose_name='waits for'),
        ),
        migrations.AlterField(
            model_name='evaluationact',
            name='act',
            field=models.CharField(choices=[('assess', 'Self-assessment'), ('meet', 'Meeting of the unit'), ('mark', 'Marks of the manager'), ('verify', 'Verification'), ('review', 'Re-examination'), ('opinion', 'Opinion'), ('decide', 'Decision'), ('notify', 'Notice'), ('send_back', 'Sent back'), ('reopen', 'Reopened after the lock')], max_length=10),
        ),
        migrations.AddField(
            model_name='attendance',
            name='officer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.officer', verbose_name='officer'),
        ),
        migrations.AddField(
            model_name='decision',
            name='agency',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.agency', verbose_name='issued by'),
        ),
        migrations.AddField(
            model_name='decision',
            name='recorded_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='evaluationact',
            name='decision',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='acts', to='evaluations.decision', verbose_name='decision'),
        ),
        migrations.AddField(
            model_name='meeting',
            name='agency',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.agency', verbose_name='unit'),
        ),
        migrations.AddField(
            model_name='meeting',
            name='period',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='evaluations.period', verbose_name='evaluation period'),
        ),
        migrations.AddField(
            model_name='meeting',
            name='recorded_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='attendance',
            name='meeting',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendance', to='evaluations.meeting'),
        ),
        migrations.AddField(
            model_name='evaluationact',
            name='meeting',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='acts', to='evaluations.meeting'),
        ),
        migrations.AddField(
            model_name='notice',
            name='evaluation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='evaluations.evaluation'),
        ),
        migrations.AddField(
            model_name='notice',
            name='sent_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='procedure',
            name='issued_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='procedure',
            name='written_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='evaluation',
            name='procedure',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evaluations.procedure', verbose_name='evaluation procedure'),
        ),
        migrations.AddIndex(
            model_name='evaluation',
            index=models.Index(fields=['adviser', 'awaits'], name='evaluation_adviser'),
        ),
        migrations.AddIndex(
            model_name='evaluation',
            index=models.Index(fields=['awaits_actor', 'agency'], name='evaluation_body'),
        ),
        migrations.AddIndex(
            model_name='evaluation',
            index=models.Index(fields=['awaits_due'], name='evaluation_due'),
        ),
        migrations.AddConstraint(
            model_name='evaluation',
            constraint=models.CheckConstraint(condition=models.Q(('awaits__in', ['', 'assess', 'meet', 'mark', 'verify', 'review', 'opinion', 'decide', 'notify'])), name='evaluation_step_known'),
        ),
        migrations.AddField(
            model_name='procedurestep',
            name='procedure',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='evaluations.procedure'),
        ),
        migrations.AddField(
            model_name='specialyearend',
            name='agency',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.agency', verbose_name='agency'),
        ),
        migrations.AddField(
            model_name='specialyearend',
            name='granted_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='stalemark',
            name='because_of',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evaluations.evaluation'),
        ),
        migrations.AddField(
            model_name='stalemark',
            name='evaluation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stale_marks', to='evaluations.evaluation'),
        ),
        migrations.AddConstraint(
            model_name='yearclock',
            constraint=models.CheckConstraint(condition=models.Q(('last_day__gte', models.F('first_day'))), name='year_clock_days_in_order', violation_error_message='The last day is before the first.'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.UniqueConstraint(fields=('agency', 'year', 'number_key'), name='evaluation_decision_number_once'),
        ),
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.UniqueConstraint(fields=('meeting', 'officer'), name='attendance_once'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('evaluation',), name='notice_stands_once'),
        ),
        migrations.AddConstraint(
            model_name='procedure',
            constraint=models.UniqueConstraint(fields=('code', 'number'), name='procedure_number'),
        ),
        migrations.AddConstraint(
            model_name='procedure',
            constraint=models.UniqueConstraint(condition=models.Q(('issued_at', None)), fields=('code',), name='procedure_one_draft'),
        ),
        migrations.AddConstraint(
            model_name='procedure',
            constraint=models.CheckConstraint(condition=models.Q(('issued_at', None), models.Q(('effective_from__isnull', False), models.Q(('decision_number', ''), _negated=True)), _connector='OR'), name='procedure_issued_whole'),
        ),
        migrations.AddConstraint(
            model_name='procedurestep',
            constraint=models.UniqueConstraint(fields=('procedure', 'order'), name='procedure_step_order'),
        ),
        migrations.AddConstraint(
            model_name='procedurestep',
            constraint=models.UniqueConstraint(fields=('procedure', 'step'), name='procedure_step_once'),
        ),
        migrations.AddConstraint(
            model_name='specialyearend',
            constraint=models.UniqueConstraint(fields=('agency', 'year'), name='special_year_end_once'),
        ),
        migrations.AddConstraint(
            model_name='stalemark',
            constraint=models.UniqueConstraint(condition=models.Q(('settled_at', None)), fields=('evaluation', 'because_of'), name='stale_mark_once'),
        ),
    ]
