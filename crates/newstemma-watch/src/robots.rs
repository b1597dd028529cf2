//! What a host allows programs to fetch: robots.txt (RFC 9309).
//!
//! Of the groups of rules those count that name our product, else those for everybody (`*`). Of the
//! rules that match an address the longest decides, and of two of one length the one that allows.
//! Rules are compared with an address byte by byte after both were brought to one form: what may be
//! written plainly is, everything else is percent-encoded.

use serde::{Deserialize, Serialize};
use std::time::Duration;
use url::Url;

/// Bytes of a robots.txt that are read; the standard asks for at least so many.
pub(crate) const BYTES_MAX: usize = 500 * 1024;

/// The longest delay that is granted to a host.
const DELAY_MAX: Duration = Duration::from_secs(120);

/// Most sitemaps that are heard of.
const SITEMAPS_MAX: usize = 20;

/// The longest rule or address that is heard.
const RULE_BYTES_MAX: usize = 2048;

/// The rules of one host for one program, in the form in which they are compared.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Robots {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    allow: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    disallow: Vec<String>,
    /// The delay between two requests that it asks for, if it asks for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    delay_millis: Option<u64>,
    /// The sitemaps that it names, as written: they are for everybody.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    sitemaps: Vec<String>,
}

/// For whom a group of rules is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Audience {
    /// A program with our name.
    Us,
    Everybody,
}

impl Robots {
    /// The rules of a robots.txt for the program that calls itself `product`.
    pub(crate) fn parse(text: &[u8], product: &str) -> Robots {
        let text = text.strip_prefix("\u{feff}".as_bytes()).unwrap_or(text);
        let text = &text[..text.len().min(BYTES_MAX)];
        let mut ours = None;
        let mut everybodys = Robots::default();
        let mut sitemaps = Vec::new();
        let mut audience: Vec<Audience> = Vec::new();
        let mut in_rules = false;
        for (name, value) in text.split(|b| matches!(b, b'\n' | b'\r')).filter_map(field) {
            if name.eq_ignore_ascii_case(b"user-agent") {
                if std::mem::take(&mut in_rules) {
                    audience.clear();
                }
                if value.starts_with(b"*") {
                    audience.push(Audience::Everybody);
                } else if product_of(value).eq_ignore_ascii_case(product.as_bytes()) {
                    audience.push(Audience::Us);
                    // A group without rules is one that allows everything.
                    ours.get_or_insert_with(Robots::default);
                }
                continue;
            }
            let short = !value.is_empty() && value.len() <= RULE_BYTES_MAX;
            if name.eq_ignore_ascii_case(b"sitemap") && short && sitemaps.len() < SITEMAPS_MAX {
                sitemaps.push(String::from_utf8_lossy(value).into_owned());
            }
            let known = ["allow", "disallow", "crawl-delay"];
            if !known.iter().any(|known| name.eq_ignore_ascii_case(known.as_bytes())) {
                // Lines of other kinds stand between groups and inside them, and mean nothing here.
                continue;
            }
            in_rules = true;
            if audience.contains(&Audience::Us)
                && let Some(ours) = &mut ours
            {
                ours.add(name, value);
            }
            if audience.contains(&Audience::Everybody) {
                everybodys.add(name, value);
            }
        }
        Robots { sitemaps, ..ours.unwrap_or(everybodys) }
    }

    fn add(&mut self, name: &[u8], value: &[u8]) {
        let rules = match name.to_ascii_lowercase().as_slice() {
            b"allow" => &mut self.allow,
            b"disallow" => &mut self.disallow,
            _ => {
                self.delay_millis = millis(value).max(self.delay_millis);
                return;
            }
        };
        if !value.is_empty() && value.len() <= RULE_BYTES_MAX {
            rules.push(pattern(value));
        }
    }

    /// The delay between two requests that it asks for, if it asks for one.
    pub(crate) fn delay(&self) -> Option<Duration> {
        self.delay_millis.map(Duration::from_millis)
    }

    /// The sitemaps that it names, as it writes them.
    pub(crate) fn sitemaps(&self) -> &[String] {
        &self.sitemaps
    }

    /// How long all that it says is.
    pub(crate) fn bytes(&self) -> usize {
        let all = self.allow.iter().chain(&self.disallow).chain(&self.sitemaps);
        all.map(String::len).sum()
    }

