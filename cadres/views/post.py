"""The county's list of posts, in its order."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cadres.access import AccountRequest, may
from cadres.forms.post import PostForm
from cadres.forms.saving import form_saved, posted
from cadres.models import Post
from cadres.permissions import allows
from cadres.services.post import post_save
from cadres.services.post import post_shift as shift
from cadres.views.pages import create_button, form_page


@may("cadres.view_units")
def posts(request: AccountRequest) -> HttpResponse:
    ordered = {"posts": Post.objects.filter(is_active=True), "ordered": True}
    unused = {"posts": Post.objects.filter(is_active=False), "title": _("Out of use")}
    can_change = allows(request.user, "cadres.change_roster")
    button = create_button(request.user, "cadres.change_roster", "cadres:post_create", _("New post"))
    return render(request, "cadres/posts.html", {"groups": [ordered, unused], "can_change": can_change, **button})


@may("cadres.change_roster")
def post_create(request: AccountRequest) -> HttpResponse:
    return _post_form(request, Post(), _("New post"))


@may("cadres.change_roster")
def post(request: AccountRequest, post: int) -> HttpResponse:
    edited = get_object_or_404(Post, pk=post)
    return _post_form(request, edited, edited.name)


@may("cadres.change_roster")
@require_POST
def post_shift(request: AccountRequest, post: int) -> HttpResponse:
    moved = get_object_or_404(Post, pk=post, is_active=True)
    shift(post=moved, up=request.POST.get("to") == "up", by=request.user)
    return redirect(reverse("cadres:posts") + f"#post-{moved.pk}")


def _post_form(request: AccountRequest, edited: Post, title: str) -> HttpResponse:
    form = PostForm(posted(request), instance=edited)
    if form_saved(form, lambda: post_save(post=form.instance, by=request.user)):
        messages.success(request, _("“%(name)s” is saved.") % {"name": form.instance.name})
        return redirect("cadres:posts")
    crumb, back = _("Posts"), reverse("cadres:posts")
    return form_page(request, form, title=title, back=back, crumb=crumb, action=_("Save"))
