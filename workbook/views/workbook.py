"""A year's workbook in the browser: template, upload, preview, problems, apply."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from assessment.access import year_view
from assessment.models import AssessmentYear
from cadres.access import AccountRequest, may
from workbook.forms.upload import NewYearUploadForm, UploadForm
from workbook.models import Upload
from workbook.selectors.upload import uploads_applied
from workbook.services.import_year import PERMISSION, ImportReport, year_import_preview
from workbook.services.marked import workbook_marked
from workbook.services.template import template_write
from workbook.services.upload import upload_apply, upload_store
from workbook.sheets import SHEETS
from workbook.views.archive import XLSX, attachment


@year_view(PERMISSION)
def workbook(request: AccountRequest, *, year: AssessmentYear) -> HttpResponse:
    """Templates, the upload form, and what was applied before."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = upload_store(**form.content, number=year.number, by=request.user)
        return redirect("workbook:upload", upload=upload.pk)
    context = {"year": year, "form": form, "sheets": SHEETS, "uploads": uploads_applied(year)}
    return render(request, "workbook/workbook.html", context)


@may(PERMISSION)
def workbook_new(request: AccountRequest) -> HttpResponse:
    """The same for a year that may not exist yet."""
    form = NewYearUploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = upload_store(**form.content, number=form.cleaned_data["number"], by=request.user)
        return redirect("workbook:upload", upload=upload.pk)
    return render(request, "workbook/workbook_new.html", {"form": form})


@year_view(PERMISSION)
def template(request: AccountRequest, *, year: AssessmentYear) -> HttpResponse:
    """The workbook with what is stored now; `?sheet=` for one sheet of it."""
    return _template(request, year)


@may(PERMISSION)
def template_new(request: AccountRequest) -> HttpResponse:
    return _template(request, None)


def _template(request: AccountRequest, year: AssessmentYear | None) -> HttpResponse:
    sheet = request.GET.get("sheet") or None
    try:
        content = template_write(year=year, sheet=sheet, by=request.user)
    except KeyError:
        raise Http404(sheet) from None
    return attachment(content, XLSX, f"{year or ''}年度考评数据{f'-{sheet}' if sheet else ''}.xlsx")


@may(PERMISSION)
def upload(request: AccountRequest, *, upload: int) -> HttpResponse:
    """What the workbook would change, or everything that is wrong with it."""
    draft = get_object_or_404(Upload, pk=upload)
    report = year_import_preview(data=draft.data, number=draft.number, by=request.user)
    return _report(request, draft, report)


@may(PERMISSION)
@require_POST
def upload_apply_view(request: AccountRequest, *, upload: int) -> HttpResponse:
    """Save what was confirmed; where it would be something else by now, show that instead."""
    draft = get_object_or_404(Upload, pk=upload)
    report = upload_apply(upload=draft, confirmed=request.POST.get("confirmed", ""), by=request.user)
    if not report.applied:
        messages.warning(
            request, _("The data changed since the preview. Nothing was saved; this is what would change now.")
        )
        return _report(request, draft, report)
    counts = {"added": report.added, "changed": report.changed, "removed": report.removed}
    words = {"file": draft.file_name, "unchanged": report.unchanged} | counts
    text = _("%(file)s was saved: %(added)d added, %(changed)d changed, %(removed)d removed, %(unchanged)d unchanged.")
    messages.success(request, text % words)
    return redirect("workbook:workbook", year=draft.number)


@may(PERMISSION)
def upload_marked(request: AccountRequest, *, upload: int) -> HttpResponse:
    """The workbook back, its bad cells marked."""
    draft = get_object_or_404(Upload, pk=upload)
    report = year_import_preview(data=draft.data, number=draft.number, by=request.user)
    if report.reading.book is None:
        raise Http404
    content = workbook_marked(data=draft.data, reading=report.reading)
    return attachment(content, XLSX, f"{draft.file_name.removesuffix('.xlsx')}-{_('marked')}.xlsx")


def _report(request: AccountRequest, draft: Upload, report: ImportReport) -> HttpResponse:
    year = AssessmentYear.objects.filter(number=draft.number).first()
    request.assessment_year = year  # type: ignore[attr-defined]
    context = {"upload": draft, "report": report, "year": year, "reading": report.reading}
    return render(request, "workbook/upload.html", context)
