namespace Farspan.Interop.Tests;

/// <summary>The strangers that judge us, as they are installed on this machine.</summary>
internal static class Programs
{
    public const string Sipp = "sipp";
    public const string Baresip = "baresip";
    public const string TurnServer = "turnserver";
    public const string Chromium = "chromium";

    /// <summary>The program's path; null if it is not installed.</summary>
    public static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Append("/usr/sbin")
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);

    /// <summary>Says what is missing, and how to get it; null if nothing is.</summary>
    public static string? Absence(IEnumerable<string> programs)
    {
        var missing = programs.Where(program => Find(program) is null).ToArray();
        return missing.Length == 0
            ? null
            : $"NOT RUN: {string.Join(", ", missing)} is not installed; see eng/install-test-packages.";
    }
}
