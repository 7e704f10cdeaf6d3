using System.Runtime.InteropServices;

namespace Farspan.Store;

/// <summary>
/// Files that only their owner may read, replaced as a whole so that a crash leaves the old or the new.
/// </summary>
public static partial class PrivateFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const int OpenDirectory = 0x10000; // O_RDONLY | O_DIRECTORY

    /// <summary>Creates the folder that a file is to be in, with mode 0700, if it is missing.</summary>
    /// <exception cref="IOException">The path cannot be used.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder above may not be written.</exception>
    public static void CreateFolderOf(string path) =>
        Directory.CreateDirectory(
            Path.GetDirectoryName(Path.GetFullPath(path))!, OwnerOnly | UnixFileMode.UserExecute);

    /// <summary>Opens a file for this process alone, creating it with mode 0600.</summary>
    /// <exception cref="IOException">Another process has it open, or the path cannot be used.</exception>
    /// <exception cref="UnauthorizedAccessException">The file or folder may not be written.</exception>
    public static FileStream Open(string path, FileMode mode)
    {
        var stream = new FileStream(path, new FileStreamOptions
        {
            Mode = mode,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            BufferSize = 0,
            UnixCreateMode = OwnerOnly,
        });
        File.SetUnixFileMode(stream.SafeFileHandle, OwnerOnly);
        return stream;
    }

    /// <summary>
    /// Writes a whole new file and gives it the name of the old one; both are on disk afterwards.
    /// </summary>
    /// <returns>The new file, open, at its end.</returns>
    /// <exception cref="IOException">The disk is full or broken.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public static FileStream Replace(string path, ReadOnlySpan<byte> content)
    {
        var next = Open(path + ".new", FileMode.Create);
        try
        {
            next.Write(content);
            next.Flush(flushToDisk: true);
            File.Move(next.Name, path, overwrite: true);
            SyncDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            return next;
        }
        catch
        {
            next.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Like <see cref="Replace"/>, for a file that other processes read meanwhile: it has its name only once
    /// it is closed, so that no reader finds it locked.
    /// </summary>
    /// <exception cref="IOException">The disk is full or broken.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var next = path + ".new";
        using (var file = Open(next, FileMode.Create))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        File.Move(next, path, overwrite: true);
        SyncDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    // A rename is durable once its directory is (fsync(2)).
    private static void SyncDirectory(string path)
    {
        var descriptor = Open(path, OpenDirectory);
        if (descriptor >= 0)
        {
            _ = Sync(descriptor);
            _ = Close(descriptor);
        }
    }

    [LibraryImport(
        "libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
