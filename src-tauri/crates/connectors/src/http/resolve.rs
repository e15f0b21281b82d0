//! Turning names into addresses, without those that only mean the machine's own surroundings.

use std::net::{IpAddr, Ipv6Addr, SocketAddr, ToSocketAddrs};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use thiserror::Error;

/// The address of cloud machines' metadata service over IPv6.
const METADATA_V6: Ipv6Addr = Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254);

/// The system's names, except those that point to link-local addresses: there cloud machines hand out credentials, and
/// a name can be turned there by whoever owns it. A configured address in numbers is not a name and is not looked up.
#[derive(Debug, Clone, Copy)]
pub(super) struct PublicNames;

/// Why a name led nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub(super) enum Unresolved {
    #[error("the name is unknown")]
    Unknown,
    #[error("the name points to a link-local address, which is never asked by name")]
    LinkLocal,
}

impl Resolve for PublicNames {
    fn resolve(&self, name: Name) -> Resolving {
        let host = name.as_str().to_owned();
        Box::pin(async move {
            let found = tokio::task::spawn_blocking(move || (host.as_str(), 0).to_socket_addrs()).await;
            let found = found.ok().and_then(Result::ok).ok_or(Unresolved::Unknown)?;
            let addresses = permitted(found)?;
            Ok(Box::new(addresses.into_iter()) as Addrs)
        })
    }
}

/// The addresses that may be asked; an error when there is none.
fn permitted(found: impl Iterator<Item = SocketAddr>) -> Result<Vec<SocketAddr>, Unresolved> {
    let found: Vec<SocketAddr> = found.collect();
    if found.is_empty() {
        return Err(Unresolved::Unknown);
    }
    let permitted: Vec<SocketAddr> = found.into_iter().filter(|address| !is_link_local(address.ip())).collect();
    if permitted.is_empty() { Err(Unresolved::LinkLocal) } else { Ok(permitted) }
}

fn is_link_local(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => ip.is_link_local(),
        IpAddr::V6(ip) => {
            ip.is_unicast_link_local()
                || ip == METADATA_V6
                || ip.to_ipv4_mapped().is_some_and(|mapped| mapped.is_link_local())
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::metadata("169.254.169.254", true)]
    #[case::link_local("169.254.0.1", true)]
    #[case::metadata_v6("fd00:ec2::254", true)]
    #[case::link_local_v6("fe80::1", true)]
    #[case::mapped("::ffff:169.254.169.254", true)]
    #[case::private("10.0.0.1", false)]
    #[case::loopback("127.0.0.1", false)]
    #[case::other_unique_local("fd00:ec2::255", false)]
    #[case::public("203.0.113.7", false)]
    fn link_local_addresses_are_told_apart(#[case] ip: IpAddr, #[case] refused: bool) {
        assert_eq!(is_link_local(ip), refused);
    }

    #[test]
    fn a_name_with_one_good_address_keeps_that_one() {
        let good = SocketAddr::from(([10, 0, 0, 1], 0));
        let bad = SocketAddr::from(([169, 254, 169, 254], 0));
        assert_eq!(permitted([bad, good].into_iter()), Ok(vec![good]));
        assert_eq!(permitted([bad].into_iter()), Err(Unresolved::LinkLocal));
        assert_eq!(permitted([].into_iter()), Err(Unresolved::Unknown));
    }
}
