"""Data words of what follows from results, listed so that the English catalogue can hold them (see cadres/terms.py)."""

from django.utils.translation import gettext_noop as _

MEASURES = (_("诫勉"), _("黄牌警告"), _("组织处理建议"), _("集体谈话"), _("限期改进"))
