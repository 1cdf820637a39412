"""One budget of calls a second for every company and every worker that shares a subscription key.

PowerOffice Go counts ten calls a second per subscription key, over all clients (poweroffice.md 2).
Each call takes the next of evenly spaced moments (GCRA without a burst) and sleeps until it comes:
in Redis where there is one, else in the database. Nobody takes a moment further ahead than HORIZON, so
that whoever finds Redis empty only has to let so much time pass for all moments that were taken before.
"""

import time
from dataclasses import dataclass
from functools import lru_cache

import redis
from django.conf import settings
from django.db import transaction

from integrations.poweroffice.failures import NoTurn
from integrations.poweroffice.models import CallSlot
from integrations.secrets import digest

SECOND = 1_000_000
# A call that starts late and one that starts on time lie closer than their moments. A little more
# between them keeps the eleventh call out of the first one's second: 30 ms of it.
SLACK = 33
HORIZON = SECOND // 2
PATIENCE_S = 10.0
# A moment further ahead than this was taken before the clock was set back.
FURTHEST = 60 * SECOND

# The moment's distance from now; below zero, how long to wait before one may be taken.
_TAKE = """
local t = redis.call('TIME')
local now = t[1] * 1000000 + t[2]
local gap, horizon, furthest = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local at = tonumber(redis.call('GET', KEYS[1]) or '-1')
if at < 0 or at > now + furthest then
  at = now + horizon + gap
  redis.call('SET', KEYS[1], string.format('%.0f', at))
end
at = math.max(now, at)
if at > now + horizon then return string.format('%.0f', now + horizon - at) end
redis.call('SET', KEYS[1], string.format('%.0f', at + gap))
return string.format('%.0f', at - now)
"""
_HOLD = """
local t = redis.call('TIME')
local until_then = t[1] * 1000000 + t[2] + tonumber(ARGV[1])
local at = tonumber(redis.call('GET', KEYS[1]) or '0')
redis.call('SET', KEYS[1], string.format('%.0f', math.max(at, until_then)))
return 1
"""


@dataclass(frozen=True, slots=True)
class CallBudget:
    """The budget of one subscription key; settings.EXPORT_CALLS_PER_SECOND is the limit, 0 lifts it."""

    key_hash: str

    @classmethod
    def of(cls, subscription_key: str) -> "CallBudget":
        """Give the budget that all who use this key share; the key itself is not kept."""
        return cls(digest(subscription_key))

    def wait(self) -> None:
        """Sleep until the next call may begin.

        Raises NoTurn where that is more than ten seconds away, or the budget cannot be asked. Must not
        be called in a transaction: the moment would be held until it ends.
        """
        limit = settings.EXPORT_CALLS_PER_SECOND
        if limit <= 0:
            return
        gap = SECOND // limit
        gap += gap // SLACK
        give_up = time.monotonic() + PATIENCE_S
        while (ahead := self._take(gap)) < 0:
            if time.monotonic() - ahead / SECOND > give_up:
                raise NoTurn("the calls of this second, and of the next ten, are taken")
            time.sleep(-ahead / SECOND)
        time.sleep(ahead / SECOND)

    def hold(self, seconds: float) -> None:
        """Let nobody call for so long: they asked us to wait (429). At most a minute."""
        if settings.EXPORT_CALLS_PER_SECOND <= 0:
            return
        pause = min(int(seconds * SECOND), FURTHEST)
        if settings.REDIS_URL:
            self._script(_HOLD, pause)
        else:
            until = time.time_ns() // 1000 + pause
            CallSlot.objects.filter(key_hash=self.key_hash, next_at__lt=until).update(next_at=until)

    def _take(self, gap: int) -> int:
        if settings.REDIS_URL:
            return self._script(_TAKE, gap, HORIZON, FURTHEST)
        return self._from_database(gap)

    def _from_database(self, gap: int) -> int:
        """Claim the next moment by a conditional UPDATE, as the script does."""
        while True:
            with transaction.atomic(durable=True):
                slot, _ = CallSlot.objects.get_or_create(key_hash=self.key_hash)
                now = time.time_ns() // 1000
                at = max(now, slot.next_at) if slot.next_at <= now + FURTHEST else now
                if at > now + HORIZON:
                    return now + HORIZON - at
                free = CallSlot.objects.filter(key_hash=self.key_hash, next_at=slot.next_at)
                if free.update(next_at=at + gap) == 1:
                    return at - now

    def _script(self, script: str, *arguments: int) -> int:
        """Run a script, by Redis's own clock. Raises NoTurn where Redis does not answer."""
        run = _redis(settings.REDIS_URL).register_script(script)
        try:
            return int(run(keys=[f"backoffice:calls:{self.key_hash}"], args=list(arguments)))
        except redis.RedisError as problem:
            raise NoTurn("the budget of calls does not answer") from problem


@lru_cache(maxsize=4)
def _redis(url: str) -> redis.Redis:
    return redis.Redis.from_url(url, socket_timeout=5, socket_connect_timeout=5)
