"""The guards of what was asked and answered, and topics to begin with."""

from django.db import migrations

from cms.core.triggers import install_all
from cms.questions.triggers import QUESTION_TRIGGERS

TOPICS = (
    ("Danh mục sản phẩm, công việc", 5),
    ("Tiêu chí và cách chấm điểm", 5),
    ("Trình tự, thời hạn đánh giá", 5),
    ("Sử dụng phần mềm, tài khoản", 3),
    ("Vướng mắc khác", 7),
)


def install(apps, schema_editor):
    topic = apps.get_model("questions", "QuestionTopic")
    topic.objects.bulk_create(topic(name=name, days=days) for name, days in TOPICS)
    install_all(QUESTION_TRIGGERS, schema_editor)


def remove(apps, schema_editor):
    for trigger in QUESTION_TRIGGERS:
        trigger.remove(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("questions", "0001_initial")]

    operations = [migrations.RunPython(install, remove)]
