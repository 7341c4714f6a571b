from django.urls import path

from workbook.views import archive

app_name = "workbook"

urlpatterns = [
    path("years/<int:year>/archive/", archive.archive, name="archive"),
    path("years/<int:year>/archive/workbook/", archive.archive_file, name="archive_file"),
    path("years/<int:year>/archive/record/", archive.record_file, name="record_file"),
]
