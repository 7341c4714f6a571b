"""The home page, signing in, and who exists. A cadre's page (/cadres/<number>/) is scoring's, which has the years."""

from django.urls import path

from cadres.views import account, audit, cadre, discipline, home, post, session, unit

app_name = "cadres"

urlpatterns = [
    path("", home.home, name="home"),
    path("sign-in/", session.sign_in, name="sign_in"),
    path("sign-out/", session.sign_out, name="sign_out"),
    path("password/", session.password_change, name="password_change"),
    path("accounts/", account.accounts, name="accounts"),
    path("accounts/new/", account.account_create, name="account_create"),
    path("accounts/of/<str:username>/", account.account, name="account"),
    path("accounts/of/<str:username>/password/", account.account_password, name="account_password"),
    path("accounts/of/<str:username>/close/", account.account_deactivate, name="account_deactivate"),
    path("accounts/of/<str:username>/open/", account.account_activate, name="account_activate"),
    path("townships/", unit.townships, name="townships"),
    path("townships/new/", unit.township_create, name="township_create"),
    path("townships/of/<str:code>/", unit.township, name="township"),
    path("departments/", unit.departments, name="departments"),
    path("departments/new/", unit.department_create, name="department_create"),
    path("departments/of/<str:code>/", unit.department, name="department"),
    path("posts/", post.posts, name="posts"),
    path("posts/new/", post.post_create, name="post_create"),
    path("posts/<int:post>/", post.post, name="post"),
    path("posts/<int:post>/shift/", post.post_shift, name="post_shift"),
    path("cadres/", cadre.cadres, name="cadres"),
    path("cadres/new/", cadre.cadre_create, name="cadre_create"),
    path("cadres/<str:number>/edit/", cadre.cadre_update, name="cadre_update"),
    path("cadres/<str:number>/move/", cadre.cadre_move, name="cadre_move"),
    path("cadres/<str:number>/leave/", cadre.cadre_leave, name="cadre_leave"),
    path("cadres/<str:number>/appointments/<int:appointment>/", cadre.appointment, name="appointment"),
    path("discipline/", discipline.disciplines, name="disciplines"),
    path("cadres/<str:number>/discipline/", discipline.discipline, name="discipline"),
    path("cadres/<str:number>/discipline/new/", discipline.discipline_new, name="discipline_new"),
    path("cadres/<str:number>/discipline/<int:record>/revoke/", discipline.discipline_end, name="discipline_revoke"),
    path("audit/", audit.audit, name="audit"),
    path("audit/verify/", audit.audit_verify, name="audit_verify"),
]
