use std::pin::pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Waker};

use base64::prelude::{BASE64_STANDARD, Engine};
use bytes::{Bytes, BytesMut};
use futures_util::future::BoxFuture;
use http::HeaderMap;
use http_body_util::{BodyDataStream, Full};
use multer::Multipart;

use super::file_name::sanitize_file_name;
use super::query_dict::too_many_fields;
use super::stream::{FileSink, UploadLimits};
use super::{
    BodyStream, Charset, Data, Limits, ParseError, Parser, ParserContext, QueryDict, StreamingParser,
};
use crate::exceptions::APIException;
use crate::media_type::{Parameters, parse_header_parameters};
use crate::uploads::{Content, UploadedFile};
use crate::value::Value;

/// Reads `multipart/form-data`, the format of an HTML form with files.
///
/// As in Django, a truncated body gives what is there, a body without any part an empty form, and parts without a name
/// are passed over.
#[derive(Debug, Clone, Copy, Default)]
pub struct MultiPartParser;

impl Parser for MultiPartParser {
    fn media_type(&self) -> &str {
        "multipart/form-data"
    }

    fn parse(&self, body: Bytes, context: &ParserContext<'_>) -> Result<Data, ParseError> {
        let boundary = boundary(context.content_type)?;
        let body = BodyDataStream::new(Full::new(terminated(body, &boundary)));
        let mut form = Form::new(context, UploadLimits::none())?;
        let read = ready(form.read(Multipart::new(body, boundary), &AtomicUsize::new(0)));
        match read {
            Some(Ok(())) => Ok(Data::Form(form.finish())),
            Some(Err(error)) => Err(error.into_parse_error()),
            None => Err(ParseError::new("the parts of a body that is there are waited for")),
        }
    }

    fn as_streaming(&self) -> Option<&dyn StreamingParser> {
        Some(self)
    }
}

impl StreamingParser for MultiPartParser {
    fn parse_stream<'a>(
        &'a self,
        body: &'a BodyStream,
        context: &'a ParserContext<'_>,
    ) -> BoxFuture<'a, Result<Data, APIException>> {
        Box::pin(async {
            let boundary = boundary(context.content_type)?;
            let chunks = body.chunks(Some(last_boundary(&boundary).into()));
            let received = chunks.received.clone();
            let mut form = Form::new(context, body.limits.clone())?;
            form.read(Multipart::new(chunks, boundary), &received).await?;
            Ok(Data::Form(form.finish()))
        })
    }
}

fn error(what: impl std::fmt::Display) -> ParseError {
    ParseError::new(format_args!("Multipart form parse error - {what}"))
}

fn boundary(content_type: &str) -> Result<String, ParseError> {
    if !content_type.starts_with("multipart/") {
        return Err(error(format_args!("Invalid Content-Type: {content_type}")));
    }
    let params = parse_header_parameters(content_type).map_or_else(Parameters::new, |(_, params)| params);
    match params.get("boundary") {
        Some(boundary) if is_boundary(boundary) => Ok(boundary.clone()),
        Some(boundary) => Err(error(format_args!("Invalid boundary in multipart: {boundary}"))),
        None => Err(error("Invalid boundary in multipart: None")),
    }
}

fn is_boundary(text: &str) -> bool {
    text.len() <= 201
        && text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
        && !text.is_empty()
        && !text.ends_with(' ')
}

/// Ends the body with the last boundary, so that a truncated body is read to its end.
fn terminated(body: Bytes, boundary: &str) -> Bytes {
    let mut body = BytesMut::from(body);
    body.extend_from_slice(last_boundary(boundary).as_bytes());
    body.freeze()
}

fn last_boundary(boundary: &str) -> String {
    format!("\r\n--{boundary}--\r\n")
}

/// Returns the outcome of a future that has nothing to wait for, because the body is in memory.
fn ready<F: Future>(future: F) -> Option<F::Output> {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(outcome) => Some(outcome),
        Poll::Pending => None,
    }
}

/// Returns `None` at the end of the body, also of a truncated one.
fn unless_ended<T>(read: multer::Result<Option<T>>) -> Result<Option<T>, APIException> {
    match read {
        Ok(read) => Ok(read),
        Err(multer::Error::IncompleteStream | multer::Error::IncompleteFieldData { .. }) => Ok(None),
        Err(multer::Error::StreamReadFailed(cause)) => match cause.downcast::<APIException>() {
            Ok(error) => Err(*error),
            Err(cause) => Err(error(cause).into()),
        },
        Err(cause) => Err(error(cause).into()),
    }
}

