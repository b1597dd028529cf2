//! Tools that build what Newstemma ships.

fn main() -> anyhow::Result<()> {
    Ok(())
}
