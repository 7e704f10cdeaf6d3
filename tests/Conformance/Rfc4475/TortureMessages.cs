using Farspan.Sip;

namespace Farspan.Rfc4475.Tests;

/// <summary>
/// The torture messages of RFC 4475, read from the folder named by FARSPAN_VECTORS or from
/// <c>../shared/vectors</c>
/// beside the repository; they are not part of it. Without them the tests show up as skipped.
/// </summary>
internal static class TortureMessages
{
    public const string Absence =
        "The RFC 4475 messages are not here: name their parent folder in FARSPAN_VECTORS.";

    public static bool Exist => Folder() is not null;

    public static IEnumerable<string> Names =>
        Directory.EnumerateFiles(Folder()!, "*.dat").Select(Path.GetFileNameWithoutExtension).Order()!;

    public static byte[] Load(string name) => File.ReadAllBytes(Path.Combine(Folder()!, $"{name}.dat"));

    public static T Parse<T>(string name)
        where T : SipMessage
    {
        var isParsed = SipParser.TryParse(Load(name), SipFraming.Datagram, out var message, out var error);
        Assert.True(isParsed, $"{name}: {error}");
        return Assert.IsType<T>(message);
    }

    public static SipParseError Refuse(string name, SipFraming framing = SipFraming.Datagram)
    {
        Assert.False(SipParser.TryParse(Load(name), framing, out _, out var error), $"{name} was accepted");
        return error;
    }

    private static string? Folder() => Candidates().FirstOrDefault(Directory.Exists);

    private static IEnumerable<string> Candidates()
    {
        if (Environment.GetEnvironmentVariable("FARSPAN_VECTORS") is { Length: > 0 } named)
        {
            yield return Path.Combine(named, "rfc4475");
        }

        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Farspan.slnx")))
        {
            folder = folder.Parent;
        }

        if (folder is not null)
        {
            yield return Path.Combine(folder.FullName, "..", "shared", "vectors", "rfc4475");
        }
    }
}
