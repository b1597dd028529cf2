//! Glob patterns: `*` and `?` within a name, `**` for any depth of folders, `[a-z]`, `[!a]`.
//!
//! A pattern is only taken for one if no file of that very name exists, so that a file called
//! `what?.txt` can be given as it is.

use std::path::{Component, Path, PathBuf};

/// Whether a path holds any character that has a meaning in patterns.
pub(crate) fn is_pattern(path: &Path) -> bool {
    path.to_string_lossy().contains(['*', '?', '['])
}

/// All paths that a pattern fits, by name. Hidden names are only fitted by a pattern that begins
/// with a dot, as in a shell.
pub(crate) fn expand(pattern: &Path) -> Vec<PathBuf> {
    let mut found = vec![PathBuf::new()];
    for component in pattern.components() {
        let Component::Normal(name) = component else {
            found.iter_mut().for_each(|path| path.push(component));
            continue;
        };
        let name = name.to_string_lossy();
        found = if name == "**" {
            found.iter().flat_map(|path| folders_below(path)).collect()
        } else if is_pattern(Path::new(name.as_ref())) {
            found.iter().flat_map(|path| children(path, &name)).collect()
        } else {
            found.iter().map(|path| path.join(name.as_ref())).filter(|p| p.exists()).collect()
        };
    }
    found.sort();
    found.dedup();
    found
}

fn children(folder: &Path, pattern: &str) -> Vec<PathBuf> {
    let pattern: Vec<char> = pattern.chars().collect();
    let fits = |name: &str| {
        (!name.starts_with('.') || pattern.first() == Some(&'.'))
            && matches(&pattern, &name.chars().collect::<Vec<_>>())
    };
    names(folder).into_iter().filter(|name| fits(name)).map(|name| folder.join(name)).collect()
}

/// The folder itself and all that are not hidden below it.
fn folders_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = vec![folder.to_path_buf()];
    let mut next = 0;
    while next < found.len() {
        let here = found[next].clone();
        let inner = names(&here).into_iter().filter(|n| !n.starts_with('.')).map(|n| here.join(n));
        // Links to folders are left out: they may lead in circles.
        found.extend(inner.filter(|p| p.is_dir() && !p.is_symlink()));
        next += 1;
    }
    found
}

fn names(folder: &Path) -> Vec<String> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    entries.flatten().filter_map(|e| e.file_name().into_string().ok()).collect()
}

/// Whether a pattern fits a whole name. Remembers only the last star, so the time is bounded by
/// the product of both lengths.
fn matches(pattern: &[char], name: &[char]) -> bool {
    let (mut p, mut n) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while n < name.len() {
        let step = match pattern.get(p) {
            Some('*') => {
                star = Some((p, n));
                p += 1;
                continue;
            }
            Some('?') => Some(1),
            Some('[') => class(&pattern[p..], name[n]),
            Some(c) if *c == name[n] => Some(1),
            _ => None,
        };
        match (step, star) {
            (Some(length), _) => (p, n) = (p + length, n + 1),
            (None, Some((star_p, star_n))) => {
                (p, n) = (star_p + 1, star_n + 1);
                star = Some((star_p, n));
            }
            (None, None) => return false,
        }
    }
    pattern[p..].iter().all(|c| *c == '*')
}

/// Length of the bracket expression that `pattern` begins with, if it holds `c`.
fn class(pattern: &[char], c: char) -> Option<usize> {
    let close = pattern.iter().skip(2).position(|c| *c == ']').map(|i| i + 2);
    let Some(close) = close else { return (c == '[').then_some(1) };
    let inside = &pattern[1..close];
    let (negated, inside) = match inside.first() {
        Some('!' | '^') => (true, &inside[1..]),
        _ => (false, inside),
    };
    let mut held = false;
    let mut i = 0;
    while i < inside.len() {
        if inside.get(i + 1) == Some(&'-') && i + 2 < inside.len() {
            held |= (inside[i]..=inside[i + 2]).contains(&c);
            i += 3;
        } else {
            held |= inside[i] == c;
            i += 1;
        }
    }
    (held != negated).then_some(close + 1)
}

#[cfg(test)]
mod tests {
    use super::matches;

    fn check(pattern: &str, name: &str, expected: bool) {
        let chars = |s: &str| s.chars().collect::<Vec<_>>();
        assert_eq!(matches(&chars(pattern), &chars(name)), expected, "{pattern} on {name}");
    }

    #[test]
    fn patterns_fit_whole_names() {
        check("*.txt", "звіт.txt", true);
        check("*.txt", "a.txt.bak", false);
        check("a?c", "aéc", true);
        check("[a-c]*", "bericht", true);
        check("[!a-c]*", "bericht", false);
        check("*a*a*", "banana", true);
        check("a[", "a[", true);
        check("", "", true);
        check("**", "x", true);
    }

    #[test]
    fn many_stars_take_no_exponential_time() {
        check(&"*a".repeat(40), &"a".repeat(39), false);
        check(&format!("{}b", "*a".repeat(200)), &"a".repeat(5000), false);
    }
}
