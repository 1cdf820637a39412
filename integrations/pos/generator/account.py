"""Receipts on account: credit sales of every form, and customers who pay what they owe."""

from dataclasses import replace

from integrations.pos.generator import codebook
from integrations.pos.generator.catalogue import INVOICE
from integrations.pos.generator.codebook import Code
from integrations.pos.generator.customers import CUSTOMERS
from integrations.pos.generator.desk import Desk, back, goods, reads_one_way, untaxed
from integrations.pos.generator.receipt import Payment, Receipt, receipt_of
from integrations.pos.generator.tenders import KRONE, pay, to_krone

# A card or notes pay this part of a mixed receipt, in whole kroner so that nothing is rounded.
PART_PAID = 3


def credit_sale(desk: Desk) -> Receipt:
    """Sold on account (11002), paid by the tender customer account; half have an invoice number."""
    receipt = _on_account(_credit(codebook.CREDIT, desk))
    return _invoiced(receipt, desk) if desk.random.random() < 0.5 else receipt


def credit_sale_without_tender(desk: Desk) -> Receipt:
    """Some tills write an invoice number and no payment at all (saft.md 4.7)."""
    return _invoiced(_credit(codebook.CREDIT, desk), desk)


def credit_sale_without_type(desk: Desk) -> Receipt:
    """Neither type: the tender, or the invoice number without one, is the only evidence."""
    receipt = _credit(None, desk)
    return _on_account(receipt) if desk.random.random() < 0.5 else _invoiced(receipt, desk)


def credit_sale_with_return(desk: Desk) -> Receipt:
    """Sold on account and something brought back (11017); the sum may go either way."""
    while True:
        lines = (back(desk), *goods(desk)[: int(desk.random.random() * 3)])
        receipt = receipt_of(codebook.CREDIT_AND_RETURN, lines, "credit")
        if receipt.gross and reads_one_way(receipt):
            return _on_account(_of_customer(receipt, desk))


def mixed_sale(desk: Desk) -> Receipt:
    """One part settled on the spot, the rest on account (11015)."""
    while True:
        receipt = _credit(codebook.MIXED, desk)
        part = receipt.gross // PART_PAID // KRONE * KRONE
        if part:
            break
    tender = codebook.CASH if desk.random.random() < 0.3 else codebook.CARD
    rest = Payment(codebook.ACCOUNT, receipt.gross - part)
    return replace(receipt, payments=(Payment(tender, part), rest))


def invoice_paid(desk: Desk) -> Receipt:
    """A customer pays an invoice (11005), written with a line that has no VAT."""
    amount = 10_000 + int(desk.random.random() * 400_000)
    receipt = receipt_of(codebook.CUSTOMER_PAYMENT, (untaxed(INVOICE, amount),), "customer-payment")
    receipt = pay(_of_customer(receipt, desk), desk.random)
    return _invoiced(receipt, desk) if desk.random.random() < 0.5 else receipt


def invoice_paid_without_amount(desk: Desk) -> Receipt:
    """The same, where the till says 0.00 and only the payment tells how much."""
    amount = 10_000 + int(desk.random.random() * 400_000)
    receipt = Receipt(codebook.CUSTOMER_PAYMENT, (), 0, 0, nature="customer-payment")
    if desk.random.random() < 0.3:
        payment = Payment(codebook.CASH, to_krone(amount))
    else:
        payment = Payment(codebook.CARD, amount)
    receipt = _of_customer(replace(receipt, payments=(payment,)), desk)
    return _invoiced(receipt, desk) if desk.random.random() < 0.5 else receipt


def _credit(kind: Code | None, desk: Desk) -> Receipt:
    return _of_customer(receipt_of(kind, goods(desk), "credit"), desk)


def _of_customer(receipt: Receipt, desk: Desk) -> Receipt:
    customer = CUSTOMERS[int(desk.random.random() * len(CUSTOMERS))]
    return replace(receipt, customer=customer.own)


def _on_account(receipt: Receipt) -> Receipt:
    return replace(receipt, payments=(Payment(codebook.ACCOUNT, receipt.gross),))


def _invoiced(receipt: Receipt, desk: Desk) -> Receipt:
    return replace(receipt, invoice=str(20_000 + int(desk.random.random() * 80_000)))