struct Form {
    charset: Charset,
    limits: Limits,
    uploads: UploadLimits,
    data_left: usize,
    upload_left: usize,
    memory_left: usize,
    fields: Vec<(String, Value)>,
    files: Vec<(String, Value)>,
}

impl Form {
    fn new(context: &ParserContext<'_>, uploads: UploadLimits) -> Result<Self, ParseError> {
        Ok(Self {
            charset: context.charset()?,
            limits: context.limits,
            data_left: uploads.max_data,
            upload_left: uploads.max_upload,
            memory_left: uploads.max_memory,
            uploads,
            fields: Vec::new(),
            files: Vec::new(),
        })
    }

    /// Fields come before files, as in DRF's `request.data`.
    fn finish(self) -> QueryDict {
        self.fields.into_iter().chain(self.files).collect()
    }

    /// Reads all parts. What becomes part of a field or file is subtracted from what was received.
    async fn read(&mut self, mut parts: Multipart<'_>, received: &AtomicUsize) -> Result<(), APIException> {
        while let Some(part) = unless_ended(parts.next_field().await)? {
            let head = PartHead::read(part.headers());
            let is_whole = match head {
                Some(head) if head.is_file() => self.read_file(head, part, received).await?,
                head => self.read_field(head, part, received).await?,
            };
            if !is_whole {
                break;
            }
        }
        Ok(())
    }

    /// Reads a part whose content is data: a field, a file in base64, or a part without a name, which is passed over. Returns
    /// whether it is whole; a part whose end is missing is passed over, too.
    async fn read_field(
        &mut self,
        head: Option<PartHead>,
        mut part: multer::Field<'_>,
        received: &AtomicUsize,
    ) -> Result<bool, APIException> {
        let mut content = BytesMut::new();
        while let Some(chunk) = part.chunk().await.transpose() {
            let Some(chunk) = unless_ended(chunk.map(Some))? else { return Ok(false) };
            subtract(received, chunk.len());
            let Some(left) = self.data_left.checked_sub(chunk.len()) else {
                return Err(APIException::request_too_large(self.uploads.max_data));
            };
            self.data_left = left;
            content.extend_from_slice(&chunk);
        }
        match head {
            Some(head) if head.file_name.is_empty() => self.add_field(head, content.freeze())?,
            Some(head) => {
                let content =
                    decode_base64(&content).ok_or_else(|| error("Could not decode base64 data."))?;
                self.add_file(head, Content::Memory(content))?;
            }
            None => {}
        }
        Ok(true)
    }

    async fn read_file(
        &mut self,
        head: PartHead,
        mut part: multer::Field<'_>,
        received: &AtomicUsize,
    ) -> Result<bool, APIException> {
        let mut file = FileSink::new(&self.uploads, self.memory_left, self.upload_left);
        while let Some(chunk) = part.chunk().await.transpose() {
            let Some(chunk) = unless_ended(chunk.map(Some))? else { return Ok(false) };
            subtract(received, chunk.len());
            file.write(&chunk).await?;
        }
        self.upload_left = file.left();
        let content = file.finish().await?;
        if let Content::Memory(bytes) = &content {
            self.memory_left = self.memory_left.saturating_sub(bytes.len());
        }
        self.add_file(head, content)?;
        Ok(true)
    }

    fn add_field(&mut self, head: PartHead, content: Bytes) -> Result<(), ParseError> {
        if self.fields.len() >= self.limits.max_fields {
            return Err(too_many_fields(&self.limits));
        }
        let content = if head.is_base64 { decode_base64(&content).unwrap_or(content) } else { content };
        let text = self.charset.decode_lossy(&content);
        self.fields.push((head.name, Value::String(text.into_owned())));
        Ok(())
    }

    fn add_file(&mut self, head: PartHead, content: Content) -> Result<(), ParseError> {
        let max_files = self.limits.max_files;
        if self.files.len() >= max_files {
            return Err(ParseError::too_large(format_args!("The number of files exceeded {max_files}.")));
        }
        let Some(name) = sanitize_file_name(&head.file_name) else { return Ok(()) };
        let file = UploadedFile::with_content(name, head.content_type, content);
        self.files.push((head.name, Value::File(Box::new(file))));
        Ok(())
    }
}

fn subtract(received: &AtomicUsize, count: usize) {
    // Of a body in memory, nothing is counted.
    let _ = received
        .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |received| Some(received.saturating_sub(count)));
}

