"""Mail servers that do not take every letter."""

from smtplib import SMTPRecipientsRefused

from django.core.mail.backends.locmem import EmailBackend


class NotToRolf(EmailBackend):
    """Hangs up on letters to one person."""

    def send_messages(self, messages) -> int:
        if "rolf@example.no" in messages[0].to:
            raise ConnectionResetError
        return super().send_messages(messages)


class KnowsNobody(EmailBackend):
    """Refuses every address."""

    def send_messages(self, messages) -> int:
        raise SMTPRecipientsRefused({messages[0].to[0]: (550, b"no such user")})
