//! The tree over a log's records, as RFC 6962 section 2.1 defines it: grown at its right edge, asked for its root, and asked to
//! prove to whoever holds a head that a record is in it, or that a later head only adds to it.

use crate::digest::Digest;
use std::ops::Range;

/// The hash of a leaf.
#[must_use]
pub fn leaf(bytes: &[u8]) -> Digest {
    Digest::of_all(&[&[0], bytes])
}

/// The hash of a node over its two halves.
#[must_use]
pub fn node(left: &Digest, right: &Digest) -> Digest {
    Digest::of_all(&[&[1], &left.0, &right.0])
}

/// The head of a log: how many records it has, and the root of the tree over them. It stands for every record before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// How many records; also the position of the last one.
    pub size: u64,
    /// The tree's root.
    pub root: Digest,
}

/// The right edge of a tree: all that is needed to add leaves and to know the root, in O(log n) memory.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Frontier {
    size: u64,
    /// Roots of the perfect subtrees that the size's binary digits name, largest first.
    peaks: Vec<Digest>,
}

impl Frontier {
    /// How many leaves were added.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// Adds the next leaf.
    pub fn push(&mut self, leaf: Digest) {
        self.push_perfect(leaf, 1);
    }

    /// Adds the root of a perfect tree over the next `leaves`: a power of two that divides the size.
    fn push_perfect(&mut self, root: Digest, leaves: u64) {
        let mut subtree = root;
        for _ in 0..(self.size / leaves).trailing_ones() {
            if let Some(left) = self.peaks.pop() {
                subtree = node(&left, &subtree);
            }
        }
        self.peaks.push(subtree);
        self.size += leaves;
    }

    /// Size and root.
    #[must_use]
    pub fn head(&self) -> Head {
        let mut peaks = self.peaks.iter().rev();
        let root = match peaks.next() {
            None => Digest::of(&[]),
            Some(last) => peaks.fold(*last, |right, left| node(left, &right)),
        };
        Head { size: self.size, root }
    }
}

impl FromIterator<Digest> for Frontier {
    fn from_iter<I: IntoIterator<Item = Digest>>(leaves: I) -> Self {
        let mut frontier = Self::default();
        leaves.into_iter().for_each(|leaf| frontier.push(leaf));
        frontier
    }
}

const fn left_size(size: u64) -> u64 {
    match size {
        0 | 1 => 0,
        more => 1 << (more - 1).ilog2(),
    }
}

/// Leaves next to each other, counted from 0.
pub type Leaves = Range<u64>;

/// The subtrees whose roots, with the leaf at `index` (counted from 0), give the root of a tree of `size` leaves: from the leaf upwards.
/// None when there is no such leaf, or no other.
#[must_use]
pub fn inclusion_path(size: u64, index: u64) -> Vec<Leaves> {
    let (mut beside, mut path) = (0..size, Vec::new());
    while beside.end - beside.start > 1 && index < size {
        let middle = beside.start + left_size(beside.end - beside.start);
        let (way, sibling) = if index < middle {
            (beside.start..middle, middle..beside.end)
        } else {
            (middle..beside.end, beside.start..middle)
        };
        path.push(sibling);
        beside = way;
    }
    path.reverse();
    path
}

/// Whether `proof` shows that `leaf` is at `index` (counted from 0) of the log with this head.
#[must_use]
pub fn includes(head: Head, leaf: Digest, index: u64, proof: &[Digest]) -> bool {
    index < head.size && root_with(leaf, index, head.size, proof) == Some(head.root)
}

/// The root of a tree of `size` leaves that has `leaf` at `index` and `proof` beside the way up.
fn root_with(leaf: Digest, index: u64, size: u64, proof: &[Digest]) -> Option<Digest> {
    if size == 1 {
        return proof.is_empty().then_some(leaf);
    }
    let (sibling, below) = proof.split_last()?;
    let left = 1 << (size - 1).ilog2();
    if index < left {
        root_with(leaf, index, left, below).map(|root| node(&root, sibling))
    } else {
        root_with(leaf, index - left, size - left, below).map(|root| node(sibling, &root))
    }
}

/// The subtrees whose roots show that a tree of `size` leaves only adds to the tree over the first `former` of them. None when the
/// two are the same, or the former one is empty or not part of it.
#[must_use]
pub fn consistency_path(size: u64, former: u64) -> Vec<Leaves> {
    if former == 0 || former >= size {
        return Vec::new();
    }
    let (mut beside, mut path) = (0..size, Vec::new());
    while former != beside.end {
        let middle = beside.start + left_size(beside.end - beside.start);
        let (way, sibling) = if former <= middle {
            (beside.start..middle, middle..beside.end)
        } else {
            (middle..beside.end, beside.start..middle)
        };
        path.push(sibling);
        beside = way;
    }
    if beside.start > 0 {
        path.push(beside);
    }
    path.reverse();
    path
}

