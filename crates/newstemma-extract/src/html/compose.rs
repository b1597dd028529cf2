//! The text of an article out of its blocks.
//!
//! Blocks become paragraphs with an empty line between them. The cells of a table become a line a
//! row, parted by tabs, so that what stands in one row and in one column can still be told; cells
//! without text keep their place.

use super::tree::NodeId;
use crate::text::Block as Line;
use newstemma_model::{Role, Span};

/// A block of the article.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece<'b> {
    /// Its lines, parted by `\n`.
    pub(super) text: &'b str,
    /// What the markup says that it is.
    pub(super) role: Role,
    /// Where it stands in a table.
    pub(super) cell: Option<Cell>,
}

/// A place in a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) table: NodeId,
    pub(super) row: NodeId,
    pub(super) column: usize,
}

/// The text of an article.
#[derive(Clone, Debug, Default)]
pub(super) struct Composed {
    pub(super) text: String,
    pub(super) lines: Vec<Line>,
    /// Where each piece stands; that of a blank one is empty.
    pub(super) spans: Vec<Span>,
}

/// Puts the pieces together.
pub(super) fn compose<'b>(pieces: impl IntoIterator<Item = Piece<'b>>) -> Composed {
    let mut composed = Composed::default();
    let mut above = None;
    for piece in pieces {
        composed.add(piece, above);
        above = piece.cell;
    }
    composed
}

impl Composed {
    fn add(&mut self, piece: Piece<'_>, above: Option<Cell>) {
        let Some(cell) = piece.cell else { return self.add_paragraph(piece) };
        let columns = match above.filter(|above| above.table == cell.table) {
            Some(above) if above.row == cell.row => {
                return self.add_to_row(piece.text, cell.column.saturating_sub(above.column));
            }
            Some(_) => {
                self.text.push('\n');
                cell.column
            }
            None => {
                self.part();
                cell.column
            }
        };
        let from = self.text.len();
        self.text.extend(std::iter::repeat_n('\t', columns));
        let start = self.text.len();
        push_cell(&mut self.text, piece.text);
        let end = self.text.len();
        self.lines.push(Line { span: Span::new(start, end), role: Some(piece.role) });
        self.spans.push(Span::new(from, end));
    }

    fn add_to_row(&mut self, text: &str, columns: usize) {
        // Two blocks of one cell are words of it.
        match columns {
            0 => self.text.push(' '),
            _ => self.text.extend(std::iter::repeat_n('\t', columns)),
        }
        let from = self.text.len();
        push_cell(&mut self.text, text);
        let end = self.text.len();
        if let Some(line) = self.lines.last_mut() {
            line.span = Span::new(line.span.start(), end);
        }
        self.spans.push(Span::new(from, end));
    }

    fn add_paragraph(&mut self, piece: Piece<'_>) {
        self.part();
        let from = self.text.len();
        for (i, line) in piece.text.split('\n').filter(|l| !l.trim().is_empty()).enumerate() {
            if i > 0 {
                self.text.push('\n');
            }
            let start = self.text.len();
            self.text.push_str(line.trim());
            let span = Span::new(start, self.text.len());
            self.lines.push(Line { span, role: Some(piece.role) });
        }
        self.spans.push(Span::new(from, self.text.len()));
    }

    fn part(&mut self) {
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
    }
}

/// The words of a cell in one line.
fn push_cell(text: &mut String, cell: &str) {
    for (i, line) in cell.split('\n').map(str::trim).filter(|l| !l.is_empty()).enumerate() {
        if i > 0 {
            text.push(' ');
        }
        text.push_str(line);
    }
}

#[cfg(test)]
mod tests {
    use super::{Cell, Piece, compose};
    use newstemma_model::Role;

    #[test]
    fn rows_are_lines_and_columns_stay_columns() {
        let piece = |text, cell| Piece { text, role: Role::Body, cell };
        let cell = |row, column| Some(Cell { table: 1, row, column });
        let pieces = [
            piece("Пристані за роками:", None),
            piece("2030", cell(2, 1)),
            piece("2031", cell(2, 2)),
            piece("Морськ\nпорт", cell(3, 0)),
            piece("12", cell(3, 2)),
            piece("тис.", cell(3, 2)),
            piece("Джерело:\n порт", None),
        ];
        let composed = compose(pieces);
        assert_eq!(
            composed.text,
            "Пристані за роками:\n\n\t2030\t2031\nМорськ порт\t\t12 тис.\n\nДжерело:\nпорт"
        );
        let lines: Vec<&str> =
            composed.lines.iter().map(|line| line.span.of(&composed.text)).collect();
        let expected =
            ["Пристані за роками:", "2030\t2031", "Морськ порт\t\t12 тис.", "Джерело:", "порт"];
        assert_eq!(lines, expected);
        assert_eq!(composed.spans.len(), pieces.len());
    }
}
