"""`POST /api/v1/saft`: a till delivers its file by itself, and is answered with what came of it.

The key says which company; no session and no cookie is looked at. The file goes to disk as it comes
and then the same way as one that a person uploads.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import wraps

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.utils.timezone import localtime
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables

from accounting import clock
from accounting.books.domain.issues import Issue, from_json
from integrations.pos import answers, tokens, uploads
from integrations.pos.forms import MEGABYTE
from integrations.pos.models import IntakeFile, IntakeToken

CHUNK = 1 << 16
FORM = "multipart/form-data"
FORM_AROUND = 1 << 16  # bytes of a form that are not the file's own
AGAIN_S = 10
# What HTTP wants said beside a status.
_BESIDE = {
    401: {"WWW-Authenticate": "Bearer"},
    405: {"Allow": "POST"},
    429: {"Retry-After": "60"},
}
_View = Callable[[HttpRequest, IntakeToken], HttpResponse]


class _Refused(Exception):
    """The delivery is not taken, for this reason, with this HTTP status."""

    def __init__(self, status: int, code: str, **facts: str) -> None:
        super().__init__(code)
        self.status = status
        self.issue = Issue(code, facts=tuple(facts.items()))


def _with_token(view: _View) -> Callable[[HttpRequest], HttpResponse]:
    """Open an address to whoever has a key in use; what is wrong is answered as JSON."""

    @csrf_exempt
    @never_cache
    @wraps(view)
    @sensitive_variables()
    def answered(request: HttpRequest) -> HttpResponse:
        try:
            return view(request, _token(request))
        except _Refused as refusal:
            answer = answers.refused(request, refusal.status, refusal.issue)
            for name, value in _BESIDE.get(refusal.status, {}).items():
                answer[name] = value
            return answer

    return answered


@sensitive_variables()
def _token(request: HttpRequest) -> IntakeToken:
    token = tokens.opened_with(request.headers.get("Authorization", ""))
    if token is None:
        raise _Refused(401, "token-refused")
    if request.method != "POST":
        raise _Refused(405, "delivery-not-post")
    now, most = clock.now(), settings.INTAKE_PER_MINUTE
    if tokens.too_often(token, most, now):
        raise _Refused(429, "delivery-too-often", limit=str(most))
    tokens.used(token, now)
    return token


@_with_token
def saft(request: HttpRequest, token: IntakeToken) -> HttpResponse:
    """Take one SAF-T file in (XML or ZIP): the body itself, or a form's field `file`.

    201 with the report of `import_saft`; 200 for a file known before; 202 while somebody else is
    still reading it; 400 for a file that is refused, with nothing of it stored.
    """
    if token.scope != IntakeToken.SAFT:
        raise _Refused(403, "token-for-other-use")
    if not token.company.accounting_enabled:
        raise _Refused(403, "accounting-off")
    name, chunks = _file(request)
    kept = uploads.keep(token.company, name, chunks, clock.now(), None, token)
    read_now = uploads.read_stored(kept.pk, wait_s=settings.INTAKE_WAIT_S)
    kept.refresh_from_db()
    return _answer(request, kept, known=not read_now)


def _answer(request: HttpRequest, row: IntakeFile, *, known: bool) -> HttpResponse:
    if row.state == IntakeFile.READ:
        return answers.told(request, row, known=known)
    if row.refusal:
        return answers.refused(request, 400, from_json(row.refusal))
    waiting = answers.refused(request, 202, Issue("delivery-being-read"))
    waiting["Retry-After"] = str(AGAIN_S)
    return waiting


def _file(request: HttpRequest) -> tuple[str, Iterable[bytes]]:
    """Give the file's name and its bytes; what is too large is refused before it is read."""
    limit = settings.UPLOAD_MAX_BYTES
    too_large = _Refused(413, "delivery-too-large", limit=str(limit // MEGABYTE))
    in_form = request.content_type == FORM
    length = request.headers.get("Content-Length", "")
    if not length.isdigit():
        raise _Refused(411, "delivery-without-length")
    if int(length) > limit + (FORM_AROUND if in_form else 0):
        raise too_large
    if not in_form:
        return f"saft-{localtime(clock.now()):%Y%m%d-%H%M%S}", _chunks(request)
    try:
        file = request.FILES.get("file")
    except MultiPartParserError as error:
        raise _Refused(400, "delivery-without-file") from error
    if not isinstance(file, UploadedFile):
        raise _Refused(400, "delivery-without-file")
    if (file.size or 0) > limit:
        raise too_large
    return file.name or "saft", file.chunks()


def _chunks(request: HttpRequest) -> Iterator[bytes]:
    while chunk := request.read(CHUNK):
        yield chunk
