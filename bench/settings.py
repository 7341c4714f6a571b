"""The settings of a workplace with the other sides of the benches beside the site: hello, the textbook."""

from config.settings import *  # noqa: F403
from config.settings import INSTALLED_APPS as SITE

INSTALLED_APPS = [*SITE, "bench.textbook"]
ROOT_URLCONF = "bench.urls"
