"""The settings of the tests: those of a workplace, whatever the machine's environment says, without slow hashing."""

import os

os.environ |= {
    "ENVIRONMENT": "local",
    "SECRET_KEY": "local-for-tests-only-" + "x" * 40,
    "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
    "DEBUG": "false",
}
os.environ.pop("HTTPS", None)

from config.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Each test client would list every static file anew.
WHITENOISE_AUTOREFRESH = True
LOGGING = {"version": 1, "disable_existing_loggers": False}
