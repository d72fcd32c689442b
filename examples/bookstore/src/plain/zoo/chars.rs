use drf::prelude::*;

#[serializer]
pub struct Chars {
    #[field(required = false)]
    plain: String,
    #[field(required = false, allow_blank)]
    blank_ok: String,
    #[field(required = false)]
    null_ok: Option<String>,
    #[field(required = false, trim_whitespace = false)]
    raw: String,
    #[field(required = false, min_length = 3, max_length = 6)]
    sized: String,
    #[field(
        required = false,
        max_length = 4,
        error_messages(max_length = "at most {max_length}, please", blank = "say something")
    )]
    custom: String,
}
