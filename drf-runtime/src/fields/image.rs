//! Whether a file is an image. What Django asks Pillow: its `open` and `verify`.

use super::FieldDescription;
use super::file::empty;
use crate::exceptions::ValidationError;
use crate::value::UploadedFile;

/// What the name of an image may end with.
const EXTENSIONS: [&str; 26] = [
    "apng", "avif", "bmp", "dib", "gif", "heic", "heif", "icb", "ico", "jfif", "jpe", "jpeg", "jpg", "jxl",
    "pbm", "pgm", "png", "pnm", "ppm", "psd", "qoi", "tga", "tif", "tiff", "vda", "webp",
];

/// An empty file is no image, whatever the field allows.
pub(super) fn check_image(file: &UploadedFile, field: &FieldDescription) -> Result<(), ValidationError> {
    if file.content.is_empty() {
        return Err(empty(field));
    }
    let known = imagesize::blob_size(&file.content).is_ok();
    if !known || (file.content.starts_with(&PNG) && !is_whole_png(&file.content[PNG.len()..])) {
        let message =
            "Upload a valid image. The file you uploaded was either not an image or a corrupted image.";
        return Err(field.fail("invalid_image", message, &[]));
    }
    check_extension(&file.name, field)
}

/// Django's `validate_image_file_extension`: content that a browser takes for a page must not get past by its first bytes.
fn check_extension(name: &str, field: &FieldDescription) -> Result<(), ValidationError> {
    let extension = name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty());
    let extension = extension.map_or_else(String::new, |(_, extension)| extension.to_lowercase());
    if EXTENSIONS.contains(&extension.as_str()) {
        return Ok(());
    }
    let message =
        "File extension “{extension}” is not allowed. Allowed extensions are: {allowed_extensions}.";
    let allowed = EXTENSIONS.join(", ");
    Err(field.fail(
        "invalid_extension",
        message,
        &[("extension", &extension), ("allowed_extensions", &allowed)],
    ))
}

const PNG: [u8; 8] = *b"\x89PNG\r\n\x1a\n";

/// Whether the chunks of a PNG have the right checksums, up to its end.
fn is_whole_png(mut chunks: &[u8]) -> bool {
    while let Some((length, rest)) = chunks.split_first_chunk() {
        let length = u32::from_be_bytes(*length) as usize;
        let Some((body, rest)) = length.checked_add(4).and_then(|length| rest.split_at_checked(length))
        else {
            return false;
        };
        let Some((checksum, rest)) = rest.split_first_chunk() else { return false };
        if crc32(body) != u32::from_be_bytes(*checksum) {
            return false;
        }
        if body.starts_with(b"IEND") {
            return true;
        }
        chunks = rest;
    }
    false
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc, byte| CRC_TABLE[usize::from(crc as u8 ^ byte)] ^ (crc >> 8))
}

const CRC_TABLE: [u32; 256] = {
    let mut table = [0; 256];
    let mut index = 0;
    while index < 256 {
        let (mut value, mut bit) = (index as u32, 0);
        while bit < 8 {
            value = if value & 1 == 1 { 0xedb8_8320 ^ (value >> 1) } else { value >> 1 };
            bit += 1;
        }
        table[index] = value;
        index += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checksums() {
        assert_eq!(crc32(b"IEND"), 0xae42_6082);
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
    }
}
