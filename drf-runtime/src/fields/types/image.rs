//! The check that a file is an image. Django asks Pillow: its `open` and `verify`.

use std::io::{self, BufRead, Read, Seek};

use super::file::empty;
use crate::exceptions::ValidationError;
use crate::fields::FieldDescription;
use crate::uploads::UploadedFile;

/// The extensions of the names of images.
const EXTENSIONS: [&str; 26] = [
    "apng", "avif", "bmp", "dib", "gif", "heic", "heif", "icb", "ico", "jfif", "jpe", "jpeg", "jpg", "jxl",
    "pbm", "pgm", "png", "pnm", "ppm", "psd", "qoi", "tga", "tif", "tiff", "vda", "webp",
];

/// Checks that a file is an image. An empty one is none, whatever the field allows.
pub(in crate::fields) fn check_image(
    file: &UploadedFile,
    field: &FieldDescription,
) -> Result<(), ValidationError> {
    if file.size() == 0 {
        return Err(empty(field));
    }
    if !is_image(file).unwrap_or(false) {
        let message =
            "Upload a valid image. The file you uploaded was either not an image or a corrupted image.";
        return Err(field.fail("invalid_image", message, &[]));
    }
    check_extension(&file.name, field)
}

/// Returns whether the first bytes are those of an image, and whether a PNG is whole.
fn is_image(file: &UploadedFile) -> io::Result<bool> {
    let mut content = file.open()?;
    if imagesize::reader_size(&mut content).is_err() {
        return Ok(false);
    }
    content.rewind()?;
    let mut signature = [0; PNG.len()];
    let is_png = content.read_exact(&mut signature).is_ok() && signature == PNG;
    if is_png { is_whole_png(content) } else { Ok(true) }
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

/// Returns whether the chunks of a PNG have the right checksums, up to its end.
fn is_whole_png(mut content: impl BufRead) -> io::Result<bool> {
    loop {
        let (mut length, mut kind, mut checksum) = ([0; 4], [0; 4], [0; 4]);
        content.read_exact(&mut length)?;
        content.read_exact(&mut kind)?;
        let mut crc = Crc32::new();
        crc.update(&kind);
        let mut left = usize::try_from(u32::from_be_bytes(length)).unwrap_or(usize::MAX);
        while left > 0 {
            let bytes = content.fill_buf()?;
            let count = bytes.len().min(left);
            if count == 0 {
                return Ok(false);
            }
            crc.update(&bytes[..count]);
            content.consume(count);
            left -= count;
        }
        content.read_exact(&mut checksum)?;
        if crc.finish() != u32::from_be_bytes(checksum) {
            return Ok(false);
        }
        if &kind == b"IEND" {
            return Ok(true);
        }
    }
}

struct Crc32(u32);

impl Crc32 {
    fn new() -> Self {
        Self(!0)
    }

    fn update(&mut self, bytes: &[u8]) {
        self.0 = bytes.iter().fold(self.0, |crc, byte| CRC_TABLE[usize::from(crc as u8 ^ byte)] ^ (crc >> 8));
    }

    fn finish(self) -> u32 {
        !self.0
    }
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
        let crc32 = |parts: &[&[u8]]| {
            let mut crc = Crc32::new();
            parts.iter().for_each(|part| crc.update(part));
            crc.finish()
        };
        assert_eq!(crc32(&[b"IEND"]), 0xae42_6082);
        assert_eq!(crc32(&[b"1234", b"56789"]), 0xcbf4_3926);
    }
}
