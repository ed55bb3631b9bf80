//! A sorted set of numbers that is mostly very small: up to three lie in place, more on the heap.

/// How many lie in place.
const IN_PLACE: usize = 3;

/// Numbers in order, each once.
#[derive(Debug, Clone)]
#[expect(
    clippy::box_collection,
    reason = "a box keeps the common case at sixteen bytes, and there are millions of them"
)]
pub(crate) enum Few {
    InPlace { count: u8, numbers: [u32; IN_PLACE] },
    Heap(Box<Vec<u32>>),
}

impl Default for Few {
    fn default() -> Self {
        Self::InPlace { count: 0, numbers: [0; IN_PLACE] }
    }
}

impl Few {
    pub(crate) fn as_slice(&self) -> &[u32] {
        match self {
            Self::InPlace { count, numbers } => numbers.get(..usize::from(*count)).unwrap_or_default(),
            Self::Heap(numbers) => numbers,
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.as_slice().is_empty()
    }

    pub(crate) fn add(&mut self, number: u32) {
        let Err(at) = self.as_slice().binary_search(&number) else { return };
        match self {
            Self::InPlace { count, numbers } if usize::from(*count) < IN_PLACE => {
                numbers.get_mut(at..=usize::from(*count)).unwrap_or_default().rotate_right(1);
                if let Some(place) = numbers.get_mut(at) {
                    *place = number;
                }
                *count += 1;
            }
            Self::InPlace { numbers, .. } => {
                let mut heap = numbers.to_vec();
                heap.insert(at, number);
                *self = Self::Heap(Box::new(heap));
            }
            Self::Heap(numbers) => numbers.insert(at, number),
        }
    }

    pub(crate) fn remove(&mut self, number: u32) {
        let Ok(at) = self.as_slice().binary_search(&number) else { return };
        match self {
            Self::InPlace { count, numbers } => {
                numbers.get_mut(at..usize::from(*count)).unwrap_or_default().rotate_left(1);
                *count -= 1;
            }
            Self::Heap(numbers) => {
                numbers.remove(at);
                if let [a, b, c] = *numbers.as_slice() {
                    *self = Self::InPlace { count: 3, numbers: [a, b, c] };
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Few;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #[test]
        fn it_holds_what_was_added_and_not_removed(steps in prop::collection::vec((any::<bool>(), 0_u32..12), 0..60)) {
            let (mut few, mut plain) = (Few::default(), BTreeSet::new());
            for (add, number) in steps {
                if add {
                    few.add(number);
                    plain.insert(number);
                } else {
                    few.remove(number);
                    plain.remove(&number);
                }
                prop_assert_eq!(few.as_slice(), plain.iter().copied().collect::<Vec<_>>());
            }
        }
    }
}
