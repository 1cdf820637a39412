"""Settings of log-in that are the same everywhere: who, by what, and for how long (decision 11)."""

from typing import Any

AUTH_USER_MODEL = "backoffice.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
_RULES: dict[str, dict[str, Any]] = {
    "LongEnough": {"min_length": 10},
    "NotTheName": {"user_attributes": ["email", "name"]},
    "Varied": {"different": 5},
    "NotCommon": {},
    "NotOnlyDigits": {},
}
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"backoffice.passwords.{name}", "OPTIONS": options} for name, options in _RULES.items()
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "front"
ACCOUNT_ADAPTER = "backoffice.adapters.ClosedDoor"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # whoever gives a user access knows the address
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_NOTIFICATIONS = True  # a person is told when password or second factor changes
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60  # s: how long a log-in or a confirmation is fresh
ACCOUNT_RATE_LIMITS = {  # the rest are allauth's own
    "invitation": "20/m/ip",
    # One address reaches its own limit before a person's: nobody keeps another out from one place.
    "login_failed": "10/300s/ip,20/300s/key",
}
ACCOUNT_FORMS = {
    "login": "backoffice.login_forms.LogIn",
    "change_password": "backoffice.login_forms.ChangePassword",
    "set_password": "backoffice.login_forms.SetPassword",
    "reset_password": "backoffice.login_forms.ResetPassword",
    "reset_password_from_key": "backoffice.login_forms.ResetPasswordKey",
}
MFA_ADAPTER = "backoffice.adapters.SecondFactor"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True  # the invitation went to the address
MFA_TOTP_ISSUER = "Backoffice"
MFA_TOTP_TOLERANCE = 1  # clocks of phones go a little wrong (RFC 6238, 5.2)
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_FORMS = {
    "authenticate": "backoffice.login_forms.Authenticate",
    "reauthenticate": "backoffice.login_forms.Reauthenticate",
    "activate_totp": "backoffice.login_forms.Activate",
}
SESSION_WHOLE_S = 12 * 3600  # however busy: then the person logs in again
SESSION_COOKIE_AGE = SESSION_WHOLE_S
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
