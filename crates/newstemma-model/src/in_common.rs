//! What two sequences have in common, in order.

/// Cells of the table at most: 2,000 elements against 2,000, four bytes each.
const CELLS_MAX: usize = 4_000_000;

/// Pairs of equal elements of two sequences, ascending on both sides: a longest common subsequence.
///
/// What both begin and end with is set aside first, which for versions of one text is nearly all. The
/// rest costs time and space in proportion to the product of the lengths; where that is over 4 million
/// nothing of it counts as common, so that two long texts that share little cost little.
///
/// Source: Hunt and McIlroy, "An algorithm for differential file comparison" (1976), for taking off the
/// ends; the table is the textbook one.
///
/// ```
/// # use newstemma_model::in_common;
/// let (a, b) = (["the", "bridge", "is", "shut"], ["the", "old", "bridge", "was", "shut"]);
/// assert_eq!(in_common(&a, &b), [(0, 0), (1, 2), (3, 4)]);
/// ```
pub fn in_common<T: PartialEq>(a: &[T], b: &[T]) -> Vec<(usize, usize)> {
    let front = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (rest_a, rest_b) = (&a[front..], &b[front..]);
    let back = rest_a.iter().rev().zip(rest_b.iter().rev()).take_while(|(x, y)| x == y).count();
    let middle_a = &rest_a[..rest_a.len() - back];
    let middle_b = &rest_b[..rest_b.len() - back];
    let mut pairs: Vec<(usize, usize)> = (0..front).map(|i| (i, i)).collect();
    pairs.extend(by_table(middle_a, middle_b).into_iter().map(|(i, j)| (front + i, front + j)));
    pairs.extend((0..back).rev().map(|k| (a.len() - 1 - k, b.len() - 1 - k)));
    pairs
}

fn by_table<T: PartialEq>(a: &[T], b: &[T]) -> Vec<(usize, usize)> {
    if a.is_empty() || b.is_empty() || a.len().saturating_mul(b.len()) > CELLS_MAX {
        return Vec::new();
    }
    let width = b.len() + 1;
    // Cell (i, j) holds the length for a[i..] and b[j..].
    let mut length = vec![0_u32; (a.len() + 1) * width];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            length[i * width + j] = if a[i] == b[j] {
                length[(i + 1) * width + j + 1] + 1
            } else {
                length[(i + 1) * width + j].max(length[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut pairs = Vec::new();
    while i < a.len() && j < b.len() {
        if a[i] == b[j] {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if length[(i + 1) * width + j] >= length[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::in_common;

    fn kept(a: &str, b: &str) -> String {
        let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
        let pairs = in_common(&a, &b);
        assert!(pairs.iter().all(|&(i, j)| a[i] == b[j]));
        assert!(pairs.windows(2).all(|two| two[0].0 < two[1].0 && two[0].1 < two[1].1));
        pairs.into_iter().map(|(i, _)| a[i]).collect()
    }

    #[test]
    fn as_much_as_can_be_is_kept_in_order() {
        assert_eq!(kept("abcdef", "abxdef"), "abdef");
        assert_eq!(kept("xaby", "aby"), "aby");
        assert_eq!(kept("abab", "baba").len(), 3);
        assert_eq!(kept("", "abc"), "");
        assert_eq!(kept("міст", "місто"), "міст");
    }

    #[test]
    fn long_sequences_with_little_in_common_cost_no_more_than_their_ends() {
        let a: Vec<u32> = (0..100_000).collect();
        let b: Vec<u32> =
            (0..100_000).map(|x| if (10..99_000).contains(&x) { x + 7 } else { x }).collect();
        assert_eq!(in_common(&a, &b).len(), 10 + 1_000);
    }
}
