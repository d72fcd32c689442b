//! "did you mean ..": the nearest of the words that would have been right.

/// Returns the word that was probably meant.
pub(crate) fn nearest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    let word = word.to_ascii_lowercase();
    let rated = known.iter().map(|other| (likeness(&word, &other.to_ascii_lowercase()), *other));
    let best = rated.max_by(|(a, _), (b, _)| a.total_cmp(b));
    best.filter(|(likeness, _)| *likeness > 0.8).map(|(_, other)| other)
}

/// Rates how alike two words are, from 0 to 1.
fn likeness(word: &str, other: &str) -> f64 {
    // Transposed and doubled letters are typical of typing, a common start of guessing. Of a short word one letter is a third.
    let one_letter = word.len() > 2 && strsim::damerau_levenshtein(word, other) == 1;
    let likeness = strsim::jaro_winkler(word, other).max(strsim::normalized_damerau_levenshtein(word, other));
    if one_letter { likeness.max(0.85) } else { likeness }
}

/// Returns the second line of an error about an unknown word.
pub(crate) fn help(word: &str, known: &[&str]) -> String {
    match nearest(word, known) {
        Some(other) => format!("help: did you mean `{other}`?"),
        None => format!("help: expected {}", expected(known)),
    }
}

/// Returns `` one of `a`, `b` ``, or the only word that there is.
fn expected(known: &[&str]) -> String {
    match known {
        [] => "nothing".to_owned(),
        [only] => format!("`{only}`"),
        _ => format!("one of {}", one_of(known)),
    }
}

/// Returns `` `a`, `b` ``.
pub(crate) fn one_of(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}
