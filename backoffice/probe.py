"""`python -m backoffice.probe`: exit 0 when the web process beside us answers `/helse` with 200."""

import http.client
import os
import sys


def main(port: int = 8000) -> int:
    """0 or 1. Asks by a name that ALLOWED_HOSTS has, as a proxy would."""
    host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].strip()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=4)
    try:
        connection.request("GET", "/helse", headers={"Host": host})
        return 0 if connection.getresponse().status == 200 else 1
    except OSError:
        return 1
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(main())
