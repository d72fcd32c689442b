//! Crates with many resources.

use std::fmt::{self, Display, Write};
use std::fs;
use std::path::{Path, PathBuf};

use crate::Result;

const ENTITY: &str = include_str!("subject/entity.rs");
const SHARED: &str = include_str!("subject/shared.rs");
const WITH_DRF: &str = include_str!("subject/with_drf.rs");
const BY_HAND: &str = include_str!("subject/by_hand.rs");

/// How the resources are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    Drf,
    Hand,
}

impl Style {
    pub const ALL: [Self; 2] = [Self::Drf, Self::Hand];

    /// The lines that one writes for a resource, its entity not counted.
    pub fn written_lines(self) -> usize {
        self.resource().lines().count()
    }

    fn resource(self) -> &'static str {
        match self {
            Self::Drf => WITH_DRF,
            Self::Hand => BY_HAND,
        }
    }

    fn main(self) -> &'static str {
        match self {
            Self::Drf => include_str!("subject/roots/with_drf.rs"),
            Self::Hand => include_str!("subject/roots/by_hand.rs"),
        }
    }
}

impl Display for Style {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Drf => "drf",
            Self::Hand => "by hand",
        })
    }
}

/// The name of a resource, of its module and of its table.
pub fn name(number: usize) -> String {
    format!("resource_{number:02}")
}

/// Writes a crate with so many resources.
///
/// # Errors
/// If a file cannot be written.
pub fn write(folder: &Path, style: Style, resources: usize) -> Result<PathBuf> {
    let folder = folder.join(format!("{style:?}-{resources}").to_lowercase());
    for number in 1..=resources {
        write_resource(&folder, style, number)?;
    }
    if style == Style::Hand {
        fs::write(folder.join("shared.rs"), SHARED)?;
    }
    let main = folder.join("main.rs");
    fs::write(&main, root(style, resources))?;
    Ok(main)
}

fn write_resource(folder: &Path, style: Style, number: usize) -> Result<()> {
    let name = name(number);
    let folder = folder.join(&name);
    fs::create_dir_all(&folder)?;
    let shared = match style {
        Style::Drf => "",
        Style::Hand => "use crate::shared;\n",
    };
    fs::write(folder.join("mod.rs"), format!("pub mod entity;\npub mod resource;\n{shared}"))?;
    let table = format!("table_name = \"{name}\"");
    fs::write(folder.join("entity.rs"), ENTITY.replace("table_name = \"book\"", &table))?;
    fs::write(folder.join("resource.rs"), style.resource())?;
    Ok(())
}

/// Changes one resource of a crate: a limit of a field. `change` is 6 or more.
///
/// # Errors
/// If the file cannot be written.
pub fn touch(main: &Path, style: Style, change: u32) -> Result<()> {
    let (was, now) = match style {
        Style::Drf => ("max_value = 5", format!("max_value = {change}")),
        Style::Hand => (".flatten(), 5.0", format!(".flatten(), {change}.0")),
    };
    let file = main.with_file_name(name(1)).join("resource.rs");
    fs::write(file, style.resource().replace(was, &now))?;
    Ok(())
}

/// The module of the crate's root: all resources under their URLs.
fn root(style: Style, resources: usize) -> String {
    let (mut modules, mut routes) = (String::new(), String::new());
    for name in (1..=resources).map(name) {
        // a `String` takes everything
        let _ = writeln!(modules, "mod {name};");
        let _ = match style {
            Style::Drf => write!(routes, "\n        .register::<{name}::resource::BookViewSet>(\"{name}\")"),
            Style::Hand => {
                write!(routes, "\n        .merge({name}::resource::routes(\"/api/{name}/\"))")
            }
        };
    }
    style.main().replace("// resources\n", &modules).replace("/* routes */", &routes)
}
