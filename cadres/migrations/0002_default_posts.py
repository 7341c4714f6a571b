"""The county's list of posts before it has one of its own (WORKBOOK.md 职务), so that forms work from the first day."""

from typing import Any

from django.db import migrations


def add_posts(apps: Any, schema_editor: Any) -> None:
    from cadres.services.post import default_posts

    post = apps.get_model("cadres", "Post")
    post.objects.bulk_create(post(name=name, **fields) for name, fields in default_posts().items())


class Migration(migrations.Migration):
    dependencies = [("cadres", "0001_initial")]

    operations = [migrations.RunPython(add_posts, migrations.RunPython.noop)]
