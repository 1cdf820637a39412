"""A mail server that does not answer."""

from django.core.mail.backends.base import BaseEmailBackend


class NoMail(BaseEmailBackend):
    """Refuses the connection."""

    def send_messages(self, _letters):
        """Raise what a socket would."""
        raise ConnectionRefusedError