/// Whether the verifier has the root of the former tree that a step arrives at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Former {
    Known,
    Unknown,
}

/// Whether `proof` shows that the log at `head` only adds to what it was at `former`.
#[must_use]
pub fn extends(head: Head, former: Head, proof: &[Digest]) -> bool {
    if former.size == 0 || former.size >= head.size {
        return proof.is_empty() && (former.size == 0 || former == head);
    }
    roots_with(former, former.size, head.size, Former::Known, proof) == Some((former.root, head.root))
}

/// The roots of the former and the later tree that `proof` gives.
fn roots_with(
    former: Head,
    known: u64,
    size: u64,
    root: Former,
    proof: &[Digest],
) -> Option<(Digest, Digest)> {
    if known == size {
        return match (root, proof) {
            (Former::Known, []) => Some((former.root, former.root)),
            (Former::Unknown, [only]) => Some((*only, *only)),
            _ => None,
        };
    }
    let (sibling, below) = proof.split_last()?;
    let left = 1 << (size - 1).ilog2();
    if known <= left {
        let (before, after) = roots_with(former, known, left, root, below)?;
        Some((before, node(&after, sibling)))
    } else {
        let (before, after) = roots_with(former, known - left, size - left, Former::Unknown, below)?;
        Some((node(sibling, &before), node(sibling, &after)))
    }
}

/// How many leaves a tile has.
pub const TILE: u64 = 256;

/// The roots over each [`TILE`] leaves of a log: with the leaves of one or two tiles they give any proof, in an eighth of a byte of
/// memory for each leaf.
#[derive(Debug, Clone, Default)]
pub struct Tiles {
    whole: Vec<Digest>,
    begun: Frontier,
}

