"""The WSGI application for the scaled set-up: any server, PostgreSQL, secrets from the environment."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from marketplace.foundation.keys import require_shared

require_shared()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings")

application = get_wsgi_application()
