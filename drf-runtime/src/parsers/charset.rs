//! The charset of a body, as Python finds and decodes it.

use std::borrow::Cow;

use encoding_rs::{Encoding, REPLACEMENT, X_USER_DEFINED, mem::decode_latin1};

use super::ParseError;

/// A charset that a body can be in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Charset {
    Utf8,
    /// UTF-8 that may begin with a byte order mark
    Utf8Sig,
    Ascii,
    Latin1,
    /// Code units of two bytes; without an order the body begins with a byte order mark
    Utf16(Option<Order>),
    /// Code units of four bytes
    Utf32(Option<Order>),
    Other(&'static Encoding),
}

/// The order of the bytes of a code unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    Little,
    Big,
}

/// Python's codecs that are not from bytes to text: reading a body with one would decompress it, for example.
const NOT_TEXT: [&str; 20] = [
    "base64",
    "base_64",
    "base64_codec",
    "bz2",
    "bz2_codec",
    "hex",
    "hex_codec",
    "quopri",
    "quoted_printable",
    "quotedprintable",
    "quopri_codec",
    "rot13",
    "rot_13",
    "undefined",
    "uu",
    "uu_codec",
    "zip",
    "zlib",
    "zlib_codec",
    "aliases",
];

/// Python's encodings of text that are not read here.
const NOT_READ: [&str; 58] = [
    "charmap",
    "cp037",
    "cp1006",
    "cp1026",
    "cp1125",
    "cp1140",
    "cp273",
    "cp424",
    "cp437",
    "cp500",
    "cp720",
    "cp737",
    "cp775",
    "cp850",
    "cp852",
    "cp855",
    "cp856",
    "cp857",
    "cp858",
    "cp860",
    "cp861",
    "cp862",
    "cp863",
    "cp864",
    "cp865",
    "cp869",
    "cp875",
    "euc_jis_2004",
    "euc_jisx0213",
    "hp_roman8",
    "hz",
    "idna",
    "iso2022_jp_1",
    "iso2022_jp_2",
    "iso2022_jp_2004",
    "iso2022_jp_3",
    "iso2022_jp_ext",
    "iso2022_kr",
    "johab",
    "koi8_t",
    "kz1048",
    "mac_arabic",
    "mac_croatian",
    "mac_farsi",
    "mac_greek",
    "mac_iceland",
    "mac_latin2",
    "mac_romanian",
    "mac_turkish",
    "palmos",
    "ptcp154",
    "punycode",
    "raw_unicode_escape",
    "shift_jis_2004",
    "shift_jisx0213",
    "unicode_escape",
    "utf_7",
    "utf7",
];

impl Charset {
    /// Returns the charset of a name. A name that Python does not know is UTF-8, as in Django.
    ///
    /// # Errors
    /// A name of a codec that does not decode text.
    pub(super) fn named(label: &str) -> Result<Self, ParseError> {
        let name = normalized(label);
        Ok(match name.as_str() {
            "utf_8" | "utf8" | "u8" | "utf" | "cp65001" => Self::Utf8,
            "utf_8_sig" => Self::Utf8Sig,
            "ascii" | "us_ascii" | "us" | "646" | "cp367" | "ibm367" | "iso646_us" | "iso_ir_6"
            | "csascii" | "ansi_x3.4_1968" => Self::Ascii,
            "latin_1" | "latin1" | "latin" | "l1" | "8859" | "iso8859" | "iso8859_1" | "iso_8859_1"
            | "cp819" | "ibm819" | "iso_ir_100" | "csisolatin1" => Self::Latin1,
            "utf_16" | "utf16" | "u16" => Self::Utf16(None),
            "utf_16_le" | "utf_16le" => Self::Utf16(Some(Order::Little)),
            "utf_16_be" | "utf_16be" => Self::Utf16(Some(Order::Big)),
            "utf_32" | "utf32" | "u32" => Self::Utf32(None),
            "utf_32_le" | "utf_32le" => Self::Utf32(Some(Order::Little)),
            "utf_32_be" | "utf_32be" => Self::Utf32(Some(Order::Big)),
            name if NOT_TEXT.contains(&name) || NOT_READ.contains(&name) => {
                let message = format!("Unsupported charset \"{label}\" in request Content-Type header.");
                return Err(ParseError::new(message));
            }
            name => encoding_named(label, name).map_or(Self::Utf8, Self::Other),
        })
    }

