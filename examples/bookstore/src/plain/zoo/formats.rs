use drf::fields::{IPAddress, IPv4Address, IPv6Address, UnicodeSlug};
use drf::prelude::*;

#[serializer]
pub struct Formats {
    #[field(required = false)]
    email: Email,
    #[field(required = false)]
    url: Url,
    #[field(required = false)]
    slug: Slug,
    #[field(required = false)]
    uslug: UnicodeSlug,
    #[field(required = false, regex = r"^[A-Z]{2}-\d+$")]
    regex: String,
    #[field(required = false)]
    uuid: Uuid,
    #[field(required = false, format = "hex")]
    uuid_hex: Uuid,
    #[field(required = false)]
    ip: IPAddress,
    #[field(required = false)]
    ipv4: IPv4Address,
    #[field(required = false)]
    ipv6: IPv6Address,
}
