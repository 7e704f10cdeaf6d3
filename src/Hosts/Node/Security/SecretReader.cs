using Farspan.Kernel;
using Farspan.Topology;

namespace Farspan.Node;

/// <summary>Fetches the secrets that a configuration refers to.</summary>
internal static class SecretReader
{
    /// <exception cref="NodeStartException">The secret is not where the configuration says.</exception>
    public static Redacted<string> Read(SecretReference reference, string key)
    {
        switch (reference)
        {
            case SecretReference.Literal literal:
                return literal.Value;
            case SecretReference.Variable variable:
                return Environment.GetEnvironmentVariable(variable.Name) is { Length: > 0 } value
                    ? new Redacted<string>(value)
                    : throw new NodeStartException(
                        $"{key}: the environment variable {variable.Name} is not set", "Set it, or name another place.");
            case SecretReference.InFile file:
                return ReadFile(file.Path, key);
            default:
                throw Invariant.Unreachable(reference);
        }
    }

    private static Redacted<string> ReadFile(string path, string key)
    {
        try
        {
            return new Redacted<string>(File.ReadLines(path).FirstOrDefault() ?? "");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new NodeStartException(
                $"{key}: the secret cannot be read from {path}", "Check the path and the file's permissions.", error);
        }
    }
}