    /// Whether this address may be fetched.
    pub(crate) fn allows(&self, url: &Url) -> bool {
        if url.path() == "/robots.txt" {
            return true;
        }
        let written = match url.query() {
            Some(query) => format!("{}?{query}", url.path()),
            None => url.path().to_owned(),
        };
        let path = one_form(written.as_bytes(), &[]);
        let longest = |rules: &[String]| {
            let matching = rules.iter().filter(|rule| matches(rule.as_bytes(), path.as_bytes()));
            matching.map(String::len).max()
        };
        longest(&self.allow) >= longest(&self.disallow)
    }
}

/// Name and value of a line, without its comment.
fn field(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let line = line.split(|b| *b == b'#').next()?;
    let colon = line.iter().position(|b| *b == b':')?;
    Some((line[..colon].trim_ascii(), line[colon + 1..].trim_ascii()))
}

/// The product that a line names; what stands behind its name (a version) does not count.
fn product_of(value: &[u8]) -> &[u8] {
    let end = value.iter().position(|b| !(b.is_ascii_alphabetic() || matches!(b, b'-' | b'_')));
    &value[..end.unwrap_or(value.len())]
}

fn millis(seconds: &[u8]) -> Option<u64> {
    let seconds: f64 = std::str::from_utf8(seconds).ok()?.parse().ok()?;
    let delay = Duration::try_from_secs_f64(seconds).ok()?.min(DELAY_MAX);
    u64::try_from(delay.as_millis()).ok()
}

/// A rule in the one form. A rule that does not begin at the root is taken as if it did.
fn pattern(value: &[u8]) -> String {
    let (front, end) = match value.strip_suffix(b"$") {
        Some(front) => (front, "$"),
        None => (value, ""),
    };
    let root = if front.starts_with(b"/") || front.starts_with(b"*") { "" } else { "/" };
    [root, &one_form(front, b"*"), end].concat()
}

/// A path in the form in which paths are compared; `kept` are signs that keep a special meaning.
fn one_form(path: &[u8], kept: &[u8]) -> String {
    let mut form = String::with_capacity(path.len());
    let mut at = 0;
    while let Some(&byte) = path.get(at) {
        let encoded = path.get(at..at + 3).filter(|_| byte == b'%').and_then(hex);
        at += if encoded.is_some() { 3 } else { 1 };
        let plain = match encoded {
            Some(decoded) => decoded.is_ascii_alphanumeric() || b"-._~".contains(&decoded),
            None => kept.contains(&byte) || byte.is_ascii_graphic() && !b"*$".contains(&byte),
        };
        let byte = encoded.unwrap_or(byte);
        if plain {
            form.push(char::from(byte));
        } else {
            form.push_str(&format!("%{byte:02X}"));
        }
    }
    form
}

/// The byte that `%XX` stands for.
fn hex(encoded: &[u8]) -> Option<u8> {
    let digits = std::str::from_utf8(&encoded[1..]).ok()?;
    let both = digits.bytes().all(|b| b.is_ascii_hexdigit());
    u8::from_str_radix(digits, 16).ok().filter(|_| both)
}

