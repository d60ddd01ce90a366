//! Files that are written whole or not at all.
//!
//! A regular file is written under another name beside its place and then renamed, so that nobody ever sees half of it and an
//! error leaves what was there. What is no regular file (a device, a pipe) is written to, never replaced, and a symbolic link stays a
//! link: the file that it points to is replaced. New files have the rights that the process gives to new files (its umask), existing
//! ones keep theirs, and their owner where the process may give files to others. On Linux the file has no name until it is
//! complete, so that no end of the process, however sudden, leaves a part behind.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write as _},
    path::{Path, PathBuf},
    sync::atomic::{AtomicU64, Ordering},
};

use crate::{Error, Result, text::one_line};

/// Symbolic links that are followed before they are taken for a circle, as by Linux.
const MOST_LINKS: usize = 40;

/// Writes a file: whole, or not at all.
///
/// # Errors
///
/// [`Error::File`] with the name of the file if it cannot be written, its folder does not exist or its disk is full.
pub fn write(path: impl AsRef<Path>, bytes: &[u8]) -> Result<()> {
    let path = path.as_ref();
    write_file(path, bytes).map_err(|error| Error::File {
        path: one_line(&path.display().to_string()),
        found: format!("cannot be written ({error})"),
        remedy: match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
                "free some space, or choose a file on another disk"
            }
            _ => "choose a file in a folder that exists and may be written to",
        }
        .to_owned(),
    })
}

fn write_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Ok(metadata) = fs::metadata(path) {
        // Names such as /dev/stdout stand for what another program has opened: it may hold text already, which stays.
        let elsewhere = path.starts_with("/dev") || path.starts_with("/proc");
        if metadata.is_dir() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        if elsewhere || !metadata.is_file() {
            return OpenOptions::new().append(true).open(path)?.write_all(bytes);
        }
    }
    let target = behind_links(path)?;
    // A file that may not be written to is not replaced either.
    let existing = match OpenOptions::new().append(true).open(&target) {
        Ok(file) => Some(file.metadata()?),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error),
    };
    match replace(&target, bytes, existing.as_ref()) {
        // Where no file may be made beside it, an existing one can still be written to.
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied && existing.is_some() => {
            let mut file = OpenOptions::new().write(true).truncate(true).open(&target)?;
            file.write_all(bytes)?;
            file.sync_all()
        }
        outcome => outcome,
    }
}

/// The file that a path stands for; it need not exist.
fn behind_links(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_owned();
    for _ in 0..MOST_LINKS {
        match fs::read_link(&path) {
            // A relative link starts where it lies; an absolute one replaces the whole path.
            Ok(next) => path = folder(&path).join(next),
            Err(_) => return Ok(path),
        }
    }
    Err(io::Error::other("its symbolic links lead in a circle"))
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Writes beside the target and renames.
fn replace(target: &Path, bytes: &[u8], before: Option<&fs::Metadata>) -> io::Result<()> {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    if target.file_name().is_none() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "no file name"));
    }
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let temporary = target.with_file_name(format!(".consilience-{}-{number}.part", std::process::id()));
    let complete = |mut file: &File| {
        file.write_all(bytes)?;
        if let Some(before) = before {
            keep_owner(file, before);
            file.set_permissions(before.permissions())?;
        }
        file.sync_all()
    };
    let written = match nameless(folder(target)) {
        Some(file) => complete(&file).and_then(|()| name_it(&file, &temporary)),
        None => {
            OpenOptions::new().write(true).create_new(true).open(&temporary).and_then(|file| complete(&file))
        }
    };
    let moved = written.and_then(|()| fs::rename(&temporary, target));
    if moved.is_err() {
        // What failed is reported; a leftover that cannot be removed either changes nothing about it.
        let _ = fs::remove_file(&temporary);
    }
    moved
}

/// Gives a new file the owner of the one that it replaces; only a privileged process can.
#[cfg(unix)]
fn keep_owner(file: &File, before: &fs::Metadata) {
    use std::os::unix::fs::{MetadataExt as _, fchown};
    let _ = fchown(file, Some(before.uid()), Some(before.gid()));
}

#[cfg(not(unix))]
fn keep_owner(_: &File, _: &fs::Metadata) {}

/// A file without a name, where the system and the disk have such.
#[cfg(target_os = "linux")]
fn nameless(folder: &Path) -> Option<File> {
    use rustix::fs::{Mode, OFlags};
    // All rights that the umask leaves.
    let mode = Mode::from_raw_mode(0o666);
    rustix::fs::open(folder, OFlags::WRONLY | OFlags::TMPFILE | OFlags::CLOEXEC, mode).ok().map(File::from)
}

