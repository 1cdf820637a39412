"""python -m integrations.poweroffice.sandbox --port N [--ledger FILE] [--control]"""

import argparse
import signal
import sys
from pathlib import Path

from integrations.poweroffice.sandbox import seed
from integrations.poweroffice.sandbox.api import Api
from integrations.poweroffice.sandbox.control import Control
from integrations.poweroffice.sandbox.faults import Faults
from integrations.poweroffice.sandbox.ledger import Ledger
from integrations.poweroffice.sandbox.limits import CallLog, Limiter
from integrations.poweroffice.sandbox.pages import Pages
from integrations.poweroffice.sandbox.server import Server


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m integrations.poweroffice.sandbox",
        description="A PowerOffice Go of our own, for trying out and for tests.",
    )
    parser.add_argument("--port", type=int, required=True, help="0 takes a free one")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--ledger", type=Path, help="an SQLite file; without it, in memory")
    parser.add_argument("--control", action="store_true", help="open /_control/ to loopback")
    parser.add_argument("--verbose", action="store_true", help="log every call on stderr")
    return parser.parse_args()


def build(options: argparse.Namespace, ledger: Ledger) -> Server:
    seed.plant(ledger)
    faults, log = Faults(), CallLog()
    control = Control(ledger, faults, log) if options.control else None
    api = Api(ledger, faults, log, Limiter())
    server = Server((options.host, options.port), api, Pages(ledger), control)
    server.verbose = options.verbose
    return server


def main() -> int:
    """Serves until SIGINT or SIGTERM; 0 then, 1 when the port or the file cannot be had."""
    options = arguments()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, signal.default_int_handler)
    try:
        ledger = Ledger(options.ledger)
        server = build(options, ledger)
    except OSError as error:
        print(f"The sandbox could not start: {error}", file=sys.stderr)
        return 1
    try:
        print(f"sandbox http://{options.host}:{server.server_port}/", flush=True)
        server.serve_forever()
    except KeyboardInterrupt:
        pass
    finally:
        server.server_close()
        ledger.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