    /// Decodes a whole body.
    ///
    /// # Errors
    /// The reason, where the bytes are not of this charset.
    pub(super) fn decode(self, bytes: &[u8]) -> Result<Cow<'_, str>, String> {
        let text = match self {
            Self::Utf8 => str::from_utf8(bytes).ok().map(Cow::Borrowed),
            Self::Utf8Sig => {
                str::from_utf8(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)).ok().map(Cow::Borrowed)
            }
            Self::Ascii => str::from_utf8(bytes).ok().filter(|text| text.is_ascii()).map(Cow::Borrowed),
            Self::Latin1 => Some(decode_latin1(bytes)),
            Self::Utf16(order) => {
                let (order, bytes) =
                    ordered(order, bytes, [b"\xff\xfe", b"\xfe\xff"]).ok_or_else(|| self.no_mark())?;
                utf16(order, bytes).map(Cow::Owned)
            }
            Self::Utf32(order) => {
                let marks: [&[u8]; 2] = [b"\xff\xfe\0\0", b"\0\0\xfe\xff"];
                let (order, bytes) = ordered(order, bytes, marks).ok_or_else(|| self.no_mark())?;
                utf32(order, bytes).map(Cow::Owned)
            }
            Self::Other(encoding) => encoding.decode_without_bom_handling_and_without_replacement(bytes),
        };
        text.ok_or_else(|| format!("the body is not valid {}", self.name()))
    }

    /// Decodes a part of a form. What is not of this charset is replaced, as by Django.
    pub(super) fn decode_lossy(self, bytes: &[u8]) -> Cow<'_, str> {
        match (self.decode(bytes), self) {
            (Ok(text), _) => text,
            (Err(_), Self::Other(encoding)) => encoding.decode_without_bom_handling(bytes).0,
            (Err(_), _) => String::from_utf8_lossy(bytes),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Utf8 | Self::Utf8Sig => "UTF-8",
            Self::Ascii => "ASCII",
            Self::Latin1 => "ISO-8859-1",
            Self::Utf16(None) => "UTF-16",
            Self::Utf16(Some(Order::Little)) => "UTF-16LE",
            Self::Utf16(Some(Order::Big)) => "UTF-16BE",
            Self::Utf32(None) => "UTF-32",
            Self::Utf32(Some(Order::Little)) => "UTF-32LE",
            Self::Utf32(Some(Order::Big)) => "UTF-32BE",
            Self::Other(encoding) => encoding.name(),
        }
    }

    fn no_mark(self) -> String {
        format!("{} stream does not start with BOM", self.name())
    }
}

/// Python's `normalize_encoding`: in lower case, with one `_` for what is neither a letter nor a digit nor a point.
fn normalized(label: &str) -> String {
    let words = label.split(|character: char| !character.is_ascii_alphanumeric() && character != '.');
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join("_").to_ascii_lowercase()
}

/// Returns the encoding of a label. Python spells some with more hyphens and underscores than the web does, and knows some by
/// the number of their code page.
fn encoding_named(label: &str, name: &str) -> Option<&'static Encoding> {
    let by_page = match name {
        "cp874" => Some("windows-874"),
        "cp932" => Some("windows-31j"),
        "cp936" => Some("gbk"),
        "cp949" => Some("windows-949"),
        "cp950" => Some("big5"),
        _ => None,
    };
    let squeezed = || Encoding::for_label(label.replace(['-', '_'], "").as_bytes());
    let found = Encoding::for_label(by_page.unwrap_or(label).as_bytes()).or_else(squeezed);
    found.filter(|encoding| ![REPLACEMENT, X_USER_DEFINED].contains(encoding))
}

