using System.Text;
using CsCheck;
using Farspan.Calls;

namespace Farspan.Store.Tests;

public sealed class JournalFileTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly string _folder = Directory.CreateTempSubdirectory("farspan-journal").FullName;
    private readonly RecordingJournalObserver _observer = new();

    private string FilePath => Path.Combine(_folder, "deep", "contacts.journal");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void WhatWasOpen_IsOpenAfterARestart()
    {
        using (var journal = Open())
        {
            journal.Append(Intent("a", ("ani", "+1 \"x\"\n")));
            journal.Append(new ContactJournalEntry.Started("a", "contact-a"));
            journal.Append(new ContactJournalEntry.StopWanted("a"));
            journal.Append(Intent("b"));
            journal.Append(Intent("c"));
            journal.Append(new ContactJournalEntry.Settled("c", ContactFate.Stopped));
        }

        using var again = Open();

        Assert.Equal(["a", "b"], again.Replay.Open.Select(o => o.IntentId));
        var first = again.Replay.Open[0];
        Assert.Equal(("contact-a", true, "call-a"), (first.ContactId, first.IsStopWanted, first.CallId));
        Assert.Equal("a", first.Request.ClientToken);
        Assert.Equal([new("ani", "+1 \"x\"\n")], first.Request.Attributes.Items);
        Assert.Null(again.Replay.Open[1].ContactId);
        Assert.Equal((6, 0, 0), (again.Replay.Entries, again.Replay.DamagedLines, again.Replay.TornBytes));
    }

    [Fact]
    public void AContactThatWasTakenOver_IsOpenAfterARestart_AndWhoMayHaveItIsKnown()
    {
        var sharing = new ContactSharing("edge-e1", "tls:192.0.2.11:5061", "2;node=connector-w1");
        var request = Intent("a").Request with { SharedWith = sharing };
        using (var journal = Open())
        {
            journal.Append(new ContactJournalEntry.Adopted("a", "call-a", request, "contact-a"));
            journal.Append(Intent("b") with { Request = request with { ClientToken = "b" } });
        }

        Open().Dispose();
        using var again = Open();

        Assert.Equal(["contact-a", null], again.Replay.Open.Select(o => o.ContactId));
        Assert.All(again.Replay.Open, o => Assert.Equal(sharing, o.Request.SharedWith));
    }

    [Fact]
    public void OpeningAJournal_LeavesOnlyWhatIsOpenInIt()
    {
        using (var journal = Open())
        {
            for (var i = 0; i < 100; i++)
            {
                journal.Append(Intent($"i{i}"));
                journal.Append(new ContactJournalEntry.Settled($"i{i}", ContactFate.Stopped));
            }

            journal.Append(Intent("last"));
        }

        Open().Dispose();

        Assert.Single(File.ReadAllLines(FilePath));
    }

    [Fact]
    public async Task AnAction_RunsAfterTheEntriesBeforeItAreOnDisk()
    {
        using var journal = Open();
        var seen = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);

        journal.Append(Intent("a"));
        journal.AfterCommit(() => seen.SetResult(ReadShared()));

        Assert.Contains("\"intent\":\"a\"", await seen.Task.WaitAsync(Patience), StringComparison.Ordinal);
        Assert.NotEmpty(_observer.Commits);
    }

    [Fact]
    public void ATornTail_IsCutOffAndEverythingBeforeItCounts()
    {
        using (var journal = Open())
        {
            journal.Append(Intent("a"));
            journal.Append(Intent("b"));
        }

        var bytes = File.ReadAllBytes(FilePath);
        var whole = Encoding.UTF8.GetString(bytes).IndexOf('\n', StringComparison.Ordinal) + 1;
        for (var length = whole; length < bytes.Length; length++)
        {
            File.WriteAllBytes(FilePath, bytes[..length]);
            using var journal = Open();
            Assert.Equal(["a"], journal.Replay.Open.Select(o => o.IntentId));
            Assert.Equal(length - whole, journal.Replay.TornBytes);
        }
    }

    [Fact]
    public void ADamagedByte_CostsItsLineOnly()
    {
        using (var journal = Open())
        {
            journal.Append(Intent("a"));
            journal.Append(Intent("b"));
            journal.Append(Intent("c"));
        }

        var bytes = File.ReadAllBytes(FilePath);
        var second = Array.IndexOf(bytes, (byte)'\n') + 1;
        var third = Array.IndexOf(bytes, (byte)'\n', second) + 1;
        for (var position = second; position < third - 1; position += 7)
        {
            var damaged = (byte[])bytes.Clone();
            damaged[position] ^= 0x04;
            File.WriteAllBytes(FilePath, damaged);
            using var journal = Open();
            Assert.Equal(["a", "c"], journal.Replay.Open.Select(o => o.IntentId));
            Assert.Equal(1, journal.Replay.DamagedLines);
        }
    }

    [Fact]
    public void ArbitraryBytes_AreSkippedAndTheJournalWorks() =>
        Gen.Byte.Array[0, 400].Sample(
            bytes =>
            {
                Directory.CreateDirectory(Path.GetDirectoryName(FilePath)!);
                File.WriteAllBytes(FilePath, bytes);
                using (var journal = Open())
                {
                    Assert.Empty(journal.Replay.Open);
                    journal.Append(Intent("a"));
                }

                using var again = Open();
                return again.Replay.Open.Count == 1;
            },
            iter: 40,
            threads: 1);

    [Fact]
    public void TheFile_IsForItsOwnerOnly()
    {
        Open().Dispose();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(FilePath));
    }

    [Fact]
    public void ASecondProcess_IsRefused()
    {
        using var first = Open();

        Assert.ThrowsAny<IOException>(Open);
    }

    [Fact]
    public void ALongFile_IsRewrittenWhileItRuns()
    {
        using (var journal = Open(new JournalSettings { CompactAboveBytes = 4_096 }))
        {
            for (var i = 0; i < 500; i++)
            {
                using var committed = new ManualResetEventSlim();
                journal.Append(Intent($"i{i}"));
                journal.Append(new ContactJournalEntry.Settled($"i{i}", ContactFate.Stopped));
                journal.AfterCommit(committed.Set);
                Assert.True(committed.Wait(Patience));
            }
        }

        Assert.InRange(new FileInfo(FilePath).Length, 0, 8_192);
    }

    [Fact]
    public async Task AFailingDisk_StopsNoActionAndLosesNothingOnceItWorksAgain()
    {
        var settings =
            new JournalSettings { CompactAboveBytes = 1, RetryAfter = TimeSpan.FromMilliseconds(20) };
        using var journal = Open(settings);
        var blocker = FilePath + ".new"; // A folder where the next file would go: every rewrite fails.
        Directory.CreateDirectory(blocker);

        await CommitAsync(journal, Intent("a"));
        await CommitAsync(journal, Intent("b"));
        await CommitAsync(journal, Intent("c"));
        Assert.NotEmpty(_observer.Failures);
        Assert.True(journal.IsFailing);

        Directory.Delete(blocker);
        await _observer.Recovery.Task.WaitAsync(Patience);
        Assert.False(journal.IsFailing);
        journal.Dispose();

        using var again = Open();
        Assert.Equal(["a", "b", "c"], again.Replay.Open.Select(o => o.IntentId));
    }

    [Fact]
    public void AnIntentOlderThanItsClientToken_IsNotReplayed_AYoungerOneIs()
    {
        var written = DateTimeOffset.UnixEpoch;
        using (var journal = Open(written))
        {
            journal.Append(Intent("unknown"));
            journal.Append(Intent("known"));
            journal.Append(new ContactJournalEntry.Started("known", "contact"));
        }

        var limit = written + TimeSpan.FromDays(7) - TimeSpan.FromHours(1);
        using (var before = Open(limit))
        {
            Assert.Equal(["unknown", "known"], before.Replay.Open.Select(o => o.IntentId));
            Assert.Empty(before.Replay.Outlived);
        }

        using var after = Open(limit + TimeSpan.FromTicks(1));

        Assert.Equal(["known"], after.Replay.Open.Select(o => o.IntentId));
        Assert.Equal(["unknown"], after.Replay.Outlived.Select(o => o.IntentId));
    }

    private static ContactJournalEntry.StartIntended Intent(
        string id, params (string Key, string Value)[] attributes)
    {
        var all = new ContactAttributes();
        foreach (var (key, value) in attributes)
        {
            Assert.True(all.TryAdd(key, value));
        }

        return new ContactJournalEntry.StartIntended(id, "call-" + id, new StartContactRequest
        {
            InstanceId = "instance",
            ContactFlowId = "flow",
            DisplayName = "Caller",
            ClientToken = id,
            Attributes = all,
        });
    }

    private static async Task CommitAsync(JournalFile journal, ContactJournalEntry entry)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        journal.Append(entry);
        journal.AfterCommit(done.SetResult);
        await done.Task.WaitAsync(Patience);
    }

    private JournalFile Open(DateTimeOffset now) =>
        JournalFile.Open(FilePath, new JournalSettings(), new StoppedClock(now), _observer);

    private JournalFile Open() => Open(new JournalSettings());

    private JournalFile Open(JournalSettings settings) =>
        JournalFile.Open(FilePath, settings, TimeProvider.System, _observer);

    // .NET's own lock keeps a second FileStream out; the bytes are there for another program.
    private string ReadShared()
    {
        var start = new System.Diagnostics.ProcessStartInfo(
            "cat", FilePath) { RedirectStandardOutput = true };
        using var cat = System.Diagnostics.Process.Start(start)!;
        return cat.StandardOutput.ReadToEnd();
    }

    private sealed class StoppedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
