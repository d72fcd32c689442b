//! What the compiler hands to LLVM: how many functions, of how many lines, and whose they are. What `cargo llvm-lines`
//! counts.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use crate::Result;

/// A function in LLVM's language.
#[derive(Debug, Clone)]
pub struct Function {
    /// With all types, as the compiler writes it
    pub name: String,
    pub lines: usize,
}

/// The functions of a file of LLVM's language.
///
/// # Errors
/// If the file cannot be read.
pub fn functions(file: &Path) -> Result<Vec<Function>> {
    let (mut functions, mut comment) = (Vec::new(), String::new());
    let mut open: Option<Function> = None;
    for line in BufReader::new(File::open(file)?).lines() {
        let line = line?;
        if let Some(name) = line.strip_prefix("; ").filter(|name| !name.starts_with("Function Attrs")) {
            name.clone_into(&mut comment);
        } else if line.starts_with("define ") {
            open = Some(Function { name: std::mem::take(&mut comment), lines: 1 });
        } else if line == "}" {
            functions.extend(open.take());
        } else if let Some(function) = &mut open {
            function.lines += 1;
        }
    }
    Ok(functions)
}

/// Functions and lines together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sum {
    pub functions: usize,
    pub lines: usize,
}

impl Sum {
    fn add(&mut self, function: &Function) {
        self.functions += 1;
        self.lines += function.lines;
    }
}

/// All functions together.
pub fn total(functions: &[Function]) -> Sum {
    let mut sum = Sum::default();
    functions.iter().for_each(|function| sum.add(function));
    sum
}

/// The functions that are there because of one resource: their names have its module in them. By what `group` says.
pub fn of_resource(
    functions: &[Function],
    resource: &str,
    group: fn(&Function) -> Option<String>,
) -> BTreeMap<String, Sum> {
    let mut sums: BTreeMap<String, Sum> = BTreeMap::new();
    for function in functions.iter().filter(|function| function.name.contains(resource)) {
        if let Some(group) = group(function) {
            sums.entry(group).or_default().add(function);
        }
    }
    sums
}

/// The crate that a function was written in.
pub fn crate_of(function: &Function) -> Option<String> {
    let name = function.name.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '_');
    let end = name.find("::").unwrap_or(name.len());
    let name = name[..end].rsplit([' ', '<', '&', '(']).next().unwrap_or_default();
    Some(name.to_owned())
}

/// The name of a function of the runtime, without types.
pub fn runtime_name(function: &Function) -> Option<String> {
    (crate_of(function)? == "drf").then(|| plain(&function.name))
}

/// A name without the types between `<` and `>`, other than the one it starts with.
pub fn plain(name: &str) -> String {
    let (mut depth, mut kept, mut last) = (0_usize, usize::from(name.starts_with('<')), ' ');
    let mut plain = String::new();
    for character in name.chars() {
        match character {
            '<' => depth += 1,
            '>' if last != '-' => {
                depth -= 1;
                kept = kept.min(depth);
            }
            _ if depth <= kept => plain.push(character),
            _ => {}
        }
        last = character;
    }
    plain.replace("::::", "::").trim_end_matches(':').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn function(name: &str) -> Function {
        Function { name: name.to_owned(), lines: 1 }
    }

    #[test]
    fn names_without_types() {
        let name = "drf::serializers::validation::is_valid::<resources::r1::S>::{closure#0}";
        assert_eq!(plain(name), "drf::serializers::validation::is_valid::{closure#0}");
        assert_eq!(plain("<drf::Request>::list::<resources::r1::S>"), "drf::Request::list");
        assert_eq!(plain("<fn(&T) -> Vec<T> as Call>::call::<R>"), "fn(&T) -> Vec as Call::call");
    }

    #[test]
    fn crates_of_functions() {
        let of = |name| crate_of(&function(name)).unwrap_or_default();
        assert_eq!(of("drf::fetch::<resources::r1::S>"), "drf");
        assert_eq!(of("<&resources::r1::Model as core::fmt::Debug>::fmt"), "resources");
        assert_eq!(of("<alloc::vec::Vec<resources::r1::Model>>::push"), "alloc");
    }
}
