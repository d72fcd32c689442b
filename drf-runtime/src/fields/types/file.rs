//! Uploaded files. DRF's `FileField` and `ImageField`.

use sea_orm::DbErr;

use super::image::check_image;
use crate::db::Row;
use crate::exceptions::ValidationError;
use crate::fields::options::Upload;
use crate::fields::{DbValue, Field, FieldDescription, FieldKind, Lengths};
use crate::uploads::UploadedFile;
use crate::value::Value;
use crate::value::json::write_string;

macro_rules! upload {
    ($(#[$doc:meta])* $name:ident, $kind:ident, $check:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq)]
        pub struct $name(pub UploadedFile);

        impl Field for $name {
            type Source = String;

            fn describe(field: &mut FieldDescription) {
                describe(field, FieldKind::$kind);
            }

            fn to_internal_value(input: &Value, field: &FieldDescription) -> Result<Self, ValidationError> {
                let check: fn(&UploadedFile, &FieldDescription) -> Result<(), ValidationError> = $check;
                let file = uploaded(input, field)?;
                check(file, field)?;
                Ok(Self(file.clone()))
            }

            fn to_representation(&self, field: &FieldDescription, out: &mut Vec<u8>) {
                represent(&self.0, field, out);
            }

            fn read(row: &Row<'_>, index: usize) -> Result<Option<Self>, DbErr> {
                Ok(row.text(index)?.map(|name| Self(without_content(name))))
            }

            fn to_db_value(&self) -> DbValue {
                DbValue::Value(self.0.name.as_str().into())
            }
        }

        impl Lengths for $name {}
        impl Upload for $name {}

        impl std::ops::Deref for $name {
            type Target = UploadedFile;

            fn deref(&self) -> &UploadedFile {
                &self.0
            }
        }
    };
}

upload! {
    /// A file that a client sent. DRF's `FileField`.
    ///
    /// There is no storage yet: hooks [`read`](UploadedFile::read) the content, a column of text gets the name, and what has no URL is output as
    /// `null`, or by its name with `use_url = false`. Options: `max_length` of the name, `allow_empty_file`, `use_url`.
    /// Errors: `required`, `invalid`, `no_name`, `empty`, `max_length`.
    ///
    /// ```
    /// use drf::fields::File;
    /// use drf::UploadedFile;
    ///
    /// let file = File(UploadedFile::new("a.txt", "text/plain", "hello"));
    /// assert_eq!(file.size(), 5);
    /// ```
    File, FileUpload, |_, _| Ok(())
}

upload! {
    /// An image that a client sent. DRF's `ImageField`.
    ///
    /// It is a [`File`] whose first bytes are those of an image, and whose name says so: BMP, GIF, HEIF and AVIF, ICO, JPEG,
    /// JPEG XL, PNG, PNM, PSD, QOI, TGA, TIFF or WebP. Of a PNG all checksums are checked. Errors: those of a file,
    /// `invalid_image` and `invalid_extension`.
    ///
    /// ```
    /// use drf::fields::Image;
    /// use drf::UploadedFile;
    ///
    /// fn megapixels(image: &Image) -> Option<f64> {
    ///     let (width, height) = image.dimensions()?;
    ///     Some((width * height) as f64 / 1e6)
    /// }
    /// ```
    Image, ImageUpload, check_image
}

impl Image {
    /// Width and height in pixels.
    pub fn dimensions(&self) -> Option<(usize, usize)> {
        let size = imagesize::reader_size(self.0.open().ok()?).ok()?;
        Some((size.width, size.height))
    }
}

fn describe(field: &mut FieldDescription, kind: FieldKind) {
    field.kind = kind;
    field.allow_empty = false;
    field.messages.push(("required", "No file was submitted."));
}

/// DRF's `FileField.to_internal_value`.
fn uploaded<'i>(input: &'i Value, field: &FieldDescription) -> Result<&'i UploadedFile, ValidationError> {
    let Value::File(file) = input else {
        let message = "The submitted data was not a file. Check the encoding type on the form.";
        return Err(field.fail("invalid", message, &[]));
    };
    if file.name.is_empty() {
        return Err(field.fail("no_name", "No filename could be determined.", &[]));
    }
    if file.size() == 0 && !field.allow_empty {
        return Err(empty(field));
    }
    let length = file.name.chars().count();
    match field.max_length.filter(|max| *max > 0 && length > *max) {
        None => Ok(file),
        Some(max) => {
            let message = "Ensure this filename has at most {max_length} characters (it has {length}).";
            let arguments = [("max_length", max.to_string()), ("length", length.to_string())];
            Err(field.fail(
                "max_length",
                message,
                &arguments.each_ref().map(|(name, text)| (*name, text.as_str())),
            ))
        }
    }
}

