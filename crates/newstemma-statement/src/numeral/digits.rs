//! Numbers in digits: groups, decimals, lakhs, and multipliers in words behind them.

use super::stack::{Joined, Stack};
use super::words::from_words;
use super::{Form, Numeral, digits_value};
use crate::lexicon::{Lexicon, List};
use crate::token::{Kind, Tokens};

pub(super) fn from_digits(lexicon: &Lexicon, tokens: &Tokens, at: usize) -> Option<Numeral> {
    let written = grouped(lexicon, tokens, at)?;
    if let Some(mark) = lexicon.find(List::OrdinalMark, tokens, written.end)
        && tokens.is_glued(written.end)
        && !tokens.is_glued(written.end + mark.length)
    {
        let end = written.end + mark.length;
        return Some(Numeral { end, form: Form::Ordinal, ..written });
    }
    // "5-й", "5-та": the mark stands behind a hyphen.
    if tokens.str(written.end) == "-" && tokens.is_glued(written.end) {
        let after = written.end + 1;
        if let Some(mark) = lexicon.find(List::OrdinalMark, tokens, after)
            && tokens.is_glued(after)
            && !tokens.is_glued(after + mark.length)
        {
            return Some(Numeral { end: after + mark.length, form: Form::Ordinal, ..written });
        }
    }
    let mut stack = Stack::new(written.value);
    let mut end = written.end;
    while let Some(hit) = lexicon.find(List::Multiplier, tokens, end) {
        // One letter is a multiplier ("10k") only if it touches the digits.
        let short = tokens.str(end).len() == 1 && hit.length == 1;
        if short && !tokens.is_glued(end) || !stack.multiply(hit.value) {
            break;
        }
        end += hit.length;
        let more = match tokens.kind(end) {
            Some(Kind::Digits) if lexicon.number().mixed => grouped(lexicon, tokens, end),
            Some(Kind::Sign) if tokens.is_glued(end) => from_words(lexicon, tokens, end),
            _ => None,
        };
        let Some(next) = more.filter(|n| stack.add(n.value, Joined::No)) else { continue };
        end = next.end;
    }
    if end == written.end {
        return Some(written);
    }
    Some(Numeral { end, value: stack.sum(), form: Form::Grouped, digits: written.digits })
}

/// Digits with their groups and decimals.
pub(super) fn grouped(lexicon: &Lexicon, tokens: &Tokens, at: usize) -> Option<Numeral> {
    let first = tokens.str(at);
    let digits = first.chars().count();
    let mut value = digits_value(first)?;
    let mut end = at + 1;
    let mut groups = 0;
    let mut sign: Option<&str> = None;
    while let Some((group, used, by)) = group_after(lexicon, tokens, end) {
        let leads = groups == 0 && (digits > 3 || first.starts_with('0'));
        if leads || sign.is_some_and(|s| s != by) {
            break;
        }
        let ambiguous = groups == 0 && by == lexicon.number().decimal && group % 1000.0 != 0.0;
        if ambiguous && group_after(lexicon, tokens, end + used).is_none() {
            break;
        }
        value = value * 1000.0 + group;
        sign = Some(by);
        groups += 1;
        end += used;
    }
    if groups == 0
        && let Some((lakhs, used)) = indian(tokens, at)
    {
        return Some(Numeral { end: at + used, value: lakhs, form: Form::Grouped, digits });
    }
    let mut form = if groups > 0 { Form::Grouped } else { Form::Plain };
    if let Some(decimals) = decimals_after(tokens, end, sign) {
        if tokens.is_glued(end + 2)
            && matches!(tokens.str(end + 2), "." | "," | "-" | "/" | ":")
            && tokens.is_glued(end + 3)
            && tokens.kind(end + 3) == Some(Kind::Digits)
        {
            return None; // A version, an address, a date: no quantity.
        }
        value += decimals;
        form = Form::Grouped;
        end += 2;
    }
    Some(Numeral { end, value, form, digits })
}

