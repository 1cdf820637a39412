"""What each line of the activity log is called. A test holds the table against every note in the code."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Kind(StrEnum):
    """What a line is about; the values stand in the log's address."""

    ACCESS = "tilganger"
    COMPANY = "selskap"
    SETUP = "oppsett"
    POWEROFFICE = "poweroffice"
    SETTLEMENTS = "oppgjor"


KINDS: dict[Kind, Promise] = {
    Kind.ACCESS: _("Tilganger"),
    Kind.COMPANY: _("Selskap, avdelinger og kasser"),
    Kind.SETUP: _("Kontooppsett"),
    Kind.POWEROFFICE: _("PowerOffice Go"),
    Kind.SETTLEMENTS: _("Oppgjør"),
}


@dataclass(frozen=True, slots=True)
class Action:
    """What was done, in a few words, and what it is about."""

    kind: Kind
    words: Promise


ACTIONS: dict[str, Action] = {
    "person-invited": Action(Kind.ACCESS, _("Inviterte")),
    "invitation-accepted": Action(Kind.ACCESS, _("Tok imot invitasjonen")),
    "invitation-withdrawn": Action(Kind.ACCESS, _("Trakk invitasjonen tilbake")),
    "role-given": Action(Kind.ACCESS, _("Ga rolle")),
    "member-removed": Action(Kind.ACCESS, _("Fjernet tilgangen")),
    "right-asked-for": Action(Kind.ACCESS, _("Ba om tillatelse")),
    "right-granted": Action(Kind.ACCESS, _("Ga tillatelse")),
    "right-declined": Action(Kind.ACCESS, _("Avslo forespørsel om tillatelse")),
    "right-withdrawn": Action(Kind.ACCESS, _("Trakk tillatelsen tilbake")),
    "second-factor-removed": Action(Kind.ACCESS, _("Fjernet tapt totrinnskode")),
    "person-changed": Action(Kind.ACCESS, _("Endret personens rettigheter")),
    "company-created": Action(Kind.COMPANY, _("Opprettet selskapet")),
    "accounting-switched-on": Action(Kind.COMPANY, _("Slo på regnskapsintegrasjonen")),
    "accounting-switched-off": Action(Kind.COMPANY, _("Slo av regnskapsintegrasjonen")),
    "department-added": Action(Kind.COMPANY, _("La til avdeling")),
    "department-renamed": Action(Kind.COMPANY, _("Ga avdelingen nytt navn")),
    "department-linked": Action(Kind.COMPANY, _("Koblet avdeling til PowerOffice Go")),
    "department-archived": Action(Kind.COMPANY, _("Arkiverte avdeling")),
    "department-restored": Action(Kind.COMPANY, _("Tok avdeling i bruk igjen")),
    "no-departments": Action(Kind.COMPANY, _("Sa at selskapet ikke har avdelinger")),
    "register-placed": Action(Kind.COMPANY, _("Ga kassen en avdeling")),
    "delivery-key-made": Action(Kind.COMPANY, _("Laget leveringsnøkkel")),
    "delivery-key-withdrawn": Action(Kind.COMPANY, _("Trakk leveringsnøkkelen tilbake")),
    "setup-changed": Action(Kind.SETUP, _("Endret kontooppsett")),
    "connection-saved": Action(Kind.POWEROFFICE, _("La inn nøkler")),
    "export-start-set": Action(Kind.POWEROFFICE, _("Satte startdato for godt")),
    "frequency-chosen": Action(Kind.POWEROFFICE, _("Valgte frekvens")),
    "exporting-paused": Action(Kind.POWEROFFICE, _("Satte overføringen på pause")),
    "exporting-resumed": Action(Kind.POWEROFFICE, _("Startet overføringen igjen")),
    "recipients-chosen": Action(Kind.POWEROFFICE, _("Valgte hvem som varsles")),
    "export-sent-again": Action(Kind.SETTLEMENTS, _("Sendte på nytt")),
    "export-looked-for-again": Action(Kind.SETTLEMENTS, _("Ba om ny kontroll")),
    "export-built-anew": Action(Kind.SETTLEMENTS, _("Bygde bilaget på nytt")),
    "document-asked": Action(Kind.SETTLEMENTS, _("Ba om at Z-rapporten legges ved på nytt")),
    "export-withdrawn": Action(Kind.SETTLEMENTS, _("Trakk tilbake utkastet")),
    "export-corrected": Action(Kind.SETTLEMENTS, _("Godkjente korrigering")),
    "export-adopted": Action(Kind.SETTLEMENTS, _("Fant utkastet likevel")),
    "surplus-deleted": Action(Kind.SETTLEMENTS, _("Slettet et overflødig utkast")),
    "export-posted": Action(Kind.SETTLEMENTS, _("Så at bilaget er bokført")),
    "export-removed": Action(Kind.SETTLEMENTS, _("Så at utkastet er slettet i PowerOffice Go")),
    "export-booked-by-hand": Action(Kind.SETTLEMENTS, _("Førte oppgjøret manuelt")),
    "export-left-out": Action(Kind.SETTLEMENTS, _("Utelot oppgjøret")),
    "day-closed": Action(Kind.SETTLEMENTS, _("Merket dagen som stengt")),
    "day-opened": Action(Kind.SETTLEMENTS, _("Angret at dagen var stengt")),
    "finding-acknowledged": Action(Kind.SETTLEMENTS, _("Godkjente avvik")),
    "cash-counted": Action(Kind.SETTLEMENTS, _("Skrev inn talte kontanter")),
    "preview-seen": Action(Kind.SETTLEMENTS, _("Så gjennom prøveoppgjør")),
    "year-forgotten": Action(Kind.COMPANY, _("Slettet et år som ikke må oppbevares lenger")),
    "receipt-chosen": Action(Kind.SETTLEMENTS, _("Valgte versjon av kvittering")),
}

