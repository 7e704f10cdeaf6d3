using System.Buffers;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Farspan.Calls;

namespace Farspan.Store;

/// <summary>
/// The contact journal on disk: append-only, one line an entry, committed in groups by a thread of its own. What
/// must not happen before an entry is durable is handed in behind it (<see cref="AfterCommit"/>).
/// </summary>
/// <remarks>
/// <code>
///  entry, entry, action, entry, action ─► one write, one fsync ─► action, action
/// </code>
/// A full or broken disk stops no call: actions run, <see cref="IJournalObserver.WriteFailed"/> is the alarm, and as
/// soon as the disk takes it, the file is written anew with all that is open. Thread-safe.
/// </remarks>
public sealed class JournalFile : IDisposable
{
    private readonly string _path;
    private readonly JournalSettings _settings;
    private readonly TimeProvider _clock;
    private readonly IJournalObserver _observer;
    private readonly JournalState _state = new();
    private readonly JournalQueue _queue;
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly Thread _thread;
    private FileStream _file;
    private long _length;
    private long _compactAbove;
    private long _failedAt;
    private volatile bool _isFailing;

    private JournalFile(FileStream file, JournalSettings settings, TimeProvider clock, IJournalObserver observer)
    {
        _path = file.Name;
        _file = file;
        _settings = settings;
        _clock = clock;
        _observer = observer;
        _queue = new JournalQueue(settings.QueueMax);
        _thread = new Thread(CommitUntilClosed) { IsBackground = true, Name = "journal" };
        Replay = Read();
        TryReplace();
    }

    /// <summary>What the file said when it was opened.</summary>
    public JournalReplay Replay { get; }

    /// <summary>Whether the file does not hold all that it should.</summary>
    public bool IsFailing => _isFailing;

    /// <summary>Reads the journal, cuts off what a crash tore, and writes it anew with what is still open.</summary>
    /// <param name="path">The file; its folder is created.</param>
    /// <param name="settings">Limits.</param>
    /// <param name="clock">Wall-clock time, which is part of every line.</param>
    /// <param name="observer">Told about commits and failures.</param>
    /// <exception cref="IOException">Another process has it open, or it cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file or folder may not be written.</exception>
    public static JournalFile Open(
        string path, JournalSettings settings, TimeProvider clock, IJournalObserver observer)
    {
        PrivateFile.CreateFolderOf(path);
        var journal = new JournalFile(PrivateFile.Open(path, FileMode.OpenOrCreate), settings, clock, observer);
        journal._thread.Start();
        return journal;
    }

    /// <summary>Queues an entry; never waits.</summary>
    public void Append(ContactJournalEntry entry)
    {
        if (!_queue.TryAdd(new JournalItem(entry, _clock.GetUtcNow(), null)))
        {
            _observer.WriteFailed(new IOException("the disk does not keep up, or the journal is closed"));
        }
    }

    /// <summary>Runs something once all entries before it are on disk, or cannot be written.</summary>
    /// <param name="action">Runs on the journal's thread and must not wait.</param>
    public void AfterCommit(Action action)
    {
        if (!_queue.TryAdd(new JournalItem(null, default, action)))
        {
            Run(action);
        }
    }

    /// <summary>Commits what waits, runs what waits for it, and closes the file.</summary>
    public void Dispose()
    {
        _queue.Close();
        if (Thread.CurrentThread != _thread)
        {
            _thread.Join();
        }

        _file.Dispose();
    }

    private JournalReplay Read()
    {
        var bytes = new byte[(int)Math.Min(_file.Length, _settings.ReadBytesMax)];
        _file.ReadExactly(bytes);
        var (entries, damaged, torn) = _state.Read(bytes);
        var outlived = _state.Outlive(_clock.GetUtcNow() - _settings.IntentLifetime);
        return new JournalReplay(_state.Open, entries, damaged, torn, outlived);
    }

    private void CommitUntilClosed()
    {
        while (_queue.TakeAll(_isFailing ? _settings.RetryAfter : null) is { } items)
        {
            Commit(Encode(items));
            foreach (var item in items)
            {
                Run(item.Action);
            }
        }
    }

    private int Encode(List<JournalItem> items)
    {
        var entries = 0;
        _buffer.ResetWrittenCount();
        foreach (var (entry, at, _) in items)
        {
            if (entry is not null)
            {
                _state.Apply(entry, at);
                JournalLine.Write(entry, at, _buffer);
                entries++;
            }
        }

        return entries;
    }

    private void Commit(int entries)
    {
        if (_isFailing)
        {
            // Not for every entry: a disk in trouble is not helped by more work.
            if (Stopwatch.GetElapsedTime(_failedAt) >= _settings.RetryAfter && TryReplace())
            {
                _observer.Recovered();
            }
        }
        else if (_length > _compactAbove)
        {
            TryReplace();
        }
        else if (entries > 0)
        {
            TryAppend(entries);
        }
    }

    private void TryAppend(int entries) => TryWrite(() =>
    {
        var started = Stopwatch.GetTimestamp();
        _file.Write(_buffer.WrittenSpan);
        _file.Flush(flushToDisk: true);
        _length += _buffer.WrittenCount;
        _observer.Committed(entries, Stopwatch.GetElapsedTime(started));
    });

    /// <summary>Writes all that is open to a new file; whatever the old one lacks is then there.</summary>
    private bool TryReplace() => TryWrite(() =>
    {
        var old = _file;
        _file = Compact();
        old.Dispose();
    });

    private bool TryWrite(Action write)
    {
        try
        {
            write();
            _isFailing = false;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            _isFailing = true;
            _failedAt = Stopwatch.GetTimestamp();
            _observer.WriteFailed(failure);
        }

        return !_isFailing;
    }

    private FileStream Compact()
    {
        _buffer.ResetWrittenCount();
        _state.Write(_buffer);
        var file = PrivateFile.Replace(_path, _buffer.WrittenSpan);
        _length = _buffer.WrittenCount;
        _compactAbove = Math.Max(_settings.CompactAboveBytes, 2 * _length);
        return file;
    }

    [SuppressMessage("Design", "CA1031", Justification = "The supervisor of what waits for the disk.")]
    private void Run(Action? action)
    {
        try
        {
            action?.Invoke();
        }
        catch (Exception failure)
        {
            _observer.ActionFailed(failure);
        }
    }
}
