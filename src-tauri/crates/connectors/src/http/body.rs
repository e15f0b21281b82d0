//! Reading a body without trusting its size.

use std::io::{self, Write};

use flate2::write::MultiGzDecoder;

/// Most bytes that one packed byte may unpack to, once the body is larger than [`RATIO_FROM`].
const RATIO: usize = 200;

/// Bytes up to which the ratio does not matter.
const RATIO_FROM: usize = 1 << 20;

/// Packed bytes that are unpacked before the limits are looked at again.
const PIECE: usize = 4 << 10;

/// Why a body was not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refused {
    /// Larger than the limit.
    TooLarge,
    /// Grows more than any honest data does.
    Bomb,
    /// Not what it says it is packed with, or cut off.
    Broken,
    /// Packed in a way that was not asked for.
    UnknownEncoding,
}

/// A body as it grows. Limits count unpacked bytes.
pub(super) struct Body {
    packed: usize,
    sink: Sink,
}

enum Sink {
    Plain(Bounded),
    Gzip(Box<MultiGzDecoder<Bounded>>),
}

/// Memory that ends at a limit.
struct Bounded {
    bytes: Vec<u8>,
    limit: usize,
}

impl Body {
    /// An empty body of at most `limit` bytes, packed as the header `Content-Encoding` says.
    pub(super) fn new(encoding: Option<&str>, limit: usize) -> Result<Self, Refused> {
        let bounded = Bounded { bytes: Vec::new(), limit };
        let sink = match encoding.map(str::trim).unwrap_or_default().to_ascii_lowercase().as_str() {
            "" | "identity" => Sink::Plain(bounded),
            "gzip" | "x-gzip" => Sink::Gzip(Box::new(MultiGzDecoder::new(bounded))),
            _ => return Err(Refused::UnknownEncoding),
        };
        Ok(Self { packed: 0, sink })
    }

    /// Whether a body of this declared length cannot fit. A packed one can always be larger than declared.
    pub(super) const fn exceeds(&self, declared: u64) -> bool {
        let limit = match &self.sink {
            Sink::Plain(bounded) => bounded.limit,
            Sink::Gzip(_) => return false,
        };
        declared > limit as u64
    }

    /// Takes the next bytes as they came.
    pub(super) fn push(&mut self, chunk: &[u8]) -> Result<(), Refused> {
        for piece in chunk.chunks(PIECE) {
            self.packed = self.packed.saturating_add(piece.len());
            match &mut self.sink {
                Sink::Plain(bounded) => bounded.write_all(piece).map_err(|error| refused(&error))?,
                Sink::Gzip(decoder) => {
                    decoder.write_all(piece).map_err(|error| refused(&error))?;
                    let unpacked = decoder.get_ref().bytes.len();
                    if unpacked > RATIO_FROM && unpacked / RATIO > self.packed {
                        return Err(Refused::Bomb);
                    }
                }
            }
        }
        Ok(())
    }

    /// The whole body.
    pub(super) fn finish(self) -> Result<Vec<u8>, Refused> {
        match self.sink {
            Sink::Plain(bounded) => Ok(bounded.bytes),
            // An answer without a body may still name an encoding.
            Sink::Gzip(_) if self.packed == 0 => Ok(Vec::new()),
            Sink::Gzip(decoder) => decoder.finish().map(|bounded| bounded.bytes).map_err(|error| refused(&error)),
        }
    }
}

impl Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.bytes.len().saturating_add(bytes.len()) > self.limit {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn refused(error: &io::Error) -> Refused {
    if error.kind() == io::ErrorKind::FileTooLarge { Refused::TooLarge } else { Refused::Broken }
}