pub(in crate::fields) fn empty(field: &FieldDescription) -> ValidationError {
    field.fail("empty", "The submitted file is empty.", &[])
}

/// DRF's `FileField.to_representation` of a file that no storage knows.
fn represent(file: &UploadedFile, field: &FieldDescription, out: &mut Vec<u8>) {
    match field.use_url {
        true => out.extend_from_slice(b"null"),
        false => write_string(&file.name, out),
    }
}

fn without_content(name: &str) -> UploadedFile {
    UploadedFile::new(name, "", "")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fields::tests::{answer, answer_value, described};

    fn file(name: &str, content: &'static [u8]) -> Value {
        Value::File(Box::new(UploadedFile::new(name, "", content)))
    }

    #[test]
    fn files_are_checked_in_order() {
        let mut field = described::<File>();
        field.max_length = Some(5);
        let cases = [
            (file("a.txt", b"x"), "null"),
            (
                Value::from("a.txt"),
                r#"! ["The submitted data was not a file. Check the encoding type on the form."]"#,
            ),
            (file("", b""), r#"! ["No filename could be determined."]"#),
            (file("long.txt", b""), r#"! ["The submitted file is empty."]"#),
            (file("é.long", b"x"), r#"! ["Ensure this filename has at most 5 characters (it has 6)."]"#),
        ];
        for (input, expected) in cases {
            assert_eq!(answer_value::<File>(&input, &field), expected);
        }
        (field.allow_empty, field.use_url) = (true, false);
        assert_eq!(answer_value::<File>(&file("a.txt", b""), &field), r#""a.txt""#);
        assert_eq!(answer::<File>("null", &field), r#"! ["This field may not be null."]"#);
    }

    #[test]
    fn a_missing_file_has_its_own_message() {
        let field = described::<File>();
        assert_eq!(field.required_error(), ValidationError::with_code("No file was submitted.", "required"));
        let mut field = described::<File>();
        field.messages.push(("required", "a file, please"));
        assert_eq!(field.required_error(), ValidationError::with_code("a file, please", "required"));
    }

    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0\x3a\x7e\x9b\x55\0\0\0\nIDAT\x78\x9c\x63\x60\0\0\0\x02\0\x01\x48\xaf\xa4\x71\0\0\0\0IEND\xaeB\x60\x82";
    const BROKEN_PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0\x3a\x7e\x9b\x56\0\0\0\0IEND\xaeB\x60\x82";
    const GIF: &[u8] = b"GIF89a\x02\0\x03\0\x80\0\0\0\0\0\xff\xff\xff;";

    #[test]
    fn images_are_recognized_by_their_content() {
        let mut field = described::<Image>();
        let wrong = r#"! ["Upload a valid image. The file you uploaded was either not an image or a corrupted image."]"#;
        assert_eq!(answer_value::<Image>(&file("a.png", PNG), &field), "null");
        assert_eq!(answer_value::<Image>(&file("a.GIF", GIF), &field), "null");
        assert_eq!(answer_value::<Image>(&file("a.png", &PNG[..40]), &field), wrong);
        assert_eq!(answer_value::<Image>(&file("a.png", BROKEN_PNG), &field), wrong);
        assert_eq!(answer_value::<Image>(&file("a.png", b"<html></html>"), &field), wrong);
        field.allow_empty = true;
        assert_eq!(
            answer_value::<Image>(&file("a.png", b""), &field),
            r#"! ["The submitted file is empty."]"#
        );
        let extension = answer_value::<Image>(&file("a.html", GIF), &field);
        assert!(
            extension.starts_with(
                "! [\"File extension “html” is not allowed. Allowed extensions are: apng, avif, "
            )
        );
        let Value::File(upload) = file("a.gif", GIF) else { panic!("not a file") };
        assert_eq!(Image(*upload).dimensions(), Some((2, 3)));
    }
}
