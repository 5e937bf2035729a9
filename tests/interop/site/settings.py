# SPDX-FileCopyrightText: 2026 The Parlour developers
# SPDX-License-Identifier: MIT
"""The settings of the Django Channels tutorial; what a test chooses comes by the environment."""

import os

SECRET_KEY = "of no use to anybody"
DEBUG = True
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "chat"
INSTALLED_APPS = ["channels"]
USE_TZ = True
ASGI_APPLICATION = "asgi.application"

CHANNEL_LAYERS = {
    "default": {
        "BACKEND": os.environ["SITE_BACKEND"],
        "CONFIG": {
            **({"hosts": [os.environ["SITE_REDIS"]]} if "SITE_REDIS" in os.environ else {}),
            "capacity": int(os.environ.get("SITE_CAPACITY", "100")),
            "expiry": int(os.environ.get("SITE_EXPIRY", "60")),
        },
    },
}
