//! A list that is mostly short and never changes: a few items lie in place, more on the heap.
//!
//! So what is compared of a profile lies together, and a comparison need not wait for one place in memory to learn the next.

use std::ops::Deref;

/// Items in order; up to `N` of them lie in place.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Short<T, const N: usize> {
    InPlace { count: u8, items: [T; N] },
    Heap(Box<[T]>),
}

impl<T: Copy + Default, const N: usize> FromIterator<T> for Short<T, N> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        let all: Vec<T> = items.into_iter().collect();
        let mut items = [T::default(); N];
        match (u8::try_from(all.len()), items.get_mut(..all.len())) {
            (Ok(count), Some(places)) => {
                places.copy_from_slice(&all);
                Self::InPlace { count, items }
            }
            _ => Self::Heap(all.into()),
        }
    }
}

impl<T, const N: usize> Deref for Short<T, N> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        match self {
            Self::InPlace { count, items } => items.get(..usize::from(*count)).unwrap_or_default(),
            Self::Heap(items) => items,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Short;

    #[test]
    fn it_holds_what_it_was_given_however_much() {
        for count in 0..6_u64 {
            let all: Vec<u64> = (10..10 + count).collect();
            let short: Short<u64, 3> = all.iter().copied().collect();
            assert_eq!(&*short, &*all);
            assert_eq!(matches!(short, Short::Heap(_)), count > 3);
        }
    }
}
