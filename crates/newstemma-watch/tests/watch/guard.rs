//! No address that is not on the open net, whichever way it is come by.

use crate::kit::{Case, feed, site};
use newstemma_testkit::server::{Server, answer};
use newstemma_watch::PrivateAddresses;
use std::net::{IpAddr, Ipv4Addr};

const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

#[test]
fn an_address_of_this_machine_is_refused_in_whatever_form() {
    let server = site(&[], |_, _| Ok(()));
    let port = server.port();
    for host in ["127.0.0.1", "0x7f.1", "2130706433", "0177.0.0.01", "[::ffff:127.0.0.1]", "127.1"]
    {
        let url = url_of(host, port);
        let mut case = Case::new("literal", &[url]);
        case.settings.private_addresses = PrivateAddresses::Refused;
        let outcome = case.round();
        outcome.warned("is not on the open net");
        assert_eq!(outcome.round.sources_failed, 1);
    }
    assert_eq!(server.paths(), [""; 0]);
}

#[test]
fn a_name_that_leads_to_a_private_address_is_refused() {
    let server = site(&[], |_, _| Ok(()));
    for (name, addresses) in
        [("v4", &["127.0.0.1"][..]), ("v6", &["::1", "fd00::1"]), ("mapped", &["::ffff:127.0.0.1"])]
    {
        let mut case = Case::new(name, &[format!("http://inside.example:{}/feed", server.port())]);
        case.settings.private_addresses = PrivateAddresses::Refused;
        case.names.insert("inside.example", addresses.iter().map(|a| a.parse().unwrap()).collect());
        case.round().warned("is not on the open net");
    }
    assert_eq!(server.paths(), [""; 0]);
}

#[test]
fn of_a_name_with_several_addresses_only_the_allowed_are_connected_to() {
    let server = site(&[], |_, _| Ok(()));
    let mut case = Case::new("several", &[format!("http://two.example:{}/feed", server.port())]);
    // Nothing listens at the first; were it tried, the feed would still come. So it is not allowed.
    case.settings.private_addresses = PrivateAddresses::These(vec![HERE]);
    case.names.insert("two.example", vec!["10.255.255.1".parse().unwrap(), HERE]);
    let outcome = case.round();
    assert_eq!((outcome.warnings.as_slice(), outcome.round.sources_failed), (&[][..], 0));
    assert_eq!(server.paths(), ["/robots.txt", "/feed"]);
}

#[test]
fn a_redirect_to_a_private_address_is_refused() {
    for to in [
        "http://127.0.0.2/keys",
        "http://[::1]/",
        "http://169.254.169.254/latest",
        "http://inside.example/",
    ] {
        let server = site(&["/page"], move |_, stream| {
            stream.write_all(&answer(302, &format!("Location: {to}"), ""))
        });
        let mut case = Case::new("redirect", &[server.url("/feed")]);
        case.settings.private_addresses = PrivateAddresses::These(vec![HERE]);
        case.names.insert("inside.example", vec!["192.168.0.1".parse().unwrap()]);
        let outcome = case.round();
        outcome.warned("is not on the open net");
        assert_eq!(outcome.round.pages_failed, 1, "{to}");
    }
}

#[test]
fn a_robots_txt_that_redirects_to_a_private_address_is_not_fetched() {
    let server = Server::start(|_, stream| {
        stream.write_all(&answer(301, "Location: http://10.0.0.1/robots.txt", ""))
    });
    let mut case = Case::new("robots-redirect", &[server.url("/feed")]);
    case.settings.private_addresses = PrivateAddresses::These(vec![HERE]);
    case.round().warned("10.0.0.1 is not on the open net");
    assert_eq!(server.paths(), ["/robots.txt"]);
}

#[test]
fn links_that_are_none_of_the_web_are_not_followed() {
    let links = [
        "file:///etc/passwd",
        "javascript:alert(1)",
        "ftp://example.org/",
        "http://user:secret@127.0.0.1/",
        "http://",
        "gopher://127.0.0.1:70/_x",
        &format!("/{}", "x".repeat(3000)),
    ];
    let server = site(&links, |_, _| Ok(()));
    let outcome = Case::new("links", &[server.url("/feed")]).round();
    outcome.warned("entries whose address is none of the web: 7");
    assert_eq!(server.paths(), ["/robots.txt", "/feed"]);
    assert!(feed(&links).contains("gopher"));
}

fn url_of(host: &str, port: u16) -> String {
    let sources = newstemma_watch::sources_of(&format!("http://{host}:{port}/feed")).unwrap();
    sources[0].clone()
}
