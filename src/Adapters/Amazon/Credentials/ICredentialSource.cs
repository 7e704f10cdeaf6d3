namespace Farspan.Amazon;

/// <summary>One place where AWS credentials may come from. Asked again when what it gave runs out.</summary>
public interface ICredentialSource
{
    /// <summary>Never throws for anything that the world can do wrong, except when cancelled.</summary>
    Task<CredentialOutcome> LoadAsync(CancellationToken cancellation);
}
