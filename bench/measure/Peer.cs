using System.Diagnostics;
using System.Globalization;

namespace Farspan.Bench;

/// <summary>The C programs of bench/peers, which do the same work with other means.</summary>
internal static class Peer
{
    private static readonly string Folder = RepositoryRoot.Combine("artifacts", "peers");

    public static bool AreBuilt => File.Exists(PathOf("srtp_peer")) && File.Exists(PathOf("udp_load"));

    public static string PathOf(string name) => Path.Combine(Folder, name);

    /// <summary>Runs a peer to its end and returns the numbers that it prints.</summary>
    public static double[] Measure(string name, ReadOnlySpan<string> arguments, byte[]? input = null)
    {
        using var process = Start(name, arguments);
        if (input is not null)
        {
            process.StandardInput.BaseStream.Write(input);
        }

        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        var words = output.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        return process.ExitCode == 0
            ? [.. words.Select(word => double.Parse(word, CultureInfo.InvariantCulture))]
            : throw new InvalidOperationException($"{name} ended with exit code {process.ExitCode}");
    }

    /// <summary>Starts a peer that is talked to over its standard input and output.</summary>
    public static Process Start(string name, ReadOnlySpan<string> arguments) =>
        Process.Start(new ProcessStartInfo(PathOf(name), arguments.ToArray())
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
}