/// A group of three digits and the sign before it: value, tokens used, sign ("" for a space).
fn group_after<'t>(
    lexicon: &Lexicon,
    tokens: &Tokens<'t>,
    at: usize,
) -> Option<(f64, usize, &'t str)> {
    let three = |index: usize| {
        let run = tokens.str(index);
        let fits = tokens.kind(index) == Some(Kind::Digits) && run.chars().count() == 3;
        fits.then(|| digits_value(run)).flatten()
    };
    if tokens.kind(at) == Some(Kind::Digits) {
        let plain = lexicon.number().space_groups || tokens.str(at) == "000";
        let gap = tokens.gap(at);
        let parts = matches!(gap, "\u{a0}" | "\u{202f}" | "\u{2009}") || (gap == " " && plain);
        let free = !tokens.is_glued(at + 1) || tokens.kind(at + 1) == Some(Kind::Mark);
        return three(at).filter(|_| parts && free).map(|v| (v, 1, ""));
    }
    let sign = tokens.str(at);
    if !matches!(sign, "," | "." | "'" | "’" | "٬" | "，") {
        return None;
    }
    let glued = tokens.is_glued(at) && tokens.is_glued(at + 1);
    three(at + 1).filter(|_| glued).map(|v| (v, 2, sign))
}

/// Lakhs and crores: "1,50,000".
fn indian(tokens: &Tokens, at: usize) -> Option<(f64, usize)> {
    let mut value = digits_value(tokens.str(at)).filter(|v| *v < 100.0)?;
    let mut used = 1;
    while tokens.str(at + used) == ","
        && tokens.is_glued(at + used)
        && tokens.is_glued(at + used + 1)
    {
        let run = tokens.str(at + used + 1);
        let group = digits_value(run)?;
        match run.chars().count() {
            2 => value = value * 100.0 + group,
            3 if used > 1 => return Some((value * 1000.0 + group, used + 2)),
            _ => return None,
        }
        used += 2;
    }
    None
}

fn decimals_after(tokens: &Tokens, at: usize, group_sign: Option<&str>) -> Option<f64> {
    let sign = tokens.str(at);
    let run = tokens.str(at + 1);
    let glued = tokens.is_glued(at) && tokens.is_glued(at + 1);
    if !glued || !matches!(sign, "." | "," | "٫") || group_sign == Some(sign) {
        return None;
    }
    if tokens.kind(at + 1) != Some(Kind::Digits) {
        return None;
    }
    let digits = run.chars().count() as i32;
    Some(digits_value(run)? / 10f64.powi(digits))
}

#[cfg(test)]
mod tests {
    use crate::numeral::tests::check;

    #[test]
    fn digits_of_every_script_and_grouping() {
        check("en", "10,000 sheep", 10_000.0, "sheep");
        check("en", "1.5 million sheep", 1_500_000.0, "sheep");
        check("en", "2.75", 2.75, "");
        check("en", "1,50,000 rupees", 150_000.0, "rupees");
        check("en", "3 lakh", 300_000.0, "");
        check("fr", "10 000 moutons", 10_000.0, "moutons");
        check("fr", "10\u{202f}000,5 tonnes", 10_000.5, "tonnes");
        check("de", "1.234.567 Schafe", 1_234_567.0, "Schafe");
        check("de", "12,5 Prozent", 12.5, "Prozent");
        check("ru", "5 млн овец", 5_000_000.0, "овец");
        check("ar", "٣٥٠ شخصا", 350.0, "شخصا");
        check("zh", "3万5千人", 35_000.0, "人");
        check("zh", "１２３人", 123.0, "人");
        check("ja", "1億2000万円", 120_000_000.0, "円");
        check("ko", "3만5천명", 35_000.0, "명");
        check("hi", "४५० लोग", 450.0, "लोग");
    }
}
