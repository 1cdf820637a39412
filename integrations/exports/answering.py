"""A person answers what nobody else could: whether a voucher that may be over there is."""

from typing import TYPE_CHECKING

from accounting.books.domain.issues import to_json
from integrations.exports import deciding, reconcile
from integrations.exports.models import Export
from integrations.exports.states import State, undecided

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser


def it_is_there(export: Export, actor: "AbstractBaseUser") -> State | None:
    """Look at once for what a person has seen over there; SENT when it is found, and ours from then on.

    HELD when it is not found: a person's word is no reason to send it again. None when the export has
    moved meanwhile. The far side is asked here and now, outside any transaction.
    """
    if export.state != State.HELD or not deciding.send_again(export, actor):
        return None
    state, _found = reconcile.one(export.pk)
    if state is not State.SENT:
        held = [to_json(undecided(export.mark))]
        mine = Export.objects.filter(pk=export.pk, state=State.UNCERTAIN, lease=None)
        mine.update(state=State.HELD, issues=held, not_before=None)
    return State(Export.objects.values_list("state", flat=True).get(pk=export.pk))
