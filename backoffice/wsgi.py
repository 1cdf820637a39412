"""The WSGI application that gunicorn serves; it does not serve where a guard is missing."""

import os

from django.core.wsgi import get_wsgi_application

from backoffice.starting import verify_guards

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backoffice.settings")

application = get_wsgi_application()
verify_guards()