#[cfg(not(target_os = "linux"))]
fn nameless(_: &Path) -> Option<File> {
    None
}

/// Gives a complete file its name.
#[cfg(target_os = "linux")]
fn name_it(file: &File, name: &Path) -> io::Result<()> {
    use std::os::fd::AsRawFd as _;

    use rustix::fs::{AtFlags, CWD};
    let open = format!("/proc/self/fd/{}", file.as_raw_fd());
    match rustix::fs::linkat(CWD, open, CWD, name, AtFlags::SYMLINK_FOLLOW) {
        Ok(()) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(target_os = "linux"))]
fn name_it(_: &File, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn directory(name: &str) -> PathBuf {
        let path = std::env::temp_dir().join(format!("consilience-write-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        path
    }

    #[test]
    fn a_file_is_replaced_whole_and_nothing_else_is_left() {
        let directory = directory("whole");
        let path = directory.join("out.txt");
        write(&path, b"first, and longer").unwrap();
        write(&path, b"second").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "second");
        assert_eq!(fs::read_dir(&directory).unwrap().count(), 1);
        fs::remove_dir_all(directory).unwrap();
    }

    #[test]
    fn an_error_names_the_file_and_leaves_what_was_there() {
        let directory = directory("error");
        fs::create_dir(directory.join("taken.svg")).unwrap();
        let error = write(directory.join("taken.svg"), b"x").unwrap_err();
        assert!(error.to_string().contains("taken.svg: cannot be written"), "{error}");
        let error = write(directory.join("no/such/place.svg"), b"x").unwrap_err();
        assert!(error.to_string().contains("folder that exists"), "{error}");
        assert_eq!(fs::read_dir(&directory).unwrap().count(), 1);
        fs::remove_dir_all(directory).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_and_stay() {
        use std::os::unix::fs::symlink;
        let directory = directory("links");
        fs::create_dir(directory.join("far")).unwrap();
        fs::write(directory.join("far/real.txt"), "old").unwrap();
        symlink("far/real.txt", directory.join("link.txt")).unwrap();
        symlink("link.txt", directory.join("second.txt")).unwrap();
        symlink("far/new.txt", directory.join("dangling.txt")).unwrap();
        symlink("circle.txt", directory.join("circle.txt")).unwrap();
        write(directory.join("second.txt"), b"new").unwrap();
        write(directory.join("dangling.txt"), b"made").unwrap();
        assert!(write(directory.join("circle.txt"), b"x").is_err());
        assert_eq!(fs::read_to_string(directory.join("far/real.txt")).unwrap(), "new");
        assert_eq!(fs::read_to_string(directory.join("far/new.txt")).unwrap(), "made");
        for name in ["link.txt", "second.txt", "dangling.txt"] {
            assert!(fs::symlink_metadata(directory.join(name)).unwrap().is_symlink(), "{name}");
        }
        fs::remove_dir_all(directory).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn existing_files_keep_their_rights_and_new_ones_have_the_usual() {
        use std::os::unix::fs::PermissionsExt as _;
        let directory = directory("rights");
        let mode = |name: &str| fs::metadata(directory.join(name)).unwrap().permissions().mode() & 0o777;
        fs::write(directory.join("usual.txt"), "x").unwrap();
        write(directory.join("new.txt"), b"x").unwrap();
        assert_eq!(mode("new.txt"), mode("usual.txt"), "as a file that any program makes");
        fs::set_permissions(directory.join("new.txt"), fs::Permissions::from_mode(0o600)).unwrap();
        write(directory.join("new.txt"), b"y").unwrap();
        assert_eq!(mode("new.txt"), 0o600);
        fs::remove_dir_all(directory).unwrap();
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn devices_are_written_to_and_a_full_one_is_an_error() {
        use std::os::unix::fs::FileTypeExt as _;
        let error = write("/dev/full", b"x").unwrap_err();
        assert!(error.to_string().contains("/dev/full: cannot be written"), "{error}");
        write("/dev/null", b"x").unwrap();
        for name in ["/dev/full", "/dev/null"] {
            assert!(fs::metadata(name).unwrap().file_type().is_char_device(), "{name}");
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_pipe_is_written_to() {
        let directory = directory("pipe");
        let pipe = directory.join("pipe");
        rustix::fs::mkfifoat(rustix::fs::CWD, &pipe, rustix::fs::Mode::from_raw_mode(0o600)).unwrap();
        let reader = std::thread::spawn({
            let pipe = pipe.clone();
            move || fs::read_to_string(pipe).unwrap()
        });
        write(&pipe, b"through").unwrap();
        assert_eq!(reader.join().unwrap(), "through");
        fs::remove_dir_all(directory).unwrap();
    }
}
