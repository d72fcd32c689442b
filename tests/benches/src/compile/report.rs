//! The tables.

use std::collections::BTreeSet;

use super::generate::{self, Style};
use super::ir::{self, Function, Sum};
use super::libraries::Libraries;
use super::measure::{Measure, Profiles, Subject};
use crate::Result;

/// Cargo's own release profile, which is what crates have that say nothing.
const RELEASE: [&str; 5] =
    ["--release", "--config", "profile.release.lto=false", "--config", "profile.release.codegen-units=16"];

/// Measures crates with so many resources, and prints what they cost.
///
/// # Errors
/// If something does not compile.
pub fn print(resources: &[usize], rounds: usize) -> Result<()> {
    let target = super::target()?;
    let profiles =
        Profiles { debug: Libraries::of(&target, &[])?, release: Libraries::of(&target, &RELEASE)? };
    let mut subjects = Vec::new();
    for resources in resources {
        for style in Style::ALL {
            subjects.push(Subject::new(style, *resources, &profiles)?);
        }
    }
    for round in 0..rounds {
        eprintln!("round {} of {rounds}", round + 1);
        subjects.iter_mut().try_for_each(Subject::time)?;
    }
    print_costs(resources, &subjects);
    print_growth(&subjects);
    print_functions(&subjects);
    Ok(())
}

fn of(subjects: &[Subject], style: Style) -> Vec<&Subject> {
    subjects.iter().filter(|subject| subject.style == style).collect()
}

fn print_costs(resources: &[usize], subjects: &[Subject]) {
    let (drf, hand) = (Style::Drf.written_lines(), Style::Hand.written_lines());
    println!("\nCrates with so many resources, of {drf} lines each with drf and {hand} by hand\n");
    let columns = |style: Style| resources.iter().map(move |number| format!(" {style}, {number} |"));
    println!("| |{}", Style::ALL.into_iter().flat_map(columns).collect::<String>());
    println!("|---|{}", "--:|".repeat(subjects.len()));
    for measure in Measure::ALL {
        let subjects = Style::ALL.into_iter().flat_map(|style| of(subjects, style));
        let costs = subjects.map(|subject| cell(measure, subject.costs[measure as usize], 0));
        println!("| {} |{}", measure.title(), costs.collect::<String>());
    }
}

fn cell(measure: Measure, cost: f64, more_digits: usize) -> String {
    let digits = if measure.digits() > 0 { measure.digits() + more_digits } else { 0 };
    format!(" {cost:.digits$} |")
}

/// What each resource adds, between one number of them and the next: linear if these are alike.
fn print_growth(subjects: &[Subject]) {
    println!("\nEach further resource\n");
    let (drf, hand) = (steps(subjects, Style::Drf), steps(subjects, Style::Hand));
    let titles = |steps: &[Step<'_>], style: Style| -> String {
        steps.iter().map(|(from, to)| format!(" {style}, {} to {} |", from.resources, to.resources)).collect()
    };
    println!("| |{}{} drf / by hand |", titles(&drf, Style::Drf), titles(&hand, Style::Hand));
    println!("|---|{}", "--:|".repeat(drf.len() + hand.len() + 1));
    for measure in Measure::ALL {
        let cells: String =
            drf.iter().chain(&hand).map(|step| cell(measure, growth(*step, measure), 1)).collect();
        let last = |steps: &[Step<'_>]| steps.last().map_or(f64::NAN, |step| growth(*step, measure));
        println!("| {} |{cells} {:.2} |", measure.title(), last(&drf) / last(&hand));
    }
}

type Step<'a> = (&'a Subject, &'a Subject);

fn steps<'a>(subjects: &'a [Subject], style: Style) -> Vec<Step<'a>> {
    of(subjects, style).windows(2).map(|pair| (pair[0], pair[1])).collect()
}

fn growth((from, to): Step<'_>, measure: Measure) -> f64 {
    let (from, to) =
        ((from.resources, from.costs[measure as usize]), (to.resources, to.costs[measure as usize]));
    (to.1 - from.1) / (to.0 - from.0) as f64
}

fn print_functions(subjects: &[Subject]) {
    let Some(resource) = subjects.last().map(|subject| generate::name(subject.resources)) else { return };
    let last = |style: Style| of(subjects, style).last().map_or(&[][..], |subject| &subject.functions);
    println!(
        "\nFunctions for LLVM that are there because of one resource, by the crate they were written in\n"
    );
    println!("| | drf | lines | by hand | lines |\n|---|--:|--:|--:|--:|");
    let sums = |functions: &[Function]| ir::of_resource(functions, &resource, ir::crate_of);
    let (drf, hand) = (sums(last(Style::Drf)), sums(last(Style::Hand)));
    for name in drf.keys().chain(hand.keys()).collect::<BTreeSet<_>>() {
        let of = |sums: &std::collections::BTreeMap<String, Sum>| sums.get(name).copied().unwrap_or_default();
        let (drf, hand) = (of(&drf), of(&hand));
        println!("| `{name}` | {} | {} | {} | {} |", drf.functions, drf.lines, hand.functions, hand.lines);
    }
    println!("\nFunctions of the runtime among them\n\n| | functions | lines |\n|---|--:|--:|");
    for (name, sum) in by_lines(ir::of_resource(last(Style::Drf), &resource, ir::runtime_name)) {
        println!("| `{name}` | {} | {} |", sum.functions, sum.lines);
    }
}

/// The longest first.
pub fn by_lines(sums: impl IntoIterator<Item = (String, Sum)>) -> Vec<(String, Sum)> {
    let mut sums: Vec<_> = sums.into_iter().collect();
    sums.sort_by_key(|(_, sum)| std::cmp::Reverse(sum.lines));
    sums
}