# What the fields of before and after are called.
FIELDS: dict[str, Promise] = {
    "account": _("Konto"),
    "accounting_enabled": _("Regnskapsintegrasjon"),
    "agreed_with": _("Avtalt med"),
    "amount": _("Beløp"),
    "answer": _("Svar"),
    "client": _("Klient"),
    "code": _("Avvik"),
    "day": _("Dato"),
    "department": _("Avdeling"),
    "email": _("E-post"),
    "environment": _("Miljø"),
    "frequency": _("Frekvens"),
    "is_active": _("Kan logge inn"),
    "is_staff": _("Har tilgang til admin"),
    "is_superuser": _("Er SuperAdmin"),
    "kind": _("Slag"),
    "name": _("Navn"),
    "nr": _("Kvittering"),
    "org_no": _("Organisasjonsnummer"),
    "reason": _("Begrunnelse"),
    "recipients": _("Mottakere"),
    "morning": _("Morgenbrev"),
    "remote_code": _("Avdeling i PowerOffice Go"),
    "corrects": _("Korrigerer"),
    "sum": _("Sum"),
    "right": _("Tillatelse"),
    "role": _("Rolle"),
    "rows": _("Rader"),
    "state": _("Tilstand"),
    "tills": _("Kasser"),
    "until": _("Til og med"),
    "valid_from": _("Gjelder fra"),
    "vat_code": _("Mva-kode"),
    "version": _("Versjon"),
    "voucher_no": _("Bilagsnummer"),
    "year": _("År"),
}

# What their values are called; a value that is not here is shown as it stands.
VALUES: dict[tuple[str, object], Promise] = {
    ("role", "manager"): _("Daglig leder"),
    ("role", "accountant"): _("Regnskapsfører"),
    ("role", "superadmin"): _("SuperAdmin"),
    ("right", "poweroffice"): _("Legge til og endre PowerOffice Go"),
    ("accounting_enabled", True): _("På"),
    ("accounting_enabled", False): _("Av"),
    **{
        (field, yes): _("Ja") if yes else _("Nei")
        for field in ("is_active", "is_staff", "is_superuser")
        for yes in (True, False)
    },
    ("frequency", "daily"): _("Hver dag"),
    ("frequency", "weekly"): _("Hver uke, mandag"),
    ("frequency", "monthly"): _("Hver måned, den 1."),
    ("environment", "live"): _("Produksjon"),
    ("environment", "demo"): _("Demo"),
    ("environment", "sandbox"): _("Sandkasse"),
    ("kind", "sale"): _("Salg"),
}
