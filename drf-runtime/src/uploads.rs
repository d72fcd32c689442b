//! Files that clients sent: in memory up to a size, above it on disk.

use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, Cursor, Seek, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;

/// A file that a client sent. Django's `UploadedFile`.
///
/// The files of a body are in memory up to the setting `file_upload_max_memory_size`. One beyond it is a temporary file, which is
/// removed with the last copy of this value.
#[derive(Debug, Clone, PartialEq)]
pub struct UploadedFile {
    /// The file's name without any directory
    pub name: String,
    /// The media type the client gave, without checking it; empty if none was given
    pub content_type: String,
    content: Content,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Content {
    Memory(Bytes),
    Disk { file: Arc<TemporaryFile>, size: u64 },
}

/// A reader that can go back.
trait BufReadSeek: BufRead + Seek + Send {}

impl<T: BufRead + Seek + Send> BufReadSeek for T {}

impl UploadedFile {
    /// Creates a file in memory.
    pub fn new(name: impl Into<String>, content_type: impl Into<String>, content: impl Into<Bytes>) -> Self {
        Self::with_content(name.into(), content_type.into(), Content::Memory(content.into()))
    }

    pub(crate) fn with_content(name: String, content_type: String, content: Content) -> Self {
        Self { name, content_type, content }
    }

    /// Returns the number of bytes.
    pub fn size(&self) -> u64 {
        match &self.content {
            Content::Memory(bytes) => bytes.len() as u64,
            Content::Disk { size, .. } => *size,
        }
    }

    /// Returns the path of the temporary file, if it is on disk. Django's `temporary_file_path`.
    pub fn temporary_file_path(&self) -> Option<&Path> {
        match &self.content {
            Content::Memory(_) => None,
            Content::Disk { file, .. } => Some(&file.0),
        }
    }

    /// Reads the whole content into memory.
    ///
    /// # Errors
    /// The temporary file cannot be read.
    pub async fn read(&self) -> io::Result<Bytes> {
        match &self.content {
            Content::Memory(bytes) => Ok(bytes.clone()),
            Content::Disk { file, .. } => {
                let file = file.clone();
                blocking(move || std::fs::read(&file.0).map(Bytes::from)).await
            }
        }
    }

    /// Opens the content for reading from its beginning. A file on disk is read on the current thread.
    ///
    /// # Errors
    /// The temporary file cannot be opened.
    pub fn open(&self) -> io::Result<impl BufRead + Seek + Send> {
        Ok(match &self.content {
            Content::Memory(bytes) => Box::new(Cursor::new(bytes.clone())) as Box<dyn BufReadSeek>,
            Content::Disk { file, .. } => Box::new(BufReader::with_capacity(64 * 1024, File::open(&file.0)?)),
        })
    }
}

/// A file that is removed when the value is dropped.
#[derive(Debug, PartialEq)]
pub(crate) struct TemporaryFile(PathBuf);

impl TemporaryFile {
    fn create(directory: &Path) -> io::Result<(Self, File)> {
        let mut random = [0; 16];
        getrandom::fill(&mut random).map_err(|error| io::Error::other(error.to_string()))?;
        let path = directory.join(format!("drf-upload-{:032x}", u128::from_ne_bytes(random)));
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&path)?;
        Ok((Self(path), file))
    }
}

impl Drop for TemporaryFile {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_file(&self.0) {
            tracing::warn!(path = %self.0.display(), %error, "a temporary file was not removed");
        }
    }
}

/// The bytes that are gathered for one write to disk.
const WRITE_SIZE: usize = 256 * 1024;

/// The content of a file while it is received.
pub(crate) struct Spool {
    /// The bytes that are not on disk yet
    memory: Vec<u8>,
    max_memory: usize,
    directory: PathBuf,
    disk: Option<(TemporaryFile, File)>,
    on_disk: u64,
}

impl Spool {
    pub(crate) fn new(max_memory: usize, directory: &Path) -> Self {
        Self { memory: Vec::new(), max_memory, directory: directory.to_owned(), disk: None, on_disk: 0 }
    }

    pub(crate) async fn write(&mut self, chunk: &[u8]) -> io::Result<()> {
        self.memory.extend_from_slice(chunk);
        let is_full = match self.disk {
            None => self.memory.len() > self.max_memory,
            Some(_) => self.memory.len() >= WRITE_SIZE,
        };
        if is_full { self.flush().await } else { Ok(()) }
    }

    async fn flush(&mut self) -> io::Result<()> {
        let bytes = std::mem::take(&mut self.memory);
        self.on_disk += bytes.len() as u64;
        let (disk, directory) = (self.disk.take(), self.directory.clone());
        let write = move || {
            let (temporary, mut file) = disk.map_or_else(|| TemporaryFile::create(&directory), Ok)?;
            file.write_all(&bytes)?;
            Ok((temporary, file))
        };
        self.disk = Some(blocking(write).await?);
        Ok(())
    }

    pub(crate) async fn finish(mut self) -> io::Result<Content> {
        if self.disk.is_some() {
            self.flush().await?;
        }
        Ok(match self.disk {
            None => Content::Memory(self.memory.into()),
            Some((file, _)) => Content::Disk { file: Arc::new(file), size: self.on_disk },
        })
    }
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> io::Result<T> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|error| Err(io::Error::other(error)))
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn received(size: usize) -> UploadedFile {
        let mut spool = Spool::new(1000, &std::env::temp_dir());
        let content: Vec<u8> = (0..size).map(|index| (index % 251) as u8).collect();
        for chunk in content.chunks(300) {
            spool.write(chunk).await.expect("a temporary directory");
        }
        let content = spool.finish().await.expect("a temporary directory");
        UploadedFile::with_content("a".to_owned(), String::new(), content)
    }

    #[tokio::test]
    async fn large_files_are_on_disk_until_they_are_dropped() {
        for (size, on_disk) in [(0, false), (1000, false), (1001, true), (1_000_000, true)] {
            let file = received(size).await;
            assert_eq!((file.size(), file.temporary_file_path().is_some()), (size as u64, on_disk));
            let mut read = Vec::new();
            io::Read::read_to_end(&mut file.open().expect("a file"), &mut read).expect("a file");
            assert_eq!(file.read().await.expect("a file"), read);
            assert!(
                read.len() == size
                    && read.iter().enumerate().all(|(index, byte)| *byte == (index % 251) as u8)
            );
            let path = file.temporary_file_path().map(Path::to_owned);
            let copy = file.clone();
            drop(file);
            assert!(path.as_ref().is_none_or(|path| path.exists()));
            drop(copy);
            assert!(path.is_none_or(|path| !path.exists()));
        }
    }
}
