//! The outside of an archive: its pieces deflated and encrypted, on disk whole when writing them returns.

use crate::card::{Card, Recipient};
use crate::piece::{Closing, Misshapen, Opening, Piece, SHAPE};
use age::stream::{StreamReader, StreamWriter};
use flate2::Compression;
use flate2::bufread::DeflateDecoder;
use flate2::write::DeflateEncoder;
use std::fs::{File, OpenOptions};
use std::io::{self, BufReader, BufWriter, Read as _, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

/// Why an archive cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// It was encrypted for another card, or its beginning was altered.
    #[error("this key card does not open it, or its beginning was altered")]
    OtherCard,
    /// It was altered or cut short.
    #[error("it was altered or cut short")]
    Altered,
    /// It was written by a newer program.
    #[error("it has shape {0}, and this program knows none after {SHAPE}; use a newer program")]
    Newer(u16),
    /// It opens, and holds what no archive of ours does.
    #[error("what is in it is no archive")]
    NoArchive,
    /// It is another than its name says.
    #[error("it is another archive than its name says")]
    OtherName,
    /// It does not go on where the archive before it ends.
    #[error("it does not go on where the archive before it ends")]
    OutOfOrder,
    /// Its checkpoints are not signed by the register of the card, or by that of the rest of the set.
    #[error("its checkpoints are another register\u{2019}s")]
    OtherRegister,
    /// The file system refused.
    #[error("{0}")]
    Files(String),
}

impl From<Misshapen> for Unreadable {
    fn from(Misshapen: Misshapen) -> Self {
        Self::NoArchive
    }
}

type Sealing = DeflateEncoder<BufWriter<StreamWriter<File>>>;

/// A new archive being written.
pub struct Writer(Sealing);

impl Writer {
    /// Begins one in a new file.
    pub fn begin(path: &Path, recipient: &Recipient) -> io::Result<Self> {
        let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
        let encryptor = age::Encryptor::with_recipients([recipient.as_age()].into_iter());
        let sealed = encryptor.map_err(io::Error::other)?.wrap_output(file)?;
        Ok(Self(DeflateEncoder::new(BufWriter::with_capacity(1 << 16, sealed), Compression::fast())))
    }

    /// Writes the next piece.
    pub fn write(&mut self, piece: &Piece) -> io::Result<()> {
        ciborium::into_writer(piece, &mut self.0).map_err(|error| match error {
            ciborium::ser::Error::Io(error) => error,
            ciborium::ser::Error::Value(reason) => io::Error::other(reason),
        })
    }

    /// Ends it: it is on disk when this returns.
    pub fn finish(self) -> io::Result<()> {
        let buffered = self.0.finish()?;
        let sealed = buffered.into_inner().map_err(io::IntoInnerError::into_error)?;
        let mut file = sealed.finish()?;
        file.flush()?;
        file.sync_all()
    }
}

/// Reads an archive to its end, and gives each of its pieces between the first and the last to `take`.
///
/// # Errors
/// What is wrong with it; what `take` was given until then is not to be relied upon.
pub fn read<E: From<Unreadable>>(
    path: &Path,
    card: &Card,
    mut take: impl FnMut(Piece) -> Result<(), E>,
) -> Result<(Opening, Closing), E> {
    let mut pieces = open(path, card)?;
    let opening = match next(&mut pieces)? {
        Piece::Opening(Opening { shape, .. }) if shape > SHAPE => return Err(Unreadable::Newer(shape).into()),
        Piece::Opening(opening) => opening,
        _ => return Err(Unreadable::NoArchive.into()),
    };
    loop {
        match next(&mut pieces)? {
            Piece::Closing(closing) => {
                to_the_end(pieces)?;
                return Ok((opening, closing));
            }
            Piece::Opening(_) => return Err(Unreadable::NoArchive.into()),
            piece => take(piece)?,
        }
    }
}

type Opened = BufReader<DeflateDecoder<BufReader<StreamReader<BufReader<File>>>>>;

fn open(path: &Path, card: &Card) -> Result<Opened, Unreadable> {
    let file = File::open(path).map_err(|error| Unreadable::Files(error.to_string()))?;
    let decryptor = age::Decryptor::new_buffered(BufReader::with_capacity(1 << 16, file));
    let opened = decryptor.and_then(|decryptor| decryptor.decrypt([card.identity()].into_iter()));
    let opened = opened.map_err(|error| match error {
        age::DecryptError::Io(error) if error.kind() != io::ErrorKind::UnexpectedEof => {
            Unreadable::Files(error.to_string())
        }
        _ => Unreadable::OtherCard,
    })?;
    let inflated = DeflateDecoder::new(BufReader::with_capacity(1 << 16, opened));
    Ok(BufReader::with_capacity(1 << 16, inflated))
}

fn next(pieces: &mut Opened) -> Result<Piece, Unreadable> {
    ciborium::from_reader(pieces).map_err(|error| match error {
        ciborium::de::Error::Io(_) => Unreadable::Altered,
        _ => Unreadable::NoArchive,
    })
}

/// Nothing may follow the last piece, and every byte of the file must have been proved.
fn to_the_end(mut pieces: Opened) -> Result<(), Unreadable> {
    let mut left = [0; 1];
    if pieces.read(&mut left).map_err(|_| Unreadable::Altered)? > 0 {
        return Err(Unreadable::NoArchive);
    }
    let mut sealed = pieces.into_inner().into_inner();
    match io::copy(&mut sealed, &mut io::sink()) {
        Ok(0) => Ok(()),
        Ok(_) => Err(Unreadable::NoArchive),
        Err(_) => Err(Unreadable::Altered),
    }
}
