//! Which addresses are on the open net.
//!
//! A list of sources, and whatever they link or redirect to, is foreign text: it may name a router,
//! a database on this machine, or the address from which a cloud hands out its keys. So only
//! addresses that anybody can reach are connected to. What is special is taken from IANA's
//! registries of special-purpose addresses (RFC 6890 and its successors). Addresses of IPv6 that
//! carry one of IPv4 are as open as that one.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Blocks of IPv4 that are not on the open net: first address, length of the prefix.
const CLOSED_V4: [([u8; 4], u32); 15] = [
    ([0, 0, 0, 0], 8),       // this network
    ([10, 0, 0, 0], 8),      // private
    ([100, 64, 0, 0], 10),   // between a provider and its customers
    ([127, 0, 0, 0], 8),     // loopback
    ([169, 254, 0, 0], 16),  // link
    ([172, 16, 0, 0], 12),   // private
    ([192, 0, 0, 0], 24),    // protocols
    ([192, 0, 2, 0], 24),    // documentation
    ([192, 88, 99, 0], 24),  // relays of 6to4
    ([192, 168, 0, 0], 16),  // private
    ([198, 18, 0, 0], 15),   // benchmarks
    ([198, 51, 100, 0], 24), // documentation
    ([203, 0, 113, 0], 24),  // documentation
    ([224, 0, 0, 0], 4),     // multicast
    ([240, 0, 0, 0], 4),     // reserved, broadcast
];

/// Blocks within 2000::/3, all that is given out of IPv6, that are not on the open net.
const CLOSED_V6: [([u16; 8], u32); 3] = [
    ([0x2001, 0, 0, 0, 0, 0, 0, 0], 23), // protocols, Teredo among them
    ([0x2001, 0xdb8, 0, 0, 0, 0, 0, 0], 32), // documentation
    ([0x3fff, 0, 0, 0, 0, 0, 0, 0], 20), // documentation
];

/// Whether anybody can reach this address.
pub(crate) fn is_open(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_open_v4(address),
        IpAddr::V6(address) => match carried(address) {
            Some(carried) => is_open_v4(carried),
            None => is_open_v6(address),
        },
    }
}

fn is_open_v4(address: Ipv4Addr) -> bool {
    let bits = address.to_bits();
    !CLOSED_V4.iter().any(|(first, length)| {
        let first = Ipv4Addr::from(*first).to_bits();
        (bits ^ first) >> (32 - length) == 0
    })
}

fn is_open_v6(address: Ipv6Addr) -> bool {
    let bits = address.to_bits();
    let within = |first: [u16; 8], length: u32| {
        (bits ^ Ipv6Addr::from(first).to_bits()) >> (128 - length) == 0
    };
    within([0x2000, 0, 0, 0, 0, 0, 0, 0], 3)
        && !CLOSED_V6.iter().any(|(first, length)| within(*first, *length))
}

/// The address of IPv4 that one of IPv6 leads to: mapped, translated (NAT64) or tunnelled (6to4).
fn carried(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let last = |high: u16, low: u16| Ipv4Addr::from_bits(u32::from(high) << 16 | u32::from(low));
    match address.segments() {
        [0, 0, 0, 0, 0, 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => {
            Some(last(high, low))
        }
        [0x2002, high, low, ..] => Some(last(high, low)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::is_open;

    fn check(open: bool, addresses: &[&str]) {
        for address in addresses {
            assert_eq!(is_open(address.parse().unwrap()), open, "{address}");
        }
    }

    #[test]
    fn addresses_that_anybody_can_reach_are_open() {
        check(true, &["1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0"]);
        check(true, &["172.15.255.255", "172.32.0.0", "192.169.0.1", "198.20.0.0", "223.255.0.1"]);
        check(true, &["2606:4700::1111", "2a00:1450:4001::1", "2001:200::1", "::ffff:1.1.1.1"]);
        check(true, &["64:ff9b::1.1.1.1", "2002:101:101::1"]);
    }

    #[test]
    fn addresses_of_ipv4_with_a_special_purpose_are_not() {
        check(false, &["0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1"]);
        check(false, &["100.127.255.255", "127.0.0.1", "127.255.0.1", "169.254.169.254"]);
        check(false, &["172.16.0.1", "172.31.255.255", "192.0.0.8", "192.0.2.1", "192.168.1.1"]);
        check(false, &["198.18.0.1", "198.19.255.255", "198.51.100.9", "203.0.113.9"]);
        check(false, &["192.88.99.1", "224.0.0.1", "239.255.255.255", "240.0.0.1"]);
        check(false, &["255.255.255.255"]);
    }

    #[test]
    fn addresses_of_ipv6_with_a_special_purpose_are_not() {
        check(false, &["::", "::1", "::127.0.0.1", "::8.8.8.8", "fe80::1", "fec0::1", "fc00::1"]);
        check(false, &["fd12:3456::1", "ff02::1", "100::1", "2001:db8::1", "3fff::1", "5f00::1"]);
        check(false, &["2001::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:10::1"]);
        check(false, &["64:ff9b:1::1", "4000::1"]);
    }

    #[test]
    fn an_address_that_carries_another_is_as_open_as_that_one() {
        check(false, &["::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254"]);
        check(false, &["64:ff9b::10.0.0.1", "2002:7f00:1::1", "2002:c0a8:101::1"]);
    }
}
