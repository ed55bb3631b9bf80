//! What was typed, as it was typed: an ordered list of fields and values, and the files that were chosen.

use std::fmt;

/// More fields than any form has.
const MOST_FIELDS: usize = 1_000;

/// A file that was chosen in a form. Its `Debug` shows neither name nor content.
#[derive(Clone, PartialEq, Eq)]
pub struct Uploaded {
    /// The file's own name, as the browser gives it; never empty.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

impl fmt::Debug for Uploaded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Uploaded({} bytes)", self.bytes.len())
    }
}

/// What was typed into a form. A field may come several times, or not at all. Its `Debug` shows only how much there is.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Typed {
    fields: Vec<(String, String)>,
    files: Vec<(String, Uploaded)>,
}

impl fmt::Debug for Typed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Typed({} fields, {} files)", self.fields.len(), self.files.len())
    }
}

impl Typed {
    /// Reads `application/x-www-form-urlencoded`: bodies, queries and kept drafts. Never fails; odd bytes are replaced.
    #[must_use]
    pub fn from_urlencoded(bytes: &[u8]) -> Self {
        let fields = form_urlencoded::parse(bytes)
            .take(MOST_FIELDS)
            .map(|(field, value)| (field.into_owned(), value.into_owned()))
            .collect();
        Self { fields, files: Vec::new() }
    }

    /// The fields, without the files, in the form that [`Typed::from_urlencoded`] reads: to keep as a draft.
    #[must_use]
    pub fn to_urlencoded(&self) -> String {
        form_urlencoded::Serializer::new(String::new()).extend_pairs(&self.fields).finish()
    }

    /// Adds a value to a field.
    pub fn add(&mut self, field: &str, value: &str) {
        if self.fields.len() < MOST_FIELDS {
            self.fields.push((field.to_owned(), value.to_owned()));
        }
    }

    /// Adds a chosen file to a field. Browsers send a file without a name where none was chosen: that is none.
    pub fn add_file(&mut self, field: &str, file: Uploaded) {
        if !file.name.is_empty() && self.files.len() < MOST_FIELDS {
            self.files.push((field.to_owned(), file));
        }
    }

    /// Forgets every value of a field and holds these instead.
    pub fn replace<'v>(&mut self, field: &str, values: impl IntoIterator<Item = &'v str>) {
        self.fields.retain(|(held, _)| held != field);
        for value in values {
            self.add(field, value);
        }
    }

    /// The first value of a field; empty where it has none.
    #[must_use]
    pub fn value(&self, field: &str) -> &str {
        self.values(field).next().unwrap_or_default()
    }

    /// Every value of a field, in order.
    pub fn values<'t>(&'t self, field: &str) -> impl Iterator<Item = &'t str> {
        self.fields.iter().filter(move |(held, _)| held == field).map(|(_, value)| value.as_str())
    }

    /// Every field with its value, in order.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields.iter().map(|(field, value)| (field.as_str(), value.as_str()))
    }

    /// Takes the files that were chosen in a field.
    pub fn take_files(&mut self, field: &str) -> Vec<Uploaded> {
        let (taken, left) = std::mem::take(&mut self.files).into_iter().partition(|(held, _)| held == field);
        self.files = left;
        let taken: Vec<(String, Uploaded)> = taken;
        taken.into_iter().map(|(_, file)| file).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_keeps_every_value_in_order_and_a_missing_one_is_empty() {
        let typed = Typed::from_urlencoded(b"team=a&name=Ann+O%27Neill&team=b&%zz=%ff&=");
        assert_eq!(typed.value("name"), "Ann O'Neill");
        assert_eq!(typed.values("team").collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(typed.value("nothing"), "");
    }

    #[test]
    fn a_kept_draft_is_read_back_as_it_was_typed() {
        let typed = Typed::from_urlencoded("what=line+1%0D%0Aline+2&what=%26%3D%E2%80%99".as_bytes());
        assert_eq!(Typed::from_urlencoded(typed.to_urlencoded().as_bytes()), typed);
    }

    #[test]
    fn a_flood_of_fields_is_cut_off() {
        assert_eq!(Typed::from_urlencoded("a=1&".repeat(5_000).as_bytes()).fields().count(), MOST_FIELDS);
    }

    #[test]
    fn nothing_typed_is_printed() {
        assert!(!format!("{:?}", Typed::from_urlencoded(b"name=Nightjar")).contains("Nightjar"));
    }
}
