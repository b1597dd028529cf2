//! Tools that build what Newstemma ships, and check it.
// Tools read files and talk to whoever called them.
#![allow(clippy::disallowed_methods, clippy::print_stdout)]

mod claim_pairs;
mod convert_convolution;
mod convert_transformer;
mod fit_language_detector;
mod gazetteer;
mod licences;
mod pairs;
mod stemma_trials;
mod story_pairs;
mod text_pairs;
mod wheel;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(about = "Tools that build what Newstemma ships, and check it")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    BuildGazetteer(gazetteer::BuildGazetteer),
    ConvertConvolution(convert_convolution::ConvertConvolution),
    ConvertTransformer(convert_transformer::ConvertTransformer),
    ClaimPairs(claim_pairs::ClaimPairs),
    FitLanguageDetector(fit_language_detector::FitLanguageDetector),
    Licences(licences::Licences),
    StemmaTrials(stemma_trials::StemmaTrials),
    /// Write the evidence on pairs of reports of development sets, one story or two
    StoryPairs(pairs::Pairs),
    /// Write the features of pairs of reports of development sets, related or not
    TextPairs(pairs::Pairs),
}

fn main() -> anyhow::Result<()> {
    match Arguments::parse().task {
        Task::BuildGazetteer(task) => task.run(),
        Task::ConvertConvolution(task) => task.run(),
        Task::ConvertTransformer(task) => task.run(),
        Task::ClaimPairs(task) => task.run(),
        Task::FitLanguageDetector(task) => task.run(),
        Task::Licences(task) => task.run(),
        Task::StemmaTrials(task) => task.run(),
        Task::StoryPairs(pairs) => pairs.write(story_pairs::write_set),
        Task::TextPairs(pairs) => pairs.write(text_pairs::write_set),
    }
}
