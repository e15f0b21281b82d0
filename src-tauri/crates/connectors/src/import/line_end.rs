//! Line ends made one: CR LF and a bare CR become LF, and the last line has one too, so that lines can be counted as
//! editors do.

use std::io::{BufRead, Read, Result};

/// A reader whose lines all end in LF.
pub(super) struct LineEnds<R> {
    inner: R,
    after_cr: bool,
    ended: bool,
}

impl<R: BufRead> LineEnds<R> {
    /// Over another reader.
    pub(super) const fn of(inner: R) -> Self {
        Self { inner, after_cr: false, ended: true }
    }
}

impl<R: BufRead> Read for LineEnds<R> {
    fn read(&mut self, out: &mut [u8]) -> Result<usize> {
        let mut written = 0;
        while written == 0 && !out.is_empty() {
            let chunk = self.inner.fill_buf()?;
            if chunk.is_empty() {
                if let Some(slot) = out.first_mut().filter(|_| !self.ended) {
                    *slot = b'\n';
                    self.ended = true;
                    return Ok(1);
                }
                break;
            }
            let mut used = 0;
            for (&byte, _) in chunk.iter().zip(0..out.len()) {
                used += 1;
                let second_half = byte == b'\n' && self.after_cr;
                self.after_cr = byte == b'\r';
                if second_half {
                    continue;
                }
                if let Some(slot) = out.get_mut(written) {
                    *slot = if byte == b'\r' { b'\n' } else { byte };
                    self.ended = *slot == b'\n';
                    written += 1;
                }
            }
            self.inner.consume(used);
        }
        Ok(written)
    }
}
