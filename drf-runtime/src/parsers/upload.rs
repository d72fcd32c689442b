use bytes::Bytes;
use futures_util::future::BoxFuture;

use super::file_name::sanitize_file_name;
use super::{BodyStream, Data, ParseError, Parser, ParserContext, StreamingParser};
use crate::exceptions::APIException;
use crate::media_type::parse_header_parameters;
use crate::uploads::UploadedFile;
use crate::value::{Dict, Value};

const NO_FILENAME: &str =
    "Missing filename. Request should include a Content-Disposition header with a filename parameter.";

/// Takes the whole body, whatever its media type, for one file under the key `file`.
///
/// Its name is the part of the URL named `filename`, else the `filename` of the `Content-Disposition` header.
#[derive(Debug, Clone, Copy, Default)]
pub struct FileUploadParser;

impl Parser for FileUploadParser {
    fn media_type(&self) -> &str {
        "*/*"
    }

    fn parse(&self, body: Bytes, context: &ParserContext<'_>) -> Result<Data, ParseError> {
        let name = file_name(context).ok_or_else(|| ParseError::new(NO_FILENAME))?;
        Ok(data(UploadedFile::new(name, context.content_type, body)))
    }

    fn as_streaming(&self) -> Option<&dyn StreamingParser> {
        Some(self)
    }
}

impl StreamingParser for FileUploadParser {
    fn parse_stream<'a>(
        &'a self,
        body: &'a BodyStream,
        context: &'a ParserContext<'_>,
    ) -> BoxFuture<'a, Result<Data, APIException>> {
        Box::pin(async {
            let name = file_name(context).ok_or_else(|| ParseError::new(NO_FILENAME))?;
            let content = body.spool().await?;
            let file = UploadedFile::with_content(name, context.content_type.to_owned(), content);
            Ok(if file.size() == 0 { Data::empty(context.content_type) } else { data(file) })
        })
    }
}

fn data(file: UploadedFile) -> Data {
    Data::Json(Value::Dict(Dict::from([("file".to_owned(), Value::File(Box::new(file)))])))
}

fn file_name(context: &ParserContext<'_>) -> Option<String> {
    if let Some(name) = context.filename {
        return sanitize_file_name(name);
    }
    let (_, params) = parse_header_parameters(context.content_disposition?)?;
    sanitize_file_name(params.get("filename")?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(url: Option<&str>, disposition: Option<&str>) -> Result<String, String> {
        let mut context = ParserContext::new("text/plain; charset=utf-8");
        (context.filename, context.content_disposition) = (url, disposition);
        let data = FileUploadParser
            .parse(Bytes::from_static(b"raw"), &context)
            .map_err(|error| error.to_string())?;
        let Some(Value::File(file)) = data.get("file") else { panic!("no file") };
        assert_eq!((file.size(), file.content_type.as_str()), (3, "text/plain; charset=utf-8"));
        Ok(file.name.clone())
    }

    #[test]
    fn name_comes_from_the_url_first() {
        assert_eq!(name(Some("x.txt"), Some("attachment; filename=other.txt")).as_deref(), Ok("x.txt"));
        assert_eq!(name(None, Some("attachment; filename=report.csv")).as_deref(), Ok("report.csv"));
        let encoded = Some("attachment; filename=a; filename*=UTF-8''%e4%b8%ad.txt");
        assert_eq!(name(None, encoded).as_deref(), Ok("中.txt"));
        assert_eq!(name(None, Some("attachment; filename=\"../../x.sh\"")).as_deref(), Ok("x.sh"));
    }

    #[test]
    fn missing_name_is_an_error() {
        for disposition in [None, Some("attachment"), Some("a; filename="), Some("a; filename*=klingon''x")] {
            assert_eq!(name(None, disposition), Err(NO_FILENAME.to_owned()), "{disposition:?}");
        }
        assert_eq!(name(Some(""), Some("a; filename=b")), Err(NO_FILENAME.to_owned()));
    }
}
