"""What machines ask for: is the house alive, can it work, and how the queue stands."""

from secrets import compare_digest

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from accounting import clock
from backoffice.metrics import exposition
from backoffice.readiness import database_answers, readiness


@never_cache
@require_GET
def health(request: HttpRequest) -> JsonResponse:  # noqa: ARG001  # Django hands it over
    """`{"live": true, "database": true}`; 503 when the database does not answer."""
    answers = database_answers()
    return _told({"live": True, "database": answers}, well=answers)


@never_cache
@require_GET
def ready(request: HttpRequest) -> JsonResponse:  # noqa: ARG001  # Django hands it over
    """What must stand before anything is sent, each by its name; 503 unless all of it does."""
    found = readiness(clock.now())
    return _told(found.as_json(), well=found.ready)


@never_cache
@require_GET
def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus's text, for whoever carries METRICS_TOKEN; without that setting there is no page."""
    token = settings.METRICS_TOKEN
    if not token:
        raise Http404
    carried = request.headers.get("Authorization", "")
    if not compare_digest(carried.encode(), f"Bearer {token}".encode()):
        return HttpResponse(status=401, headers={"WWW-Authenticate": "Bearer"})
    return HttpResponse(exposition(clock.now()), content_type=CONTENT_TYPE_LATEST)


def _told(what: dict[str, object], *, well: bool) -> JsonResponse:
    """Whoever asks hears it, every minute; Django would log each 503 as an error and write a letter."""
    answer = JsonResponse(what, status=200 if well else 503)
    answer._has_been_logged = True  # type: ignore[attr-defined]  # noqa: SLF001  # read by Django alone
    return answer
