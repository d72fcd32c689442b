/// Longer names are a problem for file systems.
const MAX_CHARS: usize = 255;

/// Returns the name under which an uploaded file is known: without directories of any system, without characters that cannot
/// be seen, not too long. `None` if nothing is left.
pub(super) fn sanitize_file_name(name: &str) -> Option<String> {
    let base = name.rsplit(['/', '\\']).next().unwrap_or("");
    let name: String = base.chars().filter(|c| !is_invisible(*c)).collect();
    match name.as_str() {
        "" | "." | ".." => None,
        _ => Some(shortened(name)),
    }
}

/// Control characters, and those that would disguise a name, such as the override of the writing direction.
fn is_invisible(c: char) -> bool {
    let disguises =
        matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}');
    c.is_control() || disguises || c == '\u{feff}'
}

/// Cuts the end of the stem, so that the extension stays.
fn shortened(name: String) -> String {
    if name.chars().count() <= MAX_CHARS {
        return name;
    }
    let (stem, extension) = name.rfind('.').map_or((name.as_str(), ""), |dot| name.split_at(dot));
    let extension: String = extension.chars().take(MAX_CHARS).collect();
    stem.chars().take(MAX_CHARS - extension.chars().count()).collect::<String>() + &extension
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, expected: &str) {
        assert_eq!(sanitize_file_name(name).as_deref(), Some(expected));
    }

    #[test]
    fn directories_are_cut_off() {
        check("notes.txt", "notes.txt");
        check("../../etc/passwd", "passwd");
        check(r"C:\Users\ann\空.bin", "空.bin");
        check(r"a/b\c/d", "d");
        check(" .hidden", " .hidden");
    }

    #[test]
    fn names_without_a_name_are_refused() {
        for name in ["", ".", "..", "dir/", r"dir\", "a/..", "\0\u{202e}"] {
            assert_eq!(sanitize_file_name(name), None, "{name:?}");
        }
    }

    #[test]
    fn invisible_characters_are_dropped() {
        check("a\0b\r\nc\u{7f}.t\u{202e}xt", "abc.txt");
    }

    #[test]
    fn long_names_keep_their_extension() {
        check(&("é".repeat(300) + ".tar.gz"), &("é".repeat(252) + ".gz"));
        check(&"x".repeat(256), &"x".repeat(255));
        check(&(".".to_owned() + &"x".repeat(300)), &(".".to_owned() + &"x".repeat(254)));
    }
}
