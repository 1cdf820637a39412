"""What pages of the lower rooms may say about the way out: only templates may look up so far."""

from django import template

from accounting.company.models import Company
from integrations.exports.pages.headline import waiting_for_setup as count
from integrations.exports.queries import connection_of

register = template.Library()


@register.simple_tag
def waiting_for_setup(company: Company) -> int:
    """How many stopped exports will be tried again by themselves, since the setup has changed."""
    return count(Company.objects.get(pk=company.pk))  # saving has just changed its version


@register.simple_tag
def is_connected(company: Company) -> bool:
    """Say whether the company has entered the keys of its accounting system."""
    return connection_of(company) is not None
