//! One way to declare a closed list of answers: a variant, its stable key in forms and stored records, and its label on pages.

/// Declares an enum with `ALL`, `key`, `label` and `from_key`. Keys are stored: they never change.
macro_rules! choices {
    ($(#[$doc:meta])* $name:ident { $($(#[$item_doc:meta])* $item:ident = $key:literal, $label:literal;)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$item_doc])* $item,)* }

        impl $name {
            /// Every choice, in the order pages offer them.
            pub const ALL: &[$name] = &[$($name::$item,)*];

            /// Its stable key in stored records and forms.
            #[must_use]
            pub const fn key(self) -> &'static str { match self { $($name::$item => $key,)* } }

            /// What pages call it.
            #[must_use]
            pub const fn label(self) -> &'static str { match self { $($name::$item => $label,)* } }

            /// The choice with this key.
            #[must_use]
            pub fn from_key(key: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|choice| choice.key() == key)
            }
        }
    };
}

pub(crate) use choices;
