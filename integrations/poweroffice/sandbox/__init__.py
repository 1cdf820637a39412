"""A PowerOffice Go of our own: a process that behaves as Go's API v2 does, with faults on demand.

It stands on the standard library alone and shares no code with what it tests. Behaviour follows
poweroffice.md 9. Where Go's answer is unknown, the harsher one was chosen, so that no client can
lean on a kindness Go may not have: inactive accounts and unknown properties are refused, a second
product with the same code is let through, and a draft may be unbalanced until it is posted.
Left out until something needs it: PATCH, single voucher lines, approval, direct vouchers,
attachments of orders, outgoing invoices.
"""
