"""One budget of calls a second for every company and every worker that shares a subscription key.

PowerOffice Go counts ten calls a second per subscription key, over all clients (poweroffice.md 2).
Each call takes the next of evenly spaced moments (GCRA without a burst) and sleeps until it comes:
in Redis where there is one, else in the database.
"""

import time
from functools import lru_cache

import redis
from django.conf import settings
from django.db import transaction

from integrations.poweroffice.models import CallSlot
from integrations.secrets import digest

SECOND = 1_000_000
# A call that starts late and one that starts on time lie closer than their moments. A twentieth more
# between them keeps the eleventh call out of the first one's second.
SLACK = 20
# A moment further ahead than this was taken before the clock was set back.
FURTHEST = 60 * SECOND

_TAKE = """
local t = redis.call('TIME')
local now = t[1] * 1000000 + t[2]
local at = math.max(now, tonumber(redis.call('GET', KEYS[1]) or '0'))
redis.call('SET', KEYS[1], string.format('%.0f', at + ARGV[1]), 'PX', 60000)
return string.format('%.0f', at - now)
"""


def wait_turn(subscription_key: str) -> None:
    """Sleep until the next call with this key may begin.

    settings.EXPORT_CALLS_PER_SECOND is the limit; 0 lifts it. Must not be called in a transaction:
    the moment would be held until it ends. Raises what the database or Redis raises.
    """
    limit = settings.EXPORT_CALLS_PER_SECOND
    if limit <= 0:
        return
    gap = SECOND // limit
    gap += gap // SLACK
    take = _from_redis if settings.REDIS_URL else _from_database
    time.sleep(take(digest(subscription_key), gap) / SECOND)


def _from_database(key_hash: str, gap: int) -> int:
    """Claim the next moment by a conditional UPDATE; give how many µs it lies ahead."""
    while True:
        with transaction.atomic(durable=True):
            slot, _ = CallSlot.objects.get_or_create(key_hash=key_hash)
            now = time.time_ns() // 1000
            at = max(now, slot.next_at) if slot.next_at < now + FURTHEST else now
            free = CallSlot.objects.filter(key_hash=key_hash, next_at=slot.next_at)
            if free.update(next_at=at + gap) == 1:
                return at - now


def _from_redis(key_hash: str, gap: int) -> int:
    """The same in one script, by Redis's own clock."""
    script = _redis(settings.REDIS_URL).register_script(_TAKE)
    return int(script(keys=[f"backoffice:calls:{key_hash}"], args=[gap]))


@lru_cache(maxsize=4)
def _redis(url: str) -> redis.Redis:
    return redis.Redis.from_url(url, socket_timeout=5, socket_connect_timeout=5)