/// Whether a path begins with a pattern, in which `*` stands for anything and `$`, at its end, for
/// the end of the path. The parts between the stars are found one after the other, each as early as
/// can be, in time of at most pattern × path.
fn matches(pattern: &[u8], path: &[u8]) -> bool {
    let (pattern, to_the_end) = match pattern.strip_suffix(b"$") {
        Some(pattern) => (pattern, true),
        None => (pattern, false),
    };
    let mut parts = pattern.split(|b| *b == b'*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = path.strip_prefix(first) else { return false };
    let mut last = None;
    for part in parts {
        if let Some(part) = last.replace(part) {
            match find(rest, part) {
                Some(at) => rest = &rest[at + part.len()..],
                None => return false,
            }
        }
    }
    match last {
        None => !to_the_end || rest.is_empty(),
        Some(part) if to_the_end => rest.ends_with(part),
        Some(part) => find(rest, part).is_some(),
    }
}

fn find(text: &[u8], part: &[u8]) -> Option<usize> {
    if part.is_empty() {
        return Some(0);
    }
    text.windows(part.len()).position(|window| window == part)
}

#[cfg(test)]
mod tests {
    use super::Robots;
    use std::time::Duration;
    use url::Url;

    #[track_caller]
    fn check(robots: &str, allowed: &[&str], refused: &[&str]) {
        let robots = Robots::parse(robots.as_bytes(), "newstemma");
        for (paths, expected) in [(allowed, true), (refused, false)] {
            for path in paths {
                let url = Url::parse(&format!("https://example.org{path}")).unwrap();
                assert_eq!(robots.allows(&url), expected, "{path}");
            }
        }
    }

    #[test]
    fn the_group_with_our_name_goes_before_that_for_everybody() {
        let robots = "User-agent: *\nDisallow: /\n\nUser-Agent: NewsTemma/2.0\nDisallow: /a\n";
        check(robots, &["/", "/b"], &["/a", "/a/b"]);
        check("User-agent: newstemmabot\nDisallow: /", &["/"], &[]);
        check("User-agent: *\nDisallow: /\nUser-agent: newstemma\n", &["/x"], &[]);
    }

    #[test]
    fn groups_with_one_name_are_one_and_a_group_may_have_many_names() {
        let robots = "user-agent: newstemma\ndisallow: /a\nuser-agent: other\ndisallow: /b\n\
                      user-agent: x\nuser-agent: newstemma\nsitemap: /s\ndisallow: /c";
        check(robots, &["/", "/b", "/s"], &["/a", "/c"]);
    }

    #[test]
    fn the_longest_rule_decides_and_of_equal_ones_the_one_that_allows() {
        let robots = "User-agent: *\nDisallow: /news\nAllow: /news/open\nDisallow: /news/open/x\n\
                      Disallow: /same\nAllow: /same";
        check(robots, &["/news/open", "/new", "/same"], &["/news", "/news/", "/news/open/x1"]);
    }

    #[test]
    fn stars_and_the_end_are_understood() {
        let robots = "User-agent: *\nDisallow: /*.php$\nDisallow: /a*b*c\nDisallow: *print=\n\
                      Disallow: /end$";
        let allowed = ["/x.php5", "/x.php?a", "/acb", "/end/", "/$"];
        check(robots, &allowed, &["/x.php", "/d/y.php", "/axxbyyc/z", "/p?print=1", "/end"]);
        check("User-agent: *\nDisallow: /a*\nDisallow: /b*$", &["/c"], &["/a", "/ax", "/bx"]);
        check("User-agent: *\nDisallow: /*a$", &["/ab"], &["/aba", "/a"]);
    }

    #[test]
    fn paths_are_compared_in_one_form() {
        let robots = "User-agent: *\nDisallow: /статьи\nDisallow: /%7eme\nDisallow: /a%2fb\n\
                      Disallow: /star%2A\nDisallow: /q?x=%C3%A9";
        let refused = ["/статьи/1", "/~me", "/a%2Fb", "/star*", "/q?x=é", "/%D1%81татьи"];
        check(robots, &["/a/b", "/starx"], &refused);
    }

    #[test]
    fn comments_blank_rules_and_wrong_lines_mean_nothing() {
        let robots = "\u{feff}# hello\r\nUser-agent: * # all\r\nDisallow:\r\nno field\r\n\
                      Disallow: /a # b\r\nDisallow: b\r\n";
        check(robots, &["/", "/c"], &["/a", "/b"]);
        check("", &["/"], &[]);
        check("Disallow: /", &["/"], &[]);
        check("User-agent: *\nDisallow: /", &["/robots.txt"], &["/"]);
    }

    #[test]
    fn a_delay_is_heard_within_bounds() {
        let delay = |text: &str| Robots::parse(text.as_bytes(), "newstemma").delay();
        assert_eq!(delay("User-agent: *\nCrawl-delay: 2.5"), Some(Duration::from_millis(2500)));
        assert_eq!(delay("User-agent: *\nCrawl-delay: 1e9"), Some(Duration::from_secs(120)));
        for wrong in ["-1", "NaN", "soon", ""] {
            assert_eq!(delay(&format!("User-agent: *\nCrawl-delay: {wrong}")), None);
        }
    }

    #[test]
    fn sitemaps_are_for_everybody_wherever_they_stand() {
        let sitemaps = |text: &str| Robots::parse(text.as_bytes(), "newstemma").sitemaps().to_vec();
        let robots = "SITEMAP: https://новини.example/а.xml # all\nUser-agent: x\nDisallow: /\n\
                      Sitemap:/b.xml\nSitemap:\nUser-agent: newstemma\nDisallow: /c";
        assert_eq!(sitemaps(robots), ["https://новини.example/а.xml", "/b.xml"]);
        assert_eq!(sitemaps(&"Sitemap: /a\n".repeat(1000)).len(), 20);
    }

    #[test]
    fn a_hostile_file_costs_little() {
        let stars = "*a".repeat(1000);
        let robots = format!("User-agent: *\n{}", format!("Disallow: /{stars}\n").repeat(240));
        check(&robots, &[&format!("/{}", "a".repeat(900))], &[]);
    }
}
