"""Writes a SAF-T Cash Register file for trials, and beside it the answer a reader should give."""

import json
from argparse import RawDescriptionHelpFormatter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from integrations.pos.generator import Plan, Refused, write
from integrations.pos.generator.defects import DEFECTS
from integrations.pos.generator.plan import (
    CURRENCIES,
    DIALECTS,
    ENCODINGS,
    KINDS,
    NAMESPACES,
    PROFILES,
    TIPS,
    Z_HABITS,
    numbered_tills,
    start_day,
    tills_of,
)

LOCATION = "Sentrum"
NAME = "Fjord & Fjell AS"
# Habits of tills: the choices, the usual one, and what the habit is about.
HABITS = {
    "profile": (PROFILES, "mixed", "hva kassen selger"),
    "kinds": (KINDS, "all", "hvilke kvitteringer som finnes"),
    "dialect": (DIALECTS, "signed", "fortegn under D"),
    "tips": (TIPS, "outside", "hvor tipsen står"),
    "currency": (CURRENCIES, "eur", "valutaen euro er skrevet i"),
    "z": (Z_HABITS, "net", "hva Z-rapporten summerer"),
    "namespace": (NAMESPACES, "default", "navnerom"),
    "encoding": (ENCODINGS, "utf-8", "tegnsett"),
}


class Command(BaseCommand):
    """``make_saft`` of DESIGN.md 6: touches no database."""

    help = "Lager en realistisk SAF-T Kassasystem-fil. Samme argumenter gir samme fil."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Numbers that are not numbers are wrong usage; numbers that make no sense are refused."""
        parser.formatter_class = RawDescriptionHelpFormatter
        parser.epilog = "feil (--defect):\n" + "\n".join(
            f"  {name:<26}{defect.says} [{defect.verdict}]" for name, defect in DEFECTS.items()
        )
        parser.add_argument("out", type=Path, metavar="OUT", help="filen som skrives")
        parser.add_argument("--company", required=True, metavar="ORGNR")
        parser.add_argument("--name", default=NAME, help=f"selskapets navn ({NAME})")
        parser.add_argument("--start", required=True, metavar="DATE", help="første dag")
        parser.add_argument("--days", required=True, type=int, metavar="N")
        parser.add_argument("--registers", type=int, metavar="N", help="antall kasser (1)")
        parser.add_argument("--locations", metavar="SPEC", help="for eksempel Sentrum:2,Torget:1")
        parser.add_argument(
            "--receipts", required=True, type=int, metavar="N", help="snitt per kasse og dag"
        )
        parser.add_argument("--seed", required=True, type=int, metavar="N")
        for habit, (choices, usual, about) in HABITS.items():
            parser.add_argument(
                f"--{habit}", choices=choices, default=usual, help=f"{about} ({usual})"
            )
        parser.add_argument(
            "--replaced", action="store_true", help="den første kassen byttes ut halvveis"
        )
        parser.add_argument("--defect", action="append", choices=DEFECTS, default=[])
        parser.add_argument("--oracle", type=Path, metavar="FILE", help="fasiten som JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write the file, and the oracle if asked for."""
        oracle: dict[str, Any] | None = {} if options["oracle"] else None
        try:
            plan = _plan(options)
            with options["out"].open("wb") as out:
                write(plan, out, oracle)
            if oracle is not None:
                answer = json.dumps(oracle, ensure_ascii=False, indent=1)
                options["oracle"].write_text(answer + "\n", encoding="utf-8")
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        except OSError as error:
            raise CommandError(f"Filen kan ikke skrives: {error}.") from error


def _plan(options: dict[str, Any]) -> Plan:
    return Plan(
        org_no=options["company"],
        name=options["name"],
        start=start_day(options["start"]),
        days=options["days"],
        tills=_tills(options["locations"], options["registers"]),
        receipts=options["receipts"],
        seed=options["seed"],
        replaced=options["replaced"],
        **{habit: options[habit] for habit in HABITS},
        defects=tuple(options["defect"]),
    )


def _tills(locations: str | None, registers: int | None) -> tuple[tuple[str, str], ...]:
    """Tills «1» to «N» at one place, or those of ``--locations``; both only if they agree."""
    if locations is None:
        return numbered_tills(LOCATION, 1 if registers is None else registers)
    tills = tills_of(locations)
    if registers not in (None, len(tills)):
        raise Refused(f"Stedene har {len(tills)} kasser, men det er bedt om {registers}.")
    return tills