/// The headers of a part.
struct PartHead {
    name: String,
    /// Empty if the part is a field
    file_name: String,
    content_type: String,
    is_base64: bool,
}

impl PartHead {
    /// Returns whether the content may go to disk as it is.
    fn is_file(&self) -> bool {
        !self.file_name.is_empty() && !self.is_base64
    }

    /// `None` if the part has no name.
    fn read(headers: &HeaderMap) -> Option<Self> {
        let (_, mut disposition) = header(headers, "content-disposition")?;
        let value = |name| header(headers, name).map_or_else(String::new, |(value, _)| value);
        Some(Self {
            name: disposition.swap_remove("name")?.trim().to_owned(),
            file_name: disposition.swap_remove("filename").unwrap_or_else(String::new),
            content_type: value("content-type"),
            is_base64: value("content-transfer-encoding") == "base64",
        })
    }
}

fn header(headers: &HeaderMap, name: &str) -> Option<(String, Parameters)> {
    // `to_str` takes ASCII only, and browsers send names in UTF-8
    str::from_utf8(headers.get(name)?.as_bytes()).ok().and_then(parse_header_parameters)
}

fn decode_base64(content: &[u8]) -> Option<Bytes> {
    let stripped: Vec<u8> = content.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
    BASE64_STANDARD.decode(stripped).ok().map(Bytes::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONTENT_TYPE: &str = "multipart/form-data; boundary=zzz";

    fn parse(body: &str) -> Result<QueryDict, String> {
        parse_with(CONTENT_TYPE, body, Limits::default())
    }

    fn parse_with(content_type: &str, body: &str, limits: Limits) -> Result<QueryDict, String> {
        let mut context = ParserContext::new(content_type);
        context.limits = limits;
        match MultiPartParser.parse(Bytes::copy_from_slice(body.as_bytes()), &context) {
            Ok(Data::Form(form)) => Ok(form),
            Ok(data) => panic!("not a form: {data:?}"),
            Err(error) => Err(error.to_string()),
        }
    }

    /// Parts of a header and a content each, with the last boundary
    fn body(parts: &[(&str, &str)]) -> String {
        let parts = parts.iter().map(|(header, content)| format!("--zzz\r\n{header}\r\n\r\n{content}\r\n"));
        parts.collect::<String>() + "--zzz--\r\n"
    }

    fn field(name: &str) -> String {
        format!("Content-Disposition: form-data; name=\"{name}\"")
    }

    fn file(disposition: &str) -> Option<Value> {
        let header = format!("Content-Disposition: form-data; name=\"f\"; {disposition}");
        parse(&body(&[(&header, "data")])).expect("a form").get("f").cloned()
    }

    fn uploaded(name: &str, content_type: &str, content: &'static str) -> Value {
        Value::File(Box::new(UploadedFile::new(name, content_type, content)))
    }

    #[test]
    fn fields_come_before_files() {
        let header = "Content-Disposition: form-data; name=\"doc\"; filename=\"notes.txt\"\r\n\
                      Content-Type: Text/Plain; charset=utf-8";
        let form = parse(&body(&[(header, "hello\nworld"), (&field("a"), "1"), (&field("a"), "é\r\n")]));
        let expected = [
            ("a", "1".into()),
            ("a", "é\r\n".into()),
            ("doc", uploaded("notes.txt", "text/plain", "hello\nworld")),
        ];
        assert_eq!(form, Ok(QueryDict::from_iter(expected)));
    }

    #[test]
    fn file_names_are_sanitized() {
        assert_eq!(file("filename=\"空.bin\""), Some(uploaded("空.bin", "", "data")));
        assert_eq!(file("filename=\"../../x.txt\""), Some(uploaded("x.txt", "", "data")));
        assert_eq!(file(r#"filename="C:\dir\x.txt""#), Some(uploaded("x.txt", "", "data")));
        assert_eq!(file("filename*=UTF-8''%e4%b8%ad.txt"), Some(uploaded("中.txt", "", "data")));
        assert_eq!(file("filename=\"..\""), None);
    }

    #[test]
    fn a_part_without_a_file_name_is_a_field() {
        assert_eq!(file("filename=\"\""), Some(Value::from("data")));
        assert_eq!(file("other=1"), Some(Value::from("data")));
    }

    #[test]
    fn parts_without_a_name_are_passed_over() {
        let parts = [
            ("Content-Type: text/plain", "x"),
            ("Content-Disposition: form-data", "x"),
            ("Content-Disposition: form-data; name*=klingon''a", "x"),
            (&*field("a"), ""),
        ];
        assert_eq!(parse(&body(&parts)), Ok(QueryDict::from_iter([("a", "")])));
    }

    #[test]
    fn what_is_not_multipart_is_an_empty_form() {
        for body in [
            "not multipart",
            "--zzz--\r\n",
            "--zzz",
            "--zz",
            "--zzz\r\n",
            "--zzz\nA: b\n\nc\n--zzz--",
            "\r\n",
        ] {
            assert_eq!(parse(body), Ok(QueryDict::default()), "{body:?}");
        }
    }

    #[test]
    fn a_truncated_body_gives_what_is_there() {
        let whole = body(&[(&field("a"), "1"), (&field("b"), "two")]);
        let until = |end: &str| parse(&whole[..whole.find(end).expect("in the body") + end.len()]);
        let one = Ok(QueryDict::from_iter([("a", "1")]));
        assert_eq!(until("tw"), Ok(QueryDict::from_iter([("a", "1"), ("b", "tw")])));
        assert_eq!(until("two\r\n--zzz"), Ok(QueryDict::from_iter([("a", "1"), ("b", "two")])));
        assert_eq!(until("1\r\n--zzz"), one);
        assert_eq!(until("1\r\n--zzz\r\nContent-Disp"), one);
        assert_eq!(until("1"), one);
        assert_eq!(until("\"b\"\r\n"), one);
        assert!((0..whole.len()).all(|end| parse(&whole[..end]).is_ok()));
    }

    #[test]
    fn text_around_the_parts_is_ignored() {
        let body = format!("preamble\r\n{}epilogue", body(&[(&field("a"), "1")]));
        assert_eq!(parse(&body), Ok(QueryDict::from_iter([("a", "1")])));
    }

    #[test]
    fn boundaries_are_checked() {
        let check = |content_type, what: &str| {
            let expected = Err(format!("Multipart form parse error - {what}"));
            assert_eq!(parse_with(content_type, "--x", Limits::default()), expected);
        };
        check("multipart/form-data", "Invalid boundary in multipart: None");
        check("multipart/form-data; boundary=", "Invalid boundary in multipart: ");
        check("multipart/form-data; boundary=\"a \"", "Invalid boundary in multipart: a ");
        check("multipart/form-data; boundary=é", "Invalid boundary in multipart: é");
        check("MULTIPART/form-data; boundary=x", "Invalid Content-Type: MULTIPART/form-data; boundary=x");
    }

    #[test]
    fn malformed_headers_are_an_error() {
        let error = parse(&body(&[("no colon", "1")])).expect_err("not a header");
        assert!(error.starts_with("Multipart form parse error - "), "{error}");
    }

    #[test]
    fn base64_is_decoded() {
        let encoded = |header: &str| format!("{header}\r\nContent-Transfer-Encoding: base64");
        let (text, image) = (encoded(&field("a")), encoded(&(field("f") + "; filename=x")));
        let form = parse(&body(&[(&text, "aGVs\r\nbG8="), (&text, "no base 64!"), (&image, "aGVsbG8=")]));
        let expected =
            [("a", "hello".into()), ("a", "no base 64!".into()), ("f", uploaded("x", "", "hello"))];
        assert_eq!(form, Ok(QueryDict::from_iter(expected)));
        let error = "Multipart form parse error - Could not decode base64 data.";
        assert_eq!(parse(&body(&[(&image, "%")])), Err(error.to_owned()));
    }

    #[test]
    fn charset_of_the_content_type_is_used() {
        let content_type = "multipart/form-data; boundary=zzz; charset=iso-8859-1";
        let form = parse_with(content_type, &body(&[(&field("a"), "é")]), Limits::default());
        assert_eq!(form, Ok(QueryDict::from_iter([("a", "Ã©")])));
    }

    #[test]
    fn fields_and_files_are_limited() {
        let limits = Limits { max_fields: 1, max_files: 1, ..Limits::default() };
        let (field, file) = (field("a"), field("f") + "; filename=x");
        let parse = |parts: &[(&str, &str)]| parse_with(CONTENT_TYPE, &body(parts), limits);
        assert!(parse(&[(&field, "1"), (&file, "2")]).is_ok());
        let error = parse(&[(&field, "1"), (&field, "2")]);
        assert_eq!(error, Err("The number of GET/POST parameters exceeded 1.".to_owned()));
        assert_eq!(parse(&[(&file, "1"), (&file, "2")]), Err("The number of files exceeded 1.".to_owned()));
    }
}
