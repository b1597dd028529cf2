//! Lists of words and phrases, as the data files write them.

use serde::{Deserialize, Deserializer};

/// Words or phrases, written in the data as one string with commas: `"mardi, mardis"`.
///
/// A form that begins with a capital letter stands for the capitalised word only ("May"); one in
/// lower case for the word in any case. Whoever compares them folds case; the form keeps it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Forms(Vec<String>);

impl Forms {
    /// The forms in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// The first one, which is the one to show.
    pub fn first(&self) -> Option<&str> {
        self.0.first().map(String::as_str)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<&str> for Forms {
    fn from(list: &str) -> Forms {
        let forms = list.split([',', '\n']).map(str::trim).filter(|f| !f.is_empty());
        Forms(forms.map(str::to_owned).collect())
    }
}

impl<'de> Deserialize<'de> for Forms {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Forms, D::Error> {
        Ok(Forms::from(String::deserialize(deserializer)?.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::Forms;

    #[test]
    fn forms_are_parted_by_commas_and_line_ends() {
        let forms = Forms::from("au moins, \n plus de,, quelque\n");
        assert_eq!(forms.iter().collect::<Vec<_>>(), ["au moins", "plus de", "quelque"]);
        assert_eq!(forms.first(), Some("au moins"));
        assert!(Forms::from(" , ").is_empty());
    }
}
