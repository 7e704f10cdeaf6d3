using System.Diagnostics.CodeAnalysis;
using System.Text;
using Farspan.Kernel;
using Farspan.Topology;

namespace Farspan.Configuration;

/// <summary>
/// Fetches the secrets that a configuration refers to, when they are needed: a file may change meanwhile.
/// </summary>
/// <param name="variable">The value of an environment variable; null if it is not set.</param>
public sealed class SecretResolver(Func<string, string?> variable)
{
    /// <summary>Bytes of a file that may hold a secret.</summary>
    private const int FileBytesMax = 64 * 1024;

    /// <summary>With the variables of this process.</summary>
    public static SecretResolver OfProcess { get; } = new(Environment.GetEnvironmentVariable);

    /// <param name="reference">Where the secret is.</param>
    /// <param name="secret">Never empty.</param>
    /// <param name="fault">Why there is none; says where it was looked for, never what was found.</param>
    public bool TryResolve(
        SecretReference reference,
        [NotNullWhen(true)] out Redacted<string>? secret,
        [NotNullWhen(false)] out string? fault)
    {
        var (value, reason) = reference switch
        {
            SecretReference.Variable named =>
                (variable(named.Name), $"the environment variable {named.Name} is not set"),
            SecretReference.InFile file => ReadFile(file.Path),
            SecretReference.Literal literal => (literal.Value.Reveal(), "the literal is empty"),
            _ => throw Invariant.Unreachable(reference),
        };
        var isFound = !string.IsNullOrEmpty(value);
        secret = isFound ? new Redacted<string>(value!) : null;
        fault = isFound ? null : reason;
        return isFound;
    }

    /// <summary>The text without the line break that editors put at its end.</summary>
    private static (string? Value, string Reason) ReadFile(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            var buffer = new byte[FileBytesMax + 1];
            var count = file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            if (count > FileBytesMax)
            {
                return (null, $"the file {path} is larger than {FileBytesMax / 1024} KB");
            }

            var text = Encoding.UTF8.GetString(buffer, 0, count);
            return (text.TrimEnd('\r', '\n'), $"the file {path} is empty");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException
            or NotSupportedException)
        {
            return (null, $"the file {path} cannot be read: {error.Message}");
        }
    }
}