impl Tiles {
    /// How many leaves were added.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.whole.len() as u64 * TILE + self.begun.size()
    }

    /// Adds the next leaf.
    pub fn push(&mut self, leaf: Digest) {
        self.begun.push(leaf);
        if self.begun.size() == TILE {
            self.whole.push(std::mem::take(&mut self.begun).head().root);
        }
    }

    /// The leaves that must be at hand to know the root of a subtree: those at its end that fill no tile.
    #[must_use]
    pub fn wanted(subtree: &Leaves) -> Leaves {
        subtree.end - (subtree.end - subtree.start) % TILE..subtree.end
    }

    /// The root of a subtree, with the leaves that are [wanted](Self::wanted); `None` where a tile is not there, or leaves are missing.
    #[must_use]
    pub fn root(&self, subtree: &Leaves, wanted: &[Digest]) -> Option<Digest> {
        let apart = Self::wanted(subtree);
        let mut frontier = Frontier::default();
        if apart.start > subtree.start {
            let tiles =
                usize::try_from(subtree.start / TILE).ok()?..usize::try_from(apart.start / TILE).ok()?;
            self.whole.get(tiles)?.iter().for_each(|tile| frontier.push_perfect(*tile, TILE));
        }
        wanted.iter().for_each(|leaf| frontier.push(*leaf));
        (frontier.size() == subtree.end - subtree.start).then(|| frontier.head().root)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The inputs and roots that Certificate Transparency's implementations have been tested with since RFC 6962.
    const LEAVES: [&[u8]; 8] = [
        b"",
        b"\x00",
        b"\x10",
        b"\x20\x21",
        b"\x30\x31",
        b"\x40\x41\x42\x43",
        b"\x50\x51\x52\x53\x54\x55\x56\x57",
        b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
    ];
    const ROOTS: [&str; 9] = [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    /// The definition in RFC 6962, word for word and slow.
    fn naive(leaves: &[Digest]) -> Digest {
        match leaves {
            [] => Digest::of(&[]),
            [only] => *only,
            more => {
                let mut left = 1;
                while left * 2 < more.len() {
                    left *= 2;
                }
                node(&naive(&more[..left]), &naive(&more[left..]))
            }
        }
    }

    fn leaves(count: usize) -> Vec<Digest> {
        (0..count).map(|number| leaf(&number.to_be_bytes())).collect()
    }

    fn head_of(leaves: &[Digest]) -> Head {
        leaves.iter().copied().collect::<Frontier>().head()
    }

    /// The roots of the subtrees of a path.
    fn roots(leaves: &[Digest], path: Vec<Leaves>) -> Vec<Digest> {
        let at = |place: u64| usize::try_from(place).unwrap();
        path.into_iter().map(|subtree| naive(&leaves[at(subtree.start)..at(subtree.end)])).collect()
    }

    fn inclusion_proof(leaves: &[Digest], index: usize) -> Vec<Digest> {
        roots(leaves, inclusion_path(leaves.len() as u64, index as u64))
    }

    fn consistency_proof(leaves: &[Digest], former: usize) -> Vec<Digest> {
        roots(leaves, consistency_path(leaves.len() as u64, former as u64))
    }

    #[test]
    fn tiles_give_every_subtree_of_a_path_the_root_that_its_leaves_give() {
        let leaves = leaves(1_500);
        let mut tiles = Tiles::default();
        leaves.iter().for_each(|leaf| tiles.push(*leaf));
        assert_eq!(tiles.size(), 1_500);
        let at = |place: u64| usize::try_from(place).unwrap();
        for index in [0, 1, 255, 256, 700, 1_023, 1_024, 1_300, 1_499] {
            for size in [1_500, 1_301, 1_280, 1_025, 257].into_iter().filter(|size| index < *size) {
                let paths = [inclusion_path(size, index), consistency_path(size, index)];
                for subtree in paths.into_iter().flatten() {
                    let wanted = Tiles::wanted(&subtree);
                    assert!(wanted.end - wanted.start < TILE);
                    let wanted = &leaves[at(wanted.start)..at(wanted.end)];
                    let root = naive(&leaves[at(subtree.start)..at(subtree.end)]);
                    assert_eq!(tiles.root(&subtree, wanted), Some(root), "{subtree:?}");
                }
            }
        }
        assert_eq!(tiles.root(&(0..2), &leaves[..1]), None, "a leaf is missing");
        assert_eq!(tiles.root(&(0..2_048), &[]), None, "tiles are missing");
    }

    #[test]
    fn a_proof_in_a_million_records_has_at_most_twenty_hashes() {
        for index in [0, 1, 524_287, 524_288, 999_999] {
            assert!(inclusion_path(1_000_000, index).len() <= 20, "{index}");
            assert!(consistency_path(1_000_000, index).len() <= 21, "{index}");
        }
    }

    #[test]
    fn the_roots_are_those_of_certificate_transparency() {
        let mut tree = Frontier::default();
        assert_eq!(tree.head().root.to_string(), ROOTS[0]);
        for (bytes, root) in LEAVES.iter().zip(&ROOTS[1..]) {
            tree.push(leaf(bytes));
            assert_eq!(tree.head().root.to_string(), *root);
        }
    }

    #[test]
    fn a_tree_grown_leaf_by_leaf_is_the_tree_that_the_definition_gives() {
        let leaves = leaves(600);
        let mut tree = Frontier::default();
        for size in 0..=leaves.len() {
            assert_eq!(tree.head().root, naive(&leaves[..size]), "{size} leaves");
            leaves.get(size).into_iter().for_each(|leaf| tree.push(*leaf));
        }
    }

    #[test]
    fn every_leaf_of_every_small_tree_is_proved_to_be_in_it_and_nowhere_else() {
        for size in 1..40 {
            let leaves = leaves(size);
            let head = head_of(&leaves);
            for (index, leaf) in leaves.iter().enumerate() {
                let proof = inclusion_proof(&leaves, index);
                for claimed in 0..size {
                    let held = includes(head, *leaf, claimed as u64, &proof);
                    assert_eq!(held, claimed == index, "{index} of {size} claimed at {claimed}");
                }
            }
        }
    }

    #[test]
    fn every_earlier_head_is_proved_to_be_a_beginning_and_a_rewritten_one_is_not() {
        for size in 1..40 {
            let leaves = leaves(size);
            for former in 0..=size {
                let proof = consistency_proof(&leaves, former);
                let before = head_of(&leaves[..former]);
                assert!(extends(head_of(&leaves), before, &proof), "{former} of {size}");
                let rewritten = Head { root: leaf(b"another history"), ..before };
                assert!(former == 0 || !extends(head_of(&leaves), rewritten, &proof), "{former} of {size}");
            }
        }
    }

    proptest! {
        #[test]
        fn a_proof_with_a_flipped_bit_proves_nothing(size in 2..200_usize, index in 0..200_usize, bit in 0..256_usize) {
            let leaves = leaves(size);
            let index = index % size;
            let mut proof = inclusion_proof(&leaves, index);
            let hash = bit % proof.len();
            proof[hash].0[bit / 8] ^= 1 << (bit % 8);
            prop_assert!(!includes(head_of(&leaves), leaves[index], index as u64, &proof));
        }
    }
}
