"""What the overview and the upload page ask of the front door: what is left before all can run."""

from django import template
from django.template.context import Context
from django.urls import reverse

from accounting import clock
from accounting.company.models import Company, Register
from accounting.company.queries import unplaced_tills
from backoffice.getting_started import Onboarding, is_beginning, onboarding_of
from backoffice.onboarding import Act, Facts, Row

register = template.Library()

PLACES = {
    Act.GRANT: "system:company",
    Act.ASK: "exports:connection",
    Act.CONNECT: "exports:connection",
    Act.DEPARTMENTS: "company:departments",
    Act.TILLS: "company:tills",
    Act.ACCOUNTS: "books:account_setup",
    Act.START: "exports:connection",
    Act.UPLOAD: "pos:upload",
    Act.PREVIEW: "preview",
}


@register.simple_tag(takes_context=True)
def onboarding(context: Context) -> Onboarding | None:
    """«Kom i gang» for this page's company and person; None when it is over."""
    return onboarding_of(context["company"], context["request"].user, clock.now())


@register.simple_tag
def beginning(company: Company) -> bool:
    """Whether the company is still getting started."""
    return is_beginning(company)


@register.simple_tag
def onboarding_address(row: Row, company: Company, facts: Facts) -> str:
    """Where a step's button leads: to the very rows or the very part of the page that it is about."""
    if row.act is None:
        return ""
    return reverse(PLACES[row.act], kwargs={"org_no": company.org_no}) + _part(row, facts)


def _part(row: Row, facts: Facts) -> str:
    match row.act:
        case Act.GRANT:
            return "#people" if facts.enabled else "#switch"
        case Act.START:
            return "#how-often"
        case Act.ACCOUNTS if facts.settlements and not row.done:
            return "?vis=mangler"
        case _:
            return ""


@register.simple_tag
def unplaced(company: Company) -> list[Register]:
    """The tills that wait for a department."""
    return unplaced_tills(company)
