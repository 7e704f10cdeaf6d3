namespace Farspan.Amazon;

/// <summary>
/// The environment variables that AWS defines for credentials, and the files they point to.
/// </summary>
/// <param name="variable">The value of a variable; null or empty if it is not set.</param>
public sealed class AwsEnvironment(Func<string, string?> variable)
{
    /// <summary>Tokens and profiles are small; what is larger is not one.</summary>
    private const int MaxFileBytes = 1024 * 1024;

    /// <summary>The variables of this process.</summary>
    public static AwsEnvironment OfProcess { get; } = new(Environment.GetEnvironmentVariable);

    /// <summary>Null if the variable is not set or empty.</summary>
    public string? this[string name] => variable(name) is { Length: > 0 } value ? value : null;

    public string Profile => this["AWS_PROFILE"] ?? "default";

    /// <summary>The region of the environment; null if it names none.</summary>
    public string? Region => this["AWS_REGION"] ?? this["AWS_DEFAULT_REGION"];

    public string CredentialsFile => this["AWS_SHARED_CREDENTIALS_FILE"] ?? InHome("credentials");

    public string ConfigFile => this["AWS_CONFIG_FILE"] ?? InHome("config");

    /// <summary>
    /// The text of a file without surrounding space; null if there is no readable file of a sane size.
    /// </summary>
    public static string? ReadFile(string path)
    {
        try
        {
            var file = new FileInfo(path);
            return file.Exists && file.Length <= MaxFileBytes ? File.ReadAllText(path).Trim() : null;
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Where AWS's tools keep the tokens of IAM Identity Center.</summary>
    public string SsoCacheFile(string name) => InHome(Path.Combine("sso", "cache", $"{name}.json"));

    private string InHome(string name) =>
        Path.Combine(this["HOME"] ?? this["USERPROFILE"] ?? "", ".aws", name);
}
