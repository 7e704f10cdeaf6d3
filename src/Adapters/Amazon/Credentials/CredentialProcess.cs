using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Farspan.Kernel;

namespace Farspan.Amazon;

/// <summary>
/// Runs the program that a profile names by <c>credential_process</c> and reads what it prints (AWS SDKs and
/// Tools Reference Guide, "Process credential provider").
/// </summary>
/// <remarks>
/// Started without a shell. What it writes to standard error goes where ours goes, for it may be meant for
/// the operator; it is in no log of ours.
/// </remarks>
internal static class CredentialProcess
{
    private const int OutputCharactersMax = 64 * 1024;
    private const int KnownVersion = 1;

    /// <summary>Throws only when <paramref name="cancellation"/> is cancelled; the program is then
    /// killed.</summary>
    public static async Task<CredentialOutcome> RunAsync(
        string profile, string commandLine, CancellationToken cancellation)
    {
        if (CommandLine.Split(commandLine) is not [var program, .. var arguments])
        {
            return Fail(profile, "is empty or has an open quote");
        }

        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments)
            {
                RedirectStandardOutput = true,
            })!;
            return await ReadAsync(profile, process, cancellation).ConfigureAwait(false);
        }
        catch (Win32Exception error)
        {
            return Fail(profile, $"cannot be started: {error.Message}");
        }
    }

    private static async Task<CredentialOutcome> ReadAsync(
        string profile, Process process, CancellationToken cancellation)
    {
        try
        {
            var output = await ReadAllAsync(process.StandardOutput, cancellation).ConfigureAwait(false);
            if (output is null)
            {
                process.Kill(entireProcessTree: true);
                return Fail(profile, $"prints more than {OutputCharactersMax} characters");
            }

            await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
            return process.ExitCode == 0
                ? Read(profile, output)
                : Fail(profile, $"ended with exit code {process.ExitCode}");
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <returns>Null if there is too much.</returns>
    private static async Task<string?> ReadAllAsync(StreamReader reader, CancellationToken cancellation)
    {
        var text = new StringBuilder();
        var buffer = new char[4_096];
        while (text.Length <= OutputCharactersMax)
        {
            var count = await reader.ReadAsync(buffer, cancellation).ConfigureAwait(false);
            if (count == 0)
            {
                return text.ToString();
            }

            text.Append(buffer, 0, count);
        }

        return null;
    }

    private static CredentialOutcome Read(string profile, string output)
    {
        ProcessCredentialDocument? document;
        try
        {
            document = JsonSerializer.Deserialize(output, AmazonJson.Default.ProcessCredentialDocument);
        }
        catch (JsonException)
        {
            document = null;
        }

        return document is { Version: KnownVersion, AccessKeyId: { } id, SecretAccessKey: { } secret }
            ? new CredentialOutcome.Found(new AwsCredentials(
                id,
                new Redacted<string>(secret),
                document.SessionToken is { } token ? new Redacted<string>(token) : null,
                document.Expiration))
            : Fail(profile, $"does not print credentials of version {KnownVersion}");
    }

    private static CredentialOutcome.Failed Fail(string profile, string reason) =>
        new($"profile {profile}: credential_process {reason}");
}

/// <summary>What such a program prints.</summary>
internal sealed record ProcessCredentialDocument
{
    public int Version { get; init; }

    public string? AccessKeyId { get; init; }

    public string? SecretAccessKey { get; init; }

    public string? SessionToken { get; init; }

    public DateTimeOffset? Expiration { get; init; }
}
