use std::borrow::Cow;

use bytes::Bytes;
use encoding_rs::mem::decode_latin1;

use super::{Charset, Data, ParseError, Parser, ParserContext, QueryDict};

/// Reads `application/x-www-form-urlencoded`, the format of an HTML form without files.
#[derive(Debug, Clone, Copy, Default)]
pub struct FormParser;

impl Parser for FormParser {
    fn media_type(&self) -> &str {
        "application/x-www-form-urlencoded"
    }

    fn parse(&self, body: Bytes, context: &ParserContext<'_>) -> Result<Data, ParseError> {
        let charset = context.charset()?;
        QueryDict::from_urlencoded(&repaired(&body, charset), charset, &context.limits).map(Data::Form)
    }
}

/// Takes a body that is not the UTF-8 it should be for Latin-1, as Django does.
fn repaired(body: &[u8], charset: Charset) -> Cow<'_, [u8]> {
    if charset != Charset::Utf8 || str::from_utf8(body).is_ok() {
        return Cow::Borrowed(body);
    }
    Cow::Owned(decode_latin1(body).into_owned().into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parsers::Limits;

    fn parse(content_type: &str, body: &'static [u8]) -> Data {
        let context = ParserContext::new(content_type);
        FormParser.parse(Bytes::from_static(body), &context).expect("a form")
    }

    #[test]
    fn repeated_and_blank_fields_are_kept() {
        let data = parse("application/x-www-form-urlencoded; charset=utf-8", b"a=1&a=2&b");
        assert_eq!(data, Data::Form(QueryDict::from_iter([("a", "1"), ("a", "2"), ("b", "")])));
    }

    #[test]
    fn charset_of_the_content_type_is_used() {
        let data = parse("application/x-www-form-urlencoded; charset=iso-8859-1", b"a=%e9");
        assert_eq!(data, Data::Form(QueryDict::from_iter([("a", "é")])));
    }

    #[test]
    fn raw_bytes_that_are_not_utf8_are_latin1() {
        let data = parse("application/x-www-form-urlencoded", b"a=\xe9&b=%C3%A9");
        assert_eq!(data, Data::Form(QueryDict::from_iter([("a", "é"), ("b", "é")])));
    }

    #[test]
    fn too_many_fields_are_refused() {
        let mut context = ParserContext::new("application/x-www-form-urlencoded");
        context.limits = Limits { max_fields: 1, ..Limits::default() };
        let error = FormParser.parse(Bytes::from_static(b"a=1&b=2"), &context).expect_err("two fields");
        assert_eq!(error.to_string(), "The number of GET/POST parameters exceeded 1.");
    }
}
