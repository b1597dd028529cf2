//! Live sources to pages: feeds, OPML, sitemaps, and sites that name such, watched over the net.
//!
//! This is the only crate that opens connections, and only to addresses that the user's sources name,
//! by themselves or through what they link and redirect to. It is a polite and wary client:
//! robots.txt is obeyed ([`robots`]), a host is asked one request at a time with a pause and left
//! alone when it asks for that ([`schedule`]), what is known is asked for conditionally ([`state`]),
//! and no address is connected to that is not on the open net ([`address`], [`resolve`]). Answers are
//! bounded in size and time; no cookies, no proxies, a user agent that says what it is.
//!
//! What was answered is stored in web archives ([`warc`], [`archive`]), and pages are read from the
//! bytes of these archives: reading them again gives the same.
//!
//! - [`sources_of`]: what an argument of the command line names.
//! - [`Watch`]: rounds over sources ([`watch`]); what follows from what came is in [`settle`],
//!   [`intake`] and [`site`], how one address is fetched in [`fetch`], a single request in [`client`].
//!
//! ```no_run
//! use newstemma_watch::{Settings, Watch, WatchError, World, sources_of};
//! let sources = sources_of("https://приклад.example/стрічка.xml")?;
//! let opened = Watch::open("news/watch".as_ref(), &sources, Settings::default(), World::default())?;
//! let mut watch = opened.value;
//! let round = watch.round(|batch| {
//!     batch.pages.iter().for_each(|page| println!("{}", page.reference));
//!     Ok::<(), WatchError>(())
//! })?;
//! println!("{} pages", round.pages);
//! # Ok::<(), WatchError>(())
//! ```
// This crate is there to connect, to wait and to write files.
#![allow(clippy::disallowed_methods)]
#![allow(rustdoc::private_intra_doc_links)]
#![forbid(unsafe_code)]

mod round;
mod settings;
mod watch;

mod intake;
mod settle;
mod site;
mod sources;

mod fetch;
mod robots;
mod rules;
mod schedule;

mod client;
mod tee;

mod address;
mod resolve;

mod archive;
mod warc;

mod known;
mod state;

mod error;
mod moment;

pub use error::WatchError;
pub use moment::{Clock, Moment, SystemClock};
pub use resolve::{PrivateAddresses, Resolve, SystemResolver};
pub use round::{Batch, Round};
pub use settings::{Settings, World};
pub use sources::sources_of;
pub use watch::Watch;
