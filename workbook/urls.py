from django.urls import path

from workbook.views import archive, bonus_sheet, seal, workbook

app_name = "workbook"

urlpatterns = [
    path("years/<int:year>/workbook/", workbook.workbook, name="workbook"),
    path("years/<int:year>/workbook/template/", workbook.template, name="template"),
    path("workbook/new/", workbook.workbook_new, name="workbook_new"),
    path("workbook/new/template/", workbook.template_new, name="template_new"),
    path("workbook/uploads/<int:upload>/", workbook.upload, name="upload"),
    path("workbook/uploads/<int:upload>/apply/", workbook.upload_apply_view, name="upload_apply"),
    path("workbook/uploads/<int:upload>/marked/", workbook.upload_marked, name="upload_marked"),
    path("years/<int:year>/bonus/workbook/", bonus_sheet.bonus_sheet, name="bonus_sheet"),
    path("seals/", seal.seals, name="seals"),
    path("years/<int:year>/archive/", archive.archive, name="archive"),
    path("years/<int:year>/archive/workbook/", archive.archive_file, name="archive_file"),
    path("years/<int:year>/archive/record/", archive.record_file, name="record_file"),
]
