"""What a till that delivers is answered: JSON, in the language that it asked for."""

from django.http import HttpRequest, JsonResponse
from django.utils.translation import get_language_from_request

from accounting.books.domain.issues import Issue, from_json, sentence
from integrations.pos.models import IntakeFile

_ENGLISH = "en"


def language_of(request: HttpRequest) -> str:
    """Give "en" to whoever asks for English (Accept-Language), else "nb"."""
    return _ENGLISH if get_language_from_request(request) == _ENGLISH else "nb"


def refused(request: HttpRequest, status: int, issue: Issue) -> JsonResponse:
    """Answer with what is wrong: `{"error": {"code", "text", "line"}}`, line 0 where none is meant."""
    error = {
        "code": issue.code,
        "text": sentence(issue, language_of(request)),
        "line": int(dict(issue.facts).get("line", "0")),
    }
    return JsonResponse({"error": error}, status=status)


def told(request: HttpRequest, row: IntakeFile, *, known: bool) -> JsonResponse:
    """Answer with what came of a file that was read: 201, or 200 where it was read before.

    The document of `import_saft --json`, and `delivery`: "new", or "same" for a file known before.
    """
    report = dict(row.report or {})
    issues = [from_json(issue) for issue in report.pop("issues", [])]
    language = language_of(request)
    report["findings"] = [
        {
            "code": issue.code,
            "severity": "blocked" if issue.blocks else "warning",
            "text": sentence(issue, language),
        }
        for issue in issues
    ]
    report["delivery"] = "same" if known else "new"
    return JsonResponse(report, status=200 if known else 201)
