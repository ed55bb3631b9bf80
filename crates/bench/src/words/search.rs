//! Reads files for words in every form that they may take: as they are, in UTF-16, in hexadecimal, in base64, and each of these
//! within what was packed by zlib (as streams of a PDF are), gzip or zip.

use anyhow::Result;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::read::{DeflateDecoder, ZlibDecoder};
use std::fs;
use std::io::{self, Read as _};
use std::path::Path;

/// Nothing longer is unpacked.
const LONGEST_UNPACKED: u64 = 16 << 20;
/// A packed stream that unpacks to less holds no word.
const SHORTEST_UNPACKED: usize = 8;

/// Every form of every word, in small letters.
pub struct Patterns {
    all: Vec<Vec<u8>>,
    /// For each first two bytes, the patterns that begin so.
    beginning: Vec<Vec<usize>>,
}

/// What a search went through and found.
#[derive(Default)]
pub struct Search {
    /// How many files.
    pub files: usize,
    /// How many bytes.
    pub bytes: usize,
    /// How many packed streams in them were unpacked and read as well.
    pub unpacked: usize,
    /// Each file with a word, and in which form.
    pub found: Vec<String>,
}

impl Patterns {
    /// Of these words.
    pub fn of(words: &[String]) -> Self {
        let all: Vec<Vec<u8>> = words.iter().flat_map(|word| forms(word)).collect();
        let mut beginning = vec![Vec::new(); 1 << 16];
        for (index, pattern) in all.iter().enumerate() {
            if let Some(list) = two(pattern).and_then(|two| beginning.get_mut(two)) {
                list.push(index);
            }
        }
        Self { all, beginning }
    }

    /// Searches every file of a folder but the keys.
    pub fn search(&self, folder: &Path) -> Result<Search> {
        let mut search = Search::default();
        self.search_folder(folder, &mut search)?;
        Ok(search)
    }

    fn search_folder(&self, folder: &Path, search: &mut Search) -> Result<()> {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                if path.file_name().is_some_and(|name| name != "keys") {
                    self.search_folder(&path, search)?;
                }
                continue;
            }
            let bytes = match fs::read(&path) {
                // What a running program was still writing has another name by now.
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                read => read?,
            };
            search.files += 1;
            search.bytes += bytes.len();
            self.search_bytes(&bytes, &path, "", search);
            for unpacked in unpacked(&bytes) {
                search.unpacked += 1;
                self.search_bytes(&unpacked, &path, ", packed", search);
            }
        }
        Ok(())
    }

    fn search_bytes(&self, bytes: &[u8], path: &Path, how: &str, search: &mut Search) {
        if let Some(index) = self.find(&bytes.to_ascii_lowercase()) {
            let form = index % forms("").len();
            search.found.push(format!("form {form}{how} of a word in {}", path.display()));
        }
    }

    fn find(&self, bytes: &[u8]) -> Option<usize> {
        (0..bytes.len()).find_map(|at| {
            let rest = bytes.get(at..)?;
            let candidates = self.beginning.get(two(rest)?)?;
            candidates
                .iter()
                .copied()
                .find(|index| self.all.get(*index).is_some_and(|pattern| rest.starts_with(pattern)))
        })
    }
}

fn two(bytes: &[u8]) -> Option<usize> {
    let (first, rest) = bytes.split_first()?;
    Some(usize::from(*first) << 8 | usize::from(*rest.first()?))
}

/// A word as it is, in UTF-16 of either order, in hexadecimal, and in base64 at each of the three places it may begin.
fn forms(word: &str) -> [Vec<u8>; 6] {
    let utf16: Vec<u8> =
        word.bytes().flat_map(|byte| [byte, 0]).take((2 * word.len()).saturating_sub(1)).collect();
    let hexadecimal: String = word.bytes().map(|byte| format!("{byte:02x}")).collect();
    let base64 = |before: usize| {
        let encoded = STANDARD.encode([vec![0; before], word.as_bytes().to_vec()].concat());
        let (first, end) = ((before * 8).div_ceil(6), (before + word.len()) * 8 / 6);
        encoded.get(first..end).unwrap_or("").as_bytes().to_vec()
    };
    [word.as_bytes().to_vec(), utf16, hexadecimal.into_bytes(), base64(0), base64(1), base64(2)]
        .map(|form| form.to_ascii_lowercase())
}

/// Everything in a file that looks as if it were packed, as far as it unpacks.
fn unpacked(bytes: &[u8]) -> Vec<Vec<u8>> {
    (0..bytes.len())
        .filter_map(|at| {
            let rest = bytes.get(at..)?;
            match rest {
                // A zlib stream's first two bytes are a multiple of 31 (RFC 1950); 8 stands for deflate, 7 for its window.
                [0x78, second, ..] if (0x7800 + u32::from(*second)).is_multiple_of(31) => {
                    Some(read(ZlibDecoder::new(rest)))
                }
                // Deflate in gzip without a name (RFC 1952), and in a zip file after the name and what is beside it.
                [0x1f, 0x8b, 8, 0, ..] => Some(read(DeflateDecoder::new(rest.get(10..)?))),
                [b'P', b'K', 3, 4, head @ ..] => {
                    let length =
                        |at: usize| Some(usize::from(*head.get(at)?) | usize::from(*head.get(at + 1)?) << 8);
                    Some(read(DeflateDecoder::new(head.get(26 + length(22)? + length(24)?..)?)))
                }
                _ => None,
            }
        })
        .filter(|unpacked| unpacked.len() >= SHORTEST_UNPACKED)
        .collect()
}

/// What can be unpacked before the first fault.
fn read(packed: impl std::io::Read) -> Vec<u8> {
    let mut unpacked = Vec::new();
    packed.take(LONGEST_UNPACKED).read_to_end(&mut unpacked).ok();
    unpacked
}