/// Returns the order of code units, and the bytes behind a byte order mark.
fn ordered<'b>(order: Option<Order>, bytes: &'b [u8], marks: [&[u8]; 2]) -> Option<(Order, &'b [u8])> {
    match order {
        Some(order) => Some((order, bytes)),
        None => [Order::Little, Order::Big]
            .into_iter()
            .zip(marks)
            .find_map(|(order, mark)| Some((order, bytes.strip_prefix(mark)?))),
    }
}

fn utf16(order: Order, bytes: &[u8]) -> Option<String> {
    let (units, rest) = bytes.as_chunks::<2>();
    let unit = |unit: &[u8; 2]| match order {
        Order::Little => u16::from_le_bytes(*unit),
        Order::Big => u16::from_be_bytes(*unit),
    };
    let text = char::decode_utf16(units.iter().map(unit)).collect::<Result<String, _>>().ok()?;
    rest.is_empty().then_some(text)
}

fn utf32(order: Order, bytes: &[u8]) -> Option<String> {
    let (units, rest) = bytes.as_chunks::<4>();
    let unit = |unit: &[u8; 4]| match order {
        Order::Little => u32::from_le_bytes(*unit),
        Order::Big => u32::from_be_bytes(*unit),
    };
    let text = units.iter().map(|bytes| char::from_u32(unit(bytes))).collect::<Option<String>>()?;
    rest.is_empty().then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(label: &str, bytes: &[u8]) -> Result<String, String> {
        let charset = Charset::named(label).map_err(|error| error.to_string())?;
        charset.decode(bytes).map(Cow::into_owned)
    }

    /// Recorded from DRF 3.18.
    #[test]
    fn charsets_are_read_as_by_drf() {
        for (label, bytes) in [
            ("utf-16", &b"\xff\xfe\xe9\x00"[..]),
            ("UTF_16", b"\xfe\xff\x00\xe9"),
            ("utf-16-le", b"\xe9\x00"),
            ("utf-16be", b"\x00\xe9"),
            ("utf-32", b"\x00\x00\xfe\xff\x00\x00\x00\xe9"),
            ("utf32", b"\xff\xfe\x00\x00\xe9\x00\x00\x00"),
            ("utf-32-le", b"\xe9\x00\x00\x00"),
            ("utf-8-sig", b"\xef\xbb\xbf\xc3\xa9"),
            ("UTF 8", b"\xc3\xa9"),
            ("latin-1", b"\xe9"),
            ("gbk", b"\xa8\xa6"),
            ("bogus", b"\xc3\xa9"),
            ("replacement", b"\xc3\xa9"),
        ] {
            assert_eq!(decoded(label, bytes), Ok("é".to_owned()), "{label}");
        }
        assert_eq!(decoded("iso-8859-1", b"\x80"), Ok("\u{80}".to_owned()));
        assert_eq!(decoded("utf-16", b"\xe9\x00"), Err("UTF-16 stream does not start with BOM".to_owned()));
        for (label, bytes) in [("utf-16-le", &b"\x00\xd8"[..]), ("utf-16-le", b"a"), ("ascii", b"\xe9")] {
            assert!(decoded(label, bytes).is_err(), "{label}");
        }
    }

    #[test]
    fn codecs_of_other_things_than_text_are_rejected() {
        for label in
            ["bz2_codec", "BZ2", "hex", "rot-13", "zlib", "base64", "undefined", "uu", "utf-7", "cp437"]
        {
            let message = format!("Unsupported charset \"{label}\" in request Content-Type header.");
            assert_eq!(decoded(label, b"x"), Err(message));
        }
    }
}
