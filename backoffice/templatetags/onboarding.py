"""What the overview and the upload page ask of the front door: what is left before all can run."""

from django import template
from django.template.context import Context
from django.urls import reverse

from accounting import clock
from accounting.company.models import Company, Register
from accounting.company.queries import unplaced_tills
from backoffice.getting_started import Onboarding, has_arrived, onboarding_of
from backoffice.onboarding import Act

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
    """Whether the company is still on its way to its first transfer."""
    return not has_arrived(company)


@register.simple_tag
def onboarding_address(act: Act, company: Company) -> str:
    """Where a step's button leads."""
    return reverse(PLACES[act], kwargs={"org_no": company.org_no})


@register.simple_tag
def unplaced(company: Company) -> list[Register]:
    """The tills that wait for a department."""
    return unplaced_tills(company)
