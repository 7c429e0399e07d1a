"""The WSGI application for the scaled set-up: any server, PostgreSQL, secrets from the environment."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application
from django.db import connections

from marketplace.foundation.home import close_home
from marketplace.foundation.keys import require_shared
from marketplace.preflight import refuse_published_accounts, refuse_sample

# Pictures and mail are nobody else's, whatever the server's own mask is.
os.umask(0o077)
close_home()
require_shared()
refuse_sample()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings")

application = get_wsgi_application()
refuse_published_accounts()
# A server that loads the application before it forks must hand no connection on to its workers.
connections.close_all()
