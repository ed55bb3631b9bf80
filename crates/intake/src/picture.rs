//! Pictures are drawn anew from their pixels: nothing that a file carried beside them is left, and nothing but a picture comes out.

use crate::NotTaken;
use image::codecs::jpeg::{JpegDecoder, JpegEncoder};
use image::codecs::png::{PngDecoder, PngEncoder};
use image::{DynamicImage, ImageDecoder, ImageResult, Limits};
use register::incident::Media;
use std::io::Cursor;

/// The most bytes of pixels, unpacked: 30 million in colour. They are held twice while a picture is turned the right way up, and the machine's
/// memory is not the sender's to use up.
const MOST_UNPACKED: u64 = 90_000_000;

/// Of 100: what differs from the original is not seen.
const QUALITY: u8 = 88;

/// The picture of a file, as a new file of the same kind, the right way up.
pub(crate) fn drawn_anew(bytes: &[u8], media: Media) -> Result<Vec<u8>, NotTaken> {
    let file = Cursor::new(bytes);
    let mut drawn = Vec::new();
    let done = if media == Media::Jpeg {
        let picture = pixels(JpegDecoder::new(file))?.into_rgb8();
        picture.write_with_encoder(JpegEncoder::new_with_quality(&mut drawn, QUALITY))
    } else {
        in_eight_bits(pixels(PngDecoder::new(file))?).write_with_encoder(PngEncoder::new(&mut drawn))
    };
    done.map(|()| drawn).map_err(|_| NotTaken::Unreadable)
}

/// The pixels, unless there are too many of them: their number is known before any is read.
fn pixels(decoder: ImageResult<impl ImageDecoder>) -> Result<DynamicImage, NotTaken> {
    let unreadable = |_| NotTaken::Unreadable;
    let mut decoder = decoder.map_err(unreadable)?;
    if decoder.total_bytes() > MOST_UNPACKED {
        return Err(NotTaken::TooManyPixels);
    }
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MOST_UNPACKED + (MOST_UNPACKED >> 2));
    decoder.set_limits(limits).map_err(unreadable)?;
    let orientation = decoder.orientation().map_err(unreadable)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(unreadable)?;
    picture.apply_orientation(orientation);
    Ok(picture)
}

/// As screens show it.
fn in_eight_bits(picture: DynamicImage) -> DynamicImage {
    match picture {
        DynamicImage::ImageLuma16(_) => DynamicImage::ImageLuma8(picture.into_luma8()),
        DynamicImage::ImageLumaA16(_) => DynamicImage::ImageLumaA8(picture.into_luma_alpha8()),
        DynamicImage::ImageRgb16(_) => DynamicImage::ImageRgb8(picture.into_rgb8()),
        DynamicImage::ImageRgba16(_) => DynamicImage::ImageRgba8(picture.into_rgba8()),
        other => other,
    }
}
