"""The sandbox as a process, for tests: what it holds, and what shall go wrong with it."""

import json
import subprocess
import sys
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

CREATE = "POST /JournalEntryVouchers/ManualJournals"


@dataclass(frozen=True)
class Sandbox:
    """A running sandbox at `url` (without a slash at the end)."""

    url: str

    def state(self) -> dict[str, Any]:
        """Everything in its ledger and every call it got."""
        return self._control("state")

    @property
    def drafts(self) -> list[dict[str, Any]]:
        return self.state()["drafts"]

    def answers(self, call: str) -> Counter[int]:
        """How often a call (`METHOD /path` as routes are written) was answered with each status."""
        rows = self.state()["calls"]
        return Counter(
            {r["status"]: r["count"] for r in rows if f"{r['method']} {r['path']}" == call}
        )

    def faults(self, faults: list[dict[str, Any]]) -> None:
        """Replace what goes wrong from now on; an empty list for nothing."""
        self._control("faults", {"faults": faults})

    def seed(self, content: dict[str, Any]) -> None:
        """Merge into chart, clients, privileges and switches."""
        self._control("seed", content)

    def post(self, draft_id: str) -> dict[str, Any]:
        """Post a draft as the accountant's button does."""
        return self._control(f"post/{draft_id}", {})

    def delete(self, draft_id: str) -> None:
        """Delete a draft as the accountant's button does."""
        self._control(f"delete/{draft_id}", {})

    def reset(self) -> None:
        """Empty it, with the seed it began with."""
        self._control("reset", {})

    def _control(self, what: str, content: dict[str, Any] | None = None) -> dict[str, Any]:
        body = None if content is None else json.dumps(content).encode()
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(f"{self.url}/_control/{what}", body, headers)  # noqa: S310
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
            text = answer.read()
        return json.loads(text) if text else {}


@contextmanager
def running_sandbox(*arguments: str) -> Iterator[Sandbox]:
    """Start a sandbox on a free port with control, and end it afterwards."""
    command = [sys.executable, "-m", "integrations.poweroffice.sandbox", "--port", "0", "--control"]
    process = subprocess.Popen([*command, *arguments], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line.startswith("sandbox http://"), line
        yield Sandbox(line.split()[1].rstrip("/"))
    finally:
        process.terminate()
        process.communicate(timeout=10)
