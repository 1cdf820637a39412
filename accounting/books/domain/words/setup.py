"""Words for what Kontooppsett, departments and tills lack."""

from accounting.books.domain.words.text import Text, Words, blocked

SETUP: dict[str, Text] = {
    "sales-account-missing": blocked(
        Words(
            "Oppgjøret er ikke sendt.",
            "«{group}» med mva-kode {vat_code} har ingen konto for {department:where}.",
            "Velg konto, så sendes oppgjøret.",
            "Velg konto for {group}",
        ),
        Words(
            "The settlement was not sent.",
            "“{group}” with VAT code {vat_code} has no account for {department:where}.",
            "Choose one and the settlement is sent.",
            "Choose an account for {group}",
        ),
    ),
    "payment-account-missing": blocked(
        Words(
            "Oppgjøret er ikke sendt.",
            "Betalingsmåten «{payment}» er brukt, men har ingen konto for {department:where}.",
            "Velg konto, så sendes oppgjøret.",
            "Velg konto for {payment}",
        ),
        Words(
            "The settlement was not sent.",
            "The payment method “{payment}” was used but has no account for {department:where}.",
            "Choose one and the settlement is sent.",
            "Choose an account for {payment}",
        ),
    ),
    "type-account-missing": blocked(
        Words(
            "Oppgjøret er ikke sendt.",
            "Transaksjonstypen «{type}» er brukt, men har ingen konto for {department:where}.",
            "Velg konto, så sendes oppgjøret.",
            "Velg konto for {type}",
        ),
        Words(
            "The settlement was not sent.",
            "The transaction type “{type}” was used but has no account for {department:where}.",
            "Choose one and the settlement is sent.",
            "Choose an account for {type}",
        ),
    ),
    "vat-on-no-sale": blocked(
        Words(
            "Oppgjøret er ikke sendt.",
            "«{group}» er ikke satt opp som salg. Likevel har den {vat:kr} kr i mva.",
            "Velg en konto med mva-kode, eller rett mva-koden i kassen.",
            "Endre {group}",
        ),
        Words(
            "The settlement was not sent.",
            "“{group}” is not set up as sales. Yet it holds {vat:kr} in VAT.",
            "Choose an account with a VAT code, or mend the code in the till.",
            "Change {group}",
        ),
    ),
    "role-account-missing": blocked(
        Words(
            "Oppgjøret er ikke sendt.",
            "{role_nb} har ingen konto for {department:where}.",
            "Velg konto, så sendes oppgjøret.",
            "Velg konto for {role_nb}",
        ),
        Words(
            "The settlement was not sent.",
            "{role_en} has no account for {department:where}.",
            "Choose one and the settlement is sent.",
            "Choose an account for {role_en}",
        ),
    ),
    "account-not-in-chart": blocked(
        Words(
            "Oppgjøret er ikke sendt.",
            "Konto {account} finnes ikke i kontoplanen.",
            "Velg en annen konto, eller opprett {account} i PowerOffice Go.",
            "Endre konto {account}",
        ),
        Words(
            "The settlement was not sent.",
            "Account {account} is not in the chart of accounts.",
            "Choose another, or create {account} in PowerOffice Go.",
            "Change account {account}",
        ),
    ),
    "account-inactive": blocked(
        Words(
            "Oppgjøret er ikke sendt.",
            "Konto {account} er inaktiv.",
            "Velg en annen, eller aktiver den i PowerOffice Go.",
            "Endre konto {account}",
        ),
        Words(
            "The settlement was not sent.",
            "Account {account} is inactive.",
            "Choose another, or activate it in PowerOffice Go.",
            "Change account {account}",
        ),
    ),
    "account-vat-locked": blocked(
        Words(
            "Oppgjøret er ikke sendt.",
            "Konto {account} er låst til mva-kode {locked}, men oppsettet bruker {vat_code}.",
            "Bruk {locked}, eller velg en annen konto.",
            "Endre konto {account}",
        ),
        Words(
            "The settlement was not sent.",
            "Account {account} is locked to VAT code {locked}, but the setup uses {vat_code}.",
            "Use {locked}, or choose another account.",
            "Change account {account}",
        ),
    ),
    "account-is-control": blocked(
        Words(
            "Oppgjøret er ikke sendt.",
            "Konto {account} er en samlekonto for reskontro og kan ikke føres direkte.",
            "Velg en annen konto.",
            "Endre konto {account}",
        ),
        Words(
            "The settlement was not sent.",
            "Account {account} is a sub-ledger control account and takes no direct entries.",
            "Choose another account.",
            "Change account {account}",
        ),
    ),
    "account-needs-department": blocked(
        Words(
            "Oppgjøret er ikke sendt.",
            "Konto {account} krever avdeling, men linjen har ingen.",
            "Koble avdelingen til en avdeling i PowerOffice Go.",
            "Gå til avdelinger",
        ),
        Words(
            "The settlement was not sent.",
            "Account {account} requires a department, but the line has none.",
            "Link the department to one in PowerOffice Go.",
            "Go to departments",
        ),
    ),
    "vat-code-not-in-chart": blocked(
        Words(
            "Oppgjøret er ikke sendt.",
            "Mva-kode {vat_code} finnes ikke i PowerOffice Go.",
            "Velg en kode som finnes der.",
            "Endre mva-kode {vat_code}",
        ),
        Words(
            "The settlement was not sent.",
            "VAT code {vat_code} is not in PowerOffice Go.",
            "Choose a code that exists there.",
            "Change VAT code {vat_code}",
        ),
    ),
    "vat-code-not-valid": blocked(
        Words(
            "Oppgjøret er ikke sendt.",
            "Mva-kode {vat_code} gjelder ikke {day:day}.",
            "Velg en kode som gjelder den dagen.",
            "Endre mva-kode {vat_code}",
        ),
        Words(
            "The settlement was not sent.",
            "VAT code {vat_code} is not valid on {day:day}.",
            "Choose one valid that day.",
            "Change VAT code {vat_code}",
        ),
    ),
    "register-without-department": blocked(
        Words(
            "Oppgjøret er ikke sendt.",
            "Kasse {register} hører ikke til noen avdeling.",
            "Velg avdeling for kassen, så sendes oppgjøret.",
            "Velg avdeling for kasse {register}",
        ),
        Words(
            "The settlement was not sent.",
            "Till {register} belongs to no department.",
            "Choose its department and the settlement is sent.",
            "Choose a department for till {register}",
        ),
    ),
    "department-not-linked": blocked(
        Words(
            "Oppgjøret er ikke sendt.",
            "Avdeling «{department}» er ikke koblet til en avdeling i PowerOffice Go.",
            "Koble den, så sendes oppgjøret.",
            "Koble {department}",
        ),
        Words(
            "The settlement was not sent.",
            "Department “{department}” is not linked to a department in PowerOffice Go.",
            "Link it and the settlement is sent.",
            "Link {department}",
        ),
    ),
}
