"""Counts calls: the gateway's limit of ten a second, and the log the control shows."""

import math
import threading
import time
from collections import Counter, defaultdict, deque

WINDOW_S = 1.0


class Limiter:
    """A sliding second per subscription key; a refused call does not count against the limit."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._admitted: defaultdict[str, deque[float]] = defaultdict(deque)

    def admit(self, key: str, limit: int) -> int:
        """0 when the call may pass, else the whole seconds to wait. A limit of 0 is lifted."""
        if limit == 0:
            return 0
        with self._lock:
            calls, now = self._admitted[key], time.monotonic()
            while calls and calls[0] <= now - WINDOW_S:
                calls.popleft()
            if len(calls) >= limit:
                return max(1, math.ceil(calls[0] + WINDOW_S - now))
            calls.append(now)
            return 0


class CallLog:
    """What was asked and answered since start or reset; status 0 means no answer was given."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.clear()

    def clear(self) -> None:
        with self._lock:
            self._calls: Counter[tuple[str, str, int]] = Counter()
            self._latest: defaultdict[str, deque[float]] = defaultdict(deque)
            self._most = 0

    def arrived(self, key: str) -> None:
        """Every call that reaches the gateway, admitted or not."""
        with self._lock:
            latest, now = self._latest[key], time.monotonic()
            latest.append(now)
            while latest[0] <= now - WINDOW_S:
                latest.popleft()
            self._most = max(self._most, len(latest))

    def answered(self, method: str, path: str, status: int) -> None:
        with self._lock:
            self._calls[method, path, status] += 1

    def report(self) -> dict[str, object]:
        with self._lock:
            calls = [
                {"method": method, "path": path, "status": status, "count": count}
                for (method, path, status), count in sorted(self._calls.items())
            ]
            total = sum(self._calls.values())
            return {"calls": calls, "max_calls_per_second": self._most, "call_count": total}
