//! Lines to cells (RFC 4180, and what is written in its name).

/// Cuts a row into its cells, line by line.
pub(super) struct Cells {
    separator: u8,
    state: State,
    cell: Vec<u8>,
    cells: Vec<Vec<u8>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// At the begin of a cell.
    Begin,
    Bare,
    Quoted,
    /// Behind a quote in a quoted cell: its end, or the first of two.
    Quote,
}

impl Cells {
    pub(super) fn new(separator: u8) -> Cells {
        Cells { separator, state: State::Begin, cell: Vec::new(), cells: Vec::new() }
    }

    /// Takes a line, its end included; whether the row ends with it.
    pub(super) fn push_line(&mut self, line: &[u8]) -> bool {
        let content = line.strip_suffix(b"\n").unwrap_or(line);
        let content = content.strip_suffix(b"\r").unwrap_or(content);
        for byte in content {
            self.push(*byte);
        }
        if self.state == State::Quoted {
            self.cell.extend_from_slice(&line[content.len()..]);
            return false;
        }
        self.end_cell();
        true
    }

    /// The cells of the row that has ended.
    pub(super) fn take(&mut self) -> Vec<String> {
        let cells = std::mem::take(&mut self.cells);
        cells.iter().map(|c| String::from_utf8_lossy(c).into_owned()).collect()
    }

    fn push(&mut self, byte: u8) {
        self.state = match (self.state, byte) {
            (State::Begin, b'"') => State::Quoted,
            (State::Quoted, b'"') => State::Quote,
            (State::Quote, b'"') => {
                self.cell.push(b'"');
                State::Quoted
            }
            (State::Quoted, _) => {
                self.cell.push(byte);
                State::Quoted
            }
            (_, byte) if byte == self.separator => {
                self.end_cell();
                State::Begin
            }
            _ => {
                self.cell.push(byte);
                State::Bare
            }
        };
    }

    fn end_cell(&mut self) {
        self.cells.push(std::mem::take(&mut self.cell));
        self.state = State::Begin;
    }
}

#[cfg(test)]
mod tests {
    use super::Cells;

    fn check(lines: &[&str], expected: &[&str]) {
        let mut cells = Cells::new(b',');
        let (last, before) = lines.split_last().unwrap();
        assert!(before.iter().all(|line| !cells.push_line(line.as_bytes())), "{lines:?}");
        assert!(cells.push_line(last.as_bytes()), "{lines:?}");
        assert_eq!(cells.take(), expected);
    }

    #[test]
    fn cells_are_cut_at_separators_outside_quotes() {
        check(&["a,\"b, c\",\r\n"], &["a", "b, c", ""]);
        check(&["\"\"\"Ja\"\", sagt sie\",2"], &["\"Ja\", sagt sie", "2"]);
        check(&["\"eins\r\n", "zwei\",3\n"], &["eins\r\nzwei", "3"]);
    }

    #[test]
    fn quotes_inside_bare_cells_are_mere_signs() {
        check(&["5\" Rohr,x\n"], &["5\" Rohr", "x"]);
        check(&["\"a\" b,c\n"], &["a b", "c"]);
    }
}
