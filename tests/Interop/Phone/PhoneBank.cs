namespace Farspan.Interop.Tests;

/// <summary>Many phones with one end.</summary>
internal sealed class PhoneBank(IReadOnlyList<RtpPhone> phones) : IAsyncDisposable
{
    public IReadOnlyList<RtpPhone> Phones { get; } = phones;

    public async ValueTask DisposeAsync()
    {
        foreach (var phone in Phones)
        {
            await phone.DisposeAsync();
        }
    }
}
