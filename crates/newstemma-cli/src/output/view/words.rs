//! The fixed phrases of accounts for what the model names.

use newstemma_model::{
    Access, Act, AlignmentRelation, Derivation, DifferenceKind, Direction, EntityKind, Extent,
    FigureKind, InsertKind, OriginKind, QuoteKind, Relation, Role,
};

/// "translation", "rewrite, in part".
pub(crate) fn relation(edge: &Derivation) -> String {
    let relation = match edge.relation {
        Relation::Verbatim => "verbatim",
        Relation::Rewrite => "rewrite",
        Relation::Translation => "translation",
        Relation::Mixed => "mixed",
    };
    match edge.extent {
        Extent::Whole => relation.to_owned(),
        Extent::Part => format!("{relation}, in part"),
    }
}

/// "93 %", kept on one line.
pub(crate) fn per_cent(share: f32) -> String {
    format!("{:.0}\u{a0}%", f64::from(share) * 100.0)
}

/// What an edge says of its two ends, in the place of a verb.
pub(crate) fn descent(edge: &Derivation) -> &'static str {
    match edge.direction {
        Direction::Decided => "was made from",
        Direction::Undecided => "carries the same text as",
    }
}

/// What holds a line of descent together.
pub(crate) fn chain(direction: Direction) -> &'static str {
    match direction {
        Direction::Decided => "each made from the one before",
        Direction::Undecided => "one after the other, direction undecided",
    }
}

/// "direction undecided", or nothing.
pub(crate) fn direction(edge: &Derivation) -> Option<&'static str> {
    match edge.direction {
        Direction::Decided => None,
        Direction::Undecided => Some("direction undecided"),
    }
}

pub(crate) fn alignment(relation: AlignmentRelation) -> &'static str {
    match relation {
        AlignmentRelation::Verbatim => "verbatim",
        AlignmentRelation::Rewrite => "rewrite",
        AlignmentRelation::Translation => "translation",
    }
}

pub(crate) fn origin(kind: OriginKind) -> &'static str {
    match kind {
        OriginKind::Person => "person",
        OriginKind::Body => "body",
        OriginKind::AnonymousOfficial => "official, not named",
        OriginKind::Agency => "agency",
        OriginKind::Outlet => "outlet’s own observation",
        OriginKind::Document => "document",
        OriginKind::Unknown => "lineage unknown",
    }
}

pub(crate) fn difference(kind: DifferenceKind) -> &'static str {
    match kind {
        DifferenceKind::Figure => "Figure",
        DifferenceKind::Date => "Date",
        DifferenceKind::Name => "Name",
        DifferenceKind::Place => "Place",
        DifferenceKind::Quotation => "Quotation",
        DifferenceKind::Negation => "Negation",
        DifferenceKind::Certainty => "Certainty",
    }
}

pub(crate) fn entity(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => "person",
        EntityKind::Place => "place",
        EntityKind::Organisation => "organisation",
        EntityKind::Other => "other",
    }
}

/// What an insert is called where readers should know; tables and lists show what they are.
pub(crate) fn insert(kind: InsertKind) -> Option<&'static str> {
    match kind {
        InsertKind::PullQuote => Some("pull quote"),
        InsertKind::Embed => Some("embedded"),
        InsertKind::Box => Some("box"),
        InsertKind::Table | InsertKind::List => None,
    }
}

/// What readers should know of access to a report's text, if anything.
pub(crate) fn access(access: &Access) -> Option<&'static str> {
    match (access.paywalled, access.truncated) {
        (Some(true), true) => Some("behind a paywall, only the beginning"),
        (Some(true), false) => Some("behind a paywall"),
        (_, true) => Some("only the beginning"),
        _ => None,
    }
}

/// What a part of a report is called where it is no part of the telling.
pub(crate) fn role(role: Role) -> &'static str {
    match role {
        Role::Title => "headline",
        Role::Body => "text",
        Role::Subhead => "crosshead",
        Role::Caption => "caption",
        Role::Credit => "credit",
        Role::Teaser => "link to other reports",
        Role::Boilerplate => "page furniture",
    }
}

pub(crate) fn figure(kind: FigureKind) -> &'static str {
    match kind {
        FigureKind::Count => "number",
        FigureKind::Ordinal => "rank",
        FigureKind::Percent => "per cent",
        FigureKind::Money => "sum",
        FigureKind::Duration => "length of time",
        FigureKind::Measure => "measure",
        FigureKind::Score => "score",
    }
}

/// How a statement is given, where that is more than the outlet's own words.
pub(crate) fn quote(kind: QuoteKind) -> Option<&'static str> {
    match kind {
        QuoteKind::Direct => Some("direct quotation"),
        QuoteKind::Indirect => Some("retold"),
        QuoteKind::Mixed => Some("retold with quotation"),
        QuoteKind::None => None,
    }
}

/// What is done by saying it, where that is more than saying.
pub(crate) fn act(act: Act) -> Option<&'static str> {
    match act {
        Act::Say => None,
        Act::Deny => Some("denial"),
        Act::DeclineToComment => Some("no comment"),
        Act::DoNotConfirm => Some("not confirmed"),
        Act::Promise => Some("promise"),
        Act::Warn => Some("warning"),
        Act::Accuse => Some("accusation"),
        Act::Condemn => Some("condemnation"),
        Act::Request => Some("request"),
    }
}

/// A number with its thousands apart by thin spaces, and as many decimals as it has.
pub(crate) fn number(value: f64) -> String {
    if value.abs() >= 1e15 {
        return format!("{value:e}");
    }
    let text = value.to_string();
    let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
    let (sign, digits) = whole.split_at(usize::from(whole.starts_with('-')));
    let mut out = String::from(sign);
    for (index, digit) in digits.chars().enumerate() {
        // Four digits stand together, as years do.
        if index > 0 && digits.len() > 4 && (digits.len() - index) % 3 == 0 {
            out.push('\u{202f}');
        }
        out.push(digit);
    }
    if !decimals.is_empty() {
        out.push('.');
        out.push_str(decimals);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn numbers_can_be_read() {
        for (value, expected) in [
            (12.0, "12"),
            (1994.0, "1994"),
            (12_000.0, "12\u{202f}000"),
            (-1_234_567.5, "-1\u{202f}234\u{202f}567.5"),
            (2.5e17, "2.5e17"),
        ] {
            assert_eq!(number(value), expected);
        }
    }
}
