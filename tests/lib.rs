//! Whole-path tests live beside this file; the package has no code of its own.
