use drf::chrono::TimeDelta;
use drf::prelude::*;

#[serializer]
pub struct Times {
    #[field(required = false)]
    date: Date,
    #[field(required = false, input_formats("%d.%m.%Y"), format = "%d/%m/%Y")]
    eu_date: Date,
    #[field(required = false)]
    datetime: DateTimeUtc,
    #[field(required = false, default_timezone = "Asia/Shanghai")]
    shanghai: DateTimeUtc,
    #[field(required = false, format = "%Y-%m-%d %H:%M:%S", input_formats("%Y-%m-%d %H:%M", "iso-8601"))]
    stamp: DateTimeUtc,
    #[field(required = false)]
    time: Time,
    #[field(required = false)]
    duration: TimeDelta,
    #[field(required = false, min_value = TimeDelta::minutes(1), max_value = TimeDelta::hours(2))]
    short: TimeDelta,
}
