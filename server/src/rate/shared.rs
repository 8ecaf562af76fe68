//! Counting together, in Redis or Valkey.

use std::time::Duration;

use anyhow::Context;
use chrono::{DateTime, TimeDelta, Utc};
use redis::{
    Client, Script,
    aio::{ConnectionManager, ConnectionManagerConfig},
};

use super::Counted;

/// What our keys begin with.
const PREFIX: &str = "jetbridge:rate:";

/// One step for the store: nobody comes between the count and the end of its window. A key whose window has none gets one.
const COUNT: &str = "local used = redis.call('INCRBY', KEYS[1], ARGV[1])
local left = redis.call('PTTL', KEYS[1])
if left < 0 then
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
  left = tonumber(ARGV[2])
end
return {used, left}";

/// The store, which several processes share. Windows run on its clock.
pub(super) struct Shared {
    connection: ConnectionManager,
    count: Script,
}

impl Shared {
    /// At this address. The connection is made when it is needed, and again when it broke.
    pub(super) fn at(url: &str, timeout: Duration) -> anyhow::Result<Self> {
        // The error's own text may repeat the address, and with it a password.
        let client = Client::open(url)
            .ok()
            .context("rate.redis_url is no address of Redis")?;
        let config = ConnectionManagerConfig::new()
            .set_connection_timeout(Some(timeout))
            .set_response_timeout(Some(timeout))
            .set_number_of_retries(1);
        let connection = ConnectionManager::new_lazy_with_config(client, config)
            .ok()
            .context("rate.redis_url cannot be used")?;
        Ok(Self {
            connection,
            count: Script::new(COUNT),
        })
    }

    /// Counts so many more.
    pub(super) async fn count(
        &self,
        key: &str,
        units: u64,
        now: DateTime<Utc>,
        window: TimeDelta,
    ) -> redis::RedisResult<Counted> {
        let mut connection = self.connection.clone();
        let mut counting = self.count.key(format!("{PREFIX}{key}"));
        counting.arg(units).arg(window.num_milliseconds());
        let (used, left): (u64, i64) = counting.invoke_async(&mut connection).await?;
        Ok(Counted {
            used,
            resets_at: now + TimeDelta::milliseconds(left),
        })
    }
}

impl std::fmt::Debug for Shared {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Shared")
    }
}
