//! What a collection holds, as lines to read.

use super::summary::counted;
use newstemma_collection::{Change, Hit, LogLine, Revision, changes};
use newstemma_model::Story;
use std::io::{self, Write};

/// Writes a line for each story.
pub(crate) fn stories(out: &mut dyn Write, stories: &[Story]) -> io::Result<()> {
    for story in stories {
        let mut facts = vec![counted(story.reports.len(), "report", "reports")];
        let languages: Vec<String> = story.languages.iter().map(|l| l.to_string()).collect();
        facts.push(languages.join(", "));
        match (story.first, story.last) {
            (Some(first), Some(last)) if first != last => facts.push(format!("{first} – {last}")),
            (Some(day), _) => facts.push(day.to_string()),
            _ => {}
        }
        writeln!(out, "{} · {} · {}", story.id, facts.join(" · "), story.title)?;
    }
    Ok(())
}

/// Writes a line for each report that was found.
pub(crate) fn hits(out: &mut dyn Write, hits: &[Hit]) -> io::Result<()> {
    for hit in hits {
        let mut facts = vec![hit.report.as_str(), &hit.story];
        facts.extend(hit.day.as_deref());
        facts.push(&hit.language);
        facts.extend(hit.outlet.as_deref());
        facts.push(&hit.title);
        writeln!(out, "{}", facts.join(" · "))?;
    }
    Ok(())
}

/// Writes a line for each event.
pub(crate) fn log(out: &mut dyn Write, log: &[LogLine]) -> io::Result<()> {
    for LogLine { event, story, other, report, at } in log {
        let other = other.as_deref().unwrap_or("");
        let report = report.as_deref().unwrap_or("");
        let said = match event.as_str() {
            "began" => format!("{story} began with {report}"),
            "joined" => format!("{report} joined {story}"),
            "moved" => format!("{report} moved from {other} to {story}"),
            "merged" => format!("{story} became part of {other}"),
            "split" => format!("{story} was parted from {other}, with {report}"),
            "revised" => format!("{report} took the place of {other} in {story}"),
            "removed" => format!("{report} was removed from {story}"),
            _ => format!("{story} {event}"),
        };
        writeln!(out, "{at}  {said}")?;
    }
    Ok(())
}

/// Writes what each text of a report changed.
pub(crate) fn revisions(out: &mut dyn Write, revisions: &[Revision]) -> io::Result<()> {
    let mut former: Option<&Revision> = None;
    for revision in revisions {
        let report = &revision.report;
        let stamp =
            report.updated.or(report.published).map_or(String::new(), |p| format!(" · {p}"));
        writeln!(out, "── {}{stamp} · added {}", report.id, revision.added)?;
        for change in former.map(|f| changes(&f.report, report)).unwrap_or_default() {
            match change {
                Change::Gone(sentence) => writeln!(out, "− {sentence}")?,
                Change::New(sentence) => writeln!(out, "+ {sentence}")?,
            }
        }
        former = Some(revision);
    }
    Ok(())
}

/// Writes lines as they are.
pub(crate) fn lines(out: &mut dyn Write, lines: &[String]) -> io::Result<()> {
    lines.iter().try_for_each(|line| writeln!(out, "{line}"))
}
